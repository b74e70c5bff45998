"""Draw a chart: lay it out, mirror it if the brief reads from right to left, and write it as one SVG element."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Literal
from unicodedata import bidirectional

from .bars import bar_layout, column_layout
from .canvas import Anchor, Bar, Canvas, GridLine, Label, Mark, Placed, SeriesLine, Shape
from .lines import line_layout
from .numbers import ChartType, Numbers
from .shades import hollow, shades
from .text_width import SIZE

_LAYOUTS: dict[ChartType, Callable[[Canvas], Placed]] = {
    "bar": bar_layout,
    "column": column_layout,
    "line": line_layout,
}
#: CSS px in a pt. The size is written in px without a unit: some renderers accept pt only with a given resolution.
_PX = 96 / 72
_MIRRORED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_STROKE_WIDTHS = {"axis": 0.75, "grid": 0.35, "leader": 0.35}
#: Dashes distinguish lines in grey print and for colour-blind readers.
_DASHES = ("", "5 2.2", "1.6 1.8", "7 2 1.6 2")


def draw(
    numbers: Numbers,
    *,
    title: str,
    description: str,
    format_number: Callable[[float, int], str],
    direction: Literal["ltr", "rtl"],
    width: float,
    colours: Mapping[str, str],
    face: str,
    unit_shown: bool,
) -> str:
    """One well-formed ``<svg>`` element, the same for the same numbers, without scripts, styles, ids or references.

    ``width`` is the width for the chart in mm; at that width its text has 8.5 pt. ``format_number(value, digits)``
    formats a number for the brief's language. ``colours`` has the theme's tokens ink, muted, accent, rule and paper as
    #rrggbb; ``face`` is the font family of the labels. ``description`` is the text for screen readers; if it is empty,
    that is the title and the numbers. Set ``unit_shown`` to False if the caption above the chart has the unit.
    """
    width_pt = width * 72 / 25.4
    canvas = Canvas(numbers, width_pt, format_number, numbers.unit if unit_shown else "")
    placed = _LAYOUTS[numbers.type](canvas)
    shapes = [_mirrored(shape, width_pt) for shape in placed.shapes] if direction == "rtl" else placed.shapes
    series_colours = shades(colours, len(numbers.series))
    # Neighbours with the same attributes share a group.
    groups = groupby(shapes, lambda shape: _group_attributes(shape, colours, series_colours))
    drawing = "".join(f"<g{attributes}>{''.join(map(_svg, group))}</g>" for attributes, group in groups)
    label = escape(description.strip() or _description(canvas, title))
    family = escape(f"'{face}', sans-serif")
    # The drawing sets its direction, because an inherited "rtl" would exchange "start" and "end". A family whose name
    # ends in a digit must be quoted to be valid.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-drawing series-of-{len(numbers.series)}"'
        f' viewBox="0 0 {_number(width_pt)} {_number(placed.height)}"'
        f' width="{_number(width_pt * _PX)}" height="{_number(placed.height * _PX)}" role="img" aria-label="{label}"'
        f' font-family="{family}" font-size="{_number(SIZE)}" direction="ltr">{drawing}</svg>'
    )


def is_rtl_letter(letter: str) -> bool:
    """Whether a letter is written from right to left."""
    return bidirectional(letter) in {"R", "AL"}


def _description(canvas: Canvas, title: str) -> str:
    """The title, the unit and all numbers, for screen readers."""
    numbers = canvas.numbers
    parts = [f"{title} ({numbers.unit})" if numbers.unit else title]
    for name, values in numbers.series:
        labels = map(canvas.value, values)
        pairs = (f"{category} {label}" for category, label in zip(numbers.categories, labels, strict=True))
        parts.append((f"{name}: " if len(numbers.series) > 1 else "") + "; ".join(pairs))
    return ". ".join(parts)


def _mirrored(shape: Shape, width: float) -> Shape:
    """The shape in a drawing of this width that reads from right to left."""
    match shape:
        case Label():
            return replace(shape, x=width - shape.x, anchor=_MIRRORED[shape.anchor])
        case Bar():
            return replace(shape, x=width - shape.x - shape.width)
        case GridLine():
            return replace(shape, x1=width - shape.x1, x2=width - shape.x2)
        case SeriesLine():
            return replace(shape, points=tuple((width - x, y) for x, y in shape.points))
        case Mark():
            return replace(shape, x=width - shape.x)


def _group_attributes(shape: Shape, colours: Mapping[str, str], series_colours: Sequence[str]) -> str:
    """The attributes that a shape has from its group."""
    if isinstance(shape, Label):
        colour = colours["muted" if shape.role == "tick" else "ink"]
        weight = {"font_weight": "600"} if shape.role == "value" else {}
        return _attributes(class_=f"chart-{shape.role}", fill=colour, text_anchor=shape.anchor, **weight)
    if isinstance(shape, GridLine):
        colour = colours["rule" if shape.role == "grid" else "muted"]
        return _attributes(class_=f"chart-{shape.role}", stroke=colour, stroke_width=_STROKE_WIDTHS[shape.role])
    colour, name = series_colours[shape.series], f"series-{shape.series + 1}"
    if isinstance(shape, SeriesLine):
        dashes = _DASHES[shape.series % len(_DASHES)]
        paint = {"fill": "none", "stroke": colour, "stroke_width": "1.6", "stroke_linejoin": "round"}
        return _attributes(class_=f"chart-line {name}", **paint, **({"stroke_dasharray": dashes} if dashes else {}))
    kind = "marker" if isinstance(shape, Mark) else "key" if shape.key else "bar"
    if hollow(shape.series):
        paint = {"fill": colours["paper"], "stroke": colour, "stroke_width": "1"}
        return _attributes(class_=f"chart-{kind} chart-hollow {name}", **paint)
    return _attributes(class_=f"chart-{kind} {name}", fill=colour)


def _svg(shape: Shape) -> str:
    match shape:
        case Label():
            # A label in right-to-left letters has their direction, whatever that of the drawing is.
            order = {"unicode_bidi": "plaintext"} if any(map(is_rtl_letter, shape.text)) else {}
            return f"<text{_attributes(x=shape.x, y=shape.y, **order)}>{escape(shape.text, quote=False)}</text>"
        case Bar(x, y, width, height):
            # Half of the stroke, which is 1 pt wide, is outside the box of a hollow bar, which is therefore inset.
            inset = 0.5 if hollow(shape.series) and min(width, height) > 1 else 0.0
            size = {"width": width - 2 * inset, "height": height - 2 * inset}
            return f"<rect{_attributes(x=x + inset, y=y + inset, **size)}/>"
        case GridLine():
            return f"<line{_attributes(x1=shape.x1, y1=shape.y1, x2=shape.x2, y2=shape.y2)}/>"
        case SeriesLine():
            return f'<polyline points="{_points(*shape.points)}"/>'
        case Mark(x, y):
            # All marks look about equally heavy.
            return (
                f"<circle{_attributes(cx=x, cy=y, r=2.3)}/>",
                f"<rect{_attributes(x=x - 2.1, y=y - 2.1, width=4.2, height=4.2)}/>",
                f'<polygon points="{_points((x, y - 2.8), (x + 2.7, y + 2.1), (x - 2.7, y + 2.1))}"/>',
                f'<polygon points="{_points((x, y - 3), (x + 3, y), (x, y + 3), (x - 3, y))}"/>',
            )[shape.series % 4]


def _attributes(**values: str | float) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else _number(value)}"'
        for name, value in values.items()
    )


def _points(*points: tuple[float, float]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """A coordinate to a hundredth of a point, without trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
