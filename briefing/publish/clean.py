"""Outputs taken away again: those that the program wrote and nobody has touched since, and nothing else.

What it wrote is known by the manifest, name and hash. A file with another hash was changed by hand and stays; so does
one that the manifest does not know. Nothing is followed through a symbolic link.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from . import JOURNAL, recover
from .files import NEW, OLD, stage
from .lock import LOCK, locked
from .manifest import MANIFEST, Manifest, fingerprint, read_manifest, to_json
from .signals import held_back

__all__ = ["Cleaned", "Target", "clean"]

#: How a Word file is called that a build has moved aside because somebody had edited it.
_EDITED = re.compile(r"(.+) \(edited \d{4}-\d\d-\d\d \d{4}(?: \d+)?\)(?: \d+)?\.docx")


@dataclass(frozen=True, slots=True)
class Target:
    """A folder of outputs with all that is below it; or, with ``brief``, those outputs alone whose name it accepts."""

    folder: Path
    brief: Callable[[str], object] | None = None

    def wants(self, name: str) -> bool:
        """Whether the outputs of this name are meant."""
        return self.brief is None or bool(self.brief(name))


@dataclass(slots=True)
class Cleaned:
    """What became of the files: taken away, kept because somebody has changed them, not ours, or not to be had."""

    removed: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)


def clean(targets: Iterable[Target], *, dry: bool = False) -> Cleaned:
    """Take away the outputs of the targets; with ``dry`` nothing is changed.

    Raises :class:`~briefing.diagnostics.MachineError` while a build is writing there.
    """
    cleaned = Cleaned()
    for target in targets:
        emptied: set[Path] = set()
        for folder in _folders(target):
            with _Told(folder, cleaned):
                if dry:
                    _look(folder, target, cleaned)
                elif _ours(folder):
                    with locked(folder), held_back():
                        recover(folder)
                        _sweep(folder, target, cleaned)
                    emptied.add(folder)
                elif target.brief is None:
                    cleaned.unknown += _others(folder, ())
            if folder in emptied and folder != target.folder:
                with suppress(OSError):  # it goes when there is nothing left in it
                    folder.rmdir()
                    emptied.add(folder.parent)
    return cleaned


class _Told:
    """Puts down what the system refuses, so that the other folders are cleaned all the same."""

    def __init__(self, path: Path, cleaned: Cleaned) -> None:
        self.path, self.cleaned = path, cleaned

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, slip: BaseException | None, _trace: object) -> bool:
        if not isinstance(slip, OSError):
            return False
        if isinstance(slip, PermissionError):
            words = "it is open in another program" if sys.platform == "win32" else "you may not write there"
        else:
            words = slip.strerror or str(slip)
        self.cleaned.failed.append((self.path, words))
        return True


def _folders(target: Target) -> list[Path]:
    """The folders of a target, the deepest first; never through a link."""
    if target.folder.is_symlink() or not target.folder.is_dir():
        return []
    if target.brief is not None:
        return [target.folder]
    return [Path(folder) for folder, _, _ in os.walk(target.folder, topdown=False, followlinks=False)]


def _ours(folder: Path) -> bool:
    """Whether a build has been at work in the folder."""
    return any(path.name in {MANIFEST, JOURNAL} or path.name.startswith((NEW, OLD)) for path in folder.iterdir())


def _look(folder: Path, target: Target, cleaned: Cleaned) -> None:
    """Tell what a sweep would take away."""
    manifest = read_manifest(folder)
    for name, suffix, mark in _asked(manifest, target):
        path = folder / f"{name}.{suffix}"
        if os.path.lexists(path):
            (cleaned.removed if _untouched(path, mark) else cleaned.kept).append(path)
    cleaned.removed += sorted(path for path in folder.iterdir() if path.name.startswith((NEW, OLD)))
    _tell_others(folder, manifest, target, cleaned)


def _sweep(folder: Path, target: Target, cleaned: Cleaned) -> None:
    """Take away what is ours and untouched; the manifest remembers the rest."""
    manifest = read_manifest(folder)
    left: Manifest = {name: dict(marks) for name, marks in manifest.items()}
    for name, suffix, mark in _asked(manifest, target):
        path = folder / f"{name}.{suffix}"
        with _Told(path, cleaned):
            if os.path.lexists(path) and not _untouched(path, mark):
                cleaned.kept.append(path)
                continue
            if os.path.lexists(path):
                path.unlink()
                cleaned.removed.append(path)
            del left[name][suffix]
    left = {name: marks for name, marks in left.items() if marks}
    if left and left != manifest:
        stage(folder / f"{NEW}{MANIFEST}", to_json(left))
        (folder / f"{NEW}{MANIFEST}").replace(folder / MANIFEST)
    elif not left:
        (folder / MANIFEST).unlink(missing_ok=True)
    _tell_others(folder, manifest, target, cleaned)


def _asked(manifest: Manifest, target: Target) -> list[tuple[str, str, str]]:
    """Name, format and hash of what is meant. Anybody may have written the manifest: no name leads elsewhere."""
    return [
        (name, suffix, mark)
        for name, marks in sorted(manifest.items())
        for suffix, mark in sorted(marks.items())
        if target.wants(name) and Path(f"{name}.{suffix}").name == f"{name}.{suffix}" and "\\" not in name + suffix
    ]


def _untouched(path: Path, mark: str) -> bool:
    return stat.S_ISREG(path.lstat().st_mode) and fingerprint(path.read_bytes()) == mark


def _tell_others(folder: Path, manifest: Manifest, target: Target, cleaned: Cleaned) -> None:
    """Name the Word files that were kept at an earlier build, and what nobody knows."""
    edited = [path for path in sorted(folder.iterdir()) if (m := _EDITED.fullmatch(path.name)) and target.wants(m[1])]
    cleaned.kept += edited
    if target.brief is None:
        known = {f"{name}.{suffix}" for name, marks in manifest.items() for suffix in marks}
        cleaned.unknown += [path for path in _others(folder, edited) if path.name not in known]


def _others(folder: Path, told: Iterable[Path]) -> list[Path]:
    """The files in a folder that are not the program's own."""
    own = {MANIFEST, JOURNAL, LOCK, ".gitkeep"}
    return [
        path
        for path in sorted(folder.iterdir())
        if path not in told
        and path.name not in own
        and not path.name.startswith((NEW, OLD))
        and (path.is_symlink() or not path.is_dir())
    ]
