"""Import WeasyPrint in less time: for a short brief its import takes longest. Three parts of it are shortened.

- Library lookup. WeasyPrint first calls ``find_library`` with names that Linux does not use. Each call starts ldconfig,
  gcc and ld, to find nothing. So on Linux it returns "not found" at once.
- Declarations. cffi parses those of the C libraries at every start. The result is kept in the user's cache folder.
- fontTools. WeasyPrint needs it only for kinds of fonts that this program does not use. It is imported on first use.

The replacements are removed after the import. If it fails for any reason, WeasyPrint is imported again without them.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from hashlib import sha256
from importlib import import_module
from io import StringIO
from pkgutil import resolve_name
from types import ModuleType
from typing import Any

from briefing.cache_folder import user_cache_folder, write_file

#: The names that WeasyPrint imports from fontTools, and the modules of WeasyPrint that import them.
FONT_TOOLS = {
    "fontTools": ("subset",),
    "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
FONT_MODULES = ("weasyprint.text.fonts", "weasyprint.pdf.fonts")


def import_weasyprint() -> ModuleType:
    """Import WeasyPrint. Raises OSError when a shared library that it needs is missing."""
    if "weasyprint" not in sys.modules:
        try:
            with _shortened():
                import_module("weasyprint")
        except Exception:  # noqa: BLE001 - the plain import below raises the real error
            for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
                del sys.modules[name]
    return import_module("weasyprint")


@contextmanager
def _shortened() -> Iterator[None]:
    """Replace ``find_library``, cffi and fontTools during the import. A module that is loaded already stays."""
    modules: dict[str, dict[str, Any]] = {"cffi": {"FFI": _Declarations}}
    modules |= {module: {name: _LazyName(name) for name in names} for module, names in FONT_TOOLS.items()}
    replaced, search = [name for name in modules if name not in sys.modules], ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the same answer for every name
    for name in replaced:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(modules[name])
    try:
        yield
    finally:
        ctypes.util.find_library = search
        for name in replaced:
            sys.modules.pop(name, None)


class _Declarations:
    """An ``FFI`` that collects declarations. The first use of another attribute creates the real one."""

    def __init__(self) -> None:
        self._text = ""

    def cdef(self, text: str) -> None:
        self._text += text

    def __getattr__(self, name: str) -> Any:
        ffi = _parsed(self._text)
        self.__dict__ |= {each: getattr(ffi, each) for each in dir(ffi) if not each.startswith("_")}
        return getattr(ffi, name)


def _parsed(declarations: str) -> Any:
    """An ``FFI`` with these declarations, from the cache folder if a file there begins with the hash of its rest."""
    file = folder / f"cffi-{_hash(sys.version + declarations)[:24]}.py" if (folder := user_cache_folder()) else None
    if file:
        with suppress(OSError, ValueError):
            checksum, _, code = file.read_text("utf-8").partition("\n")
            if checksum == f"# {_hash(code)}":
                exec(code, names := dict[str, Any]())  # noqa: S102 - written below, into a folder of the user alone
                return names["ffi"]
    collector = sys.modules.pop("cffi")
    ffi = import_module("cffi").FFI()
    ffi.cdef(declarations)
    if file:
        with suppress(OSError), redirect_stdout(None):  # cffi prints; the disk may be full
            ffi.set_source(file.stem, None)
            ffi.emit_python_code(text := StringIO())
            write_file(file, f"# {_hash(text.getvalue())}\n{text.getvalue()}")
    sys.modules["cffi"] = collector
    return ffi


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class _LazyName:
    """A name of fontTools. The first use imports fontTools."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return _load_font_tools()[self._name](*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(_load_font_tools()[self._name], name)


def _load_font_tools() -> dict[str, Any]:
    """Import fontTools, and put its names where WeasyPrint holds a :class:`_LazyName`."""
    loaded = {name: resolve_name(f"{module}.{name}") for module, names in FONT_TOOLS.items() for name in names}
    for module in FONT_MODULES:
        names_there = vars(sys.modules[module])
        names_there.update({name: loaded[name] for name in loaded if isinstance(names_there.get(name), _LazyName)})
    return loaded
