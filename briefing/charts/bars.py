"""The layout of a bar chart: horizontal bars, each with its name before it and its value at its end."""

from __future__ import annotations

from .canvas import AIR, MIDDLE, Canvas, Placed, block, legend
from .shapes import Bar, GridLine, Label, Shape
from .text_width import LEADING, width, wrap

_MM = 72 / 25.4
#: The thickness in pt of the only bar of a category, and of each bar in a group.
_ALONE, _GROUPED = 3.5 * _MM, 8.4
#: The space in pt between categories with one bar, and with several.
_GAP, _GROUP_GAP = 1.6 * _MM, 2.2 * _MM
#: From the middle of one bar in a group to the next, in pt: the height of a label.
_PITCH = 9.2
#: The largest share of the width for names.
_NAMES = 0.38


def lay_bars(sheet: Canvas) -> Placed:
    """Lay out horizontal bars. Every bar has its value, so there is no scale but a line at zero."""
    numbers = sheet.numbers
    shapes, top = legend(sheet, keys=len(numbers.series) > 1)
    names = [wrap(category, sheet.width * _NAMES) for category in numbers.categories]
    start = max((width(line) for lines in names for line in lines), default=0.0) + AIR
    zero, unit = _zero_and_unit(sheet, start, sheet.width - start)
    several = len(numbers.series) > 1
    thickness = _GROUPED if several else _ALONE
    gap = _GROUP_GAP if several else _GAP
    bars: list[Shape] = []
    words: list[Shape] = []
    values: list[Shape] = []
    y = top
    for place, lines in enumerate(names):
        group_height = thickness + (len(numbers.series) - 1) * _PITCH
        row_height = max(group_height, len(lines) * LEADING - 1.0)
        words += block(lines, start - AIR, y + row_height / 2, anchor="end")
        for series, (_, series_values) in enumerate(numbers.series):
            value = series_values[place]
            upper = y + (row_height - group_height) / 2 + series * _PITCH
            length = abs(value or 0.0) * unit
            negative = value is not None and value < 0
            if length:
                bars.append(Bar(zero - length if negative else zero, upper, length, thickness, series))
            end = zero - length - AIR + 0.5 if negative else zero + length + AIR - 0.5
            text = Label(
                end, upper + thickness / 2 + MIDDLE, sheet.value(value), "end" if negative else "start", "value"
            )
            values.append(text)
        y += row_height + gap
    bottom = y - gap + 1.5 if names else top
    axis = GridLine(zero, top - 1.5 if top else 0.0, zero, bottom, "axis")
    bars.sort(key=lambda bar: bar.series if isinstance(bar, Bar) else 0)
    values.sort(key=lambda text: text.anchor if isinstance(text, Label) else "", reverse=True)
    return Placed((*shapes, *words, *bars, axis, *values), bottom + 0.5)


def _zero_and_unit(sheet: Canvas, start: float, room: float) -> tuple[float, float]:
    """The x of zero, and the length of one unit in pt, with which all labels fit into ``room`` pt."""
    positive, negative = [(0.0, 0.0)], [(0.0, 0.0)]
    for _, values in sheet.numbers.series:
        for value in values:
            side = negative if value is not None and value < 0 else positive
            side.append((abs(value or 0.0), width(sheet.value(value), semibold=True) + AIR))
    spans = [
        (one + other, room - here - there) for one, here in positive for other, there in negative if one + other > 0
    ]
    unit = max(0.0, min((space / span for span, space in spans), default=0.0))
    return start + max(length * unit + label for length, label in negative), unit
