"""A manuscript: one edition as the checks read it, with its words, their places in the file, and which day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Brief
from briefing.reading.draft import Path, Places
from briefing.reading.nodes import Items, Scalar

from .wording import Passage, origin

__all__ = ["Check", "Manuscript"]


@dataclass(frozen=True, slots=True, eq=False)
class Manuscript:
    """What a check is given.

    ``day`` is the day on which it is read, None where nobody has told; ``original`` is the brief that this translates.
    ``texts`` are all words of the edition, ``running`` the writer's own texts among them. ``whole`` says that the
    edition leaves nothing out: what only the house knows is checked there.
    """

    brief: Brief
    places: Places
    language: str
    texts: tuple[Passage, ...]
    running: tuple[Passage, ...]
    whole: bool = True
    day: dt.date | None = None
    original: Brief | None = None
    original_problem: str = ""

    @property
    def tongue(self) -> str:
        """The language without its region: "en"."""
        return self.language.split("-")[0].lower()

    def warn(
        self,
        code: str,
        message: str,
        path: Path,
        *,
        help: str,  # noqa: A002
        key: bool = False,
    ) -> Diagnostic:
        """A warning about a field."""
        return self.places.diagnostic(code, message, path, help=help, key=key, severity=Severity.WARNING)

    def mark(
        self,
        code: str,
        message: str,
        passage: Passage,
        start: int,
        end: int,
        *,
        help: str,  # noqa: A002
    ) -> Diagnostic:
        """A warning about some words of a passage, from ``start`` to ``end`` of the words as they are printed."""
        if passage.is_label:
            return self.warn(code, message, passage.path, help=help, key=True)
        offset, fragment = origin(passage, start, end)
        node = self.places.node(passage.path)
        if isinstance(node, Items):
            # A list of YAML, whose items were joined: find the one that has the words.
            item = next((i for i in node.items if isinstance(i, Scalar) and fragment in i.text), None)
            if isinstance(item, Scalar):
                span = self.places.within(item, fragment)
                excerpt = self.places.excerpt(span)
                return Diagnostic(code, message, Severity.WARNING, span, "", help, excerpt, self.places.file)
        return self.places.diagnostic(
            code, message, passage.path, fragment=fragment, offset=offset, help=help, severity=Severity.WARNING
        )


Check = Callable[[Manuscript], Iterator[Diagnostic]]
