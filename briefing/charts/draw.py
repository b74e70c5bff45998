"""The drawing: a frame shared by all charts, and one module for each kind. Lengths in pt; 116 mm are 328.8 pt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from .bars import draw_bars
from .columns import draw_columns
from .numbers import Numbers
from .sheet import Sheet

__all__ = ["draw"]

PT_PER_MM = 72 / 25.4


def draw(
    numbers: Numbers,
    *,
    title: str,
    description: str,
    format_number: Callable[[float, int], str],
    colours: Mapping[str, str],
    face: str,
    direction: str = "ltr",
    width: float = 116.0,
) -> str:
    """Draw a chart as one ``svg`` element, ``width`` mm wide, well formed as XML, without ids, styles or scripts.

    ``colours`` are the theme's tokens (ink, muted, accent, rule, paper, marking), ``face`` a family name. Classes
    (``chart-label``, ``chart-series-1``, …) let a stylesheet for dark screens lay other colours over them.
    """
    sheet = Sheet(round(width * PT_PER_MM, 1), numbers, format_number, colours, rtl=direction == "rtl")
    (draw_bars if numbers.type == "bar" else draw_columns)(sheet)
    alt = description or _in_words(numbers, title, format_number)
    return (
        f'<svg class="chart-drawing" viewBox="0 0 {sheet.width:g} {sheet.height:g}" role="img" aria-label="{escape(alt)}" '
        f'font-family="{escape(face)}" font-size="{sheet.size:g}">{"".join(sheet.marks)}</svg>'
    )


def _in_words(numbers: Numbers, title: str, format_number: Callable[[float, int], str]) -> str:
    """The numbers in words, for a chart whose writer gave none."""
    rows = []
    for series in numbers.series:
        values = ", ".join(
            f"{category} {format_number(value, numbers.digits)}"
            for category, value in zip(numbers.categories, series.values, strict=True)
            if value is not None
        )
        rows.append(f"{series.name}: {values}" if series.name and len(numbers.series) > 1 else values)
    return f"{title}: {'; '.join(rows)}" + (f" ({numbers.unit})" if numbers.unit else "")
