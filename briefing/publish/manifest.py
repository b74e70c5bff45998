"""What the program wrote into a folder: ``.briefing.json``, so that a file changed by hand is known as such.

It holds names and hashes alone, no paths and no times: two builds of the same briefs leave the same manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

__all__ = ["MANIFEST", "Manifest", "fingerprint", "from_json", "read_manifest", "to_json"]

MANIFEST = ".briefing.json"

#: name of a brief -> format -> SHA-256 of the bytes that the program wrote.
Manifest = dict[str, dict[str, str]]


def fingerprint(data: bytes) -> str:
    """The SHA-256 of the bytes, as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest; empty when there is none or it makes no sense. Raises OSError when it cannot be read."""
    try:
        return from_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return {}


def from_json(data: bytes) -> Manifest:
    """The entries that have the right shape. What is lost here costs no work: an unknown Word file is kept."""
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {
        name: {suffix: mark for suffix, mark in entry.items() if isinstance(mark, str)}
        for name, entry in loaded.items()
        if isinstance(entry, dict)
    }


def to_json(manifest: Mapping[str, Mapping[str, str]]) -> bytes:
    """The manifest as it is written: sorted, one line for each hash. A file's name may be no proper text."""
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "surrogatepass")
