"""Time and memory for briefs of 1 to 80 pages, and the deviation from a straight line."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .runs import Side, measure, middle
from .texts import long_brief

SIZES = (1, 10, 20, 40, 80)


def side(size: int) -> Side:
    def ready(folder: Path) -> None:
        (folder / "content").mkdir()
        (folder / "content" / "long.yaml").write_text(long_brief(size), encoding="utf-8")

    return Side(f"{size}", lambda _: [sys.executable, "-m", "briefing", "build", "-f", "pdf"], ready)


def counted(size: int) -> int:
    """The number of pages of a brief, as the program reports it."""
    from .runs import surroundings

    with tempfile.TemporaryDirectory() as name:
        line = side(size)
        line.ready(Path(name))
        said = subprocess.run(
            line.command(Path(name)), cwd=name, env=surroundings(), capture_output=True, text=True, check=True
        ).stdout
    found = re.search(r"(\d+) pages?", said)
    assert found, said
    return int(found[1])


def straight(points: Sequence[tuple[float, float]]) -> float:
    """The largest relative deviation of a point from the least-squares line."""
    count = len(points)
    mx, my = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    slope = sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)
    return max(abs(y / (my + slope * (x - mx)) - 1) for x, y in points)


def rows(repeats: int) -> list[str]:
    lines, points = ["| pages | CPU s | s a page | MiB |", "|---:|---:|---:|---:|"], []
    for size in SIZES:
        pages = counted(size)
        runs = [measure(side(size)) for _ in range(repeats)]
        cpu, memory = middle(runs, "cpu"), middle(runs, "memory")
        points.append((pages, cpu))
        lines.append(f"| {pages} | {cpu:.2f} | {cpu / pages:.3f} | {memory:.0f} |")
    off = straight([point for point in points if point[0] >= 10])
    lines += ["", f"From 10 pages on the farthest size is {off:.0%} from a straight line (goal: 10 %; 130 MiB)."]
    return lines
