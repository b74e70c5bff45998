"""The sidebar of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from briefing.model.fields import Identifier, Prose, Words

from .common import BlockPart


class Sidebar(BlockPart):
    """A box with a matter of its own: background, a definition, a method."""

    short: ClassVar[str] = "body"

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "What is the EAEU?", "body": "A union of five states.\n"}]}
    )

    kind: Literal["sidebar"] = "sidebar"
    title: Words | None = Field(None, description="The heading of the box.", examples=["What is the EAEU?"])
    id: Identifier | None = Field(
        None, description="A name of your own, so that [[id]] can refer to the box.", examples=["eaeu"]
    )
    body: Prose = Field(
        description="The text of the box, in Markdown: paragraphs and lists.", examples=["A union of five states."]
    )
