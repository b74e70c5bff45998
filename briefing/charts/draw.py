"""Draw a chart: lay it out, mirror it if the brief reads from right to left, and write it as one SVG element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

from .bars import lay_bars
from .canvas import Canvas, Placed
from .columns import lay_columns
from .lines import lay_lines
from .numbers import ChartType, Numbers
from .shapes import Painter, number
from .text_width import SIZE

_LAYOUTS: dict[ChartType, Callable[[Canvas], Placed]] = {"bar": lay_bars, "column": lay_columns, "line": lay_lines}
#: CSS px in a pt. The size is written in px without a unit: some renderers accept pt only with a given resolution.
_PX = 96 / 72
#: The colours of the standard theme, for those that a theme does not have.
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
    """One well-formed ``<svg>`` element, the same for the same numbers, without scripts, styles, ids or references.

    ``width`` is the width for the chart in mm; at that width its text has 8.5 pt. ``format_number(value, digits)``
    formats a number for the brief's language. ``colours`` has the theme's tokens ink, muted, accent, rule and paper as
    #rrggbb; ``face`` is the font family of the labels. ``description`` is the text for screen readers; if it is empty,
    that is the title and the numbers. Set ``unit_shown`` to False if the caption above the chart has the unit.
    """
    width_pt = width * 72 / 25.4
    laid = _LAYOUTS[numbers.type](Canvas(numbers, width_pt, format_number, numbers.unit if unit_shown else ""))
    shapes = [shape.mirrored(width_pt) for shape in laid.shapes] if direction == "rtl" else laid.shapes
    painter = Painter({**_COLOURS, **(colours or {})}, len(numbers.series))
    label = escape(description.strip() or _description(numbers, title, format_number))
    family = escape(f"'{face}', sans-serif")
    # The drawing sets its direction, because an inherited "rtl" would exchange "start" and "end". A family whose name
    # ends in a digit must be quoted to be valid.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-drawing series-of-{len(numbers.series)}"'
        f' viewBox="0 0 {number(width_pt)} {number(laid.height)}"'
        f' width="{number(width_pt * _PX)}" height="{number(laid.height * _PX)}" role="img" aria-label="{label}"'
        f' font-family="{family}" font-size="{number(SIZE)}" direction="ltr">{painter.svg(shapes)}</svg>'
    )


def _description(numbers: Numbers, title: str, format_number: Callable[[float, int], str]) -> str:
    """The title, the unit and all numbers, for screen readers."""
    parts = []
    for name, values in numbers.series:
        pairs = (
            f"{category} {'–' if value is None else format_number(value, numbers.digits)}"
            for category, value in zip(numbers.categories, values, strict=True)
        )
        parts.append((f"{name}: " if len(numbers.series) > 1 else "") + "; ".join(pairs))
    head = f"{title} ({numbers.unit})" if numbers.unit else title
    return ". ".join([head, *parts])
