"""A quicker start: what a regular expression is compiled to is kept beside Python's own compiled modules.

Python keeps modules compiled, but compiles their patterns anew in each process: three hundred of them, ours and those
of libraries, a tenth of a build of HTML. Here they are kept in ``__pycache__``, where and only if Python keeps modules,
for this very version of Python. A pattern that is not there, or a file that cannot be read, is compiled as ever.

Only patterns that stand in the code, or in the body of a module or a class, are kept, and those that are said to be
``lasting``: never one that is made of a brief's words.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found] # the system's own, of which nobody tells the types
import contextlib
import marshal
import os
import sys
from collections.abc import Callable
from importlib.util import cache_from_source
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

__all__ = ["keep", "lasting", "quicken"]

#: (kind of pattern, pattern, flags), which tells a pattern from all others.
_Name = tuple[str, str | bytes, int]
#: More than all patterns of the program and its libraries; a file that grows beyond is begun anew.
_MOST = 2_000
#: Fewer are not worth a file: some libraries join a pattern of a set, in another order each time.
_WORTH = 16
_FOR = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE}"

_missed: dict[_Name, Callable[..., Any]] = {}
_lasting: set[_Name] = set()


def quicken() -> None:
    """Let patterns come from the file, from now on, in this process."""
    from re import _compiler  # type: ignore[attr-defined] # the lever is in there

    own = _compiler.compile
    if own.__module__ == "re._compiler":
        _compiler.compile = _from(_read(), own)


def lasting(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that a function makes of the program's own words: compiled, and kept like one in a module's body."""
    import re

    _lasting.add(("str", pattern, int(flags)))
    return re.compile(pattern, flags)


def keep() -> None:
    """Put the patterns that were missing into the file, for the next process."""
    if len(_missed) < _WORTH or sys.dont_write_bytecode:
        return
    table = {**_read(), **{name: _caught(name, own) for name, own in _missed.items()}}
    _missed.clear()
    path = _path()
    part = f"{path}.{os.getpid()}"
    with contextlib.suppress(OSError):  # who may not write there compiles them each time
        with open(part, "wb") as file:
            file.write(marshal.dumps((_FOR, table if len(table) <= _MOST else {})))
        os.replace(part, path)


def _from(table: dict[_Name, tuple[Any, ...]], own: Callable[..., Any]) -> Callable[..., Any]:
    def compile(pattern: Any, flags: int = 0) -> Any:  # noqa: A001 - it stands for the one of that name
        if type(pattern) not in {str, bytes}:
            return own(pattern, flags)
        name = (type(pattern).__name__, pattern, flags)
        if found := table.get(name):
            settings, code, *groups = found
            with contextlib.suppress(RuntimeError):  # this Python does not take the code
                return _sre.compile(pattern, settings, memoryview(code).cast("I").tolist(), *groups)
        if name in _lasting or _stands_in_the_code(pattern, sys._getframe()):  # noqa: SLF001 - to see who asks
            _missed[name] = own
        return own(pattern, flags)

    return compile


def _stands_in_the_code(pattern: str | bytes, frame: FrameType | None) -> bool:
    """Whether whoever asked the library for a pattern has it in the code, or runs the body of a module or a class."""
    for _ in range(3):  # from here through the library's own two functions
        frame = frame.f_back if frame else None
    if frame is None:
        return False
    code = frame.f_code
    # CO_OPTIMIZED: the names of a function are numbered. The other is run with the body of a class.
    return pattern in code.co_consts or not code.co_flags & 1 or code.co_name == "__init_subclass__"


def _caught(name: _Name, own: Callable[..., Any]) -> tuple[Any, ...]:
    """What the library hands to the system for a pattern, caught on its way there; the code as bytes."""
    from re import _compiler  # type: ignore[attr-defined]

    caught: list[Any] = []

    class Between:
        """The system's module, but for the one function."""

        def __getattr__(self, name: str) -> Any:
            return getattr(_sre, name)

        def compile(self, *given: Any) -> Any:
            caught.extend(given)
            return _sre.compile(*given)

    _compiler._sre = Between()  # noqa: SLF001
    try:
        own(*name[1:])
    finally:
        _compiler._sre = _sre  # noqa: SLF001
    _, settings, code, *groups = caught
    return settings, b"".join(number.to_bytes(4, sys.byteorder) for number in code), *groups


def _path() -> str:
    return cache_from_source(__file__).removesuffix(".pyc") + ".patterns"


def _read() -> dict[_Name, tuple[Any, ...]]:
    try:
        with open(_path(), "rb") as file:
            made_for, table = marshal.loads(file.read())  # noqa: S302 - as much trusted as the modules beside it
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return table if made_for == _FOR and isinstance(table, dict) else {}
