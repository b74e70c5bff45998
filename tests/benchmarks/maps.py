"""`make bench BENCH="--only maps"`: the time and size of all locator maps, each drawn once. It never fails."""

from __future__ import annotations

import gc
import time
from statistics import median, quantiles

from briefing.countries.draw import draw_map
from tests.support.maps import ATLAS, CODES, STYLE, request_for

SIZES = {"fact box": (46.0, 38.0), "text width": (116.0, 80.0)}


def cpu(code: str, width: float, height: float) -> tuple[float, int]:
    """The CPU time of a map in ms, and its size in bytes."""
    request = request_for(code, width=width, height=height)
    gc.disable()
    start = time.process_time()
    svg = draw_map(ATLAS, request, STYLE).svg
    spent = time.process_time() - start
    gc.enable()
    return spent * 1000, len(svg.encode())


def rows() -> list[str]:
    """The rows of the table."""
    table = ["| maps | median, ms | 95 % | worst | median, kB | worst | goal |", "|---|---:|---:|---:|---:|---:|---|"]
    for name, (width, height) in SIZES.items():
        cpu("NO", width, height)  # the levels of the atlas are unpacked once
        drawn = [cpu(code, width, height) for code in CODES]
        times, sizes = [spent for spent, _ in drawn], [size / 1000 for _, size in drawn]
        goal = "≤ 20 ms, ≤ 25 kB" if width < 80 else "≤ 40 kB"
        table.append(
            f"| {name} | {median(times):.1f} | {quantiles(times, n=20)[-1]:.1f} | {max(times):.1f} |"
            f" {median(sizes):.1f} | {max(sizes):.1f} | {goal} |"
        )
    return table
