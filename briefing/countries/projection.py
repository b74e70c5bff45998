"""Points on the sphere, circles round them, and the projections of a map and of its globe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

from .atlas import Vector

EARTH_KM = 6371.0088
KM_IN_A_DEGREE = pi * EARTH_KM / 180

#: In pt on the map, from the top left corner; in km in a projection, from its middle, y upwards.
Point = tuple[float, float]
#: The unit vector of the middle, and the radius in radians.
Circle = tuple[Vector, float]


def vector(lon: float, lat: float) -> Vector:
    """The unit vector of a place in degrees."""
    lon, lat = radians(lon), radians(lat)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def lon_lat(place: Vector) -> Point:
    """The place of a unit vector in degrees."""
    return degrees(atan2(place[1], place[0])), degrees(asin(max(-1.0, min(1.0, place[2]))))


def angle(one: Vector, other: Vector) -> float:
    """The distance of two places in radians."""
    return acos(max(-1.0, min(1.0, one[0] * other[0] + one[1] * other[1] + one[2] * other[2])))


def circle_round(circles: Iterable[Circle]) -> Circle:
    """A small circle that has all these circles in it."""
    first, *rest = circles
    middle, radius = first
    for other, size in rest:
        apart = angle(middle, other)
        if apart + radius <= size:
            middle, radius = other, size
        elif apart + size > radius:
            wider = min(pi, (apart + radius + size) / 2)
            step, whole = wider - radius, sin(apart) or 1.0
            here, there = sin(apart - step) / whole, sin(step) / whole
            x, y, z = (a * here + b * there for a, b in zip(middle, other, strict=True))
            length = sqrt(x * x + y * y + z * z) or 1.0
            middle, radius = (x / length, y / length, z / length), wider
    return middle, radius


@dataclass(frozen=True, slots=True)
class Projection:
    """Lambert's azimuthal equal-area projection round a place in degrees. No meridian is special in it."""

    lon: float
    lat: float

    def project(
        self, lons: Sequence[float], lats: Sequence[float], scale: float, x0: float, y0: float, unit: float = 0.001
    ) -> list[Point]:
        """The points of a line in units of degrees; ``scale`` is the radius of the Earth, and (x0, y0) the middle."""
        k, lon0 = radians(unit), radians(self.lon)
        sin0, cos0 = sin(radians(self.lat)), cos(radians(self.lat))
        points = []
        for lon, lat in zip(lons, lats, strict=True):
            east, north = lon * k - lon0, lat * k
            s, c = sin(north), cos(north)
            ce = c * cos(east)
            z = sin0 * s + cos0 * ce
            # The place opposite to the middle has no point in the projection.
            f = scale * (sqrt(2 / (1 + z)) if z > -0.999 else 40.0)
            points.append((x0 + c * sin(east) * f, y0 - (cos0 * s - sin0 * ce) * f))
        return points

    def place(self, x: float, y: float) -> Point:
        """The place in degrees of a point in km from the middle, y upwards."""
        rho = hypot(x, y)
        if not rho:
            return self.lon, self.lat
        c, lat0 = 2 * asin(min(1.0, rho / 2 / EARTH_KM)), radians(self.lat)
        lat = asin(max(-1.0, min(1.0, cos(c) * sin(lat0) + y * sin(c) * cos(lat0) / rho)))
        lon = atan2(x * sin(c), rho * cos(lat0) * cos(c) - y * sin(lat0) * sin(c))
        return self.lon + degrees(lon), degrees(lat)


def globe(middle: Vector, line: Iterable[Vector], radius: float, x0: float, y0: float) -> list[Point]:
    """A line seen from high above a place. What lies behind the horizon is moved to it."""
    a, b, c = middle
    cos_lat = hypot(a, b) or 1e-9
    ex, ey = -b / cos_lat, a / cos_lat
    nx, ny = -c * a / cos_lat, -c * b / cos_lat
    points = []
    for x, y, z in line:
        east, north = ex * x + ey * y, nx * x + ny * y + cos_lat * z
        f = radius if a * x + b * y + c * z >= 0 else radius / (hypot(east, north) or 1.0)
        points.append((x0 + east * f, y0 - north * f))
    return points
