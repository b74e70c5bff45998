"""A brief on the desk: its last good pages, what is wrong with it now, and how it is made anew after each save.

Two child processes share the work. One makes what is quick, the HTML and the pictures of pages; the other what takes
half a second, the PDF. So the HTML of the next save never waits for the PDF of the last.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from briefing.diagnostics import Diagnostic, Span, errors
from briefing.press import Job, Outcome, Proof, proof
from briefing.workers.pool import Limits, WorkerPool, outcome_of
from briefing.writers.pressed import Sheet

from .newest import Newest
from .pictures import picture
from .places import arrange, as_place, as_problem

__all__ = ["Crew", "Desk", "Listed", "Refused"]

T = TypeVar("T")

#: A worker of the preview is kept for longer than one of a build, because a new one has to warm up first.
CALLS = 5000


@dataclass(frozen=True, slots=True)
class Listed:
    """A brief that the page offers: the name it is listed by, and how it is made."""

    name: str
    job: Job


@dataclass(frozen=True, slots=True)
class Shown:
    """What a pane shows: a finished document, the state of the files that it was made from, and what stands where."""

    state: int = 0
    data: bytes = b""
    sheets: tuple[Sheet, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one state of the files."""

    state: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """There is nothing to hand out, and why."""


class Crew:
    """The two workers that all desks share."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.quick = WorkerPool(1, limits, calls=CALLS)
        self.slow = WorkerPool(1, limits, calls=CALLS)

    def leave(self) -> None:
        """Let them go, whatever they are doing."""
        for workers in (self.quick, self.slow):
            workers.shutdown(cancel_futures=True)


class Desk:
    """One brief, its two panes, and those who look at it."""

    def __init__(self, listed: Listed, project: Path, crew: Crew) -> None:
        self.listed, self.project, self.crew = listed, project, crew
        self.screen, self.pages = Shown(), Shown()
        self.lookers: set[asyncio.Event] = set()
        self.stale = True
        # Counted from the clock, so that a page that outlives the server takes no old state for a new one.
        self._states = count(time.time_ns() // 1_000_000)
        self._state = 0
        self._told = self._pages_told = Told()
        self._of_pages: tuple[Diagnostic, ...] = ()
        self._runs = (Newest(self._set_screen, self._news), Newest(self._set_pages, self._news))
        self._files: tuple[int, Proof] = (0, Proof(Outcome(listed.job)))
        self._fetching = asyncio.Lock()

    def changed(self) -> None:
        """Files have changed. While nobody looks, that is only noted down."""
        self.stale = not self.lookers
        if self.lookers:
            self._state = next(self._states)
            for run in self._runs:
                run.ask(self._state)
            self.tell()

    def tell(self) -> None:
        """There is news for all who look."""
        for looker in self.lookers:
            looker.set()

    def _news(self) -> None:
        # What the pages alone can tell stays until the next pages are there: a sentence that comes and goes with each
        # save would be a nuisance.
        if self._told.state == self._pages_told.state:
            self._of_pages = tuple(d for d in self._pages_told.diagnostics if d not in self._told.diagnostics)
        self.tell()

    def news(self) -> dict[str, Any]:
        """How things stand, for the page to show."""
        return {
            "screen": self.screen.state,
            "pages": self.pages.state,
            "count": len(self.pages.sheets),
            "busy": any(run.busy for run in self._runs),
            "problems": [as_problem(d, self.project) for d in arrange((*self._told.diagnostics, *self._of_pages))],
        }

    def place(self, pane: str, path: str) -> dict[str, Any] | None:
        """Where the words of a data-path stand in the content file, for the words that a pane shows."""
        span = (self.pages if pane == "pages" else self.screen).places.get(path)
        return None if span is None else as_place(span, self.project)

    async def picture(self, page: int, width: int) -> bytes:
        """A page as a picture. Raises :class:`Refused` when there is no such page."""
        if not 1 <= page <= len(self.pages.sheets):
            raise Refused(f"there is no page {page}")
        future = self.crew.quick.submit(picture, self.pages.data, page, width)
        await _done(future)
        if future.exception() is not None:
            raise Refused("the page could not be drawn")
        return future.result()

    async def download(self, suffix: str) -> tuple[str, bytes]:
        """Name and bytes of a finished file, as ``briefing build`` would write it now."""
        async with self._fetching:
            state, files = self._files
            if state != self._state or not files.documents:
                state, files = self._state, await self._proof(self.crew.slow, Job.FORMATS, pointed=False)
                self._files = state, files
        if suffix not in files.documents:
            reasons = errors(files.outcome.diagnostics)
            raise Refused(f"this file cannot be made: {reasons[0].message}" if reasons else "there is no such format")
        return f"{self.listed.job.name}.{suffix}", files.documents[suffix]

    async def _set_screen(self, state: int) -> None:
        made = await self._proof(self.crew.quick, ("html",))
        self.screen, self._told = _shown(self.screen, made, "html", state), Told(state, made.outcome.diagnostics)

    async def _set_pages(self, state: int) -> None:
        # Pages that a newer save has overtaken are shown until its own are there: they are newer than those before.
        made = await self._proof(self.crew.slow, ("pdf",))
        self.pages, self._pages_told = _shown(self.pages, made, "pdf", state), Told(state, made.outcome.diagnostics)

    async def _proof(self, workers: WorkerPool, formats: tuple[str, ...], *, pointed: bool = True) -> Proof:
        job = replace(self.listed.job, formats=formats)
        future = workers.submit(proof, job, pointed=pointed)
        await _done(future)
        return future.result() if future.exception() is None else Proof(outcome_of(future, job))  # type: ignore[arg-type]


def _shown(before: Shown, made: Proof, name: str, state: int) -> Shown:
    """What a pane shows now: what was made, unless nothing was, or nothing new."""
    data = made.documents.get(name)
    if data is None:
        return before
    return Shown(before.state if data == before.data else state, data, made.sheets, made.places)


async def _done(future: Future[T]) -> None:
    """Wait for a worker without holding anybody up."""
    await asyncio.wait({waiting := asyncio.wrap_future(future)})
    waiting.exception()  # it has been seen; who asked looks at the future itself
