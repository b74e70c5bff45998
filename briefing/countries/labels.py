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
#: How far a name in the sea is at least from the land of another state, in pt.
_CLEAR = 3
#: What another ground costs, in pt of distance: the sea, a plate beside a point or a shape, a plate on other land.
_SEA, _PLATE, _PLATE_ON_LAND, _FOREIGN = 0.8, 5.0, 16.0, 40.0
#: The cost of a place that must not be taken.
_NEVER = 1000.0
#: A ground on which a label can be: its cost, its cells, what the label then looks like.
_Choice = tuple[float, Rows, Ground]


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

    def broken(self, text: str, kind: Kind) -> list[tuple[Words, ...]]:
        """The text in one line, and in the two lines that need the least width."""
        parts = text.split()
        pairs = [(Words(" ".join(parts[:k]), kind), Words(" ".join(parts[k:]), kind)) for k in range(1, len(parts))]
        two = [min(pairs, key=lambda pair: max(map(self.width, pair)))] if pairs else []
        return [(Words(text, kind),), *two]

    def on_land(self, code: str, text: str, kind: Kind, target: Point) -> bool:
        """Set a name wholly on the land of its state, in one or two lines, as near to a point as there is room."""
        cells = self.raster.own(code)
        grounds = ((0.0, cells, self._ground(code)),)

        def cost(box: Box) -> float:
            return abs(box.x + box.width / 2 - target[0]) + 1.6 * abs(box.y + box.height / 2 - target[1])

        def lefts(_: int, width: int) -> Sequence[float]:
            return (target[0] - width / 2,)

        return any(  # if there is room, some space round it
            self._set([self._place(lines, grounds, extent(cells), lefts, cost, space)])
            for lines in self.broken(text, kind)
            for space in (3, 0)
        )

    def beside_land(self, code: str, text: str, kind: Kind, target: Point) -> bool:
        """Set a name so that it touches its state's land: in the sea, clear of other land, or across the coast.

        For the map's own countries it can be nearer, and on a plate, as the last resort across other land.
        """
        own, free = self.raster.own(code), self.raster.not_foreign(code)
        near = grown(own, 4, free)
        other = [land & ~mine for land, mine in zip(self.raster.all_land, own, strict=True)]
        is_own, whole = code in self.accented, max(1, sum(row.bit_count() for row in own))
        grounds: list[_Choice] = [(0, free, "open")]
        if is_own:
            sea, everywhere = self.raster.sea(), self.raster.everywhere()
            grounds = [(0, sea, "open"), (_PLATE_ON_LAND, free, "plate"), (_FOREIGN, everywhere, "plate")]
        line = ceil(self.size * LEADING)

        def lefts(row: int, width: int) -> Sequence[float]:
            bits = own[min(row + line // 2, len(own) - 1)]
            beside = (bits.bit_length() + 1.0, (bits & -bits).bit_length() - 2.0 - width) if bits else ()
            return target[0] - width / 2, *beside

        def cost(box: Box) -> float:
            left, top, right, bottom = box.edges
            around = (left - _CLEAR, top - _CLEAR, right + _CLEAR, bottom + _CLEAR)
            is_at_sea = 2 * self.raster.count(own, *box.edges) < box.width * box.height
            is_unclear = is_at_sea and not is_own and self.raster.count(other, *around)
            if is_unclear or not self.raster.count(near, *box.edges):
                return _NEVER
            foreign = self.raster.count(other, *box.edges)
            across, down = abs(box.x + box.width / 2 - target[0]), abs(box.y + box.height / 2 - target[1])
            hidden = self.raster.count(own, *box.edges) / whole if is_own else 0.0
            worse = foreign / self.size + 3 * (box.height > line) + 200 * max(0.0, hidden - 0.25)
            return max(0.0, across - box.width / 2) + down + worse

        top, bottom = extent(near)
        rows = (top - 2 * line, bottom + 2 * line)
        return self._set([self._place(lines, grounds, rows, lefts, cost) for lines in self.broken(text, kind)])

    def beside_point(
        self, code: str, choices: Iterable[Sequence[Words]], point: Point, off: float, far: float = _FAR
    ) -> bool:
        """Set lines beside a point, ``off`` pt from it or a little more; the first choice of lines if it is as good."""
        x, y = point
        free = self.raster.not_foreign(code)
        grounds: tuple[_Choice, ...] = (
            (0, self.raster.own(code), self._ground(code)),
            (_SEA, self.raster.sea(), "open"),
            (_PLATE, free, "plate"),
            (_FOREIGN, self.raster.everywhere(), "plate"),
        )
        line = ceil(self.size * LEADING)

        def lefts(_: int, width: int) -> Sequence[float]:
            return x + off, x - off - width, x - width / 2

        def cost(box: Box) -> float:
            gap = box.gap(x, y)
            side = 0.0 if box.x >= x else 0.5 if box.x + box.width <= x else 0.9
            foreign = 1 - self.raster.count(free, *box.edges) / (box.width * box.height)
            worse = 2 * (box.height > line) + 25 * foreign
            return gap + side + worse + 0.12 * abs(box.y + box.height / 2 - y) if gap <= far + off else _NEVER

        rows = (int(y - off - far - 2 * line), ceil(y + off + far + 2 * line))
        return self._set([self._place(lines, grounds, rows, lefts, cost) for lines in choices], x)

    def _place(
        self,
        lines: Sequence[Words],
        grounds: Iterable[_Choice],
        rows: tuple[int, int],
        lefts: Callable[[int, int], Sequence[float]],
        cost: Callable[[Box], float],
        space: int = 0,
    ) -> _Place | None:
        """The cheapest place for some lines, with space round them."""
        width = ceil(max(map(self.width, lines)) + 2 * _MARGIN) + 2 * space
        height = ceil(len(lines) * self.size * LEADING) + space
        cheapest: _Place | None = None
        for extra, cells, ground in grounds:
            if cheapest and cheapest.cost <= extra:
                break
            found = best(self.raster.room(cells, width, height, *rows), width, height, lefts, cost)
            if found and found[0] < _NEVER and (cheapest is None or found[0] + extra < cheapest.cost):
                x, y, *_ = found[1]
                box = Box(x + space, y + space // 2, width - 2 * space, height - space)
                cheapest = _Place(found[0] + extra, lines, box, ground)
        return cheapest

    def _set(self, places: Iterable[_Place | None], beside: float | None = None) -> bool:
        """Set lines in the cheapest place. Lines beside a point begin or end at its side of the box."""
        place = min((place for place in places if place), key=lambda place: place.cost, default=None)
        if place is None:
            return False
        _, lines, box, ground = place
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
        self.raster.take(*box.edges)
        return True

    def _ground(self, code: str) -> Ground:
        return "own" if code in self.accented else "open"
