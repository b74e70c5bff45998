"""Watching the files of a project: its content with pictures and data, its templates, and ``briefing.yaml``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import awatch

from briefing.project import PROJECT_FILE

__all__ = ["watch"]

#: Folders beside a project's ``briefing.yaml`` that are watched with all that is in them.
DEEP = ("content", "templates", "data", "images")
#: Milliseconds in which the changes that belong together are gathered, as when an editor saves by renaming.
STEP, PATIENCE = 10, 50


async def watch(project: Path, contents: Callable[[], Iterable[Path]], changed: Callable[[], None]) -> None:
    """Call ``changed`` after each change of a file that a brief may be made from, until cancelled.

    ``contents`` are the content files; those elsewhere in the project are watched with the folders beside them.
    """
    while True:
        deep, flat = _folders(project, contents())
        moved = asyncio.Event()

        async def follow(folders: set[Path], *, recursive: bool, moved: asyncio.Event) -> None:
            places = awatch(*folders, recursive=recursive, step=STEP, debounce=PATIENCE, stop_event=moved)
            async for found in places:
                paths = {Path(path) for _, path in found}
                # A folder has come or gone, or another one has been put in its place: those are to be watched anew.
                turned = any(path.name in DEEP for path in paths) and not recursive
                if recursive or turned or any(path.name == PROJECT_FILE or path in contents() for path in paths):
                    changed()
                if turned:
                    moved.set()

        try:
            await asyncio.gather(
                *(
                    follow(folders, recursive=recursive, moved=moved)
                    for folders, recursive in ((deep, True), (flat, False))
                    if folders
                )
            )
        except FileNotFoundError:  # a folder has gone between the look and the watch
            await asyncio.sleep(0.2)
        if not flat:  # the whole project has gone; it may come back
            await asyncio.sleep(0.5)


def _folders(project: Path, contents: Iterable[Path]) -> tuple[set[Path], set[Path]]:
    """The folders to watch with all that is in them, and those of which only the files beside matter."""
    beside = {project, *(path.parent for path in contents)}
    deep = {folder / name for folder in beside for name in DEEP if (folder / name).is_dir()}
    flat = {folder for folder in beside if folder.is_dir() and not any(folder.is_relative_to(one) for one in deep)}
    return {one for one in deep if not any(one.is_relative_to(other) for other in deep - {one})}, flat
