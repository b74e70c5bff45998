"""A quicker start: the methods of data classes are compiled when they are first called.

The standard library compiles six methods for each data class when it is defined, and most are never called: to compare
two themes, or to show one, is for tests. There are a hundred such classes, ours and those of libraries, and together
they took a tenth of a build of HTML.

What a class takes (``inspect.signature``) can be read once the first object of it has been made.

The library's inside was another one before Python 3.11, and is again from 3.13 on: there nothing is changed.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from typing import Any

from .quick_compile import compiled

__all__ = ["quicken"]


def quicken() -> None:
    """Let data classes that are defined from now on, in this process, get their methods so."""
    if (3, 11) <= sys.version_info < (3, 13):
        own = dataclasses._create_fn  # type: ignore[attr-defined] # noqa: SLF001 - the lever is in there
        if own.__module__ == "dataclasses":
            dataclasses._create_fn = _later(own)  # type: ignore[attr-defined] # noqa: SLF001
            # To the module it is the built-in one, which it comes before.
            dataclasses.exec = lambda text, *spaces: exec(compiled(text, "<string>", "exec"), *spaces)  # type: ignore[attr-defined] # noqa: S102


def _later(own: Callable[..., Callable[..., Any]]) -> Callable[..., Callable[..., Any]]:
    def create(name: str, *arguments: Any, **named: Any) -> Callable[..., Any]:
        made: list[Callable[..., Any]] = []

        def method(*values: Any, **options: Any) -> Any:
            if not made:
                made.append(own(name, *arguments, **named))
                made[0].__qualname__ = method.__qualname__
                for kind in type(values[0]).__mro__:  # from now on the class has it itself
                    if kind.__dict__.get(name) is method:
                        setattr(kind, name, made[0])
            return made[0](*values, **options)

        method.__name__ = name
        return method

    return create
