"""The people of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from briefing.model.base import Part
from briefing.model.fields import Identifier, Line, PartialDate, Words

from .common import BlockPart


class Person(Part):
    """A person: a name, and what one must know when shaking hands."""

    short: ClassVar[str] = "name"

    name: Words = Field(description="The name, as it is printed.", examples=["Erlan Idrissov"])
    role: Words | None = Field(
        None, description="The office that the person holds.", examples=["Minister of Foreign Affairs"]
    )
    since: PartialDate | None = Field(
        None, description="The year, the month or the day since when the person holds the office.", examples=[2012]
    )
    pronounced: Words | None = Field(
        None,
        description="How to say the name, with the stressed syllable in capitals.",
        examples=["yer-LAHN id-REE-soff"],
    )
    note: Line | None = Field(
        None, description="One line about the person.", examples=["Former ambassador in Washington."]
    )


class People(BlockPart):
    """The people one must know."""

    short: ClassVar[str] = "entries"

    model_config = ConfigDict(
        json_schema_extra={"examples": [[{"name": "Erlan Idrissov", "role": "Minister of Foreign Affairs"}]]}
    )

    kind: Literal["people"] = "people"
    title: Words | None = Field(None, description="A heading over the list.", examples=["Who is who"])
    id: Identifier | None = Field(
        None, description="A name of your own, so that [[id]] can refer to the list.", examples=["people"]
    )
    entries: tuple[Person, ...] = Field(
        min_length=1,
        description="The people: names alone, or each with name, role, since, pronounced and note.",
        examples=[[{"name": "Erlan Idrissov", "role": "Minister"}]],
    )
