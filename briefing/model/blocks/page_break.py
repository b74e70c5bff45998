"""The block for a page break."""

from typing import ClassVar, Literal

from briefing.model.base import field

from .common import BlockPart


class PageBreak(BlockPart):
    """A new page begins here. Written alone: ``- page_break``."""

    short: ClassVar[str] = "kind"

    examples = ({"audience": "internal"},)

    kind: Literal["page_break"] = field("A new page begins here.", examples=["page_break"], default="page_break")
