"""Read the outlines for maps: states, lakes, borders, capitals.

The interface::

    atlas = load()                    # once per process
    base = atlas.layer("base")        # every state; "fine": small states and what lies round them
    for polygon in base.states["NO"]: # the largest first
        for ring in polygon.rings:    # the outline, then holes: numbers of arcs, ~i is arc i reversed
            lons, lats = atlas.arc("middle", i if i >= 0 else ~i)    # in thousandths of a degree
    base.kinds[i]                     # COAST, BORDER, or DISPUTED + the index of a line in atlas.lines
    base.caps[i]                      # a circle round arc i: unit vector of its middle, radius in radians
    atlas.layer("lakes").polygons     # a lake has the code ""
    atlas.capitals["NO"]              # Capital(zone="Europe/Oslo", name="Oslo", lat, lon); no name: none is set

A layer has levels, that is, the same arcs with more or fewer points:

========  ==================  ========================================================
level     layer               points that stand out by at least
========  ==================  ========================================================
fine      fine                0.25 km², inside ``atlas.windows``; 400 km² outside them
base      base                all points of the 50m map
middle    base                60 km²
coarse    base                900 km²
globe     base                12 000 km²
lakes     lakes               all points
========  ==================  ========================================================

Neighbours share arcs, so their outlines fit at each level. Longitudes go on over the 180th meridian: they can be
beyond 180 degrees. Areas without a code, such as the Siachen glacier, have the code "". A disputed line is cut where
the dispute ends, so an arc is disputed as a whole or not at all.

The file: the length of the head (uint32), the head (JSON), and the sections that the head lists. Head and sections are
compressed with zlib; numbers are little-endian. A layer: for each polygon the number of rings (uint16), the unit vector
in 1/32767 and the radius in 1/10000 (4 int16), km² (float32); for each ring the number of arcs (uint16); the arcs
(int16); for each arc the kind (uint8) and the cap as above (4 int16). A level: for each arc the first point (2 int32)
and the number of steps (uint16); the steps (int16), for each arc the longitudes first.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from array import array
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice
from typing import NamedTuple

COAST, BORDER, DISPUTED = 0, 1, 2

Vector = tuple[float, float, float]


class Polygon(NamedTuple):
    """One piece of a state's land, and a circle round it."""

    code: str
    rings: tuple[tuple[int, ...], ...]
    middle: Vector
    radius: float
    km2: float

    @property
    def lon_lat(self) -> tuple[float, float]:
        """The middle of the circle in degrees."""
        x, y, z = self.middle
        return math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z))))


class Layer(NamedTuple):
    """Polygons in the order of their codes, and what is known of their arcs."""

    polygons: tuple[Polygon, ...]
    states: dict[str, tuple[Polygon, ...]]
    kinds: bytes
    caps: tuple[tuple[Vector, float], ...]


class Line(NamedTuple):
    """A disputed line, and whether it is dashed by default."""

    key: str
    states: tuple[str, str]
    dashed: bool
    reason: str


class Capital(NamedTuple):
    """Where a capital lies. The zone has its name as the city, unless it is "". Without a name, no capital is set."""

    zone: str
    name: str
    lat: float
    lon: float


class _Level(NamedTuple):
    firsts: array[int]
    starts: list[int]
    steps: array[int]


class Atlas:
    """The file of outlines. Its layers and levels are unpacked when they are first asked for."""

    def __init__(self, data: bytes) -> None:
        at = 4 + struct.unpack_from("<I", data)[0]
        self._head = json.loads(zlib.decompress(data[4:at]))
        self._sections: dict[str, bytes] = {}
        for name, length in self._head["sections"]:
            self._sections[name] = data[at : at + length]
            at += length
        self._layers: dict[str, Layer] = {}
        self._levels: dict[str, _Level] = {}
        self.lines = tuple(
            Line(key, (one, other), dashed, reason) for key, one, other, dashed, reason in self._head["lines"]
        )
        self.capitals = {code: Capital(*entry) for code, entry in self._head["capitals"].items()}
        #: Names by language of capitals without a zone, where they are not the English name.
        self.capital_names: dict[str, dict[str, str]] = self._head["capital_names"]
        self.neighbours: dict[str, list[str]] = self._head["neighbours"]
        #: Circles in which the level "fine" has its details: longitude, latitude and radius in degrees.
        self.windows: list[tuple[float, float, float]] = [tuple(window) for window in self._head["windows"]]

    def layer(self, name: str) -> Layer:
        """The layer "base", "fine" or "lakes"."""
        if name not in self._layers:
            self._layers[name] = self._read_layer(name)
        return self._layers[name]

    def arc(self, level: str, number: int) -> tuple[list[int], list[int]]:
        """The longitudes and the latitudes of an arc, in thousandths of a degree."""
        if level not in self._levels:
            self._levels[level] = self._read_level(level)
        firsts, starts, steps = self._levels[level]
        start, end = starts[number], starts[number + 1]
        middle = (start + end) // 2
        return (
            list(accumulate(steps[start:middle], initial=firsts[2 * number])),
            list(accumulate(steps[middle:end], initial=firsts[2 * number + 1])),
        )

    def _read_layer(self, name: str) -> Layer:
        section = _Section(self._sections[f"layer {name}"])
        counts = self._head["layers"][name]
        ring_counts = section.take("H", sum(counts["states"].values()))
        circles, km2 = section.circles(len(ring_counts)), section.take("f", len(ring_counts))
        arc_counts = section.take("H", sum(ring_counts))
        arcs = iter(section.take("h", sum(arc_counts)))
        rings = iter([tuple(islice(arcs, count)) for count in arc_counts])
        codes = (code for code, count in counts["states"].items() for _ in range(count))
        polygons = tuple(
            Polygon(code, tuple(islice(rings, count)), middle, radius, area)
            for code, count, (middle, radius), area in zip(codes, ring_counts, circles, km2, strict=True)
        )
        pieces = iter(polygons)
        states = {code: tuple(islice(pieces, count)) for code, count in counts["states"].items()}
        return Layer(polygons, states, section.take("B", counts["arcs"]).tobytes(), section.circles(counts["arcs"]))

    def _read_level(self, name: str) -> _Level:
        section = _Section(self._sections[f"level {name}"])
        count = self._head["levels"][name]
        firsts, lengths = section.take("i", 2 * count), section.take("H", count)
        starts = [0, *accumulate(2 * length for length in lengths)]
        return _Level(firsts, starts, section.take("h", starts[-1]))


class _Section:
    """Numbers that follow each other in a compressed section."""

    def __init__(self, packed: bytes) -> None:
        self.data, self.at = zlib.decompress(packed), 0

    def take(self, kind: str, count: int) -> array[int]:
        numbers: array[int] = array(kind)
        end = self.at + count * numbers.itemsize
        numbers.frombytes(self.data[self.at : end])
        if sys.byteorder == "big":
            numbers.byteswap()
        self.at = end
        return numbers

    def circles(self, count: int) -> tuple[tuple[Vector, float], ...]:
        numbers = self.take("h", 4 * count)
        return tuple(
            ((x / size, y / size, z / size), radius / 10000)
            for x, y, z, radius in zip(*(numbers[k::4] for k in range(4)), strict=True)
            for size in (math.hypot(x, y, z),)  # nearly 32767
        )


@cache
def load() -> Atlas:
    """The outlines that come with the program."""
    return Atlas(files("briefing.countries").joinpath("data", "maps.bin").read_bytes())
