"""Which land covers which part of a map, in cells of 1 pt, and where a box has room.

A row of cells is one integer, a bit for each cell, so that one operation looks at a whole row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor, hypot
from typing import NamedTuple

from .projection import Point

Rows = list[int]


class Box(NamedTuple):
    """A rectangle in whole pt."""

    x: int
    y: int
    width: int
    height: int

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    def gap(self, x: float, y: float) -> float:
        """The distance of a point from the box."""
        return hypot(max(self.x - x, 0, x - self.x - self.width), max(self.y - y, 0, y - self.y - self.height))


class Raster:
    """The cells of a map: the land of each state, and what is taken by labels and other signs."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = int(width), int(height)
        self.full = (1 << self.width) - 1
        # No label comes nearer to the edge than 2 pt.
        edge = 3 | 3 << (self.width - 2)
        self.taken: Rows = [self.full if row < 2 or row >= self.height - 2 else edge for row in range(self.height)]
        self.land: dict[str, Rows] = {}
        self.all_land: Rows = [0] * self.height

    def cells(self, rings: Iterable[Sequence[Point]]) -> Rows:
        """The cells whose middle is inside some rings."""
        crossings: dict[int, list[float]] = {}
        for ring in rings:
            ax, ay = ring[-1]
            for bx, by in ring:
                low, high = (ay, by) if ay < by else (by, ay)
                for row in range(max(0, ceil(low - 0.5)), min(self.height - 1, ceil(high - 0.5) - 1) + 1):
                    crossings.setdefault(row, []).append(ax + (bx - ax) * (row + 0.5 - ay) / (by - ay))
                ax, ay = bx, by
        rows = [0] * self.height
        for row, xs in crossings.items():
            xs.sort()
            for left, right in zip(xs[::2], xs[1::2], strict=False):
                start, end = max(0, ceil(left - 0.5)), min(self.width, ceil(right - 0.5))
                if end > start:
                    rows[row] |= (1 << end) - (1 << start)
        return rows

    def add_land(self, code: str, rings: Iterable[Sequence[Point]]) -> None:
        """Give a state its land."""
        cells = self.cells(rings)
        self.land[code] = [a | b for a, b in zip(self.land.get(code, [0] * self.height), cells, strict=True)]
        self.all_land = [a | b for a, b in zip(self.all_land, cells, strict=True)]

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep other labels away from a rectangle."""
        start, end = max(0, floor(left)), min(self.width, ceil(right))
        for row in range(max(0, floor(top)), min(self.height, ceil(bottom))):
            self.taken[row] |= (1 << max(start, end)) - (1 << start)

    def take_cells(self, cells: Rows) -> None:
        """Keep labels away from some cells."""
        self.taken = [a | b for a, b in zip(self.taken, cells, strict=True)]

    def own(self, code: str) -> Rows:
        """The land of a state."""
        return self.land.get(code) or [0] * self.height

    def is_on(self, code: str, point: Point) -> bool:
        """Whether a point is on a state's land."""
        x, y = int(point[0]), int(point[1])
        return bool(self.own(code)[y] >> x & 1)

    def sea(self) -> Rows:
        """The cells without land."""
        return [self.full & ~row for row in self.all_land]

    def not_foreign(self, code: str) -> Rows:
        """The cells that no other state's land covers."""
        return [self.full & ~row | own for row, own in zip(self.all_land, self.own(code), strict=True)]

    def everywhere(self) -> Rows:
        """All cells."""
        return [self.full] * self.height

    def count(self, cells: Rows, left: float, top: float, right: float, bottom: float) -> int:
        """How many of some cells are in a rectangle."""
        start, end = max(0, floor(left)), min(self.width, ceil(right))
        mask = (1 << max(start, end)) - (1 << start)
        return sum((cells[row] & mask).bit_count() for row in range(max(0, floor(top)), min(self.height, ceil(bottom))))

    def room(
        self, cells: Rows, width: int, height: int, top: int = 0, bottom: int | None = None
    ) -> list[tuple[int, int]]:
        """Where a box can be, all its cells in ``cells`` and none taken: by its top row, the bits of its left cells."""
        bottom = self.height if bottom is None else min(bottom, self.height)
        top = max(top, 0)
        rows = []
        for row, taken in zip(cells[top:bottom], self.taken[top:bottom], strict=True):
            free = row & ~taken
            if free:
                done = 1
                while done < width:
                    step = min(done, width - done)
                    free &= free >> step
                    done += step
            rows.append(free)
        done = 1
        while done < height:
            step = min(done, height - done)
            rows = [a & b for a, b in zip(rows, rows[step:], strict=False)]
            done += step
        return [(top + row, free) for row, free in enumerate(rows) if free]


def extent(cells: Rows) -> tuple[int, int]:
    """The first row with cells, and the row after the last."""
    rows = [row for row, bits in enumerate(cells) if bits]
    return (rows[0], rows[-1] + 1) if rows else (0, 0)


def grown(cells: Rows, by: int, within: Rows) -> Rows:
    """Cells, and those that are at most ``by`` steps from them on a way within some cells."""
    for _ in range(by):
        wide = [row | row << 1 | row >> 1 for row in cells]
        above, below = [0, *wide[:-1]], [*wide[1:], 0]
        cells = [(a | b | c) & free for a, b, c, free in zip(wide, above, below, within, strict=True)]
    return cells


def nearest_bit(bits: int, to: float) -> int:
    """The number of the set bit that is nearest to a number; some bit must be set."""
    at = max(0, round(to))
    above, below = bits >> at, bits & ((1 << at) - 1)
    right = at + (above & -above).bit_length() - 1 if above else None
    left = below.bit_length() - 1 if below else None
    if left is None or (right is not None and right - at <= at - left):
        return right if right is not None else 0
    return left


def best(
    room: Iterable[tuple[int, int]],
    width: int,
    height: int,
    lefts: Callable[[int, int], Sequence[float]],
    cost: Callable[[Box], float],
) -> tuple[float, Box] | None:
    """The cheapest box with room: in each row only the places nearest to the wanted left edges are tried."""
    found: tuple[float, Box] | None = None
    for row, bits in room:
        for left in lefts(row, width):
            box = Box(nearest_bit(bits, left), row, width, height)
            price = cost(box)
            if found is None or price < found[0]:
                found = price, box
    return found
