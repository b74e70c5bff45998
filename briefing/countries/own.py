"""Outlines of an organisation's own, in place of those that come with the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import radians, sin
from typing import TypeAlias

from .atlas import BORDER, COAST, DISPUTED, Atlas, Layer, Line, Polygon
from .projection import EARTH_KM, Circle, Point, angle, circle_round, vector

#: The key of a dashed line that a file of outlines draws itself.
OWN_LINE = "own"


@dataclass(frozen=True, slots=True)
class OwnPolygon:
    """One piece of a state's land: its code, the outline and holes, each a closed ring of (lon, lat)."""

    code: str
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnOutlines:
    """The polygons and the dashed lines of a file. It has each of its states as a whole."""

    polygons: tuple[OwnPolygon, ...]
    dashed: tuple[tuple[Point, ...], ...] = ()


class Overlay:
    """An atlas in which some states have outlines of an organisation's own. It has the interface of ``Atlas``."""

    def __init__(self, atlas: Atlas, own: OwnOutlines) -> None:
        self._atlas, self._own = atlas, own
        self.capitals, self.windows = atlas.capitals, atlas.windows
        self._lines = [ring for polygon in own.polygons for ring in polygon.rings] + list(own.dashed)
        self._circles = [_circle(line) for line in self._lines]
        self._layers = {name: self._overlay(atlas.layer(name)) for name in ("base", "fine")}
        self.lines: tuple[Line, ...] = (*atlas.lines, Line(OWN_LINE, ("", ""), dashed=True, reason=""))

    def layer(self, name: str) -> Layer:
        """A layer in which the file's states are the file's."""
        return self._layers.get(name) or self._atlas.layer(name)

    def arc(self, level: str, number: int) -> tuple[Sequence[float], Sequence[float]]:
        """The longitudes and latitudes of an arc in thousandths of a degree. The file's lines have one level."""
        count = 0 if level == "lakes" else len(self._atlas.layer("fine" if level == "fine" else "base").kinds)
        if level == "lakes" or number < count:
            return self._atlas.arc(level, number)
        line = self._lines[number - count]
        return [1000 * lon for lon, _ in line], [1000 * lat for _, lat in line]

    def _overlay(self, layer: Layer) -> Layer:
        replaced = {polygon.code for polygon in self._own.polygons}
        kept = [polygon for polygon in layer.polygons if polygon.code not in replaced]
        gone = {
            arc if arc >= 0 else ~arc
            for polygon in layer.polygons
            if polygon.code in replaced
            for ring in polygon.rings
            for arc in ring
        }
        kinds = bytearray(COAST if arc in gone else kind for arc, kind in enumerate(layer.kinds))
        number = len(layer.kinds)
        own = []
        for drawn in self._own.polygons:
            arcs = range(number, number + len(drawn.rings))
            number = arcs.stop
            middle, radius = self._circles[arcs.start - len(layer.kinds)]
            own.append(Polygon(drawn.code, tuple((arc,) for arc in arcs), middle, radius, _km2(drawn.rings[0])))
        kinds += bytes(
            [BORDER] * (number - len(layer.kinds)) + [DISPUTED + len(self._atlas.lines)] * len(self._own.dashed)
        )
        polygons = (*kept, *sorted(own, key=lambda polygon: (polygon.code, -polygon.km2)))
        states: dict[str, tuple[Polygon, ...]] = {}
        for polygon in polygons:
            states[polygon.code] = (*states.get(polygon.code, ()), polygon)
        return Layer(polygons, states, bytes(kinds), (*layer.caps, *self._circles))


Outlines: TypeAlias = Atlas | Overlay


def _circle(line: Sequence[Point]) -> Circle:
    """A circle that has all points of a line in it."""
    middle, _ = circle_round([(vector(*point), 0.0) for point in line[:: max(1, len(line) // 200)]])
    return middle, max(angle(middle, vector(*point)) for point in line) + 0.0005


def _km2(ring: Sequence[Point]) -> float:
    """The area inside a ring, on the cylinder of equal area."""
    total = 0.0
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        total += radians(next_lon - lon) * (2 + sin(radians(lat)) + sin(radians(next_lat))) / 2
    return abs(total) * EARTH_KM**2
