"""The pull quote of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from briefing.model.fields import Line, PartialDate, Words

from .common import BlockPart, SourceKeys


class PullQuote(BlockPart):
    """A pull quote.

    With ``by`` it is a quotation: it is set in quotation marks and needs a source. Without, it is an extract: it must
    stand in this brief, word for word, and is set without quotation marks.
    """

    short: ClassVar[str] = "text"

    kind: Literal["pull_quote"] = "pull_quote"
    text: Line = Field(
        description="The words, without quotation marks: the program sets the right ones.",
        examples=["It is charting a course for a bright and promising future."],
    )
    by: Words | None = Field(
        None, description="Who said it. Makes this a quotation, which needs a source.", examples=["Robert O. Blake"]
    )
    role: Words | None = Field(
        None, description="The speaker's office at the time.", examples=["Assistant Secretary of State"]
    )
    occasion: Words | None = Field(
        None, description="Where or on what occasion it was said.", examples=["Commencement of the OSCE chairmanship"]
    )
    date: PartialDate | None = Field(None, description="The day on which it was said.", examples=["2010-01-20"])
    source: SourceKeys = Field((), description="A key under sources.", examples=["blake-2010"])
