"""The timeline of a brief, as a content file describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from briefing.model.base import Part
from briefing.model.fields import Identifier, Line, Period, Words

from .common import BlockPart, SourceKeys


class Entry(Part):
    """One date of a timeline and what happened. Written short as ``2010-01-20: Remarks in Washington``."""

    when: Period = Field(description="A date, or words such as 2017 to 2018.", examples=["2010-01-20", "2017 to 2018"])
    text: Line = Field(description="What happened.", examples=["Remarks in Washington"])
    source: SourceKeys = Field((), description="A key under sources.", examples=["blake-2010"])

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and len(data) == 1 and not data.keys() & {"when", "text", "source"}:
            ((when, text),) = data.items()
            return {"when": when, "text": text}
        return data


class Timeline(BlockPart):
    """Dates and what happened on them, in the order given."""

    short: ClassVar[str] = "entries"

    kind: Literal["timeline"] = "timeline"
    title: Words | None = Field(None, description="A heading over the timeline.", examples=["How it came about"])
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["milestones"])
    entries: tuple[Entry, ...] = Field(
        min_length=1, description="A list of date: text.", examples=[[{"2010-01-20": "Remarks in Washington"}]]
    )
