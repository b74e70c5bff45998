"""Bars that lie: a row for each category, its value at the end of the bar."""

from __future__ import annotations

from .scale import text_width, wrap
from .sheet import Sheet

__all__ = ["draw_bars"]

BAR = 9.9  # 3.5 mm
GAP = 4.5  # 1.6 mm
SLIM = 7.4
AIR = 4.0


def draw_bars(sheet: Sheet) -> None:
    """Draw the bars of all categories, from a common zero line, with the scale that their labels leave room for."""
    numbers = sheet.numbers
    sheet.legend()
    thickness = BAR if len(numbers.series) == 1 else SLIM
    room = min(max(text_width(c, sheet.size) for c in numbers.categories), sheet.width * 0.34) + AIR
    values = [v for series in numbers.series for v in series.values if v is not None] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    before = max((text_width(sheet.number(v), sheet.size) + AIR for v in values if v < 0), default=0.0)
    after = max((text_width(sheet.number(v), sheet.size) + AIR for v in values if v >= 0), default=0.0)
    left, right = room + AIR + before, sheet.width - after
    scale = (right - left) / ((high - low) or 1.0)
    zero = left - low * scale
    top = sheet.height
    for row, category in enumerate(numbers.categories):
        lines = wrap(category, room, sheet.size)
        block = max(thickness * len(numbers.series), len(lines) * sheet.line - 1)
        middle = sheet.height + block / 2
        for index, line in enumerate(lines):
            sheet.label(
                room - AIR / 2, middle + sheet.size * 0.34 + (index - (len(lines) - 1) / 2) * sheet.line, line, "end"
            )
        start = middle - thickness * len(numbers.series) / 2
        for index, series in enumerate(numbers.series):
            value = series.values[row]
            if value is None:
                continue
            y = start + index * thickness
            length = abs(value) * scale
            sheet.bar(
                zero if value >= 0 else zero - length,
                y,
                length,
                thickness - (0.8 if len(numbers.series) > 1 else 0),
                index,
            )
            words = sheet.number(value)
            baseline = y + thickness / 2 + sheet.size * 0.3
            if value >= 0:
                sheet.label(zero + length + AIR - 1, baseline, words)
            else:
                sheet.label(zero - length - AIR + 1, baseline, words, "end")
        sheet.height += block + GAP
    sheet.height += 1.0 - GAP / 2
    sheet.rule(zero, top - 1, zero, sheet.height, "muted", 0.6)
    sheet.height = round(sheet.height + 1, 1)
