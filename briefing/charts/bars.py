"""A bar chart: bars that lie, a name before each and its value at its end."""

from __future__ import annotations

from .layout import AIR, MIDDLE, Laid, Sheet, block, legend
from .shapes import Bar, Rule, Shape, Words
from .words import LEADING, width, wrap

__all__ = ["lay_bars"]

_MM = 72 / 25.4
#: A bar alone is 3.5 mm thick; one of several stands closer to its neighbours, a label's height from middle to middle.
_ALONE, _GROUPED = 3.5 * _MM, 8.4
_GAP, _GROUP_GAP = 1.6 * _MM, 2.2 * _MM
_PITCH = 9.2
#: The share of the width that names may take.
_NAMES = 0.38


def lay_bars(sheet: Sheet) -> Laid:
    """Lay out lying bars. Every bar carries its value, so there is no scale to read off: one line at zero is enough."""
    numbers = sheet.numbers
    shapes, top = legend(sheet, keys=len(numbers.series) > 1)
    names = [wrap(category, sheet.width * _NAMES) for category in numbers.categories]
    start = max((width(line) for lines in names for line in lines), default=0.0) + AIR
    zero, unit = _zero_and_unit(sheet, start, sheet.width - start)
    several = len(numbers.series) > 1
    thick = _GROUPED if several else _ALONE
    gap = _GROUP_GAP if several else _GAP
    bars: list[Shape] = []
    words: list[Shape] = []
    values: list[Shape] = []
    y = top
    for place, lines in enumerate(names):
        bundle = thick + (len(numbers.series) - 1) * _PITCH
        row = max(bundle, len(lines) * LEADING - 1.0)
        words += block(lines, start - AIR, y + row / 2, anchor="end")
        for series, (_, given) in enumerate(numbers.series):
            value = given[place]
            upper = y + (row - bundle) / 2 + series * _PITCH
            length = abs(value or 0.0) * unit
            back = value is not None and value < 0
            if length:
                bars.append(Bar(zero - length if back else zero, upper, length, thick, series))
            end = zero - length - AIR + 0.5 if back else zero + length + AIR - 0.5
            text = Words(end, upper + thick / 2 + MIDDLE, sheet.value(value), "end" if back else "start", "value")
            values.append(text)
        y += row + gap
    bottom = y - gap + 1.5 if names else top
    axis = Rule(zero, top - 1.5 if top else 0.0, zero, bottom, "axis")
    bars.sort(key=lambda bar: bar.series if isinstance(bar, Bar) else 0)
    values.sort(key=lambda text: text.anchor if isinstance(text, Words) else "", reverse=True)
    return Laid((*shapes, *words, *bars, axis, *values), bottom + 0.5)


def _zero_and_unit(sheet: Sheet, start: float, room: float) -> tuple[float, float]:
    """Where zero stands, and how many pt one unit of the numbers takes, so that all labels fit."""
    ahead, back = [(0.0, 0.0)], [(0.0, 0.0)]
    for _, values in sheet.numbers.series:
        for value in values:
            side = back if value is not None and value < 0 else ahead
            side.append((abs(value or 0.0), width(sheet.value(value), semibold=True) + AIR))
    spans = [(one + other, room - here - there) for one, here in ahead for other, there in back if one + other > 0]
    unit = max(0.0, min((space / span for span, space in spans), default=0.0))
    return start + max(length * unit + label for length, label in back), unit
