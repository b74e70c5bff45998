"""The manifest of an output folder, ``.briefing.json``, by which an edited file is recognised.

It has names and hashes but no paths and times, so two builds of the same briefs leave the same manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from .files import NEW, sync_folder, write_temporary

MANIFEST = ".briefing.json"

#: name of a brief -> format -> SHA-256 of the bytes that the program wrote.
Manifest = dict[str, dict[str, str]]


def fingerprint(data: bytes) -> str:
    """The SHA-256 of the bytes, as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def is_local(name: str) -> bool:
    """Whether a name is that of a file in the folder itself; the manifest or the journal may come from anywhere."""
    return Path(name).name == name and "\\" not in name


def has_fingerprint(path: Path, digest: str) -> bool:
    """Whether this is an ordinary file, not a link, with this SHA-256."""
    return not path.is_symlink() and path.is_file() and fingerprint(path.read_bytes()) == digest


def read_manifest(folder: Path, name: str = MANIFEST) -> Manifest:
    """The valid entries of a folder's manifest, or of another file of this form; empty if there is none.

    Losing an entry is harmless: a Word file without one is kept. Raises OSError if the file cannot be read.
    """
    try:
        loaded = json.loads((folder / name).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {
        name: {suffix: digest for suffix, digest in entry.items() if isinstance(digest, str)}
        for name, entry in loaded.items()
        if isinstance(entry, dict)
    }


def to_json(manifest: Mapping[str, Mapping[str, str]]) -> bytes:
    """The manifest as it is written: sorted, with one line for each hash. A file name may not be valid Unicode."""
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "surrogatepass")


def write_manifest(folder: Path, manifest: Mapping[str, Mapping[str, str]]) -> None:
    """Replace the manifest of a folder; the caller holds the folder's lock."""
    write_temporary(folder / f"{NEW}{MANIFEST}", to_json(manifest))
    (folder / f"{NEW}{MANIFEST}").replace(folder / MANIFEST)
    sync_folder(folder)
