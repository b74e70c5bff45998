"""The latest rendering of one format: states of the files are rendered one at a time, and outdated ones are skipped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from briefing.diagnostics import Diagnostic, Span
from briefing.pipeline import Rendered
from briefing.writers.output import PageMap


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
