"""New files in the places of old ones, and the way back when a step fails."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from .files import NEW, OLD, HeldOpenError, sync
from .manifest import fingerprint

__all__ = ["Replacement"]


class Replacement:
    """Puts staged files in place. Leaving it with an exception puts everything back as it was.

    ``known`` are the marks of the manifest: a Word file with another one was changed by hand, and is moved aside.
    """

    def __init__(self, folder: Path, known: Mapping[str, str]) -> None:
        self.folder = folder
        self.known = known
        self.edited: list[Path] = []
        self._moved: list[tuple[Path, Path]] = []
        self._put: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, slip: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._back()

    def keep(self, names: Iterable[str]) -> None:
        """Give each old file a second name, from which it can come back."""
        for name in names:
            old, second = self.folder / name, self.folder / f"{OLD}{name}"
            if old.is_file():
                try:
                    second.hardlink_to(old)
                except OSError:  # a file system without links, or another owner's file
                    import shutil

                    shutil.copy2(old, second)

    def put(self, name: str, mark: str = "") -> None:
        """Put the staged file of this name in its place; ``mark`` is its hash."""
        target = self.folder / name
        if target.suffix == ".docx" and target.is_file():
            present = fingerprint(target.read_bytes())
            if present not in {mark, self.known.get("docx")}:
                aside = _dated(target)
                _rename(target, aside)
                self._moved.append((aside, target))
                self.edited.append(aside)
        _rename(self.folder / f"{NEW}{name}", target)
        self._put.append(target)

    def _back(self) -> None:
        for target in reversed(self._put):
            second = self.folder / f"{OLD}{target.name}"
            with contextlib.suppress(OSError):
                if second.is_file():
                    second.replace(target)
                else:
                    target.unlink()
        for aside, target in self._moved:
            with contextlib.suppress(OSError):
                # Its second name has put it back already, unless the new file never came so far.
                if target.is_file() and os.path.samefile(aside, target):  # noqa: PTH121 - of two paths
                    aside.unlink()
                else:
                    aside.replace(target)
        sync(self.folder)


def _rename(path: Path, target: Path) -> None:
    try:
        path.replace(target)
    except PermissionError:
        if target.exists() or path.suffix == ".docx":
            raise HeldOpenError(path if path.name[: len(NEW)] != NEW else target) from None
        raise


def _dated(path: Path) -> Path:
    """``NAME (edited 2026-03-01 1405).docx``: the last change on the user's clock; numbered when the name is taken."""
    changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).astimezone()
    stem = f"{path.stem} (edited {changed:%Y-%m-%d %H%M})"
    number, candidate = 1, path.with_name(f"{stem}{path.suffix}")
    while candidate.exists() or candidate.is_symlink():
        number += 1
        candidate = path.with_name(f"{stem} {number}{path.suffix}")
    return candidate
