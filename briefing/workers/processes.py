"""The start of worker processes for pebble, and their end, all at once."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from briefing.publish.lock import signals_deferred

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
