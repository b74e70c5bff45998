"""The preview session of one brief: its last valid output, its present problems, and its rendering after each save.

There are two worker processes: one for HTML and pictures of pages, one for the PDF, which takes half a second. With
two, the HTML of a save never waits for the PDF of the one before.
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
from briefing.pipeline import Job, Outcome, Rendered, render
from briefing.workers.pool import Limits, WorkerPool, outcome_of
from briefing.writers import WRITERS
from briefing.writers.output import PageMap

from .editor_links import as_place, as_problem, sorted_diagnostics
from .latest import Latest
from .page_images import picture

T = TypeVar("T")

#: Calls after which a worker is replaced. It is more than in a build, because the first call of a worker is slow.
CALLS = 5000


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """A brief that the page lists: its name there, and the job that builds it."""

    name: str
    job: Job


@dataclass(frozen=True, slots=True)
class PaneState:
    """The content of a pane: a document, the number of the file state it was built from, its pages, its positions."""

    state: int = 0
    data: bytes = b""
    sheets: tuple[PageMap, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problems:
    """The diagnostics of one state of the files."""

    state: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


class PreviewRefused(Exception):  # noqa: N818 - an answer to a request, not an error of the program
    """A request cannot be answered; the text is the reason."""


class Workers:
    """The two worker processes that all sessions share: ``quick`` for HTML and pictures, ``slow`` for PDFs."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.quick = WorkerPool(1, limits, calls=CALLS)
        self.slow = WorkerPool(1, limits, calls=CALLS)

    def leave(self) -> None:
        """Shut both worker pools down, and cancel calls that wait."""
        for workers in (self.quick, self.slow):
            workers.shutdown(cancel_futures=True)


class Session:
    """The session of one brief: its two panes, and its viewers, each an event that is set when the state changes."""

    def __init__(self, listed: BriefEntry, project: Path, crew: Workers) -> None:
        self.listed, self.project, self.crew = listed, project, crew
        self.screen, self.pages = PaneState(), PaneState()
        self.lookers: set[asyncio.Event] = set()
        self.stale = True
        # States start at the time in ms, so that a page that is still open after a restart sees none of them twice.
        self._states = count(time.time_ns() // 1_000_000)
        self._state = 0
        self._screen_problems = self._pages_problems = Problems()
        self._only_pages: tuple[Diagnostic, ...] = ()
        self._runs = (Latest(self._set_screen, self._collect_problems), Latest(self._set_pages, self._collect_problems))
        self._files: tuple[int, Rendered] = (0, Rendered(Outcome(listed.job)))
        self._fetching = asyncio.Lock()

    def changed(self) -> None:
        """Render again after files have changed; without a viewer, only when one comes."""
        self.stale = not self.lookers
        if self.lookers:
            self._state = next(self._states)
            for run in self._runs:
                run.ask(self._state)
            self.tell()

    def tell(self) -> None:
        """Notify all viewers."""
        for looker in self.lookers:
            looker.set()

    def _collect_problems(self) -> None:
        # Problems that only the PDF shows stay until the next PDF is there. Otherwise they would vanish and come back
        # with each save.
        if self._screen_problems.state == self._pages_problems.state:
            self._only_pages = tuple(
                d for d in self._pages_problems.diagnostics if d not in self._screen_problems.diagnostics
            )
        self.tell()

    def news(self) -> dict[str, Any]:
        """The state of the session, ready for JSON: states of the panes, number of pages, whether busy, problems."""
        return {
            "screen": self.screen.state,
            "pages": self.pages.state,
            "count": len(self.pages.sheets),
            "busy": any(run.busy for run in self._runs),
            "problems": [
                as_problem(d, self.project)
                for d in sorted_diagnostics((*self._screen_problems.diagnostics, *self._only_pages))
            ],
        }

    def place(self, pane: str, path: str) -> dict[str, Any] | None:
        """The position of a data-path in the content, for the document that a pane shows; None if it has none."""
        span = (self.pages if pane == "pages" else self.screen).places.get(path)
        return None if span is None else as_place(span, self.project)

    async def picture(self, page: int, width: int) -> bytes:
        """A page, counted from 1, as a PNG ``width`` px wide. Raises :class:`PreviewRefused` if it cannot be drawn."""
        if not 1 <= page <= len(self.pages.sheets):
            raise PreviewRefused(f"there is no page {page}")
        future = self.crew.quick.submit(picture, self.pages.data, page, width)
        await _done(future)
        if future.exception() is not None:
            raise PreviewRefused("the page could not be drawn")
        return future.result()

    async def download(self, suffix: str) -> tuple[str, bytes]:
        """The name and bytes of an output file, as ``briefing build`` would write it now.

        Raises :class:`PreviewRefused` if it cannot be built.
        """
        async with self._fetching:
            state, files = self._files
            if state != self._state or not files.documents:
                state, files = self._state, await self._render(self.crew.slow, tuple(WRITERS), pointed=False)
                self._files = state, files
        if suffix not in files.documents:
            reasons = errors(files.outcome.diagnostics)
            raise PreviewRefused(
                f"this file cannot be made: {reasons[0].message}" if reasons else "there is no such format"
            )
        return f"{self.listed.job.name}.{suffix}", files.documents[suffix]

    async def _set_screen(self, state: int) -> None:
        made = await self._render(self.crew.quick, ("html",))
        self.screen, self._screen_problems = (
            _next_pane(self.screen, made, "html", state),
            Problems(state, made.outcome.diagnostics),
        )

    async def _set_pages(self, state: int) -> None:
        # They are shown even if there is a newer save already: they are still newer than the pages before.
        made = await self._render(self.crew.slow, ("pdf",))
        self.pages, self._pages_problems = (
            _next_pane(self.pages, made, "pdf", state),
            Problems(state, made.outcome.diagnostics),
        )

    async def _render(self, workers: WorkerPool, formats: tuple[str, ...], *, pointed: bool = True) -> Rendered:
        job = replace(self.listed.job, formats=formats)
        future = workers.submit(render, job, pointed=pointed)
        await _done(future)
        return future.result() if future.exception() is None else Rendered(outcome_of(future, job))  # type: ignore[arg-type]


def _next_pane(before: PaneState, made: Rendered, name: str, state: int) -> PaneState:
    """The new content of a pane: the old one if there is no document; the old state if its bytes are equal."""
    data = made.documents.get(name)
    if data is None:
        return before
    return PaneState(before.state if data == before.data else state, data, made.sheets, made.places)


async def _done(future: Future[T]) -> None:
    """Wait for the end of a worker's call without blocking the event loop; raises nothing if the call failed."""
    await asyncio.wait({waiting := asyncio.wrap_future(future)})
    waiting.exception()  # marks it as retrieved, or asyncio logs it; the caller checks the future itself
