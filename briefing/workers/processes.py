"""How a child comes to be: a new Python is started, or this process is copied.

A new Python loads a tenth of a build of HTML a second time. Linux alone copies a process safely, and only as long as
nothing runs beside it: everywhere else, and whenever a child has to be replaced, a new one is started.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import subprocess

__all__ = ["Copy", "can_be_copied", "copied", "started"]

#: What a child runs.
CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from briefing.workers.child import main; main(int(sys.argv[2]), int(sys.argv[3]))"
)


def started(processor: int, memory: int) -> subprocess.Popen[bytes]:
    """A new Python with these limits, in seconds and MiB. Raises OSError when the system gives none."""
    import subprocess

    return subprocess.Popen(  # noqa: S603 - ourselves
        # It looks for modules where the parent does, and never in the current folder, which may hold anything.
        [sys.executable, "-P", "-c", CHILD, json.dumps(_search_path()), str(processor), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What the libraries have to say when they die is for whoever mends the program.
        stderr=None if os.environ.get("BRIEFING_DEBUG") == "1" else subprocess.DEVNULL,
    )


def copied(processor: int, memory: int, apart: tuple[int, ...]) -> Copy:
    """A copy of this process with these limits. ``apart`` are the parent's ends of other children's channels.

    Raises OSError when the system gives no more processes or channels.
    """

    def serve() -> NoReturn:
        from .child import main

        sys.path[:] = _search_path()
        main(processor, memory)

    return Copy(serve, apart)


def _search_path() -> list[str]:
    """Where this process finds its modules, for the child to find the same ones."""
    here = str(Path(__file__).resolve().parent.parent.parent)
    folders = [folder for folder in sys.path if folder]
    return folders if here in folders else [*folders, here]


def can_be_copied() -> bool:
    """Whether this process can be copied: on Linux, with one thread, and with the standard channels open."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    try:
        return all(os.fstat(channel) for channel in (0, 1, 2))
    except OSError:  # a new channel would get the number of one that is closed
        return False


_ASIDE: list[object] = []


class Copy:
    """A copy of this process that runs ``main``: to its parent as good as a ``subprocess.Popen``."""

    def __init__(self, main: Callable[[], NoReturn], apart: tuple[int, ...]) -> None:
        self.returncode: int | None = None
        self._ended = threading.Lock()
        calls, self_calls = os.pipe()
        answers, self_answers = os.pipe()[::-1]
        self.pid = os.fork()
        if self.pid == 0:
            _be_a_child(main, calls, answers, (*apart, self_calls, self_answers))
        os.close(calls)
        os.close(answers)
        self.stdin: IO[bytes] = os.fdopen(self_calls, "wb")
        self.stdout: IO[bytes] = os.fdopen(self_answers, "rb")

    def kill(self) -> None:
        """End it at once."""
        self._send(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def _send(self, number: int) -> None:
        with self._ended:  # its number may be another process's as soon as it has been waited for
            if self.returncode is None:
                os.kill(self.pid, number)

    def wait(self) -> int:
        """Wait for its end; its exit code, or the signal that ended it, below nought."""
        with suppress(ChildProcessError):  # somebody has waited for it already
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        with self._ended:
            if self.returncode is None:
                self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode


def _be_a_child(main: Callable[[], NoReturn], calls: int, answers: int, others: tuple[int, ...]) -> NoReturn:
    """Take the place of a process that was started with these channels. It never comes back."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for channel in others:
            os.close(channel)
        os.dup2(calls, 0)
        os.dup2(answers, 1)
        if os.environ.get("BRIEFING_DEBUG") != "1":
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        # New ones, without what the parent has written and not sent yet; the old ones would close theirs as they go.
        _ASIDE.extend((sys.stdin, sys.stdout, sys.stderr))
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, closefd=False)  # noqa: SIM115 - they are open as long as the process
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        gc.freeze()
        main()
    finally:
        os._exit(1)
