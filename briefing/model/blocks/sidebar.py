"""The sidebar of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from briefing.model.fields import Identifier, Prose, Words

from .common import BlockPart


class Sidebar(BlockPart):
    """A box with a matter of its own: background, a definition, a method."""

    short: ClassVar[str] = "body"

    kind: Literal["sidebar"] = "sidebar"
    title: Words | None = Field(None, description="The heading of the box.", examples=["What is the EAEU?"])
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["eaeu"])
    body: Prose = Field(description="Markdown: paragraphs and lists.", examples=["A union of five states."])
