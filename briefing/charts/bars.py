"""The layouts of bar charts (horizontal bars) and of column charts (vertical ones)."""

from __future__ import annotations

import re

from .canvas import (
    ASCENT,
    GAP,
    MIDDLE,
    Bar,
    Canvas,
    GridLine,
    Label,
    Placed,
    Shape,
    category_labels,
    legend,
    text_lines,
    ticks,
)
from .scale import scale_of
from .text_width import LEADING, fits, width, wrap

_MM = 72 / 25.4
#: The thickness in pt of the only bar of a category, and of each bar in a group.
_SINGLE, _GROUPED = 3.5 * _MM, 8.4
#: The space in pt between categories with one bar, and with several.
_SINGLE_GAP, _GROUP_GAP = 1.6 * _MM, 2.2 * _MM
#: From the middle of one bar in a group to the next, in pt: the height of a label.
_PITCH = 9.2
#: The largest share of the width for the names before bars.
_NAMES = 0.38
#: The height of the plot of a column chart, and the gap between the columns of a group, in pt.
_HEIGHT, _COLUMN_GAP = 120.0, 1.0


def bar_layout(canvas: Canvas) -> Placed:
    """Lay out horizontal bars. Every bar has its value, so there is no scale but a line at zero."""
    numbers = canvas.numbers
    several = len(numbers.series) > 1
    thickness, gap = (_GROUPED, _GROUP_GAP) if several else (_SINGLE, _SINGLE_GAP)
    group_height = thickness + (len(numbers.series) - 1) * _PITCH
    shapes, top = legend(canvas, keys=several)
    names = [wrap(category, canvas.width * _NAMES) for category in numbers.categories]
    start = max((width(line) for lines in names for line in lines), default=0.0) + GAP
    zero, unit = _zero_and_unit(canvas, start, canvas.width - start)
    name_labels: list[Shape] = []
    bars: list[Bar] = []
    values: list[Label] = []
    y = top
    for place, lines in enumerate(names):
        row_height = max(group_height, len(lines) * LEADING - 1.0)
        baseline = y + row_height / 2 - (len(lines) - 1) * LEADING / 2 + MIDDLE
        name_labels += text_lines(lines, start - GAP, baseline, "end")
        for series, (_, series_values) in enumerate(numbers.series):
            value = series_values[place]
            upper = y + (row_height - group_height) / 2 + series * _PITCH
            length = abs(value or 0.0) * unit
            negative = value is not None and value < 0
            if length:
                bars.append(Bar(zero - length if negative else zero, upper, length, thickness, series))
            end = zero - length - GAP + 0.5 if negative else zero + length + GAP - 0.5
            baseline = upper + thickness / 2 + MIDDLE
            values.append(Label(end, baseline, canvas.value(value), "end" if negative else "start", "value"))
        y += row_height + gap
    bottom = y - gap + 1.5 if names else top
    axis = GridLine(zero, top - 1.5 if top else 0.0, zero, bottom, "axis")
    bars.sort(key=lambda bar: bar.series)
    values.sort(key=lambda label: label.anchor, reverse=True)
    return Placed((*shapes, *name_labels, *bars, axis, *values), bottom + 0.5)


def _zero_and_unit(canvas: Canvas, start: float, limit: float) -> tuple[float, float]:
    """The x of zero, and the length of one unit in pt, with which all labels fit into ``limit`` pt."""
    positive, negative = [(0.0, 0.0)], [(0.0, 0.0)]
    for _, values in canvas.numbers.series:
        for value in values:
            side = negative if value is not None and value < 0 else positive
            side.append((abs(value or 0.0), width(canvas.value(value), semibold=True) + GAP))
    units = [
        (limit - label - other_label) / (length + other_length)
        for length, label in positive
        for other_length, other_label in negative
        if length + other_length > 0
    ]
    unit = max(0.0, min(units, default=0.0))
    return start + max(length * unit + label for length, label in negative), unit


def _column_widths(limit: float, places: int, series: int, label_width: float = 0.0) -> tuple[float, float, float]:
    """The distance between groups, the width of a column, and the distance between columns of a group, in pt."""
    pitch = limit / max(1, places)
    step = min(pitch * 0.76 / series, 20.0 if series == 1 else max(15.0, label_width))
    gap = min(_COLUMN_GAP, step * 0.1) if series > 1 else 0.0
    return pitch, step - gap, step


def column_layout(canvas: Canvas) -> Placed:
    """Lay out columns with their values above or, for lack of space, a scale; if their names are too long, bars."""
    numbers = canvas.numbers
    count, places = max(1, len(numbers.series)), len(numbers.categories)
    labels = [canvas.value(value) for _, values in numbers.series for value in values]
    widest = max((width(label, semibold=True) for label in labels), default=0.0) + 2.0
    start = 0.0
    pitch, thickness, step = _column_widths(canvas.width, places, count, widest)
    periods = all(re.search(r"\d", category) for category in numbers.categories)
    if not periods and not all(fits(category, pitch - GAP) for category in numbers.categories):
        return bar_layout(canvas)
    shapes, top = legend(canvas, keys=count > 1)
    labelled = widest <= (pitch if count == 1 else step)
    if labelled:
        low, high = min(0.0, *numbers.values, 0.0), max(0.0, *numbers.values, 0.0)
        head, foot = ASCENT + 2.0, LEADING + 1.0 if low < 0 else 0.0
        unit = (_HEIGHT - head - foot) / (high - low) if high > low else 0.0
        zero = top + head + high * unit
        bottom = top + _HEIGHT if high > low else zero
    else:
        scale = scale_of(numbers.values, digits=numbers.digits, from_zero=True)
        top += MIDDLE + 1.5  # half of the highest number is above its grid line
        bottom = top + _HEIGHT
        heights, tick_labels, start = ticks(canvas, scale, top, bottom)
        shapes += [GridLine(start, y, canvas.width, y, "grid") for y in heights]
        shapes += tick_labels
        pitch, thickness, step = _column_widths(canvas.width - start, places, count)
        unit = _HEIGHT / (scale.high - scale.low)
        zero = bottom + scale.low * unit
    middles = [start + (place + 0.5) * pitch for place in range(places)]
    bars: list[Shape] = []
    value_labels: list[Shape] = []
    for series, (_, values) in enumerate(numbers.series):
        for place, value in enumerate(values):
            x = middles[place] + (series - (count - 1) / 2) * step
            height = abs(value or 0.0) * unit
            negative = value is not None and value < 0
            if height:
                upper = zero if negative else zero - height
                bars.append(Bar(x - thickness / 2, upper, thickness, height, series))
            if labelled:
                y = zero + height + ASCENT + 2.0 if negative else zero - height - 2.5
                value_labels.append(Label(x, y, canvas.value(value), "middle", "value"))
    axis = GridLine(start, zero, canvas.width, zero, "axis")
    names, depth = category_labels(canvas, middles, pitch, bottom)
    return Placed((*shapes, *bars, axis, *value_labels, *names), depth)
