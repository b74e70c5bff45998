"""Clip rings and lines to a rectangle, and write them as SVG paths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .projection import Point

#: A rectangle: left, top, right, bottom.
Rectangle = tuple[float, float, float, float]


def clip_ring(ring: Sequence[Point], rectangle: Rectangle) -> Sequence[Point]:
    """The part of a ring inside a rectangle (Sutherland and Hodgman), with edges along its sides."""
    x0, y0, x1, y1 = rectangle
    for axis, edge, sign in ((0, x0, 1), (0, x1, -1), (1, y0, 1), (1, y1, -1)):
        values = [point[axis] for point in ring]
        if not values:
            return ()
        if min(values) >= edge if sign > 0 else max(values) <= edge:
            continue
        clipped = []
        last = ring[-1]
        was_inside = (last[axis] - edge) * sign >= 0
        for point in ring:
            is_inside = (point[axis] - edge) * sign >= 0
            if is_inside != was_inside:
                t = (edge - last[axis]) / (point[axis] - last[axis])
                other = last[1 - axis] + (point[1 - axis] - last[1 - axis]) * t
                clipped.append((edge, other) if axis == 0 else (other, edge))
            if is_inside:
                clipped.append(point)
            last, was_inside = point, is_inside
        ring = clipped
    return ring


def clip_line(line: Sequence[Point], rectangle: Rectangle) -> list[list[Point]]:
    """The runs of a line inside a rectangle (Liang and Barsky)."""
    left, top, right, bottom = rectangle
    runs: list[list[Point]] = []
    goes_on = False
    for (ax, ay), (bx, by) in pairwise(line):
        dx, dy, start, end = bx - ax, by - ay, 0.0, 1.0
        for p, q in ((-dx, ax - left), (dx, right - ax), (-dy, ay - top), (dy, bottom - ay)):
            if p < 0:
                start = max(start, q / p)
            elif p > 0:
                end = min(end, q / p)
            elif q < 0:
                start = 2.0
        if start > end:
            goes_on = False
            continue
        if not goes_on or start > 0:
            runs.append([(ax + start * dx, ay + start * dy)])
        runs[-1].append((ax + end * dx, ay + end * dy))
        goes_on = end == 1.0
    return runs


def path(points: Sequence[Point], *, closed: bool, least: int = 4) -> str:
    """SVG path data in whole tenths of a point, each step from the last. Steps under ``least`` are left out."""
    px, py = round(points[0][0] * 10), round(points[0][1] * 10)
    steps: list[str] = [f"M{px} {py}l"]
    last = None if closed else points[-1]
    for point in points[1:]:
        x, y = round(point[0] * 10), round(point[1] * 10)
        dx, dy = x - px, y - py
        if -least < dx < least and -least < dy < least and (point is not last or not (dx or dy)):
            continue
        steps.append(f"{dx} {dy}" if dx < 0 or len(steps) == 1 else f" {dx} {dy}")
        px, py = x, y
    if len(steps) < (3 if closed else 2):
        return ""
    return "".join(steps).replace(" -", "-") + ("z" if closed else "")


def middle_of(ring: Sequence[Point]) -> Point:
    """The middle of a ring's area."""
    area = x = y = 0.0
    bx, by = ring[-1]
    for ax, ay in ring:
        cross = bx * ay - ax * by
        area += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
        bx, by = ax, ay
    if abs(area) > 1:
        return x / 3 / area, y / 3 / area
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def bounds(points: Sequence[Point]) -> Rectangle:
    """The smallest rectangle round some points."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)
