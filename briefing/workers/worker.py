"""The code of a worker process: it is prepared once, and runs one call at a time within the limits."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pebble

from briefing.diagnostics import MachineError
from briefing.pipeline import out_of_memory
from briefing.publish.lock import signals_deferred

MIB = 1024 * 1024
#: The exit code of a worker that refuses a call, because the one before may have left it in a bad state.
NOT_FIT = 75
#: New objects after which Python collects garbage, until the first call has ended, and later. The first call loads
#: libraries, and a brief has 100,000 objects, all of which are in use: an earlier collection finds nothing.
FIRST_THRESHOLD, LATER_THRESHOLD = 300_000, 50_000
#: Seconds after which a worker gives up waiting for a lock of pebble's that another worker held when it was killed: no
#: worker gets a call until then. The default is 60.
LOCK_TIMEOUT = 10


#: The number of earlier calls in this worker process, and whether they left it in a state to run another.
_state = SimpleNamespace(calls=0, fit=True)


def prepare(temporary: str = "") -> None:
    """Set up a worker process: it ends with its parent, prints nothing, and leaves no core dump.

    Its temporary files go into the folder ``temporary``, which the pool removes: a worker that is killed cannot.
    """
    tempfile.tempdir = temporary or None
    pebble.CONSTS.channel_lock_timeout = LOCK_TIMEOUT
    gc.set_threshold(FIRST_THRESHOLD, 20, 20)
    # pebble's own handler runs exit handlers, and only after a library call has returned.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # SIGTERM must reach the main thread only, which defers it while files are published.
    with signals_deferred():
        threading.Thread(target=_end_with_parent, daemon=True).start()
    if os.environ.get("BRIEFING_DEBUG") != "1":  # messages of libraries help only developers
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.dup2(2, 1)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def call(message: bytes, cpu_seconds: int, memory_mib: int) -> bytes:
    """Run a pickled call; returns, pickled, whether it succeeded, and its result or exception. A limit of 0 is none.

    It is unpickled here and not by pebble, which would import the call's modules while it locks the pool's channel.
    """
    if not _state.fit:
        # The pool replaces this process and gives the call to another one. Exit handlers could fail in a process that
        # has run out of memory, and the exit code would be another.
        os._exit(NOT_FIT)
    _collect_garbage()
    try:
        with _soft_limit("RLIMIT_CPU", cpu_seconds and int(time.process_time()) + cpu_seconds + 1):
            with _soft_limit("RLIMIT_AS", memory_mib * MIB):
                function, arguments, named = pickle.loads(message)  # noqa: S301 - from our own process
                result = function(*arguments, **named)
                answer = pickle.dumps((True, result))
            _state.fit = not _failed_inside(result)
    except MemoryError:
        _state.fit = False
        answer = pickle.dumps((False, MachineError(out_of_memory())))
    except BaseException as error:  # noqa: BLE001 - the caller handles it, including SystemExit
        answer = pickle.dumps((False, error))
    gc.set_threshold(LATER_THRESHOLD, 20, 20)
    return answer


def _collect_garbage() -> None:
    """Collect the garbage of the last call. What the first call loaded is excluded from later collections."""
    if _state.calls:
        gc.collect()
    if _state.calls == 1:
        gc.freeze()
    _state.calls += 1


def _failed_inside(result: object) -> bool:
    """Whether a call may have left its process in a bad state: it ran out of memory, or had an internal error."""
    codes = {getattr(diagnostic, "code", "") for diagnostic in getattr(result, "diagnostics", ())}
    return not codes.isdisjoint({"memory-limit", "internal"})


@contextlib.contextmanager
def _soft_limit(name: str, value: int) -> Iterator[None]:
    """Limit this process while a call runs, where the system can (not on Windows; memory not on macOS).

    pebble's own code runs without limits: a worker that is killed while it sends a result would block all others.
    """
    if sys.platform == "win32" or not value:
        yield
        return
    import resource

    kind = getattr(resource, name)
    before = resource.getrlimit(kind)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, before[1]))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, before)
