"""Bytes -> files: a set of outputs is published whole or not at all, and a word processor's work is never destroyed.

The steps, under the folder's lock: every file is written under a temporary name and forced to the disk; a second name
is given to each old file; a journal says that the set is complete; the new files take their places; the manifest is
written. A step that fails puts the old files back. A build that is killed before the journal has changed nothing, and
one that is killed after it is finished by the next run. What merely asks the process to end waits until this is done.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .files import NEW, OLD, refuse, remove, stage, sync, told
from .lock import LOCK, locked
from .manifest import MANIFEST, Manifest, fingerprint, from_json, read_manifest, to_json
from .replace import Replacement
from .signals import held_back

__all__ = ["LOCK", "MANIFEST", "Published", "publish", "recover"]

JOURNAL = ".briefing-journal.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a set: files written, edited Word files kept under a dated name, files of an earlier build."""

    written: tuple[Path, ...]
    edited: tuple[Path, ...] = ()
    older: tuple[Path, ...] = ()


def publish(folder: Path, name: str, files: Mapping[str, bytes]) -> Published:
    """Put ``NAME.FORMAT`` for each format into the folder, all or none.

    Raises :class:`~briefing.diagnostics.MachineError` with the path and the cause; then everything is as it was.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder), held_back():
            recover(folder)
            manifest = read_manifest(folder)
            known = manifest.get(name, {})
            edited: tuple[Path, ...] = ()
            if files:
                for suffix in files:
                    refuse(folder / f"{name}.{suffix}")
                edited = _put(folder, name, files, manifest)
            earlier = (folder / f"{name}.{suffix}" for suffix in sorted(known) if suffix not in files)
            return Published(
                tuple(folder / f"{name}.{suffix}" for suffix in files),
                edited,
                tuple(path for path in earlier if path.is_file()),
            )


def _put(folder: Path, name: str, files: Mapping[str, bytes], manifest: Manifest) -> tuple[Path, ...]:
    marks = {suffix: fingerprint(data) for suffix, data in files.items()}
    with _swept(folder):
        for suffix, data in files.items():
            stage(folder / f"{NEW}{name}.{suffix}", data)
        stage(folder / f"{NEW}{JOURNAL}", to_json({name: marks}))
        with Replacement(folder, manifest.get(name, {})) as replacement:
            replacement.keep(f"{name}.{suffix}" for suffix in files)
            replacement.put(JOURNAL)
            for suffix, mark in marks.items():
                replacement.put(f"{name}.{suffix}", mark)
            _remember(folder, name, marks, manifest)
        return tuple(replacement.edited)


def _remember(folder: Path, name: str, marks: Mapping[str, str], manifest: Manifest) -> None:
    """Write the manifest with the new marks in it: from here on the set stands."""
    entries = {**manifest, name: {**manifest.get(name, {}), **marks}}
    stage(folder / f"{NEW}{MANIFEST}", to_json(entries))
    (folder / f"{NEW}{MANIFEST}").replace(folder / MANIFEST)
    sync(folder)


def recover(folder: Path) -> None:
    """Finish the set that a killed build left complete, and sweep up what it left behind; under the folder's lock.

    When that fails the journal stays, and the next run tries again.
    """
    try:
        journal = from_json((folder / JOURNAL).read_bytes())
    except FileNotFoundError:
        journal = {}
    for name, marks in journal.items():
        if Path(name).name != name:
            continue
        manifest = read_manifest(folder)
        with Replacement(folder, manifest.get(name, {})) as replacement:
            for suffix, mark in marks.items():
                waiting = folder / f"{NEW}{name}.{suffix}"
                if waiting.is_file() and fingerprint(waiting.read_bytes()) == mark:
                    replacement.put(f"{name}.{suffix}", mark)
            remove(folder / f"{NEW}{MANIFEST}")
            _remember(folder, name, marks, manifest)
    with _swept(folder):
        pass


@contextlib.contextmanager
def _swept(folder: Path) -> Iterator[None]:
    """Leave no temporary file behind, whatever happens; the journal goes first, for it vouches for the others."""
    try:
        yield
    finally:
        remove(folder / JOURNAL)
        with contextlib.suppress(OSError):  # what stays is swept by the next run
            for path in sorted(folder.iterdir()):
                if path.name.startswith((NEW, OLD)):
                    remove(path)
