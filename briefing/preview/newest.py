"""Work that follows a file: one state at a time, and of those that come in meanwhile only the newest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

__all__ = ["Newest"]


class Newest:
    """Runs ``work`` with the newest state that was asked for, and calls ``done``; those in between are passed over."""

    def __init__(self, work: Callable[[int], Awaitable[None]], done: Callable[[], None]) -> None:
        self._work, self._tell = work, done
        self._wanted = self._done = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a state that was asked for is not done yet."""
        return self._done != self._wanted

    def ask(self, state: int) -> None:
        """Ask for a state. What is running is finished first: to stop it would cost the warmth of its process."""
        self._wanted = state
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self.busy:
                state = self._wanted
                await self._work(state)
                self._done = state
                self._tell()
        finally:
            self._task = None
