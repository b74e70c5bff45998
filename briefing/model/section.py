"""The section of a brief, as a content file describes it."""

from __future__ import annotations

from pydantic import Field

from .base import Audience, Part
from .blocks import Block
from .fields import Identifier, Words


class Section(Part):
    """A section or an annex: a title and a body of Markdown and blocks."""

    title: Words = Field(description="The heading, in sentence case.", examples=["The OSCE chairmanship"])
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["osce"])
    marking: Words | None = Field(None, description="A portion mark for this section alone.", examples=["OFFICIAL"])
    audience: Audience = Field(
        Audience.ALL, description="internal keeps the section out of the handout.", examples=["internal"]
    )
    body: tuple[Block, ...] = Field(
        (), description="Markdown, or a list of Markdown strings and blocks.", examples=["Text with *emphasis*."]
    )
