"""Run a command and measure CPU time, wall-clock time and memory of a process with all its children.

CPU time is that of the process and of the children that it has waited for, user and system together. It depends far
less on other load than wall-clock time. Memory is that of the largest of these processes. The smallest possible value
is the memory of the benchmark itself, from which a process starts. Linux and macOS.
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
    """The cost of one command: CPU time and wall-clock time in seconds, and the peak memory of one process in MiB."""

    cpu: float
    clock: float
    memory: float


@dataclass(frozen=True)
class Side:
    """One side of a pair.

    ``ready`` is called before each run, outside the measurement, with the folder of the run: a new empty one, or
    ``folder`` if there is one. A side with ``tells`` measures itself, and prints the three numbers of a `Run`.
    """

    name: str
    command: Callable[[Path], Sequence[object]]
    ready: Callable[[Path], object] = lambda _: None
    folder: Callable[[], Path] | None = None
    tells: bool = False


def measure(side: Side) -> Run:
    """Run one side and return its cost. An exit code other than 0 ends the benchmark."""
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


#: The units of ru_maxrss in one MiB: bytes on macOS, KiB on Linux.
MAXRSS = 2**20 if sys.platform == "darwin" else 2**10


def surroundings() -> dict[str, str]:
    """The environment of a run: the program of this checkout, with compiled modules kept as they are for users."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def pairs(ours: Side, other: Side, count: int, *, warm: bool = True) -> tuple[list[Run], list[Run]]:
    """One warm-up run of each side, which is not measured, then the pairs; the order alternates from pair to pair.

    The two sides of a pair run one after the other, so that other load affects both.
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
    """The median of the ratios of the pairs, with the lowest and the highest."""
    ratios = [getattr(a, of) / getattr(b, of) for a, b in zip(left, right, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def difference(left: Sequence[Run], right: Sequence[Run], of: str) -> str:
    """The median of the differences of the pairs in seconds, with the lowest and the highest."""
    seconds = [getattr(a, of) - getattr(b, of) for a, b in zip(left, right, strict=True)]
    return f"{statistics.median(seconds):+.2f} s ({min(seconds):+.2f} to {max(seconds):+.2f})"
