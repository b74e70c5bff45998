"""Maps as a brief has them: the atlas, names from Babel, the theme's fonts; and the boxes of their labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import hypot
from xml.etree import ElementTree as ET

import uharfbuzz

from briefing.charts.text_width import SIZE, width
from briefing.countries import names
from briefing.countries.atlas import load
from briefing.countries.draw import draw_map
from briefing.countries.request import Map, MapRequest, MapStyle
from briefing.theme.load import load_theme

ATLAS = load()
#: All codes that the atlas can draw.
CODES = tuple(sorted({*ATLAS.layer("base").states, *ATLAS.layer("fine").states} - {""}))
THEME = load_theme("standard")
SVG = "{http://www.w3.org/2000/svg}"


def estimated(text: str, semibold: bool) -> float:  # noqa: FBT001
    """The width of a text of 1 pt, as charts estimate it."""
    return width(text, semibold=semibold) / SIZE


STYLE = MapStyle(THEME.colours, THEME.faces["sans"].family, estimated)


def request_for(*of: str, language: str = "en", **options: object) -> MapRequest:
    """The request for a map of some countries, all names in a language."""
    given = {
        "name": lambda code: names.country_name(code, language),
        "capitals": {code: name for code in of if (name := names.capital(code, language))},
        "kilometres": lambda km: names.kilometres(km, language),
    }
    return MapRequest(of, **{**given, **options})


@cache
def drawn(*of: str, language: str = "en", width: float = 46.0, height: float = 38.0) -> Map:
    """The map of some countries."""
    return draw_map(ATLAS, request_for(*of, language=language, width=width, height=height), STYLE)


@dataclass(frozen=True)
class Words:
    """A label as it stands in the drawing: its text, its box in pt, the class of its colour, and if it is bold."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    colour: str
    bold: bool

    def gap(self, x: float, y: float) -> float:
        return hypot(max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom))

    def overlaps(self, other: Words) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@cache
def words_of(svg: str, measured: Callable[[str, bool], float]) -> list[Words]:
    """All labels of a drawing. ``measured`` gives the width of a text of 1 pt. The box is as high as small letters."""
    root = ET.fromstring(svg)
    found = []
    for parent in root.iter():
        for element in parent.findall(f"{SVG}text"):
            given = {**root.attrib, **parent.attrib, **element.attrib}
            assert given["text-anchor"] == "middle"
            bold = given.get("font-weight") == "600"
            size = int(given["font-size"]) / 10
            x, y, half = int(element.get("x")) / 10, int(element.get("y")) / 10, measured(element.text, bold) * size / 2
            box = (x - half, y - 0.66 * size, x + half, y + 0.16 * size)
            found.append(Words(element.text, *box, given["class"], bold))
    return found


@cache
def _font(bold: bool) -> uharfbuzz.Font:  # noqa: FBT001
    font = uharfbuzz.Font(uharfbuzz.Face(THEME.faces["sans"].file(italic=False).read_bytes()))
    font.set_variations({"wght": 600 if bold else 400})
    return font


@cache
def measured(text: str, bold: bool) -> float:  # noqa: FBT001
    """The width of a text of 1 pt in the theme's font."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _font(bold)
    uharfbuzz.shape(font, buffer)
    return sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem
