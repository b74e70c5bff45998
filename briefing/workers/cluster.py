"""Briefs made by the workers of a dask.distributed scheduler that is running already: thousands, on many machines.

The seam is the one of :class:`.crew.Workers`, ``concurrent.futures.Executor``, and so is the unit of work.
Each worker of the cluster keeps child processes of its own, with the limits of this call: a brief that never ends costs
a child and not the worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import briefing
from briefing.diagnostics import Diagnostic, MachineError, SetupError
from briefing.press import Job

from .crew import Limits, Workers

__all__ = ["Cluster"]

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that a scheduler may take to answer, and that it may be without any worker.
PATIENCE = 10
#: HOST:PORT, with or without the protocol, and an address of IPv6 in brackets.
ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
UNSEEN = "does not see"
#: What decides about the bytes of an output, beside the program itself.
LIBRARIES = (
    "babel", "fontpkg-source-sans-3", "fontpkg-source-serif-4", "jinja2", "lxml", "manimgx-fonts", "markdown-it-py",
    "pillow", "pydyf", "resvg-py", "uharfbuzz", "weasyprint", "XlsxWriter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Terms:
    """What every worker has to keep to, so that it does not matter which of them makes a brief.

    ``folder`` is the current folder, where paths of the jobs start from it; ``versions`` are by the names of packages.
    """

    limits: Limits
    folder: str
    versions: tuple[tuple[str, str], ...]


class Cluster(Executor):
    """Runs calls on the workers of a scheduler, which have to see the same files under the same paths.

    Raises :class:`SetupError` when the package is not there, or when a worker has another version of the program or
    does not see a file; :class:`MachineError` when no scheduler answers, or when it has no worker. A future's exception
    is what the call raised, or whatever says that its worker has gone. The scheduler hands the call of a worker that
    dies to another one.
    """

    def __init__(self, address: str, jobs: Sequence[Job], limits: Limits) -> None:
        places = {place for job in jobs for place in (job.content, job.output, job.project or job.content)}
        folder = "" if all(map(os.path.isabs, places)) else str(Path.cwd())
        self._terms = _Terms(limits, folder, _versions())
        self._client = _connected(address)
        try:
            _agree(self._client, address, self._terms, sorted({_there(Path(folder, place)) for place in places}))
        except BaseException:
            self._client.close()
            raise
        self._executor: Executor = self._client.get_executor(pure=False)
        self._left = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function of a module on one of the workers; function, arguments and answer have to pickle."""
        return self._executor.submit(_work, self._terms, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor has it
        """Leave the scheduler; it and its workers stay. ``cancel_futures`` takes back what has not begun."""
        self._left.set()
        with contextlib.suppress(Exception):  # a scheduler that has gone needs no farewell
            self._executor.shutdown(wait=wait and not cancel_futures)
        with contextlib.suppress(Exception):
            self._client.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Wait for what is under way; but whoever leaves in a hurry (Ctrl-C) is not kept waiting."""
        self.shutdown(cancel_futures=kind is not None)

    def _watch(self) -> None:
        """A scheduler waits for a worker for ever; we give the calls up when there has been none for a while."""
        alone = 0
        while not self._left.wait(1):
            with contextlib.suppress(Exception):  # a scheduler that has gone gives the calls up by itself
                alone = 0 if self._client.nthreads() else alone + 1
                if alone >= PATIENCE:
                    self._executor.shutdown(wait=False)
                    return


def _connected(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise SetupError(
            Diagnostic(
                "no-cluster",
                "--cluster needs the package 'distributed', which is not installed",
                help='type: pip install "briefing[cluster]"; or leave --cluster out',
            )
        ) from None
    if not ADDRESS.fullmatch(address):
        raise SetupError(
            Diagnostic(
                "cluster-address",
                f"'{address}' is no address of a scheduler",
                help="an address reads like tcp://10.0.0.5:8786; the scheduler shows its own when it starts",
            )
        )
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # what it has to say, we say in a sentence
    security = distributed.Security()  # as dask's own configuration has it
    try:
        asyncio.run(_knock(address, security))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of packages: those that matter are compared below
            return distributed.Client(address, timeout=PATIENCE, security=security, set_as_default=False)
    except TypeError:
        raise SetupError(
            Diagnostic(
                "cluster-address",
                f"{address} needs certificates, and dask knows of none",
                help="name them in dask's configuration, under distributed.comm.tls",
            )
        ) from None
    except OSError:  # and with it TimeoutError
        raise MachineError(
            Diagnostic(
                "no-scheduler",
                f"no scheduler answers at {address}",
                help="look whether it is running (dask scheduler) and whether this machine reaches it, "
                "or leave --cluster out to make the briefs here",
            )
        ) from None


async def _knock(address: str, security: Any) -> None:
    """Whether anybody is there who speaks dask's language: a client that finds nobody waits long, and ends badly."""
    connect = import_module("distributed.comm").connect
    arguments = security.get_connection_args("client")
    comm = await asyncio.wait_for(connect(address, timeout=PATIENCE, **arguments), PATIENCE)
    await comm.close()


def _agree(client: Any, address: str, terms: _Terms, paths: Sequence[str]) -> None:
    """Ask every worker that is there now; one that comes later is asked with each call."""
    answers = client.run(_objection, terms, paths, on_error="return")
    if not answers:
        raise MachineError(
            Diagnostic(
                "no-cluster-worker",
                f"the scheduler at {address} has no worker",
                help=f"start one on each machine that is to help: dask worker {address}",
            )
        )
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            answer = f"cannot start briefing {briefing.__version__} ({type(answer).__name__})"  # noqa: PLW2901 - as it answers
        if answer:
            raise _refused(worker, answer)


def _objection(terms: _Terms, paths: Sequence[str] = ()) -> str:
    """Asked on a worker: what keeps it from making these briefs, if anything."""
    here = dict(_versions())
    for name, wanted in terms.versions:
        if here.get(name) != wanted:
            return (f"has {name} {here[name]}" if name in here else f"lacks {name}") + f", and here is {wanted}"
    return next((f"{UNSEEN} {path}" for path in paths if not Path(path).exists()), "")


def _refused(worker: str, objection: str) -> SetupError:
    message = f"the worker at {worker} {objection}"
    if objection.startswith(UNSEEN):
        return SetupError(
            Diagnostic(
                "cluster-path",
                message,
                help="put the project where every worker finds it under the same path, on a shared drive, "
                "and let the workers read and write there",
            )
        )
    return SetupError(
        Diagnostic(
            "cluster-version",
            message,
            help="the same brief would differ from worker to worker: install the same briefing, with the same "
            "packages, on every machine of the cluster",
        )
    )


def _there(path: Path) -> str:
    """The path, or as much of it as there is already: the folder for the outputs may have to be made."""
    return str(next((part for part in (path, *path.parents) if part.exists()), path))


def _versions() -> tuple[tuple[str, str], ...]:
    """The program and what decides about its outputs, by name; a package that is not installed is left out."""
    found = [("briefing", briefing.__version__)]
    for name in LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found.append((name, version(name)))
    return tuple(found)


#: The child processes of this worker, by the limits that they were started with; only those of the last call are kept.
_children: dict[Limits, Workers] = {}
_guard = threading.Lock()


def _work(terms: _Terms, work: Callable[..., T], arguments: tuple[Any, ...], named: dict[str, Any]) -> T:
    """Run on a worker: the call, in a child process as :class:`Workers` has them."""
    worker = import_module("distributed").get_worker()
    if objection := _objection(terms):
        raise _refused(worker.address, objection)
    with _guard:
        if terms.limits not in _children:
            while _children:
                _children.popitem()[1].shutdown(wait=False)
            _children[terms.limits] = Workers(worker.state.nthreads, terms.limits)
        future = _children[terms.limits].submit(_at_home, terms.folder, work, arguments, named)
    return future.result()


def _at_home(folder: str, work: Callable[..., T], arguments: tuple[Any, ...], named: dict[str, Any]) -> T:
    """Run in a child of a worker: the call, in the folder that it was made in, so that its paths and words hold."""
    if folder:
        os.chdir(folder)
    return work(*arguments, **named)
