"""The child's side: take calls from standard input, answer on standard output, stay within the limits."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
import signal
import sys
import threading
from typing import NoReturn

from briefing.diagnostics import MachineError
from briefing.press import no_memory
from briefing.publish.signals import signals_deferred

from .channel import HEAD, read_message

__all__ = ["main"]

MIB = 1024 * 1024
#: So many new objects, and Python looks which of them nobody needs any more. A brief is a hundred thousand that stay
#: until it is made, and before the first as many come with the libraries, which stay for good: to look sooner finds
#: nothing, and takes a twentieth of the time.
FIRST, LATER = 300_000, 50_000
#: A child that is asked for nothing for so long, in seconds, has time to sweep.
IDLE = 0.2


def main(processor: int, memory: int) -> NoReturn:
    """Serve until the parent closes the channel. ``processor`` is in seconds for each call, ``memory`` in MiB."""
    gc.set_threshold(FIRST, 20, 20)
    served = 0
    # Ctrl-C reaches the whole group of processes; it is the parent who decides what becomes of the brief.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    busy = threading.Event()
    calls = _calls(busy)
    # Whatever prints, prints where it does no harm: the answers have a channel of their own.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Made while there is memory to make it.
    too_much = pickle.dumps((False, MachineError(no_memory())))
    _limit_memory(memory)
    while (message := _next(calls, served)) is not None:
        served += 1
        _limit_processor(processor)
        answer = _answer(message) or too_much
        gc.set_threshold(LATER, 20, 20)
        busy.clear()
        try:
            answers.write(HEAD.pack(len(answer)) + answer)
            answers.flush()
        except BrokenPipeError:
            break  # nobody is there any more
    # Python would take down all that it has loaded, piece by piece; the system takes it back at once.
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os._exit(0)


def _next(calls: queue.SimpleQueue[bytes | None], served: int) -> bytes | None:
    """The next call, and before it is answered the child is swept: while it waits, if the call lets it wait."""
    waiting: list[bytes | None] = []
    if served:
        with contextlib.suppress(queue.Empty):
            waiting.append(calls.get(timeout=IDLE))
        if waiting != [None]:
            _sweep(served)
    return waiting[0] if waiting else calls.get()


def _sweep(served: int) -> None:
    """Take away what the last brief has left. What the first one has loaded stays, and is not looked through again."""
    gc.collect()
    if served == 1:
        gc.freeze()


def _calls(busy: threading.Event) -> queue.SimpleQueue[bytes | None]:
    """The parent's calls, as they come; None at the end. ``busy`` is set with each.

    They are read beside the work, so that a child whose parent is killed notices and ends too, on every system.
    """
    calls: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def read() -> None:
        while (message := read_message(sys.stdin.buffer)) is not None:
            busy.set()
            calls.put(message)
        calls.put(None)
        if busy.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=read, daemon=True)
    # Signals are for the thread that works: it holds them back while it publishes.
    with signals_deferred():
        thread.start()
    return calls


def _answer(message: bytes) -> bytes | None:
    """The answer to a call; None where the memory does not even hold that."""
    try:
        function, arguments, named = pickle.loads(message)  # noqa: S301 - it comes from our own process
        return pickle.dumps((True, function(*arguments, **named)))
    except MemoryError:
        return None
    except Exception as fault:  # noqa: BLE001 - it is the caller's to handle
        return pickle.dumps((False, fault))


def _limit_memory(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has limits
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory * MIB, memory * MIB))


def _limit_processor(seconds: int) -> None:
    """From now on so many seconds: the limit counts from the beginning of the process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        if seconds:
            used = resource.getrusage(resource.RUSAGE_SELF)
            limit = int(used.ru_utime + used.ru_stime) + seconds + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
