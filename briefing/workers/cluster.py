"""Briefs made by the workers of a dask.distributed scheduler that is running already: thousands, on many machines.

It is the same seam as that of :class:`briefing.workers.Workers`, ``concurrent.futures.Executor``, and the same unit of
work. Each worker of the cluster keeps child processes of its own with the limits of this call, so that a brief which
never ends costs a child and not the worker, and a worker of several threads makes several briefs.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import briefing
from briefing.diagnostics import BriefingError, Diagnostic, MachineError, SetupError
from briefing.press import Job

from . import Limits, Workers

__all__ = ["Cluster"]

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that a scheduler may take to answer.
PATIENCE = 10
#: What decides about the bytes of an output, beside the program itself.
LIBRARIES = ("weasyprint", "pydyf", "python-docx", "jinja2", "babel", "uharfbuzz", "resvg-py", "XlsxWriter", "pillow")


class Cluster(Executor):
    """Runs calls on the workers of a scheduler, which have to see the same files under the same paths.

    Raises :class:`SetupError` when the package is not there, or when a worker has another version of the program or
    does not see a file; :class:`MachineError` when no scheduler answers or when it has no worker.
    """

    def __init__(self, address: str, jobs: Sequence[Job], limits: Limits | None = None) -> None:
        self.limits = Limits() if limits is None else limits
        self._client = _connected(address)
        try:
            _agreed(self._client, address, [located(job) for job in jobs])
        except BaseException:
            self._client.close()
            raise
        self._executor: Executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function of a module on one of the workers; function, arguments and answer have to pickle."""
        places = tuple(located(each) if isinstance(each, Job) else each for each in args)
        return self._executor.submit(_within, self.limits, fn, places, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor has it
        """Leave the scheduler; it and its workers stay. ``cancel_futures`` takes back what has not begun."""
        try:
            self._executor.shutdown(wait=wait and not cancel_futures)
        finally:
            with contextlib.suppress(Exception):  # a scheduler that has gone needs no farewell
                self._client.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Wait for what is under way; but whoever leaves in a hurry (Ctrl-C) is not kept waiting."""
        self.shutdown(cancel_futures=kind is not None)


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise SetupError(
            Diagnostic(
                "no-cluster",
                "--cluster needs the package 'distributed', which is not installed",
                help='type: pip install "briefing[cluster]"; or leave --cluster out',
            )
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it has to say, we say in a sentence
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of packages: those that matter are compared below
            return Client(address, timeout=PATIENCE, set_as_default=False)
    except ValueError:
        raise SetupError(
            Diagnostic(
                "cluster-address",
                f"'{address}' is no address of a scheduler",
                help="an address reads like tcp://10.0.0.5:8786; the scheduler shows its own when it starts",
            )
        ) from None
    except (OSError, TimeoutError):
        raise MachineError(
            Diagnostic(
                "no-scheduler",
                f"no scheduler answers at {address}",
                help="look whether it is running (dask scheduler) and whether this machine reaches it, "
                "or leave --cluster out to make the briefs here",
            )
        ) from None


def _agreed(client: Any, address: str, jobs: Sequence[Job]) -> None:
    """Every worker has this program, in this version, and sees the files."""
    paths = sorted({path for job in jobs for path in (job.content, job.project or job.content, _ancestor(job.output))})
    answers = client.run(_report, paths, on_error="return")
    if not answers:
        raise MachineError(
            Diagnostic("no-cluster-worker", f"the scheduler at {address} has no worker", help=f"start one: dask worker {address}")
        )  # fmt: skip
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            raise _differs(worker, f"cannot start briefing ({type(answer).__name__}: {answer})")
        theirs, unseen = answer
        for name, ours in about().items():
            if theirs.get(name) != ours:
                raise _differs(worker, f"has {name} {theirs.get(name) or '(none)'}, and here is {ours}")
        if unseen:
            raise SetupError(
                Diagnostic(
                    "cluster-path",
                    f"the worker at {worker} does not see {unseen}",
                    help="put the project where every worker finds it under the same path, on a shared drive, "
                    "and let the workers read and write there",
                )
            )


def _differs(worker: str, what: str) -> BriefingError:
    return SetupError(
        Diagnostic(
            "cluster-version",
            f"the worker at {worker} {what}; the files would differ from worker to worker",
            help="install the same briefing, with the same packages, on every machine of the cluster",
        )
    )


def _ancestor(output: str) -> str:
    """The folder for the outputs, or as much of its path as there is already."""
    path = Path(output)
    return str(next((folder for folder in (path, *path.parents) if folder.is_dir()), path))


def about() -> dict[str, str]:
    """The versions of the program and of what decides about its outputs, by name."""
    found = {"briefing": briefing.__version__}
    for name in LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _report(paths: Sequence[str]) -> tuple[dict[str, str], str]:
    """What a worker says of itself: its versions, and the first of the paths that it does not see."""
    return about(), next((path for path in paths if not Path(path).exists()), "")


#: The child processes of this worker, by their limits; those of the last call alone are kept.
_kept: dict[Limits, Workers] = {}
_guard = threading.Lock()


def _within(limits: Limits, work: Callable[..., T], arguments: Sequence[Any], named: dict[str, Any]) -> T:
    """Run a call in a child process of this worker, as :class:`Workers` does on one machine."""
    with _guard:
        if limits not in _kept:
            while _kept:
                _kept.popitem()[1].shutdown(wait=False)
            _kept[limits] = Workers(_threads(), limits)
        workers = _kept[limits]
    return workers.submit(work, *arguments, **named).result()


def _threads() -> int:
    from distributed import get_worker

    return max(1, int(get_worker().state.nthreads))


def located(job: Job) -> Job:
    """The job with paths that hold in every folder: a worker is somewhere else."""
    return replace(
        job,
        content=str(Path(job.content).absolute()),
        output=str(Path(job.output).absolute()),
        project=None if job.project is None else str(Path(job.project).absolute()),
    )
