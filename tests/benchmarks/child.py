"""The cost of building a brief in a worker process: `python -m tests.benchmarks.child` prints it and never fails.

Paired runs of the same brief in HTML, built in the calling process and by a worker. CPU time of all processes together.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "content" / "kazakhstan.yaml"
HERE = "from briefing.pipeline import Job, build; import sys; from briefing.workers.pool import WorkerPool, outcome_of; job = Job(sys.argv[1], sys.argv[2], ('html',)); "
ALONE = HERE + "outcome = build(job)"
CHILD = HERE + "\nwith WorkerPool() as workers: outcome = outcome_of(workers.submit(build, job), job)"


def cpu(code: str) -> float:
    """The CPU time of one run and its child processes, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "-c", code + "\nsys.exit(outcome.exit_code)", str(SAMPLE), folder]
        process = subprocess.Popen(line, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"a run ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.child", description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=15)
    pairs = parser.parse_args().pairs
    cpu(ALONE), cpu(CHILD)
    costs = []
    for number in range(pairs):
        first, second = (ALONE, CHILD) if number % 2 else (CHILD, ALONE)
        found = {first: cpu(first), second: cpu(second)}
        costs.append((found[CHILD] - found[ALONE]) * 1000)
    print(
        f"a process of its own costs {statistics.median(costs):.0f} ms of CPU (median of {pairs} pairs, {min(costs):.0f} to {max(costs):.0f})"
    )


if __name__ == "__main__":
    main()
