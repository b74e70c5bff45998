"""Protect a publication: one build at a time in an output folder, and no signal while files are replaced.

The system releases the lock when a process ends, so none is ever stale.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from briefing.diagnostics import Diagnostic, MachineError

LOCK = ".briefing.lock"
WAIT = 60.0  # seconds; publishing one set takes far less than one
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP}


@contextlib.contextmanager
def locked(folder: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the folder's lock. Raises :class:`MachineError` when another build still holds it after ``wait`` seconds."""
    path = folder / LOCK
    deadline = time.monotonic() + wait
    while (handle := _acquire(path)) is None:
        if time.monotonic() > deadline:
            message = f"another build is writing into {folder.as_posix()}"
            advice = "wait until it has finished, then run again"
            raise MachineError(Diagnostic("folder-in-use", message, help=advice))
        time.sleep(0.02)
    try:
        yield
    finally:
        # Removed while the lock is held, where possible; Windows does not remove an open file.
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                path.unlink()


def _acquire(path: Path) -> int | None:
    """The open file that carries the lock, or None if another build has it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except PermissionError:
        if sys.platform == "win32" and path.exists():
            return None  # it is just being removed
        raise
    try:
        held = _lock(handle)
        # The last holder may have removed the file in the meantime: then this lock protects nothing.
        if held and os.path.samestat(os.fstat(handle), os.stat(path)):  # noqa: PTH116 - beside os.fstat
            return handle
    except FileNotFoundError:
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in NO_LOCKS:
            return True  # a network folder without locks: build without one
        if isinstance(error, BlockingIOError | PermissionError) or error.errno in {errno.EACCES, errno.EDEADLK}:
            return False
        raise
    return True


@contextlib.contextmanager
def signals_deferred(*names: str) -> Iterator[None]:
    """Deliver signals, by default SIGTERM and SIGHUP, to this thread at the end of the context; not on Windows."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, map(signal.Signals.__getitem__, names or ("SIGTERM", "SIGHUP")))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
