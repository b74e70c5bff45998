"""All briefs of the preview: which there are, and the desk of each that somebody has looked at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from .desk import Crew, Desk, Listed

__all__ = ["Desks"]


class Desks:
    """``listed`` finds the briefs anew each time that it is asked; the first of them is shown first."""

    def __init__(self, listed: Callable[[], Sequence[Listed]], project: Path, crew: Crew) -> None:
        self.project, self.crew = project, crew
        self.closing = False
        self._listed = listed
        self._desks: dict[str, Desk] = {}
        self.names = self.look()
        self.first = self.names[0]

    def look(self) -> tuple[str, ...]:
        """Which briefs there are now. One that has gone keeps its desk, so that it is there again when its file is."""
        listed = self._listed()
        for one in listed:
            self._desks.setdefault(one.name, Desk(one, self.project, self.crew))
        return tuple(one.name for one in listed)

    def contents(self) -> set[Path]:
        """The content files of all briefs."""
        return {Path.cwd() / desk.listed.job.content for desk in self._desks.values()}

    def find(self, name: str) -> Desk | None:
        """The desk of a brief, by the very name that it is listed by: no name reaches another file."""
        return self._desks.get(name)

    def changed(self) -> None:
        """Files of the project have changed."""
        self.names = self.look()
        for desk in self._desks.values():
            desk.changed()

    def close(self) -> None:
        """Nobody is told anything any more."""
        self.closing = True
        for desk in self._desks.values():
            desk.tell()

    async def watch(self, desk: Desk) -> AsyncIterator[dict[str, Any]]:
        """How things stand, now and whenever that changes; what comes in between two looks is told as one."""
        looker = asyncio.Event()
        desk.lookers.add(looker)
        try:
            if desk.stale:
                desk.changed()
            looker.set()
            while True:
                await looker.wait()
                looker.clear()
                if self.closing:
                    return
                name = desk.listed.name
                names = self.names if name in self.names else (name, *self.names)
                yield {"brief": name, "briefs": names, **desk.news()}
        finally:
            desk.lookers.discard(looker)
