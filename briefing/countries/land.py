"""What of the atlas is on a map: the shapes of states, borders, lakes, in pt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import asin, hypot
from typing import NamedTuple

from .atlas import BORDER, DISPUTED, Vector
from .frame import Frame
from .own import Outlines
from .projection import EARTH_KM, Point, Projection, angle, vector
from .shapes import Rectangle, clip_line, clip_ring

#: Shapes go on this far outside the map, so that no edge of them is seen, in pt.
_OUTSIDE = 2.0
#: The least area of an island on the map, in pt². The largest one of a state can be smaller.
_LEAST, _LEAST_OF_STATE = 1.0, 0.15


class Shape(NamedTuple):
    """One piece of a state's land on the map, and its whole area in pt²."""

    area: float
    rings: tuple[Sequence[Point], ...]


@dataclass(frozen=True)
class Sheet:
    """The paper of a map: its frame, and its width and height in pt."""

    frame: Frame
    width: float
    height: float

    @cached_property
    def scale(self) -> float:
        """The pt for one km."""
        return self.width / 2 / self.frame.half_width

    @cached_property
    def middle(self) -> Vector:
        """The middle of the map."""
        return vector(self.frame.lon, self.frame.lat)

    @cached_property
    def projection(self) -> Projection:
        """The projection round the middle of the map."""
        return Projection(self.frame.lon, self.frame.lat)

    def points(self, lons: Sequence[float], lats: Sequence[float], unit: float = 0.001) -> list[Point]:
        """A line in units of degrees on the map."""
        return self.projection.project(lons, lats, self.scale * EARTH_KM, self.width / 2, self.height / 2, unit)

    def point(self, lon: float, lat: float) -> Point:
        """A place in degrees on the map."""
        return self.points([lon], [lat], 1.0)[0]

    def shows(self, point: Point, margin: float) -> bool:
        """Whether a point is on the map, at least ``margin`` pt from its edge."""
        return margin < point[0] < self.width - margin and margin < point[1] < self.height - margin

    @cached_property
    def reach(self) -> float:
        """The distance of a corner from the middle in radians, and a little more."""
        corner = hypot(self.frame.half_width, self.frame.half_height)
        return 2.04 * asin(min(1.0, corner / 2 / EARTH_KM))

    def is_near(self, middle: Vector, radius: float) -> bool:
        """Whether a circle can be on the map."""
        return angle(middle, self.middle) < self.reach + radius


@dataclass(frozen=True)
class Land:
    """What a map shows. ``disputed`` has the runs of each disputed line by its key."""

    states: dict[str, list[Shape]]
    lakes: list[Sequence[Point]]
    borders: list[list[Point]]
    disputed: dict[str, list[list[Point]]]


class _Arcs:
    """The arcs of a layer on a sheet. Those outside it have few points."""

    def __init__(self, outlines: Outlines, sheet: Sheet) -> None:
        self.outlines, self.sheet = outlines, sheet
        self.layer = outlines.layer(sheet.frame.layer)
        self.level = "fine" if sheet.frame.layer == "fine" else _level(sheet.scale)
        self.far_level = "fine" if self.level == "fine" else "coarse"
        self.points: dict[int, list[Point]] = {}

    def arc(self, number: int) -> list[Point]:
        key = number if number >= 0 else ~number
        if key not in self.points:
            level = self.level if self.sheet.is_near(*self.layer.caps[key]) else self.far_level
            self.points[key] = self.sheet.points(*self.outlines.arc(level, key))
        return self.points[key] if number >= 0 else self.points[key][::-1]

    def ring(self, arcs: Sequence[int], rectangle: Rectangle) -> Sequence[Point]:
        return clip_ring([point for number in arcs for point in self.arc(number)], rectangle)


def land_of(outlines: Outlines, sheet: Sheet, own: Sequence[str]) -> Land:
    """The land, borders and lakes on a sheet. Small islands of the states in ``own`` are kept."""
    arcs = _Arcs(outlines, sheet)
    layer = arcs.layer
    rectangle = (-_OUTSIDE, -_OUTSIDE, sheet.width + _OUTSIDE, sheet.height + _OUTSIDE)
    states: dict[str, list[Shape]] = {}
    for code, pieces in layer.states.items():
        for piece in pieces:
            area = piece.km2 * sheet.scale**2
            least = _LEAST_OF_STATE if piece is pieces[0] or code in own else _LEAST
            if area < least or not sheet.is_near(piece.middle, piece.radius):
                continue
            rings = [arcs.ring(ring, rectangle) for ring in piece.rings]
            if len(rings[0]) > 2:
                states.setdefault(code, []).append(Shape(area, tuple(ring for ring in rings if len(ring) > 2)))
    borders: list[list[Point]] = []
    disputed: dict[str, list[list[Point]]] = {}
    for key, kind in enumerate(layer.kinds):
        # A dashed line of an organisation's own bounds no polygon.
        is_shown = (key in arcs.points or kind >= DISPUTED) and sheet.is_near(*layer.caps[key])
        if is_shown and kind and (runs := clip_line(arcs.arc(key), (0.0, 0.0, sheet.width, sheet.height))):
            lines = borders if kind == BORDER else disputed.setdefault(outlines.lines[kind - DISPUTED].key, [])
            lines += runs
    lakes = [
        ring
        for lake in outlines.layer("lakes").polygons
        if lake.radius * EARTH_KM * sheet.scale > 2 and sheet.is_near(lake.middle, lake.radius)
        if len(ring := clip_ring(sheet.points(*outlines.arc("lakes", lake.rings[0][0])), rectangle)) > 2
    ]
    return Land(states, lakes, borders, disputed)


def _level(scale: float) -> str:
    return "base" if scale > 0.09 else "middle" if scale > 0.045 else "coarse"
