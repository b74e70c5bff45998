"""The guard: checks that the functions that a patch replaces are those that it was written for."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pkgutil import resolve_name
from typing import Any, Protocol


class Patch(Protocol):
    """A module of this package.

    ``TARGETS`` are the functions that the patch replaces, as ``module:name``, each with its signature. If the patch
    repeats what the function does, a space, ``#`` and the :func:`source_hash` follow. ``UPSTREAM`` names the library's
    issue. ``REASON`` says what happens without the patch.
    """

    TARGETS: Mapping[str, str]
    UPSTREAM: str
    REASON: str


def _owner(name: str) -> tuple[Any, str]:
    """The module or class of an object named ``module:name`` or ``module:Class.name``, and the last name."""
    module, _, path = name.partition(":")
    classes, _, last = path.rpartition(".")
    return resolve_name(f"{module}:{classes}"), last


def target(name: str) -> Any:
    """The function ``module:name`` or ``module:Class.name``. Raises AttributeError or ImportError if there is none."""
    found = inspect.getattr_static(*_owner(name))
    return found.fget if isinstance(found, property) else found


def changed_target(patch: Patch) -> str:
    """The first target of a patch that differs from the recorded one; empty if none does."""
    for name, recorded in patch.TARGETS.items():
        try:
            found = target(name)
            signature, _, expected = recorded.partition(" #")
            if str(inspect.signature(found)) != signature or (expected and source_hash(found) != expected):
                return name
        except (AttributeError, ImportError, OSError, TypeError, ValueError):
            return name
    return ""


def source_hash(function: Callable[..., Any]) -> str:
    """The first 12 digits of the SHA-256 of a function's source text."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]


@contextmanager
def replaced(values: Mapping[str, Any]) -> Iterator[None]:
    """Replace the objects named ``module:name`` or ``module:Class.name``, and restore them at the end."""
    with ExitStack() as undo:
        for name, value in values.items():
            owner, last = _owner(name)
            undo.callback(setattr, owner, last, inspect.getattr_static(owner, last))
            setattr(owner, last, value)
        yield
