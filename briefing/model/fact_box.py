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

    value: Line = Field(description="The value, with its unit.", examples=["17.9 million"])
    as_of: PartialDate | None = Field(
        None, description="The day, the month or the year on which the value held.", examples=[2016]
    )
    source: SourceKeys = Field(
        (), description="Where the value comes from: a key under sources, or a list of keys.", examples=["factbook"]
    )
    audience: Audience = Field(
        Audience.ALL, description="Who may read the fact; internal keeps it out of the handout.", examples=["internal"]
    )


class FactBox(Part):
    """The fact box beside the text of page one."""

    title: Words | None = Field(
        None, description="The title of the box; without one the usual words of the language.", examples=["At a glance"]
    )
    picture: Words | None = Field(
        None,
        description="A flag that stands above the facts: an SVG, PNG or JPEG file, named relative to the content file.",
        examples=["images/flag.svg"],
    )
    alt: Words | None = Field(
        None, description="What the picture shows, in words; without it 'Flag of …'.", examples=["Flag of Kazakhstan"]
    )
    map: Words | None = Field(
        None,
        description="A small map that stands under the facts, with the note on boundaries: an SVG, PNG or JPEG file.",
        examples=["images/locator.svg"],
    )
    map_alt: Words | None = Field(
        None,
        description="What the map shows, in words; without it 'Map of …'.",
        examples=["Norway in the north of Europe"],
    )
    facts: dict[Words, Fact] = Field(
        min_length=1,
        description="The facts, a label and a value each; about eleven are the most that the box holds.",
        examples=[{"Capital": "Astana"}],
    )
    source: SourceKeys = Field(
        (),
        description="Where the box comes from: a key under sources, or a list. A fact names its own where it differs.",
        examples=["factbook"],
    )
    audience: Audience = Field(
        Audience.ALL, description="Who may read the box; internal keeps it out of the handout.", examples=["internal"]
    )
