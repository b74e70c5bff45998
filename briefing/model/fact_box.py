"""The fact box of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from .base import Audience, Part
from .blocks.common import SourceKeys
from .fields import Line, PartialDate, Words


class Fact(Part):
    """A value, the day on which it held, and where it comes from. Written short as ``Capital: Astana``."""

    short: ClassVar[str] = "value"

    value: Line = Field(description="The value with its unit.", examples=["17.9 million"])
    as_of: PartialDate | None = Field(None, description="The day, month or year on which it held.", examples=[2016])
    source: SourceKeys = Field((), description="A key under sources.", examples=["factbook"])
    audience: Audience = Field(
        Audience.ALL, description="internal keeps the fact out of the handout.", examples=["internal"]
    )


class FactBox(Part):
    """The fact box beside the text of page one."""

    title: Words | None = Field(
        None, description="Its title; the word for it in the brief's language by default.", examples=["At a glance"]
    )
    picture: Words | None = Field(
        None, description="An SVG, PNG or JPEG file: a flag, above the facts.", examples=["images/flag.svg"]
    )
    alt: Words | None = Field(
        None, description="What the picture shows; 'Flag of …' by default.", examples=["Flag of Kazakhstan"]
    )
    map: Words | None = Field(
        None,
        description="An SVG, PNG or JPEG file: a small map under the facts, with the note on boundaries.",
        examples=["images/locator.svg"],
    )
    map_alt: Words | None = Field(
        None, description="What the map shows; 'Map of …' by default.", examples=["Norway in the north of Europe"]
    )
    facts: dict[Words, Fact] = Field(
        min_length=1, description="Label: value, about eleven at most.", examples=[{"Capital": "Astana"}]
    )
    source: SourceKeys = Field(
        (),
        description="Keys under sources for the whole box; a fact needs its own only where it differs.",
        examples=["factbook"],
    )
    audience: Audience = Field(
        Audience.ALL, description="internal keeps the box out of the handout.", examples=["internal"]
    )
