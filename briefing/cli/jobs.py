"""Run jobs on an executor; their outcomes are returned in the order of the jobs."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.pipeline import Job, Outcome
    from briefing.workers.pool import Limits


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
    from briefing.workers.pool import outcome_of

    finished: queue.SimpleQueue[Job] = queue.SimpleQueue()

    def watched(job: Job) -> Future[Outcome]:
        future = executor.submit(work, job)
        future.add_done_callback(lambda _: finished.put(job))
        return future

    futures = [watched(job) for job in jobs]
    for _ in jobs:
        done(_next_finished(finished).content)
    return [outcome_of(future, job) for job, future in zip(jobs, futures, strict=True)]


def _next_finished(finished: queue.SimpleQueue[Job]) -> Job:
    while True:
        try:
            # Windows does not interrupt a wait without a timeout, even for Ctrl-C.
            return finished.get(timeout=0.5)
        except queue.Empty:
            continue
