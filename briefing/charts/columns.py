"""Columns that stand, and lines: a scale at the side, categories below."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from .scale import text_width, ticks, wrap
from .sheet import Sheet

__all__ = ["draw_columns"]

PLOT = 118.0
AIR = 4.0


def draw_columns(sheet: Sheet) -> None:
    """Draw columns or lines over a common scale of round values; lines need not begin at nought."""
    numbers = sheet.numbers
    sheet.legend()
    values = [v for series in numbers.series for v in series.values if v is not None] or [0.0]
    low, high = min(values), max(values)
    if numbers.type == "column" or 0 <= low <= high * 0.5:
        low, high = min(0.0, low), max(0.0, high)
    scale = ticks(low, high)
    steps = [_decimals(b - a) for a, b in pairwise(scale)]
    marks = [sheet.number(t, max(steps)) for t in scale]
    left = max(text_width(m, sheet.size) for m in marks) + AIR
    bottom = sheet.height + 7 + PLOT
    right = sheet.width

    def at(value: float) -> float:
        return bottom - (value - scale[0]) / (scale[-1] - scale[0]) * PLOT

    for value, words in zip(scale, marks, strict=True):
        on_axis = value == 0 or (value == scale[0] and scale[0] > 0)
        sheet.rule(left, at(value), right, at(value), "muted" if on_axis else "rule", 0.6 if on_axis else 0.35)
        sheet.label(left - AIR, at(value) + sheet.size * 0.33, words, "end", "muted")
    slot = (right - left) / len(numbers.categories)
    (_columns if numbers.type == "column" else _lines)(sheet, left, slot, at)
    sheet.height = _categories(sheet, left, slot, bottom)


def _columns(sheet: Sheet, left: float, slot: float, at: Callable[[float], float]) -> None:
    numbers = sheet.numbers
    width = min(slot * 0.72 / len(numbers.series), 26.0)
    labelled = all(
        text_width(sheet.number(v), sheet.size) <= width + (2.0 if len(numbers.series) > 1 else slot - width - 2)
        for series in numbers.series
        for v in series.values
        if v is not None
    )
    for row in range(len(numbers.categories)):
        start = left + slot * (row + 0.5) - width * len(numbers.series) / 2
        for index, series in enumerate(numbers.series):
            value = series.values[row]
            if value is None:
                continue
            y, zero = at(value), at(0.0)
            sheet.bar(
                start + index * width,
                min(y, zero),
                width - (0.8 if len(numbers.series) > 1 else 0),
                abs(y - zero),
                index,
            )
            if labelled:
                baseline = y - 2.5 if value >= 0 else y + sheet.size
                sheet.label(start + (index + 0.5) * width, baseline, sheet.number(value), "middle")


def _lines(sheet: Sheet, left: float, slot: float, at: Callable[[float], float]) -> None:
    """A gap in the numbers is a gap in the line."""
    for index, series in enumerate(sheet.numbers.series):
        run: list[tuple[float, float]] = []
        for row, value in enumerate(series.values):
            if value is None:
                if run:
                    sheet.path(run, index)
                run = []
            else:
                run.append((left + slot * (row + 0.5), at(value)))
        if run:
            sheet.path(run, index)


def _categories(sheet: Sheet, left: float, slot: float, bottom: float) -> float:
    """Set the categories below the axis: wrapped where they are few, every second, third … one where they are many."""
    names = sheet.numbers.categories
    widest = max(text_width(word, sheet.size) for name in names for word in name.split() or [""])
    every = 1
    while widest + 3 > slot * every and every < len(names):
        every += 1
    deepest = 1
    for row in range(0, len(names), every):
        lines = wrap(names[row], slot * every - 3, sheet.size)
        deepest = max(deepest, len(lines))
        middle = left + slot * (row + 0.5)
        reach = max(text_width(line, sheet.size) for line in lines) / 2
        middle = min(max(middle, reach), sheet.width - reach)
        for index, line in enumerate(lines):
            sheet.label(middle, bottom + sheet.size + 3.5 + index * sheet.line, line, "middle")
    return round(bottom + 5 + deepest * sheet.line, 1)


def _decimals(step: float) -> int:
    """How many decimals a step of the scale needs."""
    return next((digits for digits in range(8) if abs(round(step, digits) - step) < 1e-9 * max(abs(step), 1e-9)), 8)
