"""Publish a set of outputs completely or not at all, and never lose an edited Word file.

The steps, under the folder's lock: every file is written under a temporary name and forced to the disk; each old file
gets a second name; a journal records that the set is complete; the new files are moved into place; the manifest is
written. If a step fails, the old files are restored. A build that is killed before the journal is written has changed
nothing; one that is killed later is finished by the next run. SIGTERM and SIGHUP are deferred until the end.

``files`` writes under temporary names, ``replace`` moves files into place and restores old ones, ``manifest`` has the
hashes by which an edited Word file is recognised, ``lock`` lets one build at a time into a folder and defers signals,
and ``clean`` removes what the program wrote and nobody has changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .files import NEW, check_target, is_temporary, os_errors, remove, write_temporary
from .lock import LOCK, locked, signals_deferred
from .manifest import (
    MANIFEST,
    Manifest,
    fingerprint,
    has_fingerprint,
    is_local,
    read_manifest,
    to_json,
    write_manifest,
)
from .replace import AtomicReplace

__all__ = ["JOURNAL", "LOCK", "MANIFEST", "Published", "publish", "recover"]

JOURNAL = ".briefing-journal.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The files that were written, the edited Word files that were renamed, and other files of earlier builds."""

    written: tuple[Path, ...]
    edited: tuple[Path, ...] = ()
    older: tuple[Path, ...] = ()


def publish(folder: Path, name: str, files: Mapping[str, bytes]) -> Published:
    """Write ``NAME.FORMAT`` for each format into the folder, all or none.

    Raises :class:`~briefing.diagnostics.MachineError` with the path and the cause; then nothing has changed.
    """
    with os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder), signals_deferred():
            recover(folder)
            manifest = read_manifest(folder)
            written = tuple(folder / f"{name}.{suffix}" for suffix in files)
            for path in written:
                check_target(path)
            edited = _replace(folder, name, files, manifest) if files else ()
            earlier = (folder / f"{name}.{suffix}" for suffix in sorted(manifest.get(name, {}).keys() - files.keys()))
            return Published(written, edited, tuple(path for path in earlier if path.is_file()))


def _replace(folder: Path, name: str, files: Mapping[str, bytes], manifest: Manifest) -> tuple[Path, ...]:
    """Write the files of a set and move them into place; returns the edited Word files under their new names."""
    hashes = {suffix: fingerprint(data) for suffix, data in files.items()}
    try:
        for suffix, data in files.items():
            write_temporary(folder / f"{NEW}{name}.{suffix}", data)
        write_temporary(folder / f"{NEW}{JOURNAL}", to_json({name: hashes}))
        with AtomicReplace(folder, manifest.get(name, {})) as replacement:
            replacement.keep_old(f"{name}.{suffix}" for suffix in files)
            replacement.put(JOURNAL)
            for suffix, digest in hashes.items():
                replacement.put(f"{name}.{suffix}", digest)
            write_manifest(folder, _updated(manifest, name, hashes))
        return tuple(replacement.edited)
    finally:
        _remove_temporary(folder)


def recover(folder: Path) -> None:
    """Finish the set that a killed build left complete, and remove its temporary files; under the folder's lock.

    If that fails the journal stays, and the next run tries again.
    """
    for name, hashes in read_manifest(folder, JOURNAL).items():
        _finish(folder, name, hashes)
    _remove_temporary(folder)


def _finish(folder: Path, name: str, hashes: Mapping[str, str]) -> None:
    """Move the files of a killed build that are not in place yet. The manifest gets the hashes of those that are."""
    manifest = read_manifest(folder)
    files = {f"{name}.{suffix}": digest for suffix, digest in hashes.items() if is_local(f"{name}.{suffix}")}
    waiting = [file for file, digest in files.items() if has_fingerprint(folder / f"{NEW}{file}", digest)]
    with AtomicReplace(folder, manifest.get(name, {})) as replacement:
        replacement.keep_old(waiting)
        for file in waiting:
            replacement.put(file, files[file])
        remove(folder / f"{NEW}{MANIFEST}")
        placed = [file for file, digest in files.items() if has_fingerprint(folder / file, digest)]
        hashes = {suffix: digest for suffix, digest in hashes.items() if f"{name}.{suffix}" in placed}
        write_manifest(folder, _updated(manifest, name, hashes))


def _updated(manifest: Manifest, name: str, hashes: Mapping[str, str]) -> Manifest:
    return {**manifest, name: {**manifest.get(name, {}), **hashes}}


def _remove_temporary(folder: Path) -> None:
    """Remove the journal and then the temporary files; what cannot be removed is left for the next run."""
    if not remove(folder / JOURNAL):
        return  # the next run needs the files that it names
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            if is_temporary(path):
                remove(path)
