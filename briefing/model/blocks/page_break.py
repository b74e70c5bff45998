"""The page break of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from .common import BlockPart


class PageBreak(BlockPart):
    """A new page begins here. Written alone: ``- page_break``."""

    short: ClassVar[str] = "kind"

    model_config = ConfigDict(json_schema_extra={"examples": [{"audience": "internal"}]})

    kind: Literal["page_break"] = Field("page_break", description="A new page begins here.", examples=["page_break"])
