"""The small globe of a map, which shows where in the world it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import hypot, pi

from .atlas import Atlas, Polygon, Vector
from .frame import Frame
from .projection import EARTH_KM, Point, angle, globe, vector
from .shapes import path
from .svg import Paint, tag

#: The least area of land on the globe in km².
_LEAST = 60_000


def globe_svg(
    atlas: Atlas, frame: Frame, of: Sequence[str], middle: Point, radius: float, colours: Mapping[str, str]
) -> str:
    """The world from above a frame, the countries in ``of``, and a ring round the frame."""
    above = vector(frame.lon, max(-55.0, min(55.0, frame.lat)))
    land = own = ""
    for piece, line in _outlines(atlas):
        if angle(above, piece.middle) < pi / 2 - 0.04 + piece.radius:
            drawn = path(globe(above, line, radius, *middle), closed=True)
            land, own = (land, own + drawn) if piece.code in of else (land + drawn, own)
    ((ring_x, ring_y),) = globe(above, [vector(frame.lon, frame.lat)], radius, *middle)
    ring = max(1.6, min(radius * 0.5, hypot(frame.half_width, frame.half_height) / EARTH_KM * radius))
    x, y = middle
    edge: Paint = {"fill": colours["globe"], "stroke": colours["globe-edge"], "stroke_width": 0.5}
    circle: Paint = {"fill": "none", "stroke": colours["own"], "stroke_width": 0.9}
    return (
        tag("circle", class_="map-globe", cx=x, cy=y, r=radius, **edge)
        + tag("path", class_="map-globe-land", fill=colours["globe-land"], d=land)
        + (tag("path", class_="map-own", fill=colours["own"], d=own) if own else "")
        + tag("circle", class_="map-ring", cx=ring_x, cy=ring_y, r=ring, **circle)
    )


@lru_cache(maxsize=2)
def _outlines(atlas: Atlas) -> tuple[tuple[Polygon, tuple[Vector, ...]], ...]:
    """Large pieces of land, and their outlines as unit vectors."""
    pieces = [piece for piece in atlas.layer("base").polygons if piece.km2 >= _LEAST]
    return tuple((piece, tuple(_line(atlas, piece.rings[0]))) for piece in pieces)


def _line(atlas: Atlas, ring: Sequence[int]) -> Iterator[Vector]:
    for number in ring:
        lons, lats = atlas.arc("globe", number if number >= 0 else ~number)
        points = [vector(x / 1000, y / 1000) for x, y in zip(lons, lats, strict=True)]
        yield from points if number >= 0 else reversed(points)
