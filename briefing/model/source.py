"""A source of a brief."""

from typing import ClassVar

from .base import Audience, Part, field
from .fields import Address, Line, PartialDate, Words


class Source(Part):
    """A source: one line of text, or its parts."""

    short: ClassVar[str] = "text"

    text: Line | None = field(
        "The whole entry in one line, instead of its parts.",
        examples=['Robert O. Blake, "Remarks", 20 January 2010'],
        default=None,
    )
    author: Words | None = field("Who wrote it: a person or a body.", examples=["Robert O. Blake"], default=None)
    title: Words | None = field("Its title, without quotation marks.", examples=["The World Factbook"], default=None)
    publisher: Words | None = field("Who published it.", examples=["US Department of State"], default=None)
    date: PartialDate | None = field(
        "The day, the month or the year in which it was published.", examples=["2016-11-21"], default=None
    )
    url: Address | None = field(
        "Its address on the web. Give one only where you have opened it.",
        examples=["https://www.state.gov/"],
        default=None,
    )
    audience: Audience = field(
        "Who may read of the source; internal keeps it out of the handout.", examples=["internal"], default=Audience.ALL
    )
