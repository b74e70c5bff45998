"""Find places for the words on a map.

A name is set on the state's own land, else in the sea beside it. The names of the countries that the map is about, and
their capitals, get a plate where that is impossible, as in Liechtenstein. A name without room is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal, NamedTuple

from .projection import Point
from .raster import Box, Raster, Rows, best, extent, grown

Ground = Literal["own", "open", "plate"]
Kind = Literal["own", "name", "capital", "mark"]

#: The height of a line and the distance from its top to the baseline, by the size of the text.
LEADING, ASCENT = 1.08, 0.86
#: The space beside a text on each side, and the farthest that a name is from its point, in pt.
_MARGIN, _FAR = 0.75, 11.0
#: What another ground costs, in pt of distance.
_SEA, _PLATE, _FOREIGN = 0.8, 5.0, 40.0


class Words(NamedTuple):
    """One line of a label."""

    text: str
    kind: Kind


class Label(NamedTuple):
    """A line of text on the map: its middle, its baseline, and what is under it."""

    words: Words
    x: float
    y: float
    width: float
    ground: Ground


class _Place(NamedTuple):
    """Where lines can be set, and what it costs."""

    cost: float
    lines: Sequence[Words]
    box: Box
    ground: Ground


@dataclass
class Labels:
    """The labels of one map, placed one after the other. ``text_width`` is in the size of 1 pt: text, semibold."""

    raster: Raster
    size: float
    text_width: Callable[[str, bool], float]
    #: The codes of the states with the accent as their colour.
    accented: frozenset[str] = frozenset()
    placed: list[Label] = field(default_factory=list)
    plates: list[Box] = field(default_factory=list)

    def width(self, words: Words) -> float:
        """The width of a line in pt."""
        return self.text_width(words.text, words.kind == "own") * self.size

    def on_land(self, code: str, text: str, kind: Kind, target: Point) -> bool:
        """Set a name wholly on the land of its state, in one or two lines, as near to a point as there is room."""
        cells = self.raster.own(code)
        top, bottom = extent(cells)
        for lines in self.broken(text, kind):
            width, height = self._size(lines)
            for space in (3, 0):  # if there is room, some space round it

                def cost(box: Box) -> float:
                    across = abs(box.x + box.width / 2 - target[0])
                    return across + 1.6 * abs(box.y + box.height / 2 - target[1])

                wide, high = width + 2 * space, height + space
                left = target[0] - wide / 2
                room = self.raster.room(cells, wide, high, top, bottom)
                if found := best(room, wide, high, lambda _: (left,), cost):
                    x, y, *_ = found[1]
                    self._set(lines, Box(x + space, y + space // 2, width, height), self._ground(code))
                    return True
        return False

    def beside_land(self, code: str, text: str, kind: Kind, target: Point) -> bool:
        """Set a name so that it touches its state's land and no other: in the sea, across the coast, on a plate."""
        own, free = self.raster.own(code), self.raster.not_foreign(code)
        near = grown(own, 4, free)
        top, bottom = extent(near)
        everywhere = self.raster.everywhere()
        grounds: list[tuple[float, Rows, Ground]] = [(0, free, "open")]
        if code in self.accented:
            grounds = [(0, self.raster.sea(), "open"), (16, free, "plate"), (60, everywhere, "plate")]
        found = []
        for lines in self.broken(text, kind):
            width, height = self._size(lines)

            def lefts(row: int, width: int = width, height: int = height) -> Sequence[float]:
                bits = own[min(row + height // 2, len(own) - 1)]
                centred = target[0] - width / 2
                return (
                    (centred, bits.bit_length() + 1.0, (bits & -bits).bit_length() - 2.0 - width)
                    if bits
                    else (centred,)
                )

            def cost(box: Box) -> float:
                edges = (box.x, box.y, box.x + box.width, box.y + box.height)
                if not self.raster.count(near, *edges):
                    return 1000
                foreign = box.width * box.height - self.raster.count(free, *edges)
                across, down = abs(box.x + box.width / 2 - target[0]), abs(box.y + box.height / 2 - target[1])
                return max(0.0, across - box.width / 2) + down + foreign / self.size + 3 * len(lines)  # noqa: B023

            found.append(self._cheapest(lines, grounds, (top - height, bottom + height), lefts, cost, 900))
        return self._set_best(found)

    def beside_point(
        self, code: str, choices: Sequence[Sequence[Words]], point: Point, off: float, far: float = _FAR
    ) -> bool:
        """Set lines beside a point, ``off`` pt from it or a little more: the cheapest of some choices of lines."""
        x, y = point
        grounds: list[tuple[float, Rows, Ground]] = [
            (0, self.raster.own(code), self._ground(code)),
            (_SEA, self.raster.sea(), "open"),
            (_PLATE, self.raster.not_foreign(code), "plate"),
            (_FOREIGN, self.raster.everywhere(), "plate"),
        ]

        def cost(box: Box) -> float:
            gap = box.gap(x, y)
            if gap > far + off:
                return 1000.0
            side = 0.0 if box.x >= x else 0.5 if box.x + box.width <= x else 0.9
            return gap + side + 0.12 * abs(box.y + box.height / 2 - y)

        found = []
        for choice, lines in enumerate(choices):
            width, height = self._size(lines)
            rows = (int(y - off - far - height), ceil(y + off + far + height))
            lefts = (x + off, x - off - width, x - width / 2)
            place = self._cheapest(lines, grounds, rows, lambda _: lefts, cost, 900)
            found.append(place and place._replace(cost=place.cost + 2 * choice))
        return self._set_best(found, x)

    def _cheapest(
        self,
        lines: Sequence[Words],
        grounds: Iterable[tuple[float, Rows, Ground]],
        rows: tuple[int, int],
        lefts: Callable[[int], Sequence[float]],
        cost: Callable[[Box], float],
        most: float,
    ) -> _Place | None:
        width, height = self._size(lines)
        cheapest: _Place | None = None
        for extra, cells, ground in grounds:
            if cheapest and cheapest.cost <= extra:
                break
            found = best(self.raster.room(cells, width, height, *rows), width, height, lefts, cost)
            if found and found[0] < most and (cheapest is None or found[0] + extra < cheapest.cost):
                cheapest = _Place(found[0] + extra, lines, found[1], ground)
        return cheapest

    def _set_best(self, places: Iterable[_Place | None], beside: float | None = None) -> bool:
        found = min((place for place in places if place), key=lambda place: place.cost, default=None)
        if found:
            self._set(found.lines, found.box, found.ground, beside)
        return found is not None

    def _set(self, lines: Sequence[Words], box: Box, ground: Ground, beside: float | None = None) -> None:
        """Set lines in a box; several lines beside a point begin or end at its side of the box."""
        leading = self.size * LEADING
        for row, words in enumerate(lines):
            width = self.width(words)
            baseline = box.y + (box.height - len(lines) * leading) / 2 + row * leading + self.size * ASCENT
            middle = box.x + box.width / 2
            if beside is not None and beside <= box.x:
                middle = box.x + _MARGIN + width / 2
            elif beside is not None and beside >= box.x + box.width:
                middle = box.x + box.width - _MARGIN - width / 2
            self.placed.append(Label(words, middle, baseline, width, ground))
        if ground == "plate":
            self.plates.append(box)
        self.raster.take(box.x, box.y, box.x + box.width, box.y + box.height)

    def _ground(self, code: str) -> Ground:
        return "own" if code in self.accented else "open"

    def _size(self, lines: Sequence[Words]) -> tuple[int, int]:
        return ceil(max(map(self.width, lines)) + 2 * _MARGIN), ceil(len(lines) * self.size * LEADING)

    def broken(self, text: str, kind: Kind) -> list[tuple[Words, ...]]:
        """The text in one line, and in the two lines that need the least width."""
        parts = text.split()
        pairs = [(Words(" ".join(parts[:k]), kind), Words(" ".join(parts[k:]), kind)) for k in range(1, len(parts))]
        two = [min(pairs, key=lambda pair: max(map(self.width, pair)))] if pairs else []
        return [(Words(text, kind),), *two]
