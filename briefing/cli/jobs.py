"""Make jobs from briefs, and run them on an executor."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .briefs import BriefPath, relative_path

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from briefing.pipeline import Job, Outcome
    from briefing.workers.pool import Limits


def job_of(brief: BriefPath, output: Path | None = None, **options: Any) -> Job:
    """The job of a brief, with paths as messages show them; ``options`` are further fields of the job."""
    from briefing.pipeline import Job

    return Job(
        str(relative_path(brief.content)),
        str(relative_path(output)) if output else "",
        project=str(relative_path(brief.project)),
        today=dt.date.today(),  # noqa: DTZ011 - the date in the time zone of the user
        debug=os.environ.get("BRIEFING_DEBUG") == "1",
        **options,
    )


def cores() -> int:
    """The number of processors that this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def make_executor(jobs: Sequence[Job], count: int | None, limits: Limits, cluster: str | None = None) -> Executor:
    """Worker processes, as many as asked for but never more than jobs, or the workers of a cluster.

    Raises :class:`SetupError` and :class:`MachineError` when the cluster cannot be used.
    """
    if cluster is not None:
        from briefing.workers.cluster import Cluster

        return Cluster(cluster, jobs, limits)
    from briefing.workers.pool import WorkerPool

    return WorkerPool(max(1, min(count or cores(), len(jobs))), limits)


def run_jobs(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], executor: Executor, done: Callable[[str], None]
) -> list[Outcome]:
    """The outcomes, in the order of the jobs. ``done`` is called with the content file of each job that has ended."""
    from concurrent.futures import FIRST_COMPLETED, wait

    from briefing.workers.pool import TICK, outcome_of

    futures = {executor.submit(work, job): job for job in jobs}
    unfinished = set(futures)
    while unfinished:
        finished, unfinished = wait(unfinished, timeout=TICK, return_when=FIRST_COMPLETED)
        for future in finished:
            done(futures[future].content)
    return [outcome_of(future, job) for future, job in futures.items()]
