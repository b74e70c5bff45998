"""The sheet that a chart is drawn on: marks in the theme's colours, a legend, and mirroring for right-to-left briefs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

from .numbers import Numbers
from .scale import shades, text_width

__all__ = ["DASHES", "Sheet"]

#: How lines are told apart in grey.
DASHES = ("", "5 2.5", "1.5 2", "8 2 1.5 2", "3 3", "10 3")


class Sheet:
    """Marks on a sheet; ``y`` is how far down it has been drawn. Text is 8.5 pt, as the page asks for labels."""

    size = 8.5
    line = 10.5

    def __init__(
        self,
        width: float,
        numbers: Numbers,
        format_number: Callable[[float, int], str],
        colours: Mapping[str, str],
        *,
        rtl: bool,
    ) -> None:
        self.width, self.numbers, self.colours, self.rtl = width, numbers, colours, rtl
        self.series_colours = shades(colours, len(numbers.series))
        self.height = 0.0
        self.marks: list[str] = []
        self._format = format_number

    def number(self, value: float, digits: int | None = None) -> str:
        """A number as the brief's language writes it."""
        return self._format(value, self.numbers.digits if digits is None else digits)

    def label(
        self, x: float, y: float, text: str, anchor: Literal["start", "middle", "end"] = "start", token: str = "ink"
    ) -> None:
        """Text whose baseline begins, ends or is centred at x, y."""
        x = self.width - x if self.rtl else x
        side = {"start": "end", "end": "start", "middle": "middle"}[anchor] if self.rtl else anchor
        ends = "" if side == "start" else f' text-anchor="{side}"'
        self.marks.append(
            f'<text class="chart-{"label" if token == "ink" else token}" x="{x:.1f}" y="{y:.1f}"{ends} '
            f'fill="{self.colours[token]}">{escape(text)}</text>'
        )

    def bar(self, x: float, y: float, width: float, height: float, series: int) -> None:
        """A filled rectangle in the colour of its series."""
        x = self.width - x - width if self.rtl else x
        self.marks.append(
            f'<rect class="chart-series-{series + 1}" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" '
            f'fill="{self.series_colours[series]}"/>'
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, token: str = "rule", weight: float = 0.5) -> None:
        """A straight line: an axis or a gridline."""
        if self.rtl:
            x1, x2 = self.width - x1, self.width - x2
        self.marks.append(
            f'<line class="chart-{token}" x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
            f'stroke="{self.colours[token]}" stroke-width="{weight:g}"/>'
        )

    def path(self, points: list[tuple[float, float]], series: int) -> None:
        """A line through points, with a dot on each, in the colour and dashes of its series."""
        placed = [(self.width - x if self.rtl else x, y) for x, y in points]
        colour = self.series_colours[series]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        dashes = f' stroke-dasharray="{DASHES[series % len(DASHES)]}"' if series % len(DASHES) else ""
        if len(placed) > 1:
            self.marks.append(
                f'<polyline class="chart-series-{series + 1}-line" points="{joined}" fill="none" stroke="{colour}" '
                f'stroke-width="1.5" stroke-linejoin="round"{dashes}/>'
            )
        radius = 1.9 if len(placed) <= 16 else 1.0
        self.marks.extend(
            f'<circle class="chart-series-{series + 1}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}"/>'
            for x, y in placed
        )

    def legend(self) -> None:
        """The names of several series in a row above the chart, in as many rows as they need."""
        if len(self.numbers.series) < 2:
            return
        x = 0.0
        for index, series in enumerate(self.numbers.series):
            width = 12 + text_width(series.name, self.size)
            if x and x + width > self.width:
                x, self.height = 0.0, self.height + self.line + 2
            if self.numbers.type == "line":
                self.path([(x, self.height + 5.5), (x + 9, self.height + 5.5)], index)
            else:
                self.bar(x, self.height + 2, 7.5, 7.5, index)
            self.label(x + 12, self.height + 8.8, series.name)
            x += width + 12
        self.height += self.line + 6
