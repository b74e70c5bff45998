"""Which files of the system set the pages: Pango and the libraries beside it, as they are loaded in this process."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

from briefing.inputs import Input, library_input

__all__ = ["system_libraries"]

#: What decides on letters, lines and fonts. The names have "lib" before and a version behind them, or not.
_NAMES = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "graphite2", "glib-", "gobject-")


def system_libraries() -> tuple[Input, ...]:
    """The shared libraries that set pages, by their stamps. Where the system does not tell them, there are none."""
    found: list[str] = []
    with suppress(OSError, AttributeError, ValueError):
        found = _loaded()
    chosen = {path for path in found if any(name in Path(path).name.lower() for name in _NAMES)}
    return tuple(library_input(path) for path in sorted(chosen))


def _loaded() -> list[str]:
    """The paths of all libraries that this process has loaded."""
    if sys.platform == "win32":
        return _on_windows()
    if sys.platform == "darwin":
        system = ctypes.CDLL(None)
        system._dyld_get_image_name.restype = ctypes.c_char_p  # noqa: SLF001 - its public name
        count = system._dyld_image_count()  # noqa: SLF001 - the same
        return [system._dyld_get_image_name(number).decode() for number in range(count)]  # noqa: SLF001 - the same
    with Path("/proc/self/maps").open(encoding="utf-8", errors="surrogateescape") as maps:
        lines = (line.rstrip("\n").split(maxsplit=5) for line in maps)
        return [fields[5] for fields in lines if len(fields) == 6 and ".so" in fields[5]]


def _on_windows() -> list[str]:
    # The name is fetched by hand: for a type checker on another system it does not exist.
    kernel = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    modules, needed = (ctypes.c_void_p * 2048)(), ctypes.c_ulong()
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    kernel.K32EnumProcessModules(process, modules, ctypes.sizeof(modules), ctypes.byref(needed))
    paths = []
    for module in modules[: needed.value // ctypes.sizeof(ctypes.c_void_p)]:
        name = ctypes.create_unicode_buffer(32768)
        kernel.K32GetModuleFileNameExW(process, ctypes.c_void_p(module), name, len(name))
        paths.append(name.value)
    return paths
