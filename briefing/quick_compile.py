"""A quicker start: what has been compiled once is kept beside Python's own compiled modules.

Python keeps modules compiled, but in each process compiles their regular expressions anew, and the sources that the
standard library writes for data classes and annotations: five hundred pieces, a fifth of a build of HTML. Here they are
kept in ``__pycache__``, where and only if Python keeps modules, for this very version of Python. What is not there, or
stands in a file that cannot be read, is compiled as ever.

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
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

__all__ = ["compiled", "keep", "lasting", "quicken"]

#: (kind, pattern or source, flags): a pattern is "str" or "bytes", a source "exec" or "eval".
_Name = tuple[str, str | bytes, int]
_Table = dict[_Name, Any]
#: More than all that the program and its libraries compile; a file that grows beyond is begun anew.
_MOST = 3_000
#: Fewer are not worth a file: some libraries join a pattern of a set, in another order each time.
_WORTH = 16
_FOR = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE}"

_table: _Table = {}
_missed: dict[_Name, Callable[[], Any]] = {}
_lasting: set[_Name] = set()


def quicken() -> None:
    """Let patterns and annotations come from the file, from now on, in this process."""
    import typing
    from re import _compiler  # type: ignore[attr-defined] # the lever is in there

    own = _compiler.compile
    if own.__module__ == "re._compiler":
        _table.update(_read())
        _compiler.compile = _patterns(own)
        # To the module it is the built-in one, which it comes before.
        typing.compile = compiled  # type: ignore[attr-defined]


def compiled(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> CodeType:
    """A source that the standard library has written, compiled as :func:`compile` does it in a module of its."""
    if type(source) is not str or filename != "<string>" or more or named:
        return compile(source, filename, mode, *more, **named)  # type: ignore[no-any-return]
    name = (mode, source, 0)
    if (found := _table.get(name)) is not None:
        return marshal.loads(found)  # type: ignore[no-any-return] # noqa: S302 - as in _read
    made: CodeType = compile(source, filename, mode, dont_inherit=True)
    _missed[name] = lambda: marshal.dumps(made)
    return made


def lasting(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that a function makes of the program's own words: compiled, and kept like one in a module's body."""
    import re

    _lasting.add(("str", pattern, int(flags)))
    return re.compile(pattern, flags)


def keep() -> None:
    """Put what was missing into the file, for the next process."""
    if len(_missed) < _WORTH or sys.dont_write_bytecode:
        return
    table = {**_read(), **{name: made() for name, made in _missed.items()}}
    _missed.clear()
    path = _path()
    part = f"{path}.{os.getpid()}"
    # Who may not write there compiles each time; so does a Python whose codes cannot be written down.
    with contextlib.suppress(OSError, ValueError):
        data = marshal.dumps((_FOR, table if len(table) <= _MOST else {}))
        with open(part, "wb") as file:
            file.write(data)
        os.replace(part, path)


def _patterns(own: Callable[..., Any]) -> Callable[..., Any]:
    def from_table(pattern: Any, flags: int = 0) -> Any:
        if type(pattern) not in {str, bytes}:
            return own(pattern, flags)
        name = (type(pattern).__name__, pattern, int(flags))
        if found := _table.get(name):
            settings, code, *groups = found
            with contextlib.suppress(RuntimeError):  # this Python does not take the code
                return _sre.compile(pattern, settings, memoryview(code).cast("I").tolist(), *groups)
        if name in _lasting or _stands_in_the_code(pattern, sys._getframe()):  # noqa: SLF001 - to see who asks
            _missed[name] = lambda: _caught(pattern, flags, own)
        return own(pattern, flags)

    return from_table


def _stands_in_the_code(pattern: str | bytes, frame: FrameType | None) -> bool:
    """Whether whoever asked the library for a pattern has it in the code, or runs the body of a module or a class."""
    for _ in range(3):  # from here through the library's own two functions
        frame = frame.f_back if frame else None
    if frame is None:
        return False
    code = frame.f_code
    # CO_OPTIMIZED: the names of a function are numbered. The other is run with the body of a class.
    return pattern in code.co_consts or not code.co_flags & 1 or code.co_name == "__init_subclass__"


def _caught(pattern: str | bytes, flags: int, own: Callable[..., Any]) -> tuple[Any, ...]:
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
        own(pattern, flags)
    finally:
        _compiler._sre = _sre  # noqa: SLF001
    _, settings, code, *groups = caught
    return int(settings), b"".join(number.to_bytes(4, sys.byteorder) for number in code), *groups


def _path() -> str:
    return cache_from_source(__file__).removesuffix(".pyc") + ".kept"


def _read() -> _Table:
    try:
        with open(_path(), "rb") as file:
            made_for, table = marshal.loads(file.read())  # noqa: S302 - as much trusted as the modules beside it
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return table if made_for == _FOR and isinstance(table, dict) else {}
