"""The small globe of a map, which shows where in the world it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import pi

from .atlas import Atlas, Vector
from .projection import EARTH_KM, Point, angle, globe, vector
from .shapes import path

#: The least area of land on the globe in km².
_LEAST = 60_000


def globe_svg(
    atlas: Atlas,
    place: Point,
    of: Sequence[str],
    middle: Point,
    radius: float,
    span: float,
    colours: Mapping[str, str],
) -> str:
    """The world from above a place (lon, lat), the countries in ``of``, and a ring of ``span`` km round the place."""
    lon, lat = place
    above = vector(lon, max(-55.0, min(55.0, lat)))
    land = own = ""
    for code, line, circle_middle, circle_radius in _outlines(atlas):
        if angle(above, circle_middle) > pi / 2 - 0.04 + circle_radius:
            continue
        drawn = path(globe(above, line, radius, *middle), closed=True)
        if code in of:
            own += drawn
        else:
            land += drawn
    ((ring_x, ring_y),) = globe(above, [vector(lon, lat)], radius, *middle)
    ring = max(1.6, min(radius * 0.5, span / EARTH_KM * radius))
    x, y = round(middle[0] * 10), round(middle[1] * 10)
    return (
        f'<circle class="map-globe" cx="{x}" cy="{y}" r="{round(radius * 10)}" fill="{colours["globe"]}"'
        f' stroke="{colours["globe-edge"]}" stroke-width="5"/>'
        f'<path class="map-globe-land" fill="{colours["globe-land"]}" d="{land}"/>'
        + (f'<path class="map-own" fill="{colours["own"]}" d="{own}"/>' if own else "")
        + f'<circle class="map-ring" cx="{round(ring_x * 10)}" cy="{round(ring_y * 10)}" r="{round(ring * 10)}"'
        f' fill="none" stroke="{colours["own"]}" stroke-width="9"/>'
    )


@lru_cache(maxsize=2)
def _outlines(atlas: Atlas) -> tuple[tuple[str, tuple[Vector, ...], Vector, float], ...]:
    """The outlines of large land as unit vectors: code, line, and the circle round it."""
    found = []
    for piece in atlas.layer("base").polygons:
        if piece.km2 >= _LEAST:
            line: list[Vector] = []
            for number in piece.rings[0]:
                lons, lats = atlas.arc("globe", number if number >= 0 else ~number)
                points = [vector(x / 1000, y / 1000) for x, y in zip(lons, lats, strict=True)]
                line += points if number >= 0 else points[::-1]
            found.append((piece.code, tuple(line), piece.middle, piece.radius))
    return tuple(found)
