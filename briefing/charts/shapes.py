"""The shapes of a chart, in pt from the top left corner, and their SVG.

Layouts are always from left to right. For a right-to-left brief the shapes are mirrored before they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import Literal, TypeAlias

from .shades import hollow, shades

Anchor: TypeAlias = Literal["start", "middle", "end"]
_MIRRORED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    role: Literal["label", "value", "tick"] = "label"

    def mirrored(self, width: float) -> Label:
        """The same in a drawing that reads from right to left."""
        return replace(self, x=width - self.x, anchor=_MIRRORED[self.anchor])


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, a column or a key of the legend; ``series`` is counted from 0."""

    x: float
    y: float
    width: float
    height: float
    series: int
    key: bool = False

    def mirrored(self, width: float) -> Bar:
        """The same in a drawing that reads from right to left."""
        return replace(self, x=width - self.x - self.width)


@dataclass(frozen=True, slots=True)
class GridLine:
    """A straight line: an axis, a grid line, or the leader from the end of a series' line to its value."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Literal["axis", "grid", "leader"]

    def mirrored(self, width: float) -> GridLine:
        """The same in a drawing that reads from right to left."""
        return replace(self, x1=width - self.x1, x2=width - self.x2)


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """The line of a series through its points."""

    points: tuple[tuple[float, float], ...]
    series: int

    def mirrored(self, width: float) -> SeriesLine:
        """The same in a drawing that reads from right to left."""
        return replace(self, points=tuple((width - x, y) for x, y in self.points))


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a series at a point: a disc, a square, a triangle or a diamond."""

    x: float
    y: float
    series: int

    def mirrored(self, width: float) -> Mark:
        """The same in a drawing that reads from right to left."""
        return replace(self, x=width - self.x)


Shape: TypeAlias = Label | Bar | GridLine | SeriesLine | Mark

_WEIGHTS = {"axis": 0.75, "grid": 0.35, "leader": 0.35}
#: Dashes distinguish lines in grey print and for colour-blind readers.
_DASHES = ("", "5 2.2", "1.6 1.8", "7 2 1.6 2")


def number(value: float) -> str:
    """A coordinate to a hundredth of a point, without trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _attributes(**values: str | float) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for name, value in values.items()
    )


@dataclass(frozen=True, slots=True)
class Painter:
    """Writes shapes in the colours of a theme, for a chart of ``count`` series."""

    colours: Mapping[str, str]
    count: int
    shades: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shades", shades(self.colours, max(1, self.count)))

    def svg(self, shapes: Iterable[Shape]) -> str:
        """The shapes as SVG, in their order; neighbours with the same attributes share a group."""
        return "".join(
            f"<g{group}>{''.join(self._one(shape) for shape in neighbours)}</g>"
            for group, neighbours in groupby(shapes, self._group)
        )

    def _group(self, shape: Shape) -> str:
        """The attributes of a shape that its group has."""
        if isinstance(shape, Label):
            colour = self.colours["muted" if shape.role == "tick" else "ink"]
            bold = {"font_weight": "600"} if shape.role == "value" else {}
            return _attributes(class_=f"chart-{shape.role}", fill=colour, text_anchor=shape.anchor, **bold)
        if isinstance(shape, GridLine):
            colour = self.colours["rule" if shape.role == "grid" else "muted"]
            return _attributes(class_=f"chart-{shape.role}", stroke=colour, stroke_width=_WEIGHTS[shape.role])
        shade, name = self.shades[shape.series], f"series-{shape.series + 1}"
        if isinstance(shape, SeriesLine):
            dashes = _DASHES[shape.series % len(_DASHES)]
            paint = {"fill": "none", "stroke": shade, "stroke_width": "1.6", "stroke_linejoin": "round"}
            if dashes:
                paint["stroke_dasharray"] = dashes
            return _attributes(class_=f"chart-line {name}", **paint)
        shape_class = "marker" if isinstance(shape, Mark) else "key" if shape.key else "bar"
        if hollow(shape.series):
            paint = {"fill": self.colours["paper"], "stroke": shade, "stroke_width": "1"}
            return _attributes(class_=f"chart-{shape_class} chart-hollow {name}", **paint)
        return _attributes(class_=f"chart-{shape_class} {name}", fill=shade)

    def _one(self, shape: Shape) -> str:
        if isinstance(shape, Label):
            return f"<text{_attributes(x=shape.x, y=shape.y)}>{escape(shape.text, quote=False)}</text>"
        if isinstance(shape, Bar):
            # Half of the stroke, which is 1 pt wide, is outside the box of a hollow bar, which is therefore inset.
            inset = 0.5 if hollow(shape.series) and min(shape.width, shape.height) > 1 else 0.0
            x, y, width, height = shape.x + inset, shape.y + inset, shape.width - 2 * inset, shape.height - 2 * inset
            return f"<rect{_attributes(x=x, y=y, width=width, height=height)}/>"
        if isinstance(shape, GridLine):
            return f"<line{_attributes(x1=shape.x1, y1=shape.y1, x2=shape.x2, y2=shape.y2)}/>"
        if isinstance(shape, SeriesLine):
            return f"<polyline{_attributes(points=_points(shape.points))}/>"
        return _mark(shape)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _mark(mark: Mark) -> str:
    """The mark as SVG; all forms look about equally heavy."""
    x, y = mark.x, mark.y
    if mark.series % 4 == 0:
        return f"<circle{_attributes(cx=x, cy=y, r=2.3)}/>"
    if mark.series % 4 == 1:
        return f"<rect{_attributes(x=x - 2.1, y=y - 2.1, width=4.2, height=4.2)}/>"
    if mark.series % 4 == 2:
        return f"<polygon{_attributes(points=_points([(x, y - 2.8), (x + 2.7, y + 2.1), (x - 2.7, y + 2.1)]))}/>"
    return f"<polygon{_attributes(points=_points([(x, y - 3), (x + 3, y), (x, y + 3), (x - 3, y)]))}/>"
