"""`make bench`: how much work briefing is beside a naive script, in paired runs; it prints a table and never fails.

    python -m tests.benchmarks [--pairs N]

Each number is the CPU time of a whole process with its children, user and system together: it moves far less with the
machine's other work than a clock does. The two sides of a pair run one after the other, so that what disturbs one
disturbs both; the ratio is taken pair by pair. Every run starts cold, with an empty output folder. Linux and macOS.
"""

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "content" / "kazakhstan.yaml"
ONE_PAGE = ROOT / "content" / "kazakhstan.ru.yaml"
COMPARED = ["weasyprint", "jinja2", "pydantic", "python-docx", "pyyaml", "markdown-it-py", "uharfbuzz"]

Command = Callable[[Path], list[str]]


@dataclass(frozen=True)
class Run:
    """What one process cost: CPU seconds, and the most memory it held at once in MiB."""

    cpu: float
    memory: float


def briefing(*arguments: str) -> Command:
    return lambda folder: [
        sys.executable,
        "-m",
        "briefing",
        *(each.replace("FOLDER", str(folder)) for each in arguments),
    ]


def build(formats: str) -> Command:
    return briefing("build", str(SAMPLE), "-f", formats, "-o", "FOLDER")


def fitted(theme: str) -> Command:
    """A brief of one page; in the theme chancery it has to be tightened, which takes four layouts."""
    return briefing("build", str(ONE_PAGE), "-f", "pdf", "-o", "FOLDER", "--theme", theme)


def naive(folder: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("naive.py")), str(SAMPLE), str(folder)]


def nothing(_: Path) -> list[str]:
    return [sys.executable, "-c", "pass"]


PAIRS: list[tuple[str, Command, str, Command]] = [
    ("HTML, PDF and Word of the sample", build("html,pdf,docx"), "naive script, PDF alone", naive),
    ("PDF alone", build("pdf"), "naive script, PDF alone", naive),
    ("HTML alone", build("html"), "naive script, PDF alone", naive),
    ("Word alone", build("docx"), "naive script, PDF alone", naive),
    ("PDF that is fitted to its page", fitted("chancery"), "PDF that fits as it is", fitted("standard")),
    ("briefing --help", briefing("--help"), "python -c pass", nothing),
]


def measure(command: Command) -> Run:
    """Runs the command in an empty folder of its own. An exit code other than 0 ends the benchmark: it measured nothing."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        line = command(Path(folder))
        process = subprocess.Popen(line, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(
                f"{' '.join(line)} ended with {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}"
            )
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def row(ours: Command, theirs: Command, pairs: int) -> tuple[list[Run], list[Run], list[float]]:
    """One warming run of each side, which counts for nothing, then the pairs; the order changes from pair to pair."""
    measure(ours), measure(theirs)
    left, right = [], []
    for number in range(pairs):
        for side, command in [(left, ours), (right, theirs)][:: 1 if number % 2 else -1]:
            side.append(measure(command))
    return left, right, [a.cpu / b.cpu for a, b in zip(left, right, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="How much work briefing is beside a naive script.")
    parser.add_argument("--pairs", type=int, default=7, help="pairs of runs for each line (default 7)")
    pairs = parser.parse_args().pairs
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ["briefing", *COMPARED])
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n{versions}"
    )
    print(f"Medians of {pairs} pairs of cold runs; the ratio with its lowest and highest pair; memory is the peak.\n")
    head = f"{'ours':<34}{'CPU s':>7}{'MiB':>6}  {'beside':<26}{'CPU s':>7}{'MiB':>6}  ratio"
    print(head, "-" * len(head), sep="\n")
    for name, ours, other, theirs in PAIRS:
        left, right, ratios = row(ours, theirs, pairs)
        cells = [
            f"{label:<{width}}{statistics.median(run.cpu for run in runs):>7.3f}{statistics.median(run.memory for run in runs):>6.0f}"
            for label, width, runs in ((name, 34, left), (other, 26, right))
        ]
        print(*cells, f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", sep="  ", flush=True)


if __name__ == "__main__":
    main()
