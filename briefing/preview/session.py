"""The preview session of one brief: its latest HTML and PDF, rendered again after each save, and its viewers.

There are two worker processes: one for HTML and pictures of pages, one for the PDF, which takes half a second. With
two, the HTML of a save never waits for the PDF of the one before.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from briefing.diagnostics import Diagnostic, errors, sorted_diagnostics
from briefing.pipeline import Job, Outcome, Rendered, render
from briefing.workers.pool import Limits, WorkerPool, outcome_of
from briefing.writers import WRITERS

from .editor_links import as_place, as_problem
from .latest import Latest

T = TypeVar("T")

#: Calls after which a worker is replaced. It is more than in a build, because the first call of a worker is slow.
CALLS = 5000
#: The widest picture of a page, in pixels; an A4 page at 300 dpi has 2480.
WIDEST = 3000


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """A brief that the page lists: its name there, and the job that builds it."""

    name: str
    job: Job


class PreviewRefused(Exception):  # noqa: N818 - an answer to a request, not an error of the program
    """A request cannot be answered; the text is the reason."""


class Workers:
    """The two worker processes that all sessions share: ``quick`` for HTML and pictures, ``slow`` for PDFs."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.quick = WorkerPool(1, limits, calls=CALLS)
        self.slow = WorkerPool(1, limits, calls=CALLS)

    def stop(self) -> None:
        """Shut both worker pools down, and cancel calls that wait."""
        for pool in (self.quick, self.slow):
            pool.shutdown(cancel_futures=True)


class Session:
    """The session of one brief. Each of its ``viewers`` is an event that is set when the state changes."""

    def __init__(self, entry: BriefEntry, project: Path, workers: Workers) -> None:
        self.entry, self.project, self.workers = entry, project, workers
        self.screen = Latest("html", partial(self._render, workers.quick, "html"), self._collect_problems)
        self.pages = Latest("pdf", partial(self._render, workers.slow, "pdf"), self._collect_problems)
        self.viewers: set[asyncio.Event] = set()
        self.stale = True
        # States start at the time in ms, so that a page that is still open after a restart sees none of them twice.
        self._states = count(time.time_ns() // 1_000_000)
        self._state = 0
        self._only_in_pdf: tuple[Diagnostic, ...] = ()
        self._files: tuple[int, Rendered] = (0, Rendered(Outcome(entry.job)))
        self._fetching = asyncio.Lock()

    def changed(self) -> None:
        """Render again after files have changed; without a viewer, only when one comes."""
        self.stale = not self.viewers
        if self.viewers:
            self._state = next(self._states)
            self.screen.request(self._state)
            self.pages.request(self._state)
            self.notify()

    def notify(self) -> None:
        """Notify all viewers."""
        for viewer in self.viewers:
            viewer.set()

    def _collect_problems(self) -> None:
        # Problems that only the PDF shows stay until the next PDF is there. Otherwise they would vanish and come back
        # with each save.
        if self.screen.rendered == self.pages.rendered:
            self._only_in_pdf = tuple(d for d in self.pages.diagnostics if d not in self.screen.diagnostics)
        self.notify()

    def news(self) -> dict[str, Any]:
        """The state of the session, ready for JSON: states of the panes, number of pages, whether busy, problems."""
        problems = sorted_diagnostics((*self.screen.diagnostics, *self._only_in_pdf))
        return {
            "screen": self.screen.state,
            "pages": self.pages.state,
            "count": len(self.pages.sheets),
            "busy": self.screen.busy or self.pages.busy,
            "problems": [as_problem(problem, self.project) for problem in problems],
        }

    def place(self, pane: str, path: str) -> dict[str, Any] | None:
        """The position of a data-path in the content, for the document that a pane shows; None if it has none."""
        span = (self.pages if pane == "pages" else self.screen).places.get(path)
        return None if span is None else as_place(span, self.project)

    async def picture(self, page: int, width: int) -> bytes:
        """A page, counted from 1, as a PNG ``width`` px wide. Raises :class:`PreviewRefused` if it cannot be drawn."""
        if not 1 <= page <= len(self.pages.sheets):
            raise PreviewRefused(f"there is no page {page}")
        future = self.workers.quick.submit(draw_page, self.pages.data, page, width)
        if await _failed(future):
            raise PreviewRefused("the page could not be drawn")
        return future.result()

    async def download(self, suffix: str) -> tuple[str, bytes]:
        """The name and bytes of an output file, as ``briefing build`` would write it now.

        Raises :class:`PreviewRefused` if it cannot be built.
        """
        async with self._fetching:
            state, files = self._files
            if state != self._state or not files.documents:
                state, files = self._state, await self._render(self.workers.slow, *WRITERS, pointed=False)
                self._files = state, files
        if suffix not in files.documents:
            reasons = errors(files.outcome.diagnostics)
            reason = f"this file cannot be made: {reasons[0].message}" if reasons else "there is no such format"
            raise PreviewRefused(reason)
        return f"{self.entry.job.name}.{suffix}", files.documents[suffix]

    async def _render(self, workers: WorkerPool, *formats: str, pointed: bool = True) -> Rendered:
        job = replace(self.entry.job, formats=formats)
        future = workers.submit(render, job, pointed=pointed)
        return Rendered(outcome_of(future, job)) if await _failed(future) else future.result()  # type: ignore[arg-type]


async def _failed(future: Future[T]) -> bool:
    """Wait for the end of a worker's call without blocking the event loop; returns whether the call failed."""
    await asyncio.wait({waiting := asyncio.wrap_future(future)})
    return waiting.exception() is not None


def draw_page(pdf: bytes, page: int, width: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG ``width`` pixels wide, at most :data:`WIDEST`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        bitmap = sheet.render(scale=min(width, WIDEST) / sheet.get_width(), rev_byteorder=True)
        buffer = BytesIO()
        # The picture goes to the browser on this machine only: speed matters more than size.
        bitmap.to_pil().save(buffer, "PNG", compress_level=1)
        bitmap.close()
        sheet.close()
        return buffer.getvalue()
    finally:
        document.close()
