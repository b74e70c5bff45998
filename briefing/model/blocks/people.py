"""The people of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from briefing.model.base import Part
from briefing.model.fields import Identifier, Line, PartialDate, Words

from .common import BlockPart


class Person(Part):
    """A person: a name, and what one must know when shaking hands."""

    short: ClassVar[str] = "name"

    name: Words = Field(description="The name as it is printed.", examples=["Erlan Idrissov"])
    role: Words | None = Field(None, description="The office.", examples=["Minister of Foreign Affairs"])
    since: PartialDate | None = Field(None, description="In office since.", examples=[2012])
    pronounced: Words | None = Field(None, description="How to say the name.", examples=["yer-LAHN id-REE-soff"])
    note: Line | None = Field(
        None, description="One line about the person.", examples=["Former ambassador in Washington."]
    )


class People(BlockPart):
    """The people one must know."""

    short: ClassVar[str] = "entries"

    kind: Literal["people"] = "people"
    title: Words | None = Field(None, description="A heading over the list.", examples=["Who is who"])
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["people"])
    entries: tuple[Person, ...] = Field(
        min_length=1, description="A list of people.", examples=[[{"name": "Erlan Idrissov", "role": "Minister"}]]
    )
