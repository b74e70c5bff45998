"""The pull quote of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from briefing.model.fields import Line, PartialDate, Words

from .common import BlockPart, SourceKeys


class PullQuote(BlockPart):
    """A pull quote.

    With ``by`` it is a quotation: it is set in quotation marks and needs a source. Without, it is an extract: it must
    stand in this brief, word for word, and is set without quotation marks.
    """

    short: ClassVar[str] = "text"

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "It is charting a course for a bright and promising future.",
                    "by": "Robert O. Blake",
                    "date": "2010-01-20",
                    "source": "blake-2010",
                }
            ]
        }
    )

    kind: Literal["pull_quote"] = "pull_quote"
    text: Line = Field(
        description="The words, without quotation marks: the program sets the right ones.",
        examples=["It is charting a course for a bright and promising future."],
    )
    by: Words | None = Field(
        None, description="Who said it. This makes it a quotation, which needs a source.", examples=["Robert O. Blake"]
    )
    role: Words | None = Field(
        None, description="The office of the speaker at the time.", examples=["Assistant Secretary of State"]
    )
    occasion: Words | None = Field(
        None, description="Where or on what occasion it was said.", examples=["Commencement of the OSCE chairmanship"]
    )
    date: PartialDate | None = Field(
        None, description="The day, the month or the year in which it was said.", examples=["2010-01-20"]
    )
    source: SourceKeys = Field(
        (), description="Where the words stand: a key under sources, or a list of keys.", examples=["blake-2010"]
    )
