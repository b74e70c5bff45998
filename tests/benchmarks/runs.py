"""Running a command and measuring it: CPU time, time on the clock and memory of a process with all its children.

CPU time is that of the process and of the children that it has waited for, user and system together: it moves far less
with the machine's other work than a clock does. Memory is that of the largest process among them; the benchmark's own,
which a process starts from, is the least that can be seen. Linux and macOS.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """What one command cost: CPU seconds, seconds on the clock, and the most memory that one process held, in MiB."""

    cpu: float
    clock: float
    memory: float


@dataclass(frozen=True)
class Side:
    """One side of a pair.

    ``ready`` is called before each run, outside the measurement, with the folder of the run: an empty one of its own, or
    ``folder`` if there is one. A side that ``tells`` prints what it measured itself, as the three numbers of a `Run`.
    """

    name: str
    command: Callable[[Path], Sequence[object]]
    ready: Callable[[Path], object] = lambda _: None
    folder: Callable[[], Path] | None = None
    tells: bool = False


def measure(side: Side) -> Run:
    """An exit code other than 0 ends the benchmark: it measured nothing."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryFile() as said:
        folder = side.folder() if side.folder else Path(name)
        side.ready(folder)
        line = [str(word) for word in side.command(folder)]
        start = time.perf_counter()
        process = subprocess.Popen(line, cwd=folder, env=surroundings(), stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode(errors="replace")
    if process.returncode:
        sys.exit(f"{' '.join(line)} ended with {process.returncode}:\n{words[-2000:]}")
    if side.tells:
        return Run(*map(float, words.split()[-3:]))
    return Run(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / MAXRSS)


#: How many of the system's units of memory make one MiB.
MAXRSS = 2**20 if sys.platform == "darwin" else 2**10


def surroundings() -> dict[str, str]:
    """The program from this very checkout, its modules kept compiled as everybody's are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def pairs(ours: Side, other: Side, count: int, *, warm: bool = True) -> tuple[list[Run], list[Run]]:
    """One warming run of each side, which counts for nothing, then the pairs; the order changes from pair to pair.

    The two sides of a pair run one after the other, so that what disturbs one disturbs both.
    """
    if warm:
        measure(ours), measure(other)
    left: list[Run] = []
    right: list[Run] = []
    for number in range(count):
        for runs, side in [(left, ours), (right, other)][:: 1 if number % 2 else -1]:
            runs.append(measure(side))
    return left, right


def middle(runs: Sequence[Run], of: str) -> float:
    return statistics.median(getattr(run, of) for run in runs)


def ratio(left: Sequence[Run], right: Sequence[Run], of: str) -> str:
    """The median of the ratios, taken pair by pair, with the lowest and the highest."""
    ratios = [getattr(a, of) / getattr(b, of) for a, b in zip(left, right, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def difference(left: Sequence[Run], right: Sequence[Run], of: str) -> str:
    """The same of the differences, in seconds."""
    seconds = [getattr(a, of) - getattr(b, of) for a, b in zip(left, right, strict=True)]
    return f"{statistics.median(seconds):+.2f} s ({min(seconds):+.2f} to {max(seconds):+.2f})"
