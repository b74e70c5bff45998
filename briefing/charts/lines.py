"""A line chart: each series a line with its own dashes and marks, named and valued at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .columns import category_labels, grid
from .layout import AIR, MIDDLE, Laid, Sheet, legend
from .scale import scale_of
from .shapes import Mark, Rule, Shape, Stroke, Words
from .words import LEADING, width, wrap

__all__ = ["lay_lines"]

_HEIGHT = 130.0
#: The share of the width that the names at the lines' ends may take.
_NAMES = 0.26
#: With more points than this a mark at each would make a line a string of beads.
_MARKED = 12
_LEADER, _BESIDE = 9.0, 5.0


@dataclass(frozen=True, slots=True)
class _Ending:
    """What stands at the end of a line: its last value and, among several, its name; ``y`` is where the line ends."""

    series: int
    x: float
    y: float
    value: str
    name: tuple[str, ...]

    @property
    def height(self) -> float:
        return max(1, len(self.name)) * LEADING


def lay_lines(sheet: Sheet) -> Laid:
    """Lay out lines over a scale, which begins at zero unless the values lie close together far from it."""
    numbers = sheet.numbers
    shapes, top = legend(sheet, keys=False)
    top += MIDDLE + 1.5
    several = len(numbers.series) > 1
    names = [wrap(name, sheet.width * _NAMES) if several else () for name, _ in numbers.series]
    lasts = [next((value for value in reversed(values) if value is not None), None) for _, values in numbers.series]
    valued = max((width(sheet.value(last), semibold=True) for last in lasts), default=0.0)
    named = max((width(line) for lines in names for line in lines), default=0.0)
    beside = _LEADER if several else _BESIDE
    right = sheet.width - valued - (named + AIR if several else 0.0) - beside
    bottom = top + max(_HEIGHT, sum(max(1, len(lines)) for lines in names) * LEADING)
    scale = scale_of(numbers.values, digits=numbers.digits, from_zero=False)
    rules, start = grid(sheet, scale, top, bottom)
    shapes += [Rule(r.x1, r.y1, right, r.y2, r.role) if isinstance(r, Rule) else r for r in rules]
    # A firm line means zero; where the scale begins higher its foot is a hairline like the others.
    if scale.low <= 0 <= scale.high:
        ground = bottom - (bottom - top) * scale.at(0)
        shapes.append(Rule(start, ground, right, ground, "axis"))
    middles = _across(start + 5.0, right - 4.0, len(numbers.categories))
    if several and len(middles) == 1:
        middles = [right - 4.0]  # next to their names, or a rule from the middle would look like a line of data
    endings: list[_Ending] = []
    for series, (_, values) in enumerate(numbers.series):
        points = [
            None if value is None else (middles[place], bottom - (bottom - top) * scale.at(value))
            for place, value in enumerate(values)
        ]
        shapes += _line(points, series)
        end = next((point for point in reversed(points) if point), (right, bottom))
        endings.append(_Ending(series, *end, sheet.value(lasts[series]), names[series]))
    if several or not numbers.values or endings[0].x > right - 6.0:
        shapes += _set_endings(endings, (right, right + beside, valued), top, bottom)
    else:
        shapes.append(_beside(endings[0], [rule.y1 for rule in rules if isinstance(rule, Rule)]))
    pitch = middles[1] - middles[0] if len(middles) > 1 else right - start
    under, height = category_labels(sheet, middles, pitch, bottom + 1.0)
    return Laid((*shapes, *under), height)


def _across(start: float, end: float, places: int) -> list[float]:
    if places == 1:
        return [(start + end) / 2]
    return [start + (end - start) * place / (places - 1) for place in range(places)]


def _line(points: Sequence[tuple[float, float] | None], series: int) -> list[Shape]:
    """The strokes between gaps, and the marks: at every point of a short line, else at ends and lone points."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    runs = [run for run in runs if run]
    strokes: list[Shape] = [Stroke(tuple(run), series) for run in runs if len(run) > 1]
    marked = [point for run in runs for point in (run if len(points) <= _MARKED or len(run) == 1 else run[-1:])]
    return [*strokes, *(Mark(x, y, series) for x, y in marked)]


def _beside(ending: _Ending, rules: Sequence[float]) -> Words:
    """The last value of an only line that ends before the plot does: after its point, clear of the grid's rules."""

    def clear(middle: float) -> float:
        return min((abs(middle - rule) for rule in rules), default=LEADING)

    heights = [ending.y + down for down in (0.0, -LEADING * 0.6, LEADING * 0.6)]
    middles = [middle for middle in heights if not rules or min(rules) <= middle <= max(rules)]
    middle = next((m for m in middles if clear(m) >= LEADING / 2), max(middles, key=clear))
    return Words(ending.x + _BESIDE, middle + MIDDLE, ending.value, role="value")


def _set_endings(
    endings: Sequence[_Ending], across: tuple[float, float, float], top: float, bottom: float
) -> list[Shape]:
    """Values and names beside the lines' ends, moved apart where lines end close together, then led to.

    ``across`` says where the plot ends, where the values begin, and how wide the widest of them is.
    """
    right, start, valued = across
    order = sorted(endings, key=lambda ending: (ending.y, ending.series))
    uppers = _apart([(ending.y - LEADING / 2, ending.height) for ending in order], top, bottom)
    leaders: list[Shape] = []
    values: list[Shape] = []
    names: list[Shape] = []
    for ending, upper in zip(order, uppers, strict=True):
        middle = upper + LEADING / 2
        if ending.value != "–" and (abs(middle - ending.y) > 1.5 or ending.x < right - 6.0):
            leaders.append(Rule(ending.x + 3.2, ending.y, start - 1.5, middle, "leader"))
        values.append(Words(start + valued, middle + MIDDLE, ending.value, "end", "value"))
        names += [
            Words(start + valued + AIR, middle + MIDDLE + row * LEADING, line) for row, line in enumerate(ending.name)
        ]
    return [*leaders, *values, *names]


def _apart(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Where labels begin whose wanted beginnings and heights, in pt, are given from top to bottom: as near as they may.

    Labels that would stand on one another form a cluster round the middle of what they want.
    """
    clusters: list[tuple[float, float, int]] = []
    for upper, height in wanted:
        start, deep, count = upper, height, 1
        while clusters and clusters[-1][0] + clusters[-1][1] > start:
            before, taller, more = clusters.pop()
            start = (before * more + (start - taller) * count) / (more + count)
            deep, count = taller + deep, more + count
        start = min(max(start, top - LEADING / 2), bottom + LEADING / 2 - deep)
        clusters.append((start, deep, count))
    uppers: list[float] = []
    for start, _, count in clusters:
        edge = start
        for _, height in wanted[len(uppers) : len(uppers) + count]:
            uppers.append(edge)
            edge += height
    return uppers
