"""The parent's side: calls go to child processes, and come back as futures.

The seam is that of the standard library, ``concurrent.futures.Executor``: the command line, the preview and a cluster
run the same unit of work, :func:`briefing.press.press`.
"""

from __future__ import annotations

import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from briefing.diagnostics import BriefingError, Diagnostic, MachineError
from briefing.press import Job, Outcome

from . import processes
from .channel import HEAD, read_message

if TYPE_CHECKING:
    import subprocess

__all__ = ["Limits", "Workers", "limits", "made"]

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that a child has to finish the set that it is publishing, when all is to end at once.
GRACE = 1.0
#: A child that has made so many briefs makes room for a new one: each PDF leaves 0.1 MiB behind in the libraries that
#: set text, and a new start costs about as much as two briefs.
BRIEFS = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """What one brief may take: seconds of processor time, seconds on the clock, and MiB of memory; 0 is no limit.

    A brief of eighty pages, tightened to its page budget, takes about ten seconds and 130 MiB. Systems without limits
    for a process (Windows; memory on macOS) have the clock.
    """

    processor: int = 30
    clock: int = 120
    memory: int = 1024


def limits(seconds: int | None = None, memory: int | None = None) -> Limits:
    """The limits as somebody sets them: seconds of processor time (the clock gets four times as many), and MiB."""
    usual = Limits()
    seconds = usual.processor if seconds is None else seconds
    return Limits(seconds, seconds * 4, usual.memory if memory is None else memory)


class Workers(Executor):
    """Runs calls in child processes, one at a time in each. A child that dies is replaced; its call fails alone.

    After so many ``calls`` a child makes room for a new one, and after one that went wrong in the program itself. With
    ``copies`` the first children are copies of this process, where it can be copied; it should be small.

    A future's exception is what the call raised, or a :class:`MachineError` that says how its process ended
    (``time-limit``, ``memory-limit``, ``worker-died``).
    """

    def __init__(
        self, count: int = 1, limits: Limits | None = None, *, calls: int = BRIEFS, copies: bool = False
    ) -> None:
        self.limits = Limits() if limits is None else limits
        self.most = calls
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._children: set[_Child] = set()
        self._closed = self._hurry = False
        children = self._copies(count) if copies else [None] * count
        self._threads = [threading.Thread(target=self._serve, args=(child,), daemon=True) for child in children]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function of a module in a child; function, arguments and answer have to pickle."""
        if self._closed:
            raise RuntimeError("the workers have gone home")
        future: Future[T] = Future()
        self._calls.put(_Call(future, pickle.dumps((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor has it
        """Let the workers go; with ``cancel_futures`` at once, whatever they are doing."""
        self._closed = True
        if cancel_futures:
            self._hurry = True
            with suppress(queue.Empty):
                while (call := self._calls.get_nowait()) is not None:
                    call.future.cancel()
            for child in list(self._children):
                child.stop()
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Wait for what is under way; but whoever leaves in a hurry (Ctrl-C) is not kept waiting."""
        self.shutdown(cancel_futures=kind is not None)

    def _copies(self, count: int) -> list[_Child | None]:
        """The first child of each thread, where this process can be copied: before there are threads."""
        copies: list[_Child | None] = [None] * count
        if processes.can_be_copied():
            with suppress(OSError):  # whoever gets none asks again when there is work
                for place in range(count):
                    apart = tuple(channel for child in self._children for channel in child.channels())
                    copies[place] = child = _Child(
                        self.limits, processes.copied(self.limits.processor, self.limits.memory, apart)
                    )
                    self._children.add(child)
        return copies

    def _serve(self, child: _Child | None) -> None:
        while (call := self._calls.get()) is not None:
            if not call.future.set_running_or_notify_cancel():
                continue
            try:
                child = child or self._hire()
                ok, value = child.run(call.message)
            except MachineError as ended:
                self._children.discard(child)
                child = None
                call.future.set_exception(ended)
            else:
                if ok:
                    call.future.set_result(value)
                else:
                    call.future.set_exception(value)
                if child.done >= self.most or _went_wrong(value):
                    self._children.discard(child)
                    child.leave()
                    child = None
        if child is not None:
            child.leave()

    def _hire(self) -> _Child:
        """A new child. Raises :class:`MachineError` when the system gives no more processes, memory or channels."""
        try:
            child = _Child(self.limits, processes.started(self.limits.processor, self.limits.memory))
        except OSError as refusal:
            raise MachineError(_no_process(refusal)) from None
        self._children.add(child)
        if self._hurry:  # it was made while the others were told to stop
            child.stop()
        return child


@dataclass(frozen=True, slots=True)
class _Call:
    future: Future[Any]
    message: bytes


class _Child:
    """One child process, spoken to through its standard channels."""

    def __init__(self, limits: Limits, process: subprocess.Popen[bytes] | processes.Copy) -> None:
        self.limits = limits
        self.done = 0
        self.late = False
        self.process = process

    def channels(self) -> tuple[int, ...]:
        """The parent's ends of its channels."""
        return tuple(channel.fileno() for channel in (self.process.stdin, self.process.stdout) if channel)

    def run(self, message: bytes) -> tuple[bool, Any]:
        """Hand over a call and wait for the answer. Raises :class:`MachineError` when none comes."""
        clock = threading.Timer(self.limits.clock, self._too_late) if self.limits.clock else None
        if clock:
            clock.start()
        try:
            assert self.process.stdin and self.process.stdout  # noqa: S101, PT018 - they were asked for
            self.process.stdin.write(HEAD.pack(len(message)) + message)
            self.process.stdin.flush()
            answer = read_message(self.process.stdout)
        except OSError:
            answer = None
        finally:
            if clock:
                clock.cancel()
        if answer is None:
            self.kill()
            self.leave()
            raise MachineError(self._obituary(self.process.wait()))
        self.done += 1
        ok, value = pickle.loads(answer)  # noqa: S301 - it comes from our own process
        return ok, value

    def _too_late(self) -> None:
        self.late = True
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()

    def stop(self) -> None:
        """End it at once, but let it finish the set of files that it is publishing: that takes a moment."""
        self.process.terminate()
        grace = threading.Timer(GRACE, self.kill)
        grace.daemon = True
        grace.start()

    def leave(self) -> None:
        """Let it end by itself."""
        for channel in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # a child that has died takes no last words
                if channel:
                    channel.close()
        self.process.wait()

    def _obituary(self, code: int) -> Diagnostic:
        """Why a child ended without an answer, in words."""
        kept = "the files of the last build are as they were"
        limits = self.limits
        if self.late:
            return Diagnostic(
                "time-limit",
                f"this brief was not done after {limits.clock} seconds; {kept}",
                help="close other programs and run again, or allow more with --time-limit",
            )
        if sys.platform != "win32" and -code == signal.SIGXCPU:
            return Diagnostic(
                "time-limit",
                f"this brief took more than {limits.processor} seconds of processor time; {kept}",
                help="look for a part of the content or theme that never ends, or allow more with --time-limit",
            )
        died = f"signal {-code}" if code < 0 else f"code {code}"
        return Diagnostic(
            "worker-died",
            f"the process that was making this brief has died ({died}); {kept}",
            help="it may have run out of memory: allow more with --memory-limit; "
            "if it happens again please report it with the content file",
        )


def _went_wrong(value: object) -> bool:
    """Whether a call may have left something half done in its process: it ran out of memory, or met a fault of ours."""
    told = getattr(value, "diagnostics", ())
    return any(getattr(diagnostic, "code", "") in {"memory-limit", "internal"} for diagnostic in told)


def _no_process(refusal: OSError) -> Diagnostic:
    return Diagnostic(
        "no-process",
        f"the system starts no process for this brief: {refusal.strerror or refusal}",
        help="close other programs and run again",
    )


def made(future: Future[Outcome], job: Job) -> Outcome:
    """The outcome of a job that some executor runs; how its process ended is part of the outcome, not raised."""
    try:
        # On Windows nothing interrupts a wait without end, not even Ctrl-C.
        while not (wait([future], timeout=0.5).done):
            pass
        return future.result()
    except BriefingError as ended:
        diagnostics = tuple(replace(d, file=d.file or job.content) for d in ended.diagnostics)
        return Outcome(job, diagnostics=diagnostics, exit_code=ended.exit_code)
    except Exception as lost:  # noqa: BLE001 - an executor of any kind may lose a call: the scheduler has gone, a machine is off
        return Outcome(job, diagnostics=(_lost(job, lost),), exit_code=MachineError.exit_code)


def _lost(job: Job, lost: Exception) -> Diagnostic:
    return Diagnostic(
        "worker-died",
        f"the process that was to make this brief has gone ({type(lost).__name__}); the files of the last build are "
        "as they were, or all of the new ones are there",
        file=job.content,
        help="look whether the scheduler and its workers are still running, and run again",
    )
