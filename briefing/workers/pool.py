"""A pool of worker processes with limits, built on pebble.

The interface is ``concurrent.futures.Executor``: the command line, the preview and a cluster run the same unit of work,
:func:`briefing.pipeline.build`. A worker that crashes or exceeds a limit is replaced, and only its own call fails.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from tempfile import TemporaryDirectory
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from briefing.diagnostics import BriefingError, Diagnostic, MachineError
from briefing.pipeline import KEPT, Job, Outcome
from briefing.publish.lock import signals_deferred

from . import worker

P = ParamSpec("P")
T = TypeVar("T")

#: Calls after which a worker is replaced: each PDF leaks 0.1 MiB in the libraries that lay out text. A new worker costs
#: about as much time as two briefs.
CALLS = 50
#: Seconds between checks of a wait: Windows does not interrupt one without a timeout, even for Ctrl-C.
TICK = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one brief: seconds of CPU time, seconds on the clock, and MiB of memory; 0 is no limit.

    A brief of eighty pages, tightened to its page budget, takes about ten seconds and 130 MiB. Windows has no limits
    for a process, and macOS none for memory; there only the others apply.
    """

    processor: int = 30
    clock: int = 120
    memory: int = 1024


def limits(seconds: int | None = None, memory: int | None = None) -> Limits:
    """The limits that the user sets: seconds of CPU time (the clock gets four times as many), and MiB."""
    usual = Limits()
    seconds = usual.processor if seconds is None else seconds
    return Limits(seconds, seconds * 4, usual.memory if memory is None else memory)


class WorkerPool(Executor):
    """Runs calls in worker processes, one at a time in each.

    A worker is replaced after ``calls`` calls, and after one that ran out of memory or had an internal error. A
    future's exception is the one that the call raised, or a :class:`MachineError` with the reason for the exit of its
    process (``time-limit``, ``memory-limit``, ``worker-died``, ``no-process``).
    """

    def __init__(self, count: int = 1, limits: Limits | None = None, *, calls: int = CALLS) -> None:
        self.limits = Limits() if limits is None else limits
        self._count, self._calls = count, calls
        self._guard = threading.RLock()
        self._processes = Processes()
        _open_standard_channels()
        # The folder for the temporary files of all workers; None where the system has none.
        self._temporary: TemporaryDirectory[str] | None = None
        with contextlib.suppress(OSError):
            self._temporary = TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True)
        self._pools = [self._new_pool()]
        self._waiting: set[Future[Any]] = set()
        self._closed = self._stopped = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function of a module in a worker; function, arguments and result have to pickle."""
        if self._closed:
            raise RuntimeError("the pool is closed")
        message = pickle.dumps((fn, args, kwargs))
        future: Future[T] = Future()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        self._schedule(_Call(future, message))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor has it
        """Stop the workers when all calls have ended, or at once with ``cancel_futures``: also those that are running.

        A worker that is publishing files finishes the set, but pebble kills it after three seconds.
        """
        self._closed = True
        if not wait:
            threading.Thread(target=self.shutdown, kwargs={"cancel_futures": cancel_futures}, daemon=True).start()
            return
        if not cancel_futures:
            _wait_for(*self._waiting)
        with self._guard:
            self._stopped = True
        for future in tuple(self._waiting):
            future.cancel()
        for pool in self._pools:
            pool.stop()
        self._processes.terminate()
        for pool in self._pools:
            pool.join()
        if self._temporary:
            self._temporary.cleanup()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Wait for the calls; after an exception (Ctrl-C) stop them."""
        self.shutdown(cancel_futures=kind is not None)

    def _new_pool(self) -> ProcessPool:
        folder = self._temporary.name if self._temporary else ""
        return ProcessPool(self._count, self._calls, worker.prepare, (folder,), context=self._processes)

    def _schedule(self, call: _Call) -> None:
        """Hand a call to pebble, in a new pool if the last one is broken."""
        arguments = (call.message, self.limits.processor, self.limits.memory)
        try:
            with self._guard:
                if self._stopped:
                    return
                self._processes.prepare()
                if not self._pools[-1].active:
                    self._pools.append(self._new_pool())
                task = self._pools[-1].schedule(worker.call, arguments, timeout=self.limits.clock or None)
        except (OSError, RuntimeError) as error:  # no more processes, channels or threads
            call.fail(MachineError(self._exit_reason(error)))
        else:
            task.add_done_callback(lambda done: self._finish(call, done))

    def _finish(self, call: _Call, task: Future[bytes]) -> None:
        error = task.exception()
        refused = isinstance(error, ProcessExpired) and error.exitcode == worker.NOT_FIT
        # A worker that ends between two calls makes pebble give up all calls. Each worker can do so once.
        if (refused or isinstance(error, BrokenProcessPool)) and call.attempts < self._count:
            self._schedule(replace(call, attempts=call.attempts + 1))
        elif error is not None:
            call.fail(MachineError(self._exit_reason(error)))
        else:
            call.finish(task.result())

    def _exit_reason(self, error: BaseException) -> Diagnostic:
        """The reason why a call has no result, as a diagnostic."""
        if isinstance(error, TimeoutError):
            message = f"this brief was not done after {self.limits.clock} seconds; {KEPT}"
            advice = "close other programs and run again, or allow more with --time-limit"
            return Diagnostic("time-limit", message, help=advice)
        code = error.exitcode if isinstance(error, ProcessExpired) else None
        cause = error.__cause__ if isinstance(error, BrokenProcessPool) else error
        if code is None and isinstance(cause, OSError):
            message = f"the system starts no process for this brief: {cause.strerror or cause}"
            return Diagnostic("no-process", message, help="close other programs and run again")
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            message = f"this brief took more than {self.limits.processor} seconds of processor time; {KEPT}"
            advice = "look for a part of the content or theme that never ends, or allow more with --time-limit"
            return Diagnostic("time-limit", message, help=advice)
        return _died(type(error).__name__ if code is None else f"signal {-code}" if code < 0 else f"code {code}")


@dataclass(frozen=True, slots=True)
class _Call:
    """A submitted call: the future that its caller has, and its function and arguments, pickled."""

    future: Future[Any]
    message: bytes
    attempts: int = 0

    def finish(self, answer: bytes) -> None:
        """Set the result or the exception that the worker sent."""
        try:
            succeeded, value = pickle.loads(answer)  # noqa: S301 - from our own process
        except Exception as error:  # noqa: BLE001 - an exception that pickles may still fail to unpickle
            succeeded, value = False, error
        if not succeeded:
            # sys.exit in a call ends the call only.
            self.fail(value if isinstance(value, Exception) else MachineError(_died(type(value).__name__)))
        elif self.future.set_running_or_notify_cancel():
            self.future.set_result(value)

    def fail(self, error: Exception) -> None:
        """Set the exception."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(error)


def _open_standard_channels() -> None:
    """Open the ones that are closed (``build >&-``), and let workers inherit all three.

    Otherwise a pipe of pebble would get the number of a closed one, and a worker would lose it.
    """
    with contextlib.suppress(OSError):  # too many open files: the start of a worker fails with a message
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(number)
        for number in range(3):
            os.set_inheritable(number, True)


def _wait_for(*futures: Future[Any]) -> None:
    while wait(futures, timeout=TICK).not_done:
        pass


def _died(cause: str) -> Diagnostic:
    return Diagnostic(
        "worker-died",
        f"the process that was making this brief has died ({cause}); {KEPT}",
        help="it may have run out of memory: allow more with --memory-limit; "
        "if it happens again please report it with the content file",
    )


def outcome_of(future: Future[Outcome], job: Job) -> Outcome:
    """The outcome of a job that any executor runs. The exit of its process becomes a diagnostic of it."""
    try:
        _wait_for(future)
        return future.result()
    except BriefingError as error:
        problems, exit_code = error.diagnostics, error.exit_code
    except Exception as error:  # noqa: BLE001 - any executor can lose a call, for example when the scheduler stops
        message = f"the process that was to make this brief has gone ({type(error).__name__}); {KEPT}"
        advice = "look whether the scheduler and its workers are still running, and run again"
        lost = Diagnostic("worker-died", f"{message}, or all of the new ones are there", help=advice)
        problems, exit_code = (lost,), MachineError.exit_code
    diagnostics = tuple(replace(problem, file=problem.file or job.content) for problem in problems)
    return Outcome(job, diagnostics=diagnostics, exit_code=exit_code)


#: With this variable a new Python does not import from the current folder, which may hold any file.
SAFE_PATH = "PYTHONSAFEPATH"
_starting = threading.Lock()


class Processes(SpawnContext):
    """A multiprocessing context that keeps the processes it makes.

    pebble ends them one after the other, after it has closed their pipes: a process that is still starting would print
    a traceback.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made: list[_Process] = []
        self._closed = False

    def prepare(self) -> None:
        """Start the standard library's process that releases semaphores. Raises OSError if it cannot be started."""
        if sys.platform != "win32":
            with _starting, _safe_path():
                resource_tracker.ensure_running()

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802 - as its base has it
        """A new process, which is not started yet."""
        if self._closed:
            raise ChildProcessError("the pool is closed")
        process = _Process(*args, **kwargs)
        self._made.append(process)
        return process

    def terminate(self) -> None:
        """End all processes, and make no more."""
        self._closed = True
        for process in self._made:
            if process.is_alive():
                process.terminate()


class _Process(SpawnProcess):
    def start(self) -> None:
        """Start the process."""
        # During its imports the process would print a traceback for Ctrl-C; it inherits the blocked signal.
        with _starting, _safe_path(), signals_deferred("SIGINT"):
            super().start()


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Set ``SAFE_PATH`` for the processes that are started in this context."""
    before = {name: value for name, value in os.environ.items() if name == SAFE_PATH}
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        del os.environ[SAFE_PATH]
        os.environ.update(before)
