"""What all chart layouts share: shapes, the canvas, and the legend, grid lines and category labels.

Positions and sizes are in pt from the top left corner. Layouts are always from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from .numbers import Numbers
from .scale import Scale
from .text_width import LEADING, SIZE, fits, width, wrap

Anchor: TypeAlias = Literal["start", "middle", "end"]
Role: TypeAlias = Literal["label", "value", "tick"]

#: The space between a label and its bar, column or line, in pt.
GAP = 4.0
#: The distance from the top of a line of text, and from the middle of a digit, to the baseline, in pt.
ASCENT = 0.82 * SIZE
MIDDLE = 0.33 * SIZE


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    role: Role = "label"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, a column or a key of the legend; ``series`` is counted from 0."""

    x: float
    y: float
    width: float
    height: float
    series: int
    key: bool = False


@dataclass(frozen=True, slots=True)
class GridLine:
    """A straight line: an axis, a grid line, or the leader from the end of a series' line to its value."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Literal["axis", "grid", "leader"]


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """The line of a series through its points."""

    points: tuple[tuple[float, float], ...]
    series: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a series at a point: a disc, a square, a triangle or a diamond."""

    x: float
    y: float
    series: int


Shape: TypeAlias = Label | Bar | GridLine | SeriesLine | Mark


@dataclass(frozen=True, slots=True)
class Canvas:
    """The input of a layout: the numbers, the width in pt, how numbers are formatted, and the unit (may be empty)."""

    numbers: Numbers
    width: float
    format_number: Callable[[float, int], str]
    unit: str

    def value(self, value: float | None) -> str:
        """The label of a value; a dash for None."""
        return "–" if value is None else self.format_number(value, self.numbers.digits)


class Placed(NamedTuple):
    """The layout of a chart: its shapes in painting order, and its height in pt."""

    shapes: tuple[Shape, ...]
    height: float


def text_lines(
    lines: Sequence[str], x: float, baseline: float, anchor: Anchor = "start", role: Role = "label"
) -> list[Shape]:
    """The labels for lines of text; ``baseline`` is that of the first."""
    return [Label(x, baseline + row * LEADING, line, anchor, role) for row, line in enumerate(lines)]


def legend(canvas: Canvas, *, keys: bool) -> tuple[list[Shape], float]:
    """The unit and, with ``keys``, the key of each series, in rows; and the height in pt."""
    shapes: list[Shape] = []
    x, top, row_lines = 0.0, 0.0, 1
    if canvas.unit:
        lines = wrap(canvas.unit, canvas.width)
        shapes += text_lines(lines, 0.0, ASCENT, role="tick")
        x, row_lines = (width(lines[0]) + 14.0, 1) if len(lines) == 1 else (canvas.width, len(lines))
    for series, (name, _) in enumerate(canvas.numbers.series if keys else ()):
        lines = wrap(name, canvas.width - 11.0)
        key_width = 11.0 + max(map(width, lines))
        if x and x + key_width > canvas.width:
            x, top, row_lines = 0.0, top + row_lines * LEADING + 1.5, 1
        shapes.append(Bar(x, top + ASCENT - 6.3, 7.0, 7.0, series, key=True))
        shapes += text_lines(lines, x + 11.0, top + ASCENT)
        x, row_lines = x + key_width + 14.0, max(row_lines, len(lines))
    return shapes, (top + row_lines * LEADING + GAP + 1.0 if shapes else 0.0)


def ticks(canvas: Canvas, scale: Scale, top: float, bottom: float) -> tuple[list[float], list[Shape], float]:
    """The heights of the ticks between two heights, the numbers before them, and the x at which grid lines begin."""
    labels = [canvas.format_number(tick, scale.digits) for tick in scale.ticks]
    start = max(map(width, labels)) + GAP
    heights = [bottom - (bottom - top) * scale.at(tick) for tick in scale.ticks]
    numbers: list[Shape] = [
        Label(start - GAP, y + MIDDLE, label, "end", "tick") for y, label in zip(heights, labels, strict=True)
    ]
    return heights, numbers, start


def category_labels(canvas: Canvas, middles: Sequence[float], pitch: float, top: float) -> tuple[list[Shape], float]:
    """The names under the plot, and their bottom edge. Long names are wrapped; of many, every n-th is shown."""
    names = canvas.numbers.categories
    if all(fits(name, pitch - GAP) for name in names):
        shown = {place: wrap(name, pitch - GAP) for place, name in enumerate(names)}
    else:
        shown = _thinned(names, middles, canvas.width)
    shapes: list[Shape] = []
    baseline = top + GAP + ASCENT
    for place, lines in shown.items():
        half = max(map(width, lines)) / 2
        x = min(max(middles[place], half), canvas.width - half)
        shapes += text_lines(lines, x, baseline, "middle")
    rows = max(map(len, shown.values()), default=0)
    return shapes, baseline + max(0, rows - 1) * LEADING + SIZE * 0.3


def _thinned(names: Sequence[str], middles: Sequence[float], limit: float) -> dict[int, tuple[str, ...]]:
    """As many names as fit side by side: years that are multiples of the step, else every n-th from the first."""
    years = all(re.fullmatch(r"\d{4}", name) for name in names)
    for step in (1, 2, 5, 10, 20, 50, 100):
        places = [place for place, name in enumerate(names) if (int(name) if years else place) % step == 0]
        spans = [(-GAP, -GAP)]
        for place in places:
            half = width(names[place]) / 2
            x = min(max(middles[place], half), limit - half)
            spans.append((x - half, x + half))
        if places and all(left >= right + GAP for (_, right), (left, _) in pairwise(spans)):
            return {place: (names[place],) for place in places}
    return {0: wrap(names[0], limit)} if names else {}
