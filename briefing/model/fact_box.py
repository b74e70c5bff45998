"""The fact box and its facts."""

from typing import ClassVar

from .audience import Visibility
from .base import Model, field
from .blocks.common import SourceKeys
from .country_map import LocatorMap
from .fields import InlineMarkdown, PartialDate, PlainText


class Fact(Model):
    """A value, the day on which it held, and where it comes from. Written short as ``Capital: Astana``."""

    short: ClassVar[str] = "value"

    value: InlineMarkdown = field("The value, with its unit.", examples=["17.9 million"])
    as_of: PartialDate | None = field(
        "The day, the month or the year on which the value held.", examples=[2016], default=None
    )
    source: SourceKeys = field(
        "Where the value comes from: a key under sources, or a list of keys.", examples=["factbook"], default=()
    )
    audience: Visibility = field(
        "Who may read the fact; internal leaves it out of the handout.", examples=["internal"], default=Visibility.ALL
    )


class FactBox(Model):
    """The fact box beside the text of page one."""

    title: PlainText | None = field(
        "The title of the box; without one the usual words of the language.", examples=["At a glance"], default=None
    )
    picture: PlainText | None = field(
        "A flag that stands above the facts: an SVG, PNG or JPEG file, named relative to the content file. "
        "The word none leaves out the flag that country_pictures gives.",
        examples=["images/flag.svg"],
        default=None,
    )
    alt: PlainText | None = field(
        "What the picture shows, in words; without it 'Flag of …'.", examples=["Flag of Kazakhstan"], default=None
    )
    map: LocatorMap | None = field(
        "A small map under the facts, with the note on boundaries: a file, none, or what the drawn map shows.",
        examples=["images/locator.svg"],
        default=None,
    )
    map_alt: PlainText | None = field(
        "What the map shows, in words; without it 'Map of …'.", examples=["Norway in the north of Europe"], default=None
    )
    facts: dict[PlainText, Fact] = field(
        "The facts, a label and a value each; about eleven are the most that the box holds.",
        examples=[{"Capital": "Astana"}],
        min_items=1,
    )
    source: SourceKeys = field(
        "Where the box comes from: a key under sources, or a list. A fact names its own where it differs.",
        examples=["factbook"],
        default=(),
    )
    audience: Visibility = field(
        "Who may read the box; internal leaves it out of the handout.", examples=["internal"], default=Visibility.ALL
    )
