"""The preview session of one brief: its latest HTML and PDF, rendered again after each save, and its viewers.

There are two worker processes: one for HTML and pictures of pages, one for the PDF, which takes half a second. With
two, the HTML of a save never waits for the PDF of the one before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from briefing.diagnostics import Diagnostic, Span, errors, sorted_diagnostics
from briefing.pipeline import Job, Outcome, Rendered, render
from briefing.workers.pool import Limits, WorkerPool, outcome_of
from briefing.writers import WRITERS
from briefing.writers.output import PageMap

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


class Latest:
    """The last good document of one format, and the diagnostics of the last state that was rendered.

    ``state`` is the state of the files in which the document's bytes last changed, ``rendered`` the last one that was
    rendered. ``changed`` is called after each rendering.
    """

    def __init__(self, suffix: str, render: Callable[[], Awaitable[Rendered]], changed: Callable[[], None]) -> None:
        self._suffix, self._render, self._changed = suffix, render, changed
        self.data, self.state = b"", 0
        self.sheets: tuple[PageMap, ...] = ()
        self.places: Mapping[str, Span] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.rendered = self._wanted = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a requested state is not rendered yet."""
        return self.rendered != self._wanted

    def request(self, state: int) -> None:
        """Request a state. A running call is not stopped: that would end its worker, and a new one is slow."""
        self._wanted = state
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self.busy:
                state = self._wanted
                made = await self._render()
                # The document is shown even if there is a newer save already: it is still newer than the one before.
                data = made.documents.get(self._suffix)
                if data is not None:
                    self.state = self.state if data == self.data else state
                    self.data, self.sheets, self.places = data, made.sheets, made.places
                self.diagnostics, self.rendered = made.outcome.diagnostics, state
                self._changed()
        finally:
            self._task = None


def as_problem(diagnostic: Diagnostic, project: Path) -> dict[str, Any]:
    """A diagnostic, ready for JSON. ``end`` is the end column of its span, or None if that goes on in another line."""
    span = diagnostic.span or (Span(diagnostic.file, 1, 1, 1, 1) if diagnostic.file else None)
    end = diagnostic.span.end_column if diagnostic.span and diagnostic.span.end_line == diagnostic.span.line else None
    return {
        **{name: str(getattr(diagnostic, name)) for name in ("severity", "code", "message", "label", "help")},
        "excerpt": diagnostic.excerpt.rstrip() if diagnostic.span else "",
        "end": end,
        "place": as_place(span, project) if span else None,
    }


def as_place(span: Span, project: Path) -> dict[str, Any]:
    """A position, ready for JSON: file as messages show it, line, column, and the link that opens it in VS Code."""
    return {"file": span.file, "line": span.line, "column": span.column, "link": _link(span, project)}


def _link(span: Span, project: Path) -> str:
    """The link to VS Code; empty if there is no such file.

    Paths are relative to the current folder, those of a theme to the project.
    """
    path = next((p for p in (Path.cwd() / span.file, project / span.file) if p.is_file()), None)
    if path is None:
        return ""
    return f"vscode://file/{quote(path.as_posix().lstrip('/'), safe='/:')}:{span.line}:{span.column}"
