"""Work on the latest state of the files: one state at a time, skipping those that are outdated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Latest:
    """Runs ``work`` with the latest requested state, then ``done``; states that are outdated by then are skipped."""

    def __init__(self, work: Callable[[int], Awaitable[None]], done: Callable[[], None]) -> None:
        self._work, self._after = work, done
        self._wanted = self._done = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a requested state is not done yet."""
        return self._done != self._wanted

    def ask(self, state: int) -> None:
        """Request a state. A running call is not stopped: that would end its worker, and a new one is slow."""
        self._wanted = state
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self.busy:
                state = self._wanted
                await self._work(state)
                self._done = state
                self._after()
        finally:
            self._task = None
