"""The system's shared libraries on which the page layout depends: Pango and the libraries that it uses."""

from __future__ import annotations

import ctypes.util
import re
import sys
from pathlib import Path

#: The libraries that affect glyphs, lines and fonts. File names add "lib" before and a version behind.
NAMES = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "graphite2", "glib-", "gobject-")
#: The names that WeasyPrint passes to the system, for systems that do not list a process's loaded libraries.
WEASYPRINT_NAMES = (
    "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "gobject-2.0", "pango-1.0-0",
)  # fmt: skip


def system_libraries() -> tuple[str, ...]:
    """The paths of the shared libraries that the page layout uses; empty if the system does not list them."""
    if sys.platform != "linux":
        found = (ctypes.util.find_library(name) for name in WEASYPRINT_NAMES)
        return tuple(sorted({path for path in found if path and Path(path).is_file()}))
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ()
    lines = (line.split(maxsplit=5) for line in maps.splitlines())
    loaded = {fields[5] for fields in lines if len(fields) == 6 and ".so" in fields[5]}
    return tuple(sorted({_link_to(path) for path in loaded if any(name in Path(path).name for name in NAMES)}))


def _link_to(path: str) -> str:
    """The link that the loader opens (``libpango-1.0.so.0`` for ``libpango-1.0.so.0.5200.2``), or the file itself."""
    link = re.sub(r"(\.so\.\d+)[.\d]+$", r"\1", path)
    return link if Path(link).exists() else path
