"""The block for a pull quote."""

from typing import ClassVar, Literal

from briefing.model.base import field
from briefing.model.fields import InlineMarkdown, PartialDate, PlainText

from .common import BlockPart, SourceKeys


class PullQuote(BlockPart):
    """A pull quote.

    With ``by`` it is a quotation: it is set in quotation marks and needs a source. Without, it is an extract: it must
    stand in this brief, word for word, and is set without quotation marks.
    """

    short: ClassVar[str] = "text"

    examples = (
        {
            "text": "It is charting a course for a bright and promising future.",
            "by": "Robert O. Blake",
            "date": "2010-01-20",
            "source": "blake-2010",
        },
    )

    kind: Literal["pull_quote"] = "pull_quote"
    text: InlineMarkdown = field(
        "The words, without quotation marks: the program sets the right ones.",
        examples=["It is charting a course for a bright and promising future."],
    )
    by: PlainText | None = field(
        "Who said it. This makes it a quotation, which needs a source.", examples=["Robert O. Blake"], default=None
    )
    role: PlainText | None = field(
        "The office of the speaker at the time.", examples=["Assistant Secretary of State"], default=None
    )
    occasion: PlainText | None = field(
        "Where or on what occasion it was said.", examples=["Commencement of the OSCE chairmanship"], default=None
    )
    date: PartialDate | None = field(
        "The day, the month or the year in which it was said.", examples=["2010-01-20"], default=None
    )
    source: SourceKeys = field(
        "Where the words stand: a key under sources, or a list of keys.", examples=["blake-2010"], default=()
    )
