"""The timeline of a brief, as a content file describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from briefing.model.base import Part
from briefing.model.fields import Identifier, Line, Period, Words

from .common import BlockPart, SourceKeys


class Entry(Part):
    """One date of a timeline and what happened. Written short as ``2010-01-20: Remarks in Washington``."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"when": "2010-01-20", "text": "Remarks in Washington"}]})

    when: Period = Field(description="A date, or words such as 2017 to 2018.", examples=["2010-01-20", "2017 to 2018"])
    text: Line = Field(description="What happened.", examples=["Remarks in Washington"])
    source: SourceKeys = Field(
        (), description="Where it comes from: a key under sources, or a list of keys.", examples=["blake-2010"]
    )

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

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [[{"2010-01-20": "Remarks in Washington"}, {"2017 to 2018": "Term on the Security Council"}]]
        }
    )

    kind: Literal["timeline"] = "timeline"
    title: Words | None = Field(None, description="A heading over the timeline.", examples=["How it came about"])
    id: Identifier | None = Field(
        None, description="A name of your own, so that [[id]] can refer to the timeline.", examples=["milestones"]
    )
    entries: tuple[Entry, ...] = Field(
        min_length=1,
        description="The dates in your order, each with what happened: 2010-01-20: Remarks.",
        examples=[[{"2010-01-20": "Remarks in Washington"}]],
    )
