"""Running a command and measuring it: CPU time and memory of a process with all its children."""

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
    """One side of a pair. ``ready`` is done before each run, outside the measurement, in the run's own empty folder."""

    name: str
    command: Callable[[Path], Sequence[str]]
    ready: Callable[[Path], None] = lambda _: None


def measure(side: Side) -> Run:
    """An exit code other than 0 ends the benchmark: it measured nothing."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryFile() as said:
        folder = Path(name)
        side.ready(folder)
        line = list(side.command(folder))
        # Nothing that the machine's owner has set, and the program from this very checkout.
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        start = time.perf_counter()
        process = subprocess.Popen(line, cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(
                f"{' '.join(line)} ended with {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}"
            )
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / unit)


def pairs(ours: Side, theirs: Side, count: int, *, warm: bool = True) -> tuple[list[Run], list[Run]]:
    """One warming run of each side, which counts for nothing, then the pairs; the order changes from pair to pair."""
    if warm:
        measure(ours), measure(theirs)
    left: list[Run] = []
    right: list[Run] = []
    for number in range(count):
        for runs, side in [(left, ours), (right, theirs)][:: 1 if number % 2 else -1]:
            runs.append(measure(side))
    return left, right


def middle(runs: Sequence[Run], of: str = "cpu") -> float:
    return statistics.median(getattr(run, of) for run in runs)


def ratio(left: Sequence[Run], right: Sequence[Run], of: str = "cpu") -> str:
    """The median of the ratios, taken pair by pair, with the lowest and the highest."""
    ratios = [getattr(a, of) / getattr(b, of) for a, b in zip(left, right, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
