"""The layout of a line chart: a line for each series, with its own dashes and marks, and name and value at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .canvas import (
    GAP,
    MIDDLE,
    Canvas,
    GridLine,
    Label,
    Mark,
    Placed,
    SeriesLine,
    Shape,
    category_labels,
    legend,
    text_lines,
    ticks,
)
from .scale import scale_of
from .text_width import LEADING, width, wrap

_HEIGHT = 130.0
#: The largest share of the width for the names at the ends of lines.
_NAMES = 0.26
#: The most points with a mark at each; more marks would hide the line.
_MARKED = 12
#: The space in pt between the plot and the values if a leader joins them, and between a line's end and its value.
_LEADER, _BESIDE = 9.0, 5.0


class _End(NamedTuple):
    """The end of a line at ``x`` and ``y``, in pt, with its last value and, if there are several lines, its name."""

    x: float
    y: float
    value: str
    name: tuple[str, ...]


def line_layout(canvas: Canvas) -> Placed:
    """Lay out lines over a scale, which begins at zero unless the values are close together and far from zero."""
    numbers = canvas.numbers
    shapes, top = legend(canvas, keys=False)
    top += MIDDLE + 1.5
    several = len(numbers.series) > 1
    names = [wrap(name, canvas.width * _NAMES) if several else () for name, _ in numbers.series]
    last_values = [
        canvas.value(next((value for value in reversed(values) if value is not None), None))
        for _, values in numbers.series
    ]
    value_width = max((width(value, semibold=True) for value in last_values), default=0.0)
    name_width = max((width(line) for lines in names for line in lines), default=0.0)
    gap = _LEADER if several else _BESIDE
    right = canvas.width - value_width - (name_width + GAP if several else 0.0) - gap
    bottom = top + max(_HEIGHT, sum(max(1, len(lines)) for lines in names) * LEADING)
    scale = scale_of(numbers.values, digits=numbers.digits, from_zero=False)
    heights, tick_labels, start = ticks(canvas, scale, top, bottom)
    shapes += [GridLine(start, y, right, y, "grid") for y in heights]
    shapes += tick_labels
    # Only the line at zero is an axis; if the scale begins higher, its lowest line is a grid line like the others.
    if scale.low <= 0 <= scale.high:
        zero = bottom - (bottom - top) * scale.at(0)
        shapes.append(GridLine(start, zero, right, zero, "axis"))
    left, last, steps = start + 5.0, right - 4.0, len(numbers.categories) - 1
    if steps:
        middles = [left + (last - left) * place / steps for place in range(steps + 1)]
    else:  # next to the names if there are several: a leader from the middle would look like a line of data
        middles = [last if several else (left + last) / 2]
    ends: list[_End] = []
    for series, (_, values) in enumerate(numbers.series):
        points = [
            None if value is None else (x, bottom - (bottom - top) * scale.at(value))
            for x, value in zip(middles, values, strict=True)
        ]
        shapes += _line(points, series)
        end = next((point for point in reversed(points) if point), (right, bottom))
        ends.append(_End(*end, last_values[series], names[series]))
    if several or not numbers.values or ends[0].x > right - 6.0:
        shapes += _labels_in_column(ends, right, right + gap, value_width, top, bottom)
    else:
        shapes.append(_label_beside(ends[0], heights))
    pitch = middles[1] - middles[0] if len(middles) > 1 else right - start
    categories, height = category_labels(canvas, middles, pitch, bottom + 1.0)
    return Placed((*shapes, *categories), height)


def _line(points: Sequence[tuple[float, float] | None], series: int) -> list[Shape]:
    """The lines between gaps, and the marks: at all points of a short line, else at ends and single points."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    lines: list[Shape] = [SeriesLine(tuple(run), series) for run in runs if len(run) > 1]
    marked = [point for run in runs for point in (run if len(points) <= _MARKED else run[-1:])]
    return [*lines, *(Mark(x, y, series) for x, y in marked)]


def _label_beside(end: _End, heights: Sequence[float]) -> Label:
    """The last value of a single line that ends before the plot does: after its last point, between grid lines."""

    def distance(middle: float) -> float:
        return min(abs(middle - height) for height in heights)

    middles = [end.y + down for down in (0.0, -LEADING * 0.6, LEADING * 0.6)]
    middles = [middle for middle in middles if min(heights) <= middle <= max(heights)]
    middle = next((m for m in middles if distance(m) >= LEADING / 2), max(middles, key=distance))
    return Label(end.x + _BESIDE, middle + MIDDLE, end.value, role="value")


def _labels_in_column(
    ends: Sequence[_End], right: float, start: float, value_width: float, top: float, bottom: float
) -> list[Shape]:
    """The values, from ``start`` on, and the names at the ends of lines, moved apart, with leaders to the ends."""
    ends = sorted(ends, key=lambda end: end.y)
    uppers = _without_overlap([(end.y - LEADING / 2, max(1, len(end.name)) * LEADING) for end in ends], top, bottom)
    leaders: list[Shape] = []
    values: list[Shape] = []
    names: list[Shape] = []
    for end, upper in zip(ends, uppers, strict=True):
        middle = upper + LEADING / 2
        if end.value != "–" and (abs(middle - end.y) > 1.5 or end.x < right - 6.0):
            leaders.append(GridLine(end.x + 3.2, end.y, start - 1.5, middle, "leader"))
        values.append(Label(start + value_width, middle + MIDDLE, end.value, "end", "value"))
        names += text_lines(end.name, start + value_width + GAP, middle + MIDDLE)
    return [*leaders, *values, *names]


def _without_overlap(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """The top edges of labels, without overlap, as near as possible to the wanted ones.

    ``wanted`` has the wanted top edge and the height of each label in pt, from top to bottom. Labels that would overlap
    form a cluster at the mean of their wanted positions.
    """
    clusters: list[tuple[float, float, int]] = []
    for upper, height in wanted:
        start, cluster_height, count = upper, height, 1
        while clusters and clusters[-1][0] + clusters[-1][1] > start:
            start_before, height_before, count_before = clusters.pop()
            start = (start_before * count_before + (start - height_before) * count) / (count_before + count)
            cluster_height, count = height_before + cluster_height, count_before + count
        start = min(max(start, top - LEADING / 2), bottom + LEADING / 2 - cluster_height)
        clusters.append((start, cluster_height, count))
    uppers: list[float] = []
    for start, _, count in clusters:
        edge = start
        for _, height in wanted[len(uppers) : len(uppers) + count]:
            uppers.append(edge)
            edge += height
    return uppers
