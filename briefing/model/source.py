"""A source of a brief."""

from typing import ClassVar

from .audience import Visibility
from .base import Model, field
from .fields import Address, InlineMarkdown, PartialDate, PlainText


class Source(Model):
    """A source: one line of text, or its parts."""

    short: ClassVar[str] = "text"

    text: InlineMarkdown | None = field(
        "The whole entry in one line, instead of its parts.",
        examples=['Robert O. Blake, "Remarks", 20 January 2010'],
        default=None,
    )
    author: PlainText | None = field("Who wrote it: a person or a body.", examples=["Robert O. Blake"], default=None)
    title: PlainText | None = field(
        "Its title, without quotation marks.", examples=["The World Factbook"], default=None
    )
    publisher: PlainText | None = field("Who published it.", examples=["US Department of State"], default=None)
    date: PartialDate | None = field(
        "The day, the month or the year in which it was published.", examples=["2016-11-21"], default=None
    )
    url: Address | None = field(
        "Its address on the web. Give one only where you have opened it.",
        examples=["https://www.state.gov/"],
        default=None,
    )
    audience: Visibility = field(
        "Who may see the source; internal leaves it out of the handout.",
        examples=["internal"],
        default=Visibility.ALL,
    )
