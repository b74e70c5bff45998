"""Remove outputs: those that the program wrote and nobody has changed since, and nothing else.

The manifest has the names and hashes of the outputs. A file with another hash was edited and stays, as does a file that
is not in the manifest. Symbolic links are not followed.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import JOURNAL, recover
from .files import is_temporary
from .lock import LOCK, locked, signals_deferred
from .manifest import MANIFEST, Manifest, has_fingerprint, is_local, read_manifest, write_manifest

#: The name of an edited Word file that a build has renamed.
_EDITED = re.compile(r"(.+) \(edited \d{4}-\d\d-\d\d \d{4}(?: \d+)?\)(?: \d+)?\.docx")


@dataclass(frozen=True, slots=True)
class Target:
    """A folder of outputs with everything below it; or, with ``brief``, only the outputs whose name it accepts."""

    folder: Path
    brief: Callable[[str], object] | None = None

    def includes(self, name: str) -> bool:
        """Whether the outputs of this name are meant."""
        return self.brief is None or bool(self.brief(name))


@dataclass(slots=True)
class Cleaned:
    """The files that were removed, kept because they were edited, not written by the program, or not removable."""

    removed: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)


def clean(targets: Iterable[Target], *, dry: bool = False) -> Cleaned:
    """Remove the outputs of the targets; with ``dry`` nothing is changed.

    Raises :class:`~briefing.diagnostics.MachineError` while a build is writing there.
    """
    cleaned = Cleaned()
    for target in targets:
        emptied: set[Path] = set()
        for folder in _folders(target):
            with _failure_noted(folder, cleaned):
                if dry:
                    _remove_outputs(folder, target, cleaned, dry=True)
                elif any(path.name in {MANIFEST, JOURNAL} or is_temporary(path) for path in folder.iterdir()):
                    with locked(folder), signals_deferred():
                        recover(folder)
                        _remove_outputs(folder, target, cleaned, dry=False)
                    emptied.add(folder)
                elif target.brief is None:
                    cleaned.unknown += _others(folder)
            if folder in emptied and folder != target.folder:
                with contextlib.suppress(OSError):  # a folder that is not empty stays
                    folder.rmdir()
                    emptied.add(folder.parent)
    return cleaned


@contextlib.contextmanager
def _failure_noted(path: Path, cleaned: Cleaned) -> Iterator[None]:
    """Record an error of the system, so that the other files and folders are still cleaned."""
    try:
        yield
    except PermissionError:
        cause = "it is open in another program" if sys.platform == "win32" else "you may not write there"
        cleaned.failed.append((path, cause))
    except OSError as error:
        cleaned.failed.append((path, error.strerror or str(error)))


def _folders(target: Target) -> list[Path]:
    """The folders of a target, the deepest first, without following links."""
    if target.folder.is_symlink() or not target.folder.is_dir():
        return []
    if target.brief is not None:
        return [target.folder]
    return [Path(folder) for folder, _, _ in os.walk(target.folder, topdown=False, followlinks=False)]


def _remove_outputs(folder: Path, target: Target, cleaned: Cleaned, *, dry: bool) -> None:
    """Remove the outputs that nobody has changed; the manifest keeps the others. With ``dry`` they are only listed."""
    manifest = read_manifest(folder)
    left: Manifest = {name: dict(hashes) for name, hashes in manifest.items()}
    for name, hashes in sorted(manifest.items()):
        for suffix, digest in sorted(hashes.items()):
            path = folder / f"{name}.{suffix}"
            if target.includes(name) and is_local(f"{name}.{suffix}"):
                with _failure_noted(path, cleaned):
                    if _removed(path, digest, cleaned, dry=dry):
                        del left[name][suffix]
    left = {name: hashes for name, hashes in left.items() if hashes}
    if dry:
        cleaned.removed += sorted(path for path in folder.iterdir() if is_temporary(path))
    elif not left:
        (folder / MANIFEST).unlink(missing_ok=True)
    elif left != manifest:
        write_manifest(folder, left)
    matches = ((path, _EDITED.fullmatch(path.name)) for path in sorted(folder.iterdir()))
    edited = [path for path, match in matches if match and target.includes(match[1])]
    cleaned.kept += edited
    if target.brief is None:
        outputs = {f"{name}.{suffix}" for name, hashes in manifest.items() for suffix in hashes}
        cleaned.unknown += _others(folder, {*outputs, *(path.name for path in edited)})


def _removed(path: Path, digest: str, cleaned: Cleaned, *, dry: bool) -> bool:
    """Remove an output unless it was edited; returns whether it is gone."""
    if os.path.lexists(path):
        if not has_fingerprint(path, digest):
            cleaned.kept.append(path)
            return False
        if not dry:
            path.unlink()
        cleaned.removed.append(path)
    return True


def _others(folder: Path, known: Collection[str] = ()) -> list[Path]:
    """The files in a folder that are neither the program's own nor ``known``."""
    known = {*known, MANIFEST, JOURNAL, LOCK, ".gitkeep"}
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name not in known and not is_temporary(path) and (path.is_symlink() or not path.is_dir())
    ]
