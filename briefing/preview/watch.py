"""Watch the files of a project: content, pictures, data, templates, and ``briefing.yaml``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import awatch

from briefing.project import PROJECT_FILE

#: Folders of a project, or beside a content file, that are watched with their subfolders.
DEEP = ("content", "templates", "data", "images")
#: Milliseconds to wait for more changes, and at most in all: an editor that saves by renaming makes several at once.
STEP, PATIENCE = 10, 50


async def watch(project: Path, contents: Callable[[], Iterable[Path]], changed: Callable[[], None]) -> None:
    """Call ``changed`` after each change of a file that a brief may be built from, until cancelled.

    ``contents`` returns the content files. Of the folder of each, its files and the folders of :data:`DEEP` are
    watched.
    """
    while True:
        deep, flat = _folders(project, contents())
        restart = asyncio.Event()

        async def follow(folders: set[Path], *, recursive: bool, restart: asyncio.Event) -> None:
            places = awatch(*folders, recursive=recursive, step=STEP, debounce=PATIENCE, stop_event=restart)
            async for found in places:
                paths = {Path(path) for _, path in found}
                # A folder was created, removed or replaced: watching must start again with the present folders.
                replaced = any(path.name in DEEP for path in paths) and not recursive
                if recursive or replaced or any(path.name == PROJECT_FILE or path in contents() for path in paths):
                    changed()
                if replaced:
                    restart.set()

        watched = [(folders, recursive) for folders, recursive in ((deep, True), (flat, False)) if folders]
        try:
            await asyncio.gather(*(follow(folders, recursive=each, restart=restart) for folders, each in watched))
        except FileNotFoundError:  # a folder was removed before watching began
            await asyncio.sleep(0.2)
        if not flat:  # the project was removed; it may come back
            await asyncio.sleep(0.5)


def _folders(project: Path, contents: Iterable[Path]) -> tuple[set[Path], set[Path]]:
    """The folders to watch with their subfolders, and those to watch without."""
    beside = {project, *(path.parent for path in contents)}
    deep = {folder / name for folder in beside for name in DEEP if (folder / name).is_dir()}
    flat = {folder for folder in beside if folder.is_dir() and not any(folder.is_relative_to(one) for one in deep)}
    return {one for one in deep if not any(one.is_relative_to(other) for other in deep - {one})}, flat
