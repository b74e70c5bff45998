"""The block for a map that is drawn from country codes."""

from typing import Literal

from briefing.model.base import field
from briefing.model.country_map import Countries, MapContent
from briefing.model.fields import Identifier, InlineMarkdown, PlainText
from briefing.model.numbers import Flag

from .common import BlockPart, SourceKeys


class Map(BlockPart, MapContent):
    """A map of one country or several, drawn in the theme's colours."""

    short = "of"

    examples = (
        {
            "of": "UA",
            "caption": "Ukraine and its neighbours",
            "marks": [{"name": "Kharkiv", "at": "49.99, 36.23"}],
        },
    )

    kind: Literal["map"] = "map"
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the map.", examples=["neighbours"], default=None
    )
    of: Countries = field(
        "The country, or a list of countries; that of the brief without it.", examples=["UA"], default=()
    )
    caption: InlineMarkdown | None = field(
        "What stands under the map; 'Figure' and its number are set before it.",
        examples=["Ukraine and its neighbours"],
        default=None,
    )
    alt: PlainText | None = field(
        "What the map shows, in words; without it its countries and places are named.",
        examples=["Ukraine, with Kharkiv in the north-east"],
        default=None,
    )
    wide: Flag = field("Whether the map takes the full width of the page.", examples=[True], default=False)
    source: SourceKeys = field(
        "Where the map comes from: a key under sources, or a list of keys.", examples=["un-map"], default=()
    )
