"""A chart drawn: laid out, mirrored where the brief reads from right to left, and written as one SVG element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

from .bars import lay_bars
from .columns import lay_columns
from .layout import Laid, Sheet
from .lines import lay_lines
from .numbers import ChartType, Numbers
from .shapes import Painter, number
from .words import SIZE

__all__ = ["draw"]

_LAYOUTS: dict[ChartType, Callable[[Sheet], Laid]] = {"bar": lay_bars, "column": lay_columns, "line": lay_lines}
#: CSS px to a pt. The size is written without a unit, since some renderers take no pt without being told a resolution.
_PX = 96 / 72
#: The colours of the standard theme, for what a theme leaves out.
_COLOURS = {
    "ink": "#1b2430",
    "muted": "#4a5866",
    "accent": "#1f4e79",
    "rule": "#9fb1c2",
    "tint": "#eef3f7",
    "paper": "#ffffff",
}


def draw(
    numbers: Numbers,
    *,
    title: str,
    description: str,
    format_number: Callable[[float, int], str],
    direction: Literal["ltr", "rtl"] = "ltr",
    width: float = 116.0,
    colours: Mapping[str, str] | None = None,
    face: str = "Source Sans 3",
    unit_shown: bool = True,
) -> str:
    """One ``<svg>`` element: well-formed, the same for the same numbers, without scripts, styles, ids or references.

    ``width`` is that of the place where the chart stands, in mm; the drawing is laid out for it in pt, so that its text
    is 8.5 pt there. ``format_number(value, digits)`` writes a number as the brief does. ``colours`` holds the theme's
    tokens ink, muted, accent, rule and paper as #rrggbb; ``face`` is the family of the labels. ``description`` is what
    a screen reader says; without one it says the title and the numbers. ``unit_shown=False`` leaves the unit out where
    the caption above the chart names it.
    """
    wide = width * 72 / 25.4
    laid = _LAYOUTS[numbers.type](Sheet(numbers, wide, format_number, numbers.unit if unit_shown else ""))
    shapes = [shape.mirrored(wide) for shape in laid.shapes] if direction == "rtl" else laid.shapes
    painter = Painter({**_COLOURS, **(colours or {})}, len(numbers.series))
    label = escape(description.strip() or _spoken(numbers, title, format_number))
    family = escape(f"'{face}', sans-serif")
    # A browser hands the page's direction down to the drawing, where it would turn "start" and "end" round: the drawing
    # says its own. A family whose name ends in a digit must be quoted, or it is not a name.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-drawing series-of-{len(numbers.series)}"'
        f' viewBox="0 0 {number(wide)} {number(laid.height)}"'
        f' width="{number(wide * _PX)}" height="{number(laid.height * _PX)}" role="img" aria-label="{label}"'
        f' font-family="{family}" font-size="{number(SIZE)}" direction="ltr">{painter.svg(shapes)}</svg>'
    )


def _spoken(numbers: Numbers, title: str, format_number: Callable[[float, int], str]) -> str:
    """The chart for the ear: its title, its unit and every number."""
    parts = []
    for name, values in numbers.series:
        pairs = (
            f"{category} {'–' if value is None else format_number(value, numbers.digits)}"
            for category, value in zip(numbers.categories, values, strict=True)
        )
        parts.append((f"{name}: " if len(numbers.series) > 1 else "") + "; ".join(pairs))
    head = f"{title} ({numbers.unit})" if numbers.unit else title
    return ". ".join([head, *parts])
