"""The shared libraries of the system that set pages: Pango and what it uses."""

from __future__ import annotations

import ctypes.util
import re
import sys
from pathlib import Path

__all__ = ["system_libraries"]

#: What decides on letters, lines and fonts. The names of files have "lib" before and a version behind.
NAMES = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "graphite2", "glib-", "gobject-")
#: Where a process does not tell what it has loaded: the names that WeasyPrint asks the system for.
ASKED_FOR = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "gobject-2.0", "pango-1.0-0")


def system_libraries() -> tuple[str, ...]:
    """The paths by which the shared libraries that set pages are found; none if the system does not tell them.

    Such a path is often a link to a file whose name holds the version.
    """
    if sys.platform != "linux":
        found = (ctypes.util.find_library(name) for name in ASKED_FOR)
        return tuple(sorted({path for path in found if path and Path(path).is_file()}))
    return tuple(sorted({_link_to(path) for path in _loaded() if any(name in Path(path).name for name in NAMES)}))


def _link_to(path: str) -> str:
    """``libpango-1.0.so.0``, which the loader opens, for ``libpango-1.0.so.0.5200.2``; the file itself without one."""
    link = re.sub(r"(\.so\.\d+)[.\d]+$", r"\1", path)
    return link if Path(link).exists() else path


def _loaded() -> set[str]:
    """The paths of all libraries that this process has loaded."""
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return set()
    lines = (line.split(maxsplit=5) for line in maps.splitlines())
    return {fields[5] for fields in lines if len(fields) == 6 and ".so" in fields[5]}
