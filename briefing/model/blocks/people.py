"""The block for a list of people."""

from typing import ClassVar, Literal

from briefing.model.base import Model, field
from briefing.model.fields import Identifier, InlineMarkdown, PartialDate, PlainText

from .common import BlockPart


class Person(Model):
    """A person: a name, and what one must know when shaking hands."""

    short: ClassVar[str] = "name"

    name: PlainText = field("The name, as it is printed.", examples=["Erlan Idrissov"])
    role: PlainText | None = field(
        "The office that the person holds.", examples=["Minister of Foreign Affairs"], default=None
    )
    since: PartialDate | None = field(
        "The year, the month or the day since when the person holds the office.", examples=[2012], default=None
    )
    pronounced: PlainText | None = field(
        "How to say the name, with the stressed syllable in capitals.", examples=["yer-LAHN id-REE-soff"], default=None
    )
    note: InlineMarkdown | None = field(
        "One line about the person.", examples=["Former ambassador in Washington."], default=None
    )


class People(BlockPart):
    """The people one must know."""

    short: ClassVar[str] = "entries"

    examples = ([{"name": "Erlan Idrissov", "role": "Minister of Foreign Affairs"}],)

    kind: Literal["people"] = "people"
    title: PlainText | None = field("A heading over the list.", examples=["Who is who"], default=None)
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the list.", examples=["people"], default=None
    )
    entries: tuple[Person, ...] = field(
        "The people: names alone, or each with name, role, since, pronounced and note.",
        examples=[[{"name": "Erlan Idrissov", "role": "Minister"}]],
        min_items=1,
    )
