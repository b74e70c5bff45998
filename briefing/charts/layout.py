"""What all kinds of chart share: the sheet they are laid out on, and the legend above the plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .numbers import Numbers
from .shapes import Bar, Shape, Words
from .words import LEADING, SIZE, width, wrap

__all__ = ["AIR", "ASCENT", "MIDDLE", "Laid", "Sheet", "block", "legend"]

#: Between a label and what it names, in pt.
AIR = 4.0
#: From the top of a line of text to its baseline, and from a figure's middle to its baseline, in pt.
ASCENT = 0.82 * SIZE
MIDDLE = 0.33 * SIZE


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a layout needs: the numbers, the width in pt, the brief's way to write a number, and which way it reads."""

    numbers: Numbers
    width: float
    format_number: Callable[[float, int], str]
    unit: str

    def value(self, value: float | None) -> str:
        """The label of a value; a dash where there is none."""
        return "–" if value is None else self.format_number(value, self.numbers.digits)


@dataclass(frozen=True, slots=True)
class Laid:
    """A chart laid out: its shapes in painting order, and its height in pt."""

    shapes: tuple[Shape, ...]
    height: float


def block(lines: Sequence[str], x: float, middle: float, **how: object) -> list[Shape]:
    """Lines of one label, set round a middle."""
    first = middle - (len(lines) - 1) * LEADING / 2 + MIDDLE
    return [Words(x, first + row * LEADING, line, **how) for row, line in enumerate(lines)]  # type: ignore[arg-type]


def legend(sheet: Sheet, *, keys: bool) -> tuple[list[Shape], float]:
    """The unit and, for several series, a key for each, in rows from the start; and the height they take, in pt."""
    shapes: list[Shape] = []
    x, top, deep = 0.0, 0.0, 1
    if sheet.unit:
        lines = wrap(sheet.unit, sheet.width)
        shapes += [Words(0.0, ASCENT + row * LEADING, line, role="tick") for row, line in enumerate(lines)]
        x, deep = (width(lines[0]) + 14.0, 1) if len(lines) == 1 else (sheet.width, len(lines))
    for series, (name, _) in enumerate(sheet.numbers.series if keys else ()):
        lines = wrap(name, sheet.width - 11.0)
        wide = 11.0 + max(map(width, lines))
        if x and x + wide > sheet.width:
            x, top, deep = 0.0, top + deep * LEADING + 1.5, 1
        shapes.append(Bar(x, top + ASCENT - 6.3, 7.0, 7.0, series, key=True))
        shapes += [Words(x + 11.0, top + ASCENT + row * LEADING, line) for row, line in enumerate(lines)]
        x, deep = x + wide + 14.0, max(deep, len(lines))
    return shapes, (top + deep * LEADING + AIR + 1.0 if shapes else 0.0)
