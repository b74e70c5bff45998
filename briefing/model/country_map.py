"""Maps that are drawn from country codes, and the defaults of a project for them."""

from typing import Annotated, Literal

from .base import Issue, Model, field
from .fields import Country, PlainText, Position
from .numbers import Flag
from .values import ChoiceValue, SchemaValue, as_list

CountryPictures = Annotated[
    Literal["flag and map", "flag", "none"],
    ChoiceValue(
        {
            "flag and map": "The flag and a locator map of the brief's country, without any file.",
            "flag": "The flag alone.",
            "none": "Neither; pictures that the brief names are printed all the same.",
        }
    ),
]

Show = Annotated[
    Literal["country", "region"],
    ChoiceValue(
        {
            "country": "The country, and its neighbours around it.",
            "region": "The country small, in its part of the world.",
        }
    ),
]


Countries = Annotated[
    tuple[Country, ...],
    SchemaValue(
        as_list,
        {
            "title": "A country, or a list of them",
            "anyOf": [Country.json_schema, {"type": "array", "items": Country.json_schema}],
        },
    ),
]
"""The type of one country code, or a list of them."""


class MapMark(Model):
    """A place on a map: its name and its position."""

    name: PlainText = field("The name beside the dot.", examples=["Kharkiv"])
    at: Position = field("Latitude and longitude in degrees.", examples=["49.99, 36.23"])


class MapContent(Model):
    """What a map shows, besides its country."""

    show: Show = field(
        "How much of the world the map shows; the country without it.", examples=["region"], default="country"
    )
    capital: PlainText | None = field(
        "The capital's name on the map; none leaves it out. Without it the fact Capital, else a list in the program.",
        examples=["Oslo"],
        default=None,
    )
    also: Countries = field("Further countries, in a lighter shade.", examples=[["SJ"]], default=())
    names: dict[Country, PlainText] = field(
        "Names of countries on the map, by code, where the usual one does not suit.",
        examples=[{"CD": "DR Congo"}],
        default={},
    )
    marks: tuple[MapMark, ...] = field(
        "Places, each with a dot and a name.", examples=[[{"name": "Kharkiv", "at": "49.99, 36.23"}]], default=()
    )
    data: PlainText | None = field(
        "A GeoJSON file with outlines of your own, named relative to the content file.",
        examples=["maps/own.geojson"],
        default=None,
    )


class LocatorMap(MapContent):
    """The map of the fact box: a file, the word none, or what the program draws."""

    short = "file"

    file: PlainText | None = field(
        "A map of your own: an SVG, PNG or JPEG file, named relative to the content file; none leaves the map out.",
        examples=["images/locator.svg"],
        default=None,
    )

    def issues(self) -> tuple[Issue, ...]:
        """A file of one's own beside keys for a map that is drawn."""
        drawn = [name for name in MapContent.fields if name in self.given]
        if self.file is None or not drawn:
            return ()
        message = f"this map is a file, so '{drawn[0]}' has no effect"
        return (Issue((drawn[0],), "map-twice", message, "keep file:, or the keys of a map that is drawn"),)


class MapDefaults(Model):
    """What an organisation decides about maps that the program draws."""

    names: dict[Country, PlainText] = field(
        "Names of countries on all maps, by code.", examples=[{"CD": "DR Congo"}], default={}
    )
    capitals: dict[Country, PlainText] = field(
        "Names of capitals on all maps, by code; none leaves one out.", examples=[{"IL": "none"}], default={}
    )
    dashed: dict[PlainText, Flag] = field(
        "Boundaries that are dashed or not, by the names in docs/countries.md.",
        examples=[{"kashmir": True}],
        default={},
    )
    data: PlainText | None = field(
        "A GeoJSON file with outlines for all maps, named relative to the project.",
        examples=["maps/boundaries.geojson"],
        default=None,
    )
    note: PlainText | None = field(
        "The note beside each map; without one the usual words of the language.",
        examples=["The boundaries on this map are not official."],
        default=None,
    )
    handout: Flag = field("Whether a handout may have a map with a dashed boundary.", examples=[True], default=False)
