"""The source of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from .base import Audience, Part
from .fields import Address, Line, PartialDate, Words


class Source(Part):
    """A source: one line of text, or its parts."""

    short: ClassVar[str] = "text"

    text: Line | None = Field(
        None,
        description="The whole entry in one line, instead of its parts.",
        examples=['Robert O. Blake, "Remarks", 20 January 2010'],
    )
    author: Words | None = Field(None, description="Who wrote it: a person or a body.", examples=["Robert O. Blake"])
    title: Words | None = Field(
        None, description="Its title, without quotation marks.", examples=["The World Factbook"]
    )
    publisher: Words | None = Field(None, description="Who published it.", examples=["US Department of State"])
    date: PartialDate | None = Field(
        None, description="The day, the month or the year in which it was published.", examples=["2016-11-21"]
    )
    url: Address | None = Field(
        None,
        description="Its address on the web. Give one only where you have opened it.",
        examples=["https://www.state.gov/"],
    )
    audience: Audience = Field(
        Audience.ALL,
        description="Who may read of the source; internal keeps it out of the handout.",
        examples=["internal"],
    )
