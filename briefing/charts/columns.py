"""The layout of a column chart: vertical columns with their values above them or, for lack of space, a scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .bars import lay_bars
from .canvas import AIR, ASCENT, MIDDLE, Canvas, Placed, legend
from .scale import Scale, scale_of
from .shapes import Bar, GridLine, Label, Shape
from .text_width import LEADING, SIZE, fits, width, wrap

_HEIGHT = 120.0
_GROUPED_GAP = 1.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """The positions of columns, in pt.

    ``pitch`` is the distance between groups, ``step`` that between the columns of a group, ``thick`` their width.
    """

    start: float
    pitch: float
    thick: float
    step: float

    def middle(self, place: int) -> float:
        return self.start + (place + 0.5) * self.pitch


def _columns(start: float, end: float, places: int, series: int, wanted: float = 0.0) -> _Grid:
    """The grid for narrow columns; in a group their step is that of the labels (``wanted``) if there is space."""
    pitch = (end - start) / max(1, places)
    step = min(pitch * 0.76 / series, 20.0 if series == 1 else max(15.0, wanted))
    gap = min(_GROUPED_GAP, step * 0.1) if series > 1 else 0.0
    return _Grid(start, pitch, step - gap, step)


def lay_columns(sheet: Canvas) -> Placed:
    """Lay out columns, or horizontal bars if the names are too long to fit under columns."""
    numbers = sheet.numbers
    count = max(1, len(numbers.series))
    labels = [sheet.value(value) for _, values in numbers.series for value in values]
    widest = max((width(label, semibold=True) for label in labels), default=0.0) + 2.0
    plain = _columns(0.0, sheet.width, len(numbers.categories), count, widest)
    periods = all(re.search(r"\d", category) for category in numbers.categories)
    if not periods and not all(fits(category, plain.pitch - AIR) for category in numbers.categories):
        return lay_bars(sheet)
    shapes, top = legend(sheet, keys=count > 1)
    labelled = widest <= (plain.pitch if count == 1 else plain.step)
    if labelled:
        low, high = min(0.0, *numbers.values, 0.0), max(0.0, *numbers.values, 0.0)
        head, foot = (ASCENT + 2.0, LEADING + 1.0 if low < 0 else 0.0)
        unit = (_HEIGHT - head - foot) / (high - low) if high > low else 0.0
        zero = top + head + high * unit
        columns, bottom = plain, top + _HEIGHT if high > low else zero + foot
        if high <= low:
            bottom = zero
    else:
        scale = scale_of(numbers.values, digits=numbers.digits, from_zero=True)
        top += MIDDLE + 1.5  # half of the highest number is above its grid line
        rules, start = grid(sheet, scale, top, top + _HEIGHT)
        shapes += rules
        columns = _columns(start, sheet.width, len(numbers.categories), count)
        unit = _HEIGHT / (scale.high - scale.low)
        bottom = top + _HEIGHT
        zero = bottom + scale.low * unit
    middles = [columns.middle(place) for place in range(len(numbers.categories))]
    under, depth = category_labels(sheet, middles, columns.pitch, bottom)
    bars: list[Shape] = []
    values_set: list[Shape] = []
    for series, (_, values) in enumerate(numbers.series):
        for place, value in enumerate(values):
            x = middles[place] + (series - (count - 1) / 2) * columns.step
            height = abs(value or 0.0) * unit
            below = value is not None and value < 0
            if height:
                bars.append(Bar(x - columns.thick / 2, zero if below else zero - height, columns.thick, height, series))
            if labelled:
                y = zero + height + ASCENT + 2.0 if below else zero - height - 2.5
                values_set.append(Label(x, y, sheet.value(value), "middle", "value"))
    axis = GridLine(columns.start, zero, sheet.width, zero, "axis")
    return Placed((*shapes, *bars, axis, *values_set, *under), depth)


def grid(sheet: Canvas, scale: Scale, top: float, bottom: float) -> tuple[list[Shape], float]:
    """The grid lines between two heights, with numbers before them, and the x at which they begin."""
    labels = [sheet.format_number(tick, scale.digits) for tick in scale.ticks]
    start = max(map(width, labels)) + AIR
    heights = [bottom - (bottom - top) * scale.at(tick) for tick in scale.ticks]
    rules: list[Shape] = [GridLine(start, y, sheet.width, y, "grid") for y in heights]
    texts: list[Shape] = [
        Label(start - AIR, y + MIDDLE, label, "end", "tick") for y, label in zip(heights, labels, strict=True)
    ]
    return rules + texts, start


def category_labels(sheet: Canvas, middles: Sequence[float], pitch: float, top: float) -> tuple[list[Shape], float]:
    """The names under the plot, and their bottom edge. Long names are wrapped; of many, every n-th is shown."""
    names = sheet.numbers.categories
    if all(fits(name, pitch - AIR) for name in names):
        shown = {place: wrap(name, pitch - AIR) for place, name in enumerate(names)}
    else:
        shown = _thinned(names, middles, sheet.width)
    shapes: list[Shape] = []
    for place, lines in shown.items():
        half = max(map(width, lines)) / 2
        x = min(max(middles[place], half), sheet.width - half)
        y = top + AIR + ASCENT
        shapes += [Label(x, y + row * LEADING, line, "middle") for row, line in enumerate(lines)]
    depth = max((len(lines) for lines in shown.values()), default=0)
    return shapes, top + AIR + ASCENT + max(0, depth - 1) * LEADING + SIZE * 0.3


def _thinned(names: Sequence[str], middles: Sequence[float], room: float) -> dict[int, tuple[str, ...]]:
    """As many names as fit side by side: years that are multiples of the step, else every n-th from the first."""
    for step in (1, 2, 5, 10, 20, 50, 100):
        if all(re.fullmatch(r"\d{4}", name) for name in names):
            places = [place for place, name in enumerate(names) if int(name) % step == 0]
        else:
            places = list(range(0, len(names), step))
        end = -AIR
        for place in places:
            half = width(names[place]) / 2
            x = min(max(middles[place], half), room - half)
            if x - half < end + AIR:
                break
            end = x + half
        else:
            if places:
                return {place: (names[place],) for place in places}
    return {0: wrap(names[0], room)} if names else {}
