"""Choose which part of the world a map shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, radians
from typing import Literal

from .atlas import Polygon, Vector
from .own import Outlines
from .projection import EARTH_KM, Circle, Projection, angle, circle_round, lon_lat, vector

#: Whole frames where the shape alone would mislead: middle (lon, lat), half width and half height in km.
_FRAMES = {
    "AQ": (0.0, -90.0, 3300.0, 3000.0),
    "CL": (-71.5, -37.0, 1500.0, 2300.0),
    "CV": (-23.5, 15.5, 900.0, 500.0),
    "FM": (151.0, 7.0, 1800.0, 900.0),
    "IO": (72.0, -6.5, 2200.0, 1800.0),
    "KI": (186.0, -1.0, 3400.0, 1500.0),
    "MH": (168.5, 8.0, 900.0, 700.0),
    "PF": (-147.0, -17.0, 1500.0, 1250.0),
    "RU": (92.0, 65.0, 4250.0, 2300.0),
    "TF": (60.0, -40.0, 2900.0, 2500.0),
    "UM": (-170.0, 10.0, 3500.0, 2500.0),
    "US": (-116.5, 51.0, 3950.0, 2900.0),
}
#: The share of the frame that a country takes at most, and the least half height in km.
_SHARE, _LEAST = 0.66, 110.0
#: Half heights in km for a small country: the first that shows land of another state is taken.
_STEPS = (200.0, 300.0, 450.0, 700.0, 1000.0, 1400.0, 1900.0, 2600.0)
#: The half height of a map of the region, and the most that any map has, in km.
_REGION, _MOST = 2600.0, 9000.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The middle in degrees, half the width and height in km, and the layer of the atlas that draws it."""

    lon: float
    lat: float
    half_width: float
    half_height: float
    layer: Literal["base", "fine"]


def frame_of(
    outlines: Outlines,
    of: Sequence[str],
    also: Sequence[str],
    aspect: float,
    *,
    region: bool,
) -> Frame:
    """The frame of a map of some states; ``aspect`` is its width by its height.

    Islands far from the rest of a state are left out. The largest piece of each state in ``also`` is in the frame.
    """
    fine, base = outlines.layer("fine").states, outlines.layer("base").states
    if len(of) == 1 and of[0] in _FRAMES and not also:
        lon, lat, width, height = _FRAMES[of[0]]
        frame = Frame(lon, lat, max(width, height * aspect), max(height, width / aspect), "base")
        return _region(frame, lat) if region else frame
    chosen: list[tuple[str, Polygon]] = []
    for code in of:
        level = "coarse" if code in base else "fine"
        chosen += [(level, piece) for piece in _main_pieces(base.get(code) or fine.get(code, ()))]
    chosen += [("coarse" if code in base else "fine", (base.get(code) or fine[code])[0]) for code in also]
    circles: list[Circle] = [(piece.middle, piece.radius) for _, piece in chosen]
    places: list[tuple[float, float]] = []
    capitals = [outlines.capitals[code] for code in of if code in outlines.capitals]
    for capital in capitals:
        place = vector(capital.lon, capital.lat)
        middle, radius = circle_round(circles or [(place, 0.005)])
        if radius < angle(middle, place) < radius * 2 + radians(4):
            circles.append((place, radians(0.3)))
            places.append((capital.lon, capital.lat))
    if not circles:
        circles = [(vector(capital.lon, capital.lat), 0.005) for capital in capitals]
        places = [(capital.lon, capital.lat) for capital in capitals]
    lon, lat, width, height = _extent(outlines, chosen, places, lon_lat(circle_round(circles)[0]))
    half = max(height / _SHARE, width / _SHARE / aspect, _LEAST)
    if half < 400 and (width * height < 900 or len(chosen) < 3):
        half = _until_land(outlines, (*of, *also), vector(lon, lat), half)
    half = min(half, _MOST)
    frame = Frame(lon, lat, half * aspect, half, "base")
    if region:
        return _region(frame, max(-62.0, min(62.0, lat)))
    middle, reach = vector(lon, lat), hypot(half * aspect, half) / EARTH_KM
    in_window = any(angle(middle, vector(x, y)) + reach < radians(r) * 1.03 for x, y, r in outlines.windows)
    return Frame(lon, lat, half * aspect, half, "fine") if in_window and any(code in fine for code in of) else frame


def _main_pieces(pieces: Sequence[Polygon]) -> list[Polygon]:
    """The largest piece of a state, and those near to it."""
    chosen = list(pieces[:1])
    for _ in range(3 if pieces else 0):
        middle, radius = circle_round((piece.middle, piece.radius) for piece in chosen)
        for piece in pieces[1:]:
            gap = angle(middle, piece.middle) - radius - piece.radius
            is_large = piece.radius > 0.25 * pieces[0].radius
            near = (0.45 if is_large else 0.3) * radius + radians(1.6)
            if gap < near and piece.km2 > pieces[0].km2 * 0.00005 and piece not in chosen:
                chosen.append(piece)
    return chosen


def _extent(
    outlines: Outlines,
    chosen: Sequence[tuple[str, Polygon]],
    places: Sequence[tuple[float, float]],
    middle: tuple[float, float],
) -> tuple[float, float, float, float]:
    """The middle in degrees, and half the width and height in km, of what a map shows."""
    lon, lat = middle
    xs, ys = [0.0], [0.0]
    for _ in range(2):
        projection = Projection(lon, lat)
        points = projection.project([x for x, _ in places], [y for _, y in places], EARTH_KM, 0, 0, 1.0)
        for level, piece in chosen:
            for arc in piece.rings[0]:
                lons, lats = outlines.arc(level, arc if arc >= 0 else ~arc)
                points += projection.project(lons, lats, EARTH_KM, 0, 0)
        xs, ys = [x for x, _ in points], [-y for _, y in points]
        lon, lat = projection.place((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return lon, lat, (max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2


def _until_land(outlines: Outlines, own: Sequence[str], middle: Vector, half: float) -> float:
    """The half height in km that shows land of another state round a small one."""
    others = [
        (EARTH_KM * (angle(middle, piece.middle) - 0.8 * piece.radius), piece.km2)
        for piece in outlines.layer("base").polygons
        if piece.km2 > 200 and piece.code not in own
    ]
    for step in (half, *(step for step in _STEPS if step > half)):
        if any(gap < step * 0.8 and km2 > step * step * 0.02 for gap, km2 in others):
            return step
    return max(half, 1900.0)


def _region(frame: Frame, lat: float) -> Frame:
    """The same frame with more of the world around it."""
    grow = max(1.0, _REGION / frame.half_height, min(3.0, 3500 / frame.half_height))
    grow = min(grow, max(1.0, _MOST / frame.half_height))
    return Frame(frame.lon, lat, frame.half_width * grow, frame.half_height * grow, "base")
