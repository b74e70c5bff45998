"""All sessions of the preview, one for each brief."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from .session import BriefEntry, Session, Workers


class Sessions:
    """The sessions by name. ``listed`` returns the present briefs; the first one is shown first."""

    def __init__(self, listed: Callable[[], Sequence[BriefEntry]], project: Path, crew: Workers) -> None:
        self.project, self.crew = project, crew
        self.closing = False
        self._listed = listed
        self._desks: dict[str, Session] = {}
        self.names = self.look()
        self.first = self.names[0]

    def look(self) -> tuple[str, ...]:
        """The names of the present briefs. The session of a deleted one is kept, in case its file comes back."""
        listed = self._listed()
        for one in listed:
            self._desks.setdefault(one.name, Session(one, self.project, self.crew))
        return tuple(one.name for one in listed)

    def contents(self) -> set[Path]:
        """The paths of the content files of all sessions."""
        return {Path.cwd() / desk.listed.job.content for desk in self._desks.values()}

    def find(self, name: str) -> Session | None:
        """The session of exactly this name, or None: no other name can reach a file."""
        return self._desks.get(name)

    def changed(self) -> None:
        """List the briefs again and render them, after files of the project have changed."""
        self.names = self.look()
        for desk in self._desks.values():
            desk.changed()

    def close(self) -> None:
        """End all streams of :meth:`watch`."""
        self.closing = True
        for desk in self._desks.values():
            desk.tell()

    async def watch(self, desk: Session) -> AsyncIterator[dict[str, Any]]:
        """Yields the state of a session now and after each change; changes in quick succession are yielded as one."""
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
