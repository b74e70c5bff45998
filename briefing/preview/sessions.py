"""All sessions of the preview, one for each brief."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from .session import BriefEntry, Session, Workers


class Sessions:
    """The sessions by name. ``briefs`` returns the present briefs; the first one is shown first."""

    def __init__(self, briefs: Callable[[], Sequence[BriefEntry]], project: Path, workers: Workers) -> None:
        self.project, self.workers = project, workers
        self.closing = False
        self._briefs = briefs
        self._sessions: dict[str, Session] = {}
        self.names = self._list_briefs()
        self.first = self.names[0]

    def _list_briefs(self) -> tuple[str, ...]:
        """The names of the present briefs. The session of a deleted one is kept, in case its file comes back."""
        entries = self._briefs()
        for entry in entries:
            self._sessions.setdefault(entry.name, Session(entry, self.project, self.workers))
        return tuple(entry.name for entry in entries)

    def contents(self) -> set[Path]:
        """The paths of the content files of all sessions."""
        return {Path.cwd() / session.entry.job.content for session in self._sessions.values()}

    def find(self, name: str) -> Session | None:
        """The session of exactly this name, or None: no other name can reach a file."""
        return self._sessions.get(name)

    def changed(self) -> None:
        """List the briefs again and render them, after files of the project have changed."""
        self.names = self._list_briefs()
        for session in self._sessions.values():
            session.changed()

    def close(self) -> None:
        """End all streams of :meth:`watch`."""
        self.closing = True
        for session in self._sessions.values():
            session.notify()

    async def watch(self, session: Session) -> AsyncIterator[dict[str, Any]]:
        """Yields the state of a session now and after each change; changes in quick succession are yielded as one."""
        viewer = asyncio.Event()
        session.viewers.add(viewer)
        try:
            if session.stale:
                session.changed()
            viewer.set()
            while True:
                await viewer.wait()
                viewer.clear()
                if self.closing:
                    return
                name = session.entry.name
                names = self.names if name in self.names else (name, *self.names)
                yield {"brief": name, "briefs": names, **session.news()}
        finally:
            session.viewers.discard(viewer)
