"""Briefs made by the workers of a running dask.distributed scheduler, on many machines.

It has the interface of :class:`.pool.WorkerPool`, ``concurrent.futures.Executor``. Each worker of the cluster has its
own pool, with the limits of this call, so a brief that never ends costs a process of the pool and not the worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
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
from briefing.pipeline import Job

from .pool import Limits, WorkerPool

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that a scheduler may take to answer, and that it may have no worker.
PATIENCE = 10
#: HOST:PORT, with or without the protocol, and an IPv6 address in brackets.
ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
#: The packages that determine the bytes of an output, besides the program itself.
LIBRARIES = (
    "babel", "fontpkg-source-sans-3", "fontpkg-source-serif-4", "jinja2", "lxml", "manimgx-fonts", "markdown-it-py",
    "pillow", "pydyf", "python-docx", "resvg-py", "uharfbuzz", "weasyprint", "XlsxWriter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Terms:
    """What applies to every worker: the limits, the folder of relative paths, and the required versions."""

    limits: Limits
    folder: str
    versions: dict[str, str]


class Cluster(Executor):
    """Runs calls on the workers of a scheduler, which have to see the same files under the same paths.

    Raises :class:`SetupError` when the package is not installed, or when a worker has another version of the program or
    does not see a file; :class:`MachineError` when no scheduler answers, or when it has no worker. A future's exception
    is what the call raised, or says that the call was lost. The scheduler gives the call of a dead worker to another.
    """

    def __init__(self, address: str, jobs: Sequence[Job], limits: Limits) -> None:
        paths = {path for job in jobs for path in (job.content, job.output, job.project or job.content)}
        folder = "" if all(map(os.path.isabs, paths)) else str(Path.cwd())
        self._terms = _Terms(limits, folder, _versions())
        self._client = _connected(address)
        with contextlib.ExitStack() as on_error:
            on_error.callback(self._client.close)
            _check_workers(self._client, address, self._terms, sorted({_existing(Path(folder, p)) for p in paths}))
            on_error.pop_all()
        self._executor: Executor = self._client.get_executor(pure=False)
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function of a module on one of the workers; function, arguments and result have to pickle."""
        return self._executor.submit(_work, self._terms, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor has it
        """Disconnect; the scheduler and its workers stay. ``cancel_futures`` cancels what has not begun."""
        self._closed.set()
        with contextlib.suppress(Exception):  # the scheduler may have stopped
            self._executor.shutdown(wait=wait and not cancel_futures)
        with contextlib.suppress(Exception):
            self._client.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Wait for the calls; after an exception (Ctrl-C) do not."""
        self.shutdown(cancel_futures=kind is not None)

    def _watch(self) -> None:
        """End the calls when the scheduler has had no worker for a while; it would wait for ever."""
        without_worker = 0
        while not self._closed.wait(1):
            with contextlib.suppress(Exception):  # a scheduler that has stopped fails the calls by itself
                without_worker = 0 if self._client.nthreads() else without_worker + 1
                if without_worker >= PATIENCE:
                    self._executor.shutdown(wait=False)
                    return


def _connected(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError:
        help_ = 'type: pip install "briefing[cluster]"; or leave --cluster out'
        message = "--cluster needs the package 'distributed', which is not installed"
        raise SetupError(Diagnostic("no-cluster", message, help=help_)) from None
    if not ADDRESS.fullmatch(address):
        help_ = "an address reads like tcp://10.0.0.5:8786; the scheduler shows its own when it starts"
        raise SetupError(Diagnostic("cluster-address", f"'{address}' is no address of a scheduler", help=help_))
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # its messages become our diagnostics
    security = distributed.Security()  # from dask's own configuration
    try:
        asyncio.run(_try_connection(address, security))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about versions: those that matter are compared below
            return distributed.Client(address, timeout=PATIENCE, security=security, set_as_default=False)
    except TypeError:
        help_ = "name them in dask's configuration, under distributed.comm.tls"
        message = f"{address} needs certificates, and dask knows of none"
        raise SetupError(Diagnostic("cluster-address", message, help=help_)) from None
    except OSError:  # and its subclass TimeoutError
        help_ = "look whether it is running (dask scheduler) and whether this machine reaches it, "
        help_ += "or leave --cluster out to make the briefs here"
        raise MachineError(Diagnostic("no-scheduler", f"no scheduler answers at {address}", help=help_)) from None


async def _try_connection(address: str, security: Any) -> None:
    """Connect once: a client would try again and again, and print errors."""
    connect = import_module("distributed.comm").connect
    arguments = security.get_connection_args("client")
    await (await asyncio.wait_for(connect(address, timeout=PATIENCE, **arguments), PATIENCE)).close()


def _check_workers(client: Any, address: str, terms: _Terms, paths: Sequence[str]) -> None:
    """Check every worker that is there now; one that comes later is checked with each call."""
    answers = client.run(_check, terms, paths, on_error="return")
    if not answers:
        help_ = f"start one on each machine that is to help: dask worker {address}"
        raise MachineError(Diagnostic("no-cluster-worker", f"the scheduler at {address} has no worker", help=help_))
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, SetupError):
            raise answer
        if isinstance(answer, BaseException):
            raise _other_version(worker, f"cannot start briefing {briefing.__version__} ({type(answer).__name__})")


def _check(terms: _Terms, paths: Sequence[str], dask_worker: Any) -> None:
    """Runs on a dask worker; raises SetupError when it cannot make these briefs, or not the same bytes."""
    here = _versions()
    for name, wanted in terms.versions.items():
        if here.get(name) != wanted:
            has = f"has {name} {here[name]}" if name in here else f"lacks {name}"
            raise _other_version(dask_worker.address, f"{has}, and here is {wanted}")
    for path in paths:
        if not Path(path).exists():
            help_ = "put the project where every worker finds it under the same path, on a shared drive, "
            help_ += "and let the workers read and write there"
            message = f"the worker at {dask_worker.address} does not see {path}"
            raise SetupError(Diagnostic("cluster-path", message, help=help_))


def _other_version(worker: str, problem: str) -> SetupError:
    help_ = "the same brief would differ from worker to worker: install the same briefing, with the same "
    help_ += "packages, on every machine of the cluster"
    return SetupError(Diagnostic("cluster-version", f"the worker at {worker} {problem}", help=help_))


def _existing(path: Path) -> str:
    """The path, or the part of it that exists: the folder for the outputs may still have to be made."""
    return str(next((part for part in (path, *path.parents) if part.exists()), path))


def _versions() -> dict[str, str]:
    """The versions of the program and its libraries; a package that is not installed is left out."""
    installed = {"briefing": briefing.__version__}
    for name in LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            installed[name] = version(name)
    return installed


#: The pool of this dask worker, by its limits; only that of the last limits is kept.
_pools: dict[Limits, WorkerPool] = {}
_guard = threading.Lock()


def _work(terms: _Terms, work: Callable[..., T], arguments: tuple[Any, ...], named: dict[str, Any]) -> T:
    """Runs on a dask worker: the call, in a process of its pool."""
    worker = import_module("distributed").get_worker()
    _check(terms, (), worker)
    with _guard:
        # dask starts its workers as daemons, which may not start processes. Those of the pool end with their parent.
        multiprocessing.current_process().daemon = False
        if terms.limits not in _pools:
            while _pools:
                _pools.popitem()[1].shutdown(wait=False)
            _pools[terms.limits] = WorkerPool(worker.state.nthreads, terms.limits)
        future: Future[T] = _pools[terms.limits].submit(_in_folder, terms.folder, work, arguments, named)
    return future.result()


def _in_folder(folder: str, work: Callable[..., T], arguments: tuple[Any, ...], named: dict[str, Any]) -> T:
    """Runs in a process of the pool: the call, in the folder of its relative paths."""
    if folder:
        os.chdir(folder)
    return work(*arguments, **named)
