"""A quicker start of WeasyPrint, without changing it.

Its import is the longest part of a short brief. Much in it is not needed for what is made here:

- It asks ``ctypes.util.find_library`` for names that Linux does not use ("pango-1.0-0") before it tries those that it
  does ("libpango-1.0.so.0"). Each such question starts ldconfig, gcc and ld: about fifty processes. They are answered
  with "not found", which is what those programs would say.
- It has cffi parse the declarations of the libraries' functions, in C. For the declarations that
  ``declarations.py`` was made from the result stands there.
- It imports fontTools for fonts of kinds that we do not hand over. That is done when the first of them comes.
- Its fetcher of addresses is one of ``urllib``, for which all of HTTP, FTP and TLS is loaded; ours refuses all of them.
- The headers of what it fetches are those of a letter, for which all of Python's mail is loaded; ours are two words.
- It parses three stylesheets of its own (``quick_sheets.py``).

Each falls back by itself: where the declarations are others they are parsed, and should the import fail it is done
again with everything as it was.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

from .quick_layout import quicken
from .quick_sheets import no_sheets

__all__ = ["LEVERS", "import_weasyprint"]


def import_weasyprint() -> ModuleType:
    """Import WeasyPrint. Raises OSError when a library that it needs is not on the machine."""
    if "weasyprint" not in sys.modules:
        try:
            with ExitStack() as stack:
                for lever in LEVERS:
                    stack.enter_context(lever())
                import weasyprint
            _put_to_sleep(sys.modules["weasyprint.text.fonts"], sys.modules["weasyprint.pdf.fonts"])
            quicken()
        except Exception:  # noqa: BLE001 - whatever it was, the library itself is to say it
            for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
                del sys.modules[name]
    import weasyprint

    return sys.modules[weasyprint.__name__]


@contextmanager
def _no_searching() -> Iterator[None]:
    """Answer every question for a library with "not found"; on Linux its full name finds it."""
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the same answer for every name
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _no_parsing() -> AbstractContextManager[None]:
    """Hand over the declarations as they were parsed before."""
    return _stand_ins({"cffi": {"FFI": _Declarations}})


class _Declarations:
    """Stands for an ``FFI`` until the first question; then it is one, and has all that it has as its own."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def cdef(self, text: str) -> None:
        self._told.append(text)

    def __getattr__(self, name: str) -> Any:
        ffi = _parsed_before("".join(self._told))
        self.__dict__ |= {each: getattr(ffi, each) for each in dir(ffi) if not each.startswith("_")}
        return getattr(ffi, name)


def _parsed_before(declarations: str) -> Any:
    from . import declarations as made

    if hashlib.sha256(declarations.encode()).hexdigest() == made.MADE_FROM:
        return made.ffi
    stand_in = sys.modules.pop("cffi")
    import cffi

    sys.modules["cffi"] = stand_in
    ffi = cffi.FFI()
    ffi.cdef(declarations)
    return ffi


def _no_font_tools() -> AbstractContextManager[None]:
    """Let fontTools sleep."""
    return _stand_ins({module: {name: _Sleeper(name) for name in names} for module, names in ASLEEP.items()})


#: What WeasyPrint takes from where.
ASLEEP: Mapping[str, tuple[str, ...]] = {
    "fontTools": ("subset",),
    "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}


class _Sleeper:
    """Stands for a name of fontTools in WeasyPrint; whoever calls it or asks it wakes all of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._homes: tuple[ModuleType, ...] = ()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return _wake(self)(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(_wake(self), name)


def _put_to_sleep(*homes: ModuleType) -> None:
    """Tell each sleeper in these modules where it and the others are to be replaced."""
    for home in homes:
        for thing in vars(home).values():
            if isinstance(thing, _Sleeper):
                thing._homes = homes  # noqa: SLF001 - of this module


def _wake(sleeper: _Sleeper) -> Any:
    """Import fontTools, and put it into WeasyPrint in the places of all sleepers; the one that was meant."""
    from importlib import import_module

    awake = {}
    for module, names in ASLEEP.items():
        for name in names:
            try:
                awake[name] = getattr(import_module(module), name)
            except AttributeError:
                awake[name] = import_module(f"{module}.{name}")
    for home in sleeper._homes:  # noqa: SLF001 - of this module
        for name, thing in list(vars(home).items()):
            if isinstance(thing, _Sleeper):
                setattr(home, name, awake[thing._name])  # noqa: SLF001 - of this module
    return awake[sleeper._name]  # noqa: SLF001 - of this module


@contextmanager
def _no_web() -> Iterator[None]:
    """Let what opens addresses sleep. The library's own fetcher opens none then; ours is the only one that is used."""
    if "urllib.request" in sys.modules:
        yield
        return
    import urllib

    web = ModuleType("urllib.request")
    web.OpenerDirector = _Opener  # type: ignore[attr-defined]
    # While the library is imported it makes fetchers for its own stylesheets, which fetch nothing.
    web.__getattr__ = lambda _: SimpleNamespace  # type: ignore[method-assign]
    sys.modules[web.__name__] = web
    try:
        yield
    finally:
        sys.modules.pop(web.__name__, None)
        vars(urllib).pop("request", None)
        web.__getattr__ = _of_the_web  # type: ignore[method-assign]


def _no_mail() -> AbstractContextManager[None]:
    """Let mail sleep until the library fetches something itself."""
    return _stand_ins({"email.message": {"EmailMessage": _Letter}})


class _Letter:
    """Stands for an ``EmailMessage``: whoever makes one gets a real one."""

    def __new__(cls) -> Any:
        from email.message import EmailMessage

        return EmailMessage()


class _Opener:
    """Stands for the opener that the library's own fetcher is a kind of."""

    def add_handler(self, handler: Any) -> None:
        """Addresses of this kind are not opened either."""


def _of_the_web(name: str) -> Any:
    from importlib import import_module

    return getattr(import_module("urllib.request"), name)


@contextmanager
def _stand_ins(modules: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Put modules with these names in the places of others for a while, unless somebody has loaded one of those."""
    if any(name in sys.modules for name in modules):
        yield
        return
    for name, names in modules.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(names)
    try:
        yield
    finally:
        for name in modules:
            sys.modules.pop(name, None)


LEVERS: tuple[Callable[[], Any], ...] = (_no_searching, _no_parsing, _no_font_tools, _no_web, _no_mail, no_sheets)
