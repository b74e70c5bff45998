"""The section of a brief, as a content file describes it."""

from __future__ import annotations

from pydantic import Field

from .base import Audience, Part
from .blocks import Block
from .fields import Identifier, Words


class Section(Part):
    """A section or an annex: a title and a body of Markdown and blocks."""

    title: Words = Field(description="The heading, in sentence case.", examples=["The OSCE chairmanship"])
    id: Identifier | None = Field(
        None, description="A name of your own, so that [[id]] can refer to the section.", examples=["osce"]
    )
    marking: Words | None = Field(None, description="The classification of this section alone.", examples=["OFFICIAL"])
    audience: Audience = Field(
        Audience.ALL,
        description="Who may read the section; internal keeps it out of the handout.",
        examples=["internal"],
    )
    body: tuple[Block, ...] = Field(
        (),
        description="The text, in Markdown; or a list of texts and of blocks such as tables and charts.",
        examples=["Text with *emphasis* and a note. [@blake-2010]", ["Text before the block.", {"sidebar": "A box."}]],
    )
