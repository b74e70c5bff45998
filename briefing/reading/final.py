"""A final brief: what is still open in one that says ``status: final``. Pure.

A brief is final when it is marked or says that it is not, somebody has cleared it, and no ``TODO`` is left in what is
printed. A draft may leave all of that open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import Brief, Bullets, Line, Prose

from . import markdown
from .draft import Path, Places
from .nodes import Items, Node, Scalar
from .walk import printed

__all__ = ["not_final", "todos"]

#: In capitals: in several languages the word in small letters is one like others.
_TODO = re.compile(r"(?<!\w)TODO(?!\w)")


def not_final(brief: Brief, places: Places, *, marked: bool) -> Iterator[Diagnostic]:
    """Each thing that is open in an edition which says that it is final.

    ``marked`` says whether the edition has a marking, or an explicit ``none``. Nothing is told of a draft.
    """
    if brief.status != "final":
        return
    if not marked:
        yield _open(places, "nothing says how it is marked", "add marking:, or write marking: none")
    if not brief.cleared_by:
        yield _open(places, "nobody is named who cleared it", "add cleared_by:, or set status: draft")
    yield from todos(brief, places)


def _open(places: Places, what: str, advice: str) -> Diagnostic:
    return places.diagnostic("not-final", f"this brief says that it is final, but {what}", _status(places), help=advice)


def _status(places: Places) -> Path:
    """The field that says that the brief is final; the title where the project says so."""
    return ("status",) if places.real(("status",)) else ("title",)


def todos(brief: Brief, places: Places) -> Iterator[Diagnostic]:
    """Each TODO that is left in what is printed, told as of a final brief."""
    yield from dict.fromkeys(_todos(brief, places))


def _todos(brief: Brief, places: Places) -> Iterator[Diagnostic]:
    for path, text in printed(brief):
        if not _TODO.search(text) or (isinstance(text, Line | Prose | Bullets) and not _is_seen(text)):
            continue
        if str(path[-1]) == text and places.key_span(path):  # the label of a fact, an abbreviation
            yield _todo(places, path, key=True)
            continue
        node = places.node(path) if places.real(path) else None
        found = [(scalar, match.start()) for scalar in _scalars(node) for match in _TODO.finditer(scalar.text)]
        for scalar, offset in found:
            span = places.within(scalar, "TODO", offset)
            yield Diagnostic(
                "not-final", _MESSAGE, span=span, excerpt=places.excerpt(span), file=places.file, help=_ADVICE
            )
        if not found:  # in a table from a CSV file, or in the defaults of the project
            yield _todo(places, _beside(places, path), key=False)


def _beside(places: Places, path: Path) -> Path:
    """The field to show for a text that does not stand in the file: the name of its CSV file, or the status."""
    for end in range(len(path), 0, -1):
        if places.real((*path[:end], "csv"))[-1:] == ("csv",):
            return (*path[:end], "csv")
    return _status(places)


_MESSAGE = "this brief says that it is final, but a TODO is left in it"
_ADVICE = "do what is to be done and delete the TODO, or set status: draft"


def _todo(places: Places, path: Path, *, key: bool) -> Diagnostic:
    return places.diagnostic("not-final", _MESSAGE, path, key=key, help=_ADVICE)


def _is_seen(text: str) -> bool:
    """Whether the TODO is one of the words, and not a part of an address or of a source's key."""
    return _TODO.search(markdown.plain(text)) is not None


def _scalars(node: Node | None) -> Iterator[Scalar]:
    """The texts of a field: one, or the items of a list; a part around it has others as well."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        yield from (item for item in node.items if isinstance(item, Scalar))
