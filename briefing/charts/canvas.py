"""The parts that all kinds of chart share: the sheet with the input of a layout, and the legend above the plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .numbers import Numbers
from .shapes import Bar, Label, Shape
from .text_width import LEADING, SIZE, width, wrap

#: The space between a label and its bar, column or line, in pt.
AIR = 4.0
#: The distance from the top of a line of text, and from the middle of a digit, to the baseline, in pt.
ASCENT = 0.82 * SIZE
MIDDLE = 0.33 * SIZE


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


@dataclass(frozen=True, slots=True)
class Placed:
    """The layout of a chart: its shapes in painting order, and its height in pt."""

    shapes: tuple[Shape, ...]
    height: float


def block(lines: Sequence[str], x: float, middle: float, **how: object) -> list[Shape]:
    """The lines of one label, centred vertically on ``middle``."""
    first = middle - (len(lines) - 1) * LEADING / 2 + MIDDLE
    return [Label(x, first + row * LEADING, line, **how) for row, line in enumerate(lines)]  # type: ignore[arg-type]


def legend(sheet: Canvas, *, keys: bool) -> tuple[list[Shape], float]:
    """The unit and, with ``keys``, the key of each series, in rows; and the height in pt."""
    shapes: list[Shape] = []
    x, top, row_lines = 0.0, 0.0, 1
    if sheet.unit:
        lines = wrap(sheet.unit, sheet.width)
        shapes += [Label(0.0, ASCENT + row * LEADING, line, role="tick") for row, line in enumerate(lines)]
        x, row_lines = (width(lines[0]) + 14.0, 1) if len(lines) == 1 else (sheet.width, len(lines))
    for series, (name, _) in enumerate(sheet.numbers.series if keys else ()):
        lines = wrap(name, sheet.width - 11.0)
        key_width = 11.0 + max(map(width, lines))
        if x and x + key_width > sheet.width:
            x, top, row_lines = 0.0, top + row_lines * LEADING + 1.5, 1
        shapes.append(Bar(x, top + ASCENT - 6.3, 7.0, 7.0, series, key=True))
        shapes += [Label(x + 11.0, top + ASCENT + row * LEADING, line) for row, line in enumerate(lines)]
        x, row_lines = x + key_width + 14.0, max(row_lines, len(lines))
    return shapes, (top + row_lines * LEADING + AIR + 1.0 if shapes else 0.0)
