"""The cost of one edit in a process that has built the brief before: `python -m tests.benchmarks.warm ours|naive FOLDER`.

It builds the project's brief in three formats, changes a word, builds it again, and prints the cost of the second build:
CPU time and wall-clock time in seconds, and the peak memory in MiB.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .runs import MAXRSS


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MAXRSS


def edit(content: Path) -> None:
    text = content.read_text(encoding="utf-8")
    changed = text.replace("A country of this size", "A country of such a size")
    assert changed != text
    content.write_text(changed, encoding="utf-8")


def timed(build: Callable[[], object], cpu: Callable[[], float], content: Path) -> tuple[float, float]:
    build()
    edit(content)
    before, start = cpu(), time.perf_counter()
    build()
    return cpu() - before, time.perf_counter() - start


def ours(content: Path, output: Path) -> None:
    """Build as the preview does, in a worker process that is kept."""
    from briefing.pipeline import Job, build
    from briefing.workers.pool import WorkerPool
    from tests.benchmarks.warm import peak  # under the name by which the worker can import it

    job = Job(str(content), str(output))
    with WorkerPool(1) as workers:

        def build_once() -> None:
            outcome = workers.submit(build, job).result()
            assert outcome.exit_code == 0, outcome.diagnostics

        def cpu() -> float:
            return time.process_time() + workers.submit(time.process_time).result()

        print(*timed(build_once, cpu, content), workers.submit(peak).result())


def naive(content: Path, output: Path) -> None:
    from .naive import make

    output.mkdir()
    print(*timed(lambda: make(content, output, ["html", "pdf", "docx"]), time.process_time, content), peak())


if __name__ == "__main__":
    (brief,) = Path(sys.argv[2]).glob("content/*.yaml")
    {"ours": ours, "naive": naive}[sys.argv[1]](brief, brief.parent.parent / "warm")
