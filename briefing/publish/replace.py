"""Replace old files by new ones; if a step fails, the old ones are restored."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Self

from briefing.diagnostics import Diagnostic, MachineError

from .files import NEW, OLD, sync_folder
from .manifest import fingerprint


class AtomicReplace:
    """Moves files with a temporary name into place. If the context ends with an exception, it restores the old files.

    ``known`` are the hashes in the manifest: a Word file with another one was edited, and is renamed.
    """

    def __init__(self, folder: Path, known: Mapping[str, str]) -> None:
        self.folder = folder
        self.known = known
        self.edited: list[Path] = []
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._undo.close()
            sync_folder(self.folder)

    def keep_old(self, names: Iterable[str]) -> None:
        """Give each old file a second name, from which it can be restored; one from a killed build stays."""
        for name in names:
            old, second = self.folder / name, self.folder / f"{OLD}{name}"
            if old.is_file() and not os.path.lexists(second):
                try:
                    second.hardlink_to(old)
                except OSError:  # a file system without links, or another owner's file
                    import shutil

                    shutil.copy2(old, second)

    def put(self, name: str, digest: str = "") -> None:
        """Move the temporary file of this name into place; ``digest`` is its hash."""
        target = self.folder / name
        ours = {digest, self.known.get("docx")}
        if target.suffix == ".docx" and target.is_file() and fingerprint(target.read_bytes()) not in ours:
            aside = _dated(target)
            _rename(target, aside)
            self._undo.callback(_move_back, aside, target)
            self.edited.append(aside)
        _rename(self.folder / f"{NEW}{name}", target)
        self._undo.callback(self._restore, name)

    def _restore(self, name: str) -> None:
        """Restore the old file. The new one keeps its temporary name, because the next run needs it after a crash."""
        target, second = self.folder / name, self.folder / f"{OLD}{name}"
        with contextlib.suppress(OSError):
            (self.folder / f"{NEW}{name}").hardlink_to(target)
        with contextlib.suppress(OSError):
            if second.is_file():
                second.replace(target)
            else:
                target.unlink()


def _move_back(aside: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        # It has been restored from its second name already, unless the new file was never moved into place.
        if target.is_file() and target.samefile(aside):
            aside.unlink()
        else:
            aside.replace(target)


def _rename(path: Path, target: Path) -> None:
    """Rename a file. Raises :class:`MachineError` if another program holds it open, so that it cannot be replaced."""
    try:
        path.replace(target)
    except PermissionError:
        if target.exists() or path.suffix == ".docx":
            held = target if path.name.startswith(NEW) else path
            message = f"{held.as_posix()} is open in another program, so nothing was written"
            raise MachineError(Diagnostic("file-open", message, help=f"close {held.name} and run again")) from None
        raise


def _dated(path: Path) -> Path:
    """``NAME (edited 2026-03-01 1405).docx``: the last change in the user's time; numbered if the name is taken."""
    changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).astimezone()
    stem = f"{path.stem} (edited {changed:%Y-%m-%d %H%M})"
    numbered = (path.with_name(f"{stem} {number}{path.suffix}") for number in count(2))
    candidates = chain([path.with_name(f"{stem}{path.suffix}")], numbered)
    return next(candidate for candidate in candidates if not os.path.lexists(candidate))
