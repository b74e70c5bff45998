"""The layout of a line chart: a line for each series, with its own dashes and marks, and name and value at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import AIR, MIDDLE, Canvas, Placed, legend
from .columns import category_labels, grid
from .scale import scale_of
from .shapes import GridLine, Label, Mark, SeriesLine, Shape
from .text_width import LEADING, width, wrap

_HEIGHT = 130.0
#: The largest share of the width for the names at the ends of lines.
_NAMES = 0.26
#: The most points with a mark at each; more marks would hide the line.
_MARKED = 12
#: The space in pt between the plot and the values if a leader joins them, and between a line's end and its value.
_LEADER, _BESIDE = 9.0, 5.0


@dataclass(frozen=True, slots=True)
class _Ending:
    """The text at the end of a line: its last value and, if there are several lines, its name.

    ``x`` and ``y`` are the end of the line, in pt.
    """

    series: int
    x: float
    y: float
    value: str
    name: tuple[str, ...]

    @property
    def height(self) -> float:
        return max(1, len(self.name)) * LEADING


def lay_lines(sheet: Canvas) -> Placed:
    """Lay out lines over a scale, which begins at zero unless the values are close together and far from zero."""
    numbers = sheet.numbers
    shapes, top = legend(sheet, keys=False)
    top += MIDDLE + 1.5
    several = len(numbers.series) > 1
    names = [wrap(name, sheet.width * _NAMES) if several else () for name, _ in numbers.series]
    lasts = [next((value for value in reversed(values) if value is not None), None) for _, values in numbers.series]
    value_width = max((width(sheet.value(last), semibold=True) for last in lasts), default=0.0)
    name_width = max((width(line) for lines in names for line in lines), default=0.0)
    gap = _LEADER if several else _BESIDE
    right = sheet.width - value_width - (name_width + AIR if several else 0.0) - gap
    bottom = top + max(_HEIGHT, sum(max(1, len(lines)) for lines in names) * LEADING)
    scale = scale_of(numbers.values, digits=numbers.digits, from_zero=False)
    rules, start = grid(sheet, scale, top, bottom)
    shapes += [GridLine(r.x1, r.y1, right, r.y2, r.role) if isinstance(r, GridLine) else r for r in rules]
    # Only the line at zero is an axis; if the scale begins higher, its lowest line is a grid line like the others.
    if scale.low <= 0 <= scale.high:
        axis_y = bottom - (bottom - top) * scale.at(0)
        shapes.append(GridLine(start, axis_y, right, axis_y, "axis"))
    middles = _across(start + 5.0, right - 4.0, len(numbers.categories))
    if several and len(middles) == 1:
        middles = [right - 4.0]  # next to the names: a leader from the middle would look like a line of data
    endings: list[_Ending] = []
    for series, (_, values) in enumerate(numbers.series):
        points = [
            None if value is None else (middles[place], bottom - (bottom - top) * scale.at(value))
            for place, value in enumerate(values)
        ]
        shapes += _line(points, series)
        end = next((point for point in reversed(points) if point), (right, bottom))
        endings.append(_Ending(series, *end, sheet.value(lasts[series]), names[series]))
    if several or not numbers.values or endings[0].x > right - 6.0:
        shapes += _endings_in_column(endings, (right, right + gap, value_width), top, bottom)
    else:
        shapes.append(_beside(endings[0], [rule.y1 for rule in rules if isinstance(rule, GridLine)]))
    pitch = middles[1] - middles[0] if len(middles) > 1 else right - start
    under, height = category_labels(sheet, middles, pitch, bottom + 1.0)
    return Placed((*shapes, *under), height)


def _across(start: float, end: float, places: int) -> list[float]:
    if places == 1:
        return [(start + end) / 2]
    return [start + (end - start) * place / (places - 1) for place in range(places)]


def _line(points: Sequence[tuple[float, float] | None], series: int) -> list[Shape]:
    """The strokes between gaps, and the marks: at all points of a short line, else at ends and single points."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    runs = [run for run in runs if run]
    strokes: list[Shape] = [SeriesLine(tuple(run), series) for run in runs if len(run) > 1]
    marked = [point for run in runs for point in (run if len(points) <= _MARKED or len(run) == 1 else run[-1:])]
    return [*strokes, *(Mark(x, y, series) for x, y in marked)]


def _beside(ending: _Ending, rules: Sequence[float]) -> Label:
    """The last value of a single line that ends before the plot does: after its last point, between grid lines."""

    def clear(middle: float) -> float:
        return min((abs(middle - rule) for rule in rules), default=LEADING)

    heights = [ending.y + down for down in (0.0, -LEADING * 0.6, LEADING * 0.6)]
    middles = [middle for middle in heights if not rules or min(rules) <= middle <= max(rules)]
    middle = next((m for m in middles if clear(m) >= LEADING / 2), max(middles, key=clear))
    return Label(ending.x + _BESIDE, middle + MIDDLE, ending.value, role="value")


def _endings_in_column(
    endings: Sequence[_Ending], across: tuple[float, float, float], top: float, bottom: float
) -> list[Shape]:
    """The values and names at the ends of lines, moved apart where they would overlap, with leaders to the ends.

    ``across`` has the x at which the plot ends and that at which the values begin, and the width of the widest value.
    """
    right, start, value_width = across
    order = sorted(endings, key=lambda ending: (ending.y, ending.series))
    uppers = _without_overlap([(ending.y - LEADING / 2, ending.height) for ending in order], top, bottom)
    leaders: list[Shape] = []
    values: list[Shape] = []
    names: list[Shape] = []
    for ending, upper in zip(order, uppers, strict=True):
        middle = upper + LEADING / 2
        if ending.value != "–" and (abs(middle - ending.y) > 1.5 or ending.x < right - 6.0):
            leaders.append(GridLine(ending.x + 3.2, ending.y, start - 1.5, middle, "leader"))
        values.append(Label(start + value_width, middle + MIDDLE, ending.value, "end", "value"))
        names += [
            Label(start + value_width + AIR, middle + MIDDLE + row * LEADING, line)
            for row, line in enumerate(ending.name)
        ]
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
