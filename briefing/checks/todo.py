"""A TODO in a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.diagnostics import Diagnostic, Severity
from briefing.reading.final import todos

from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each TODO in printed text. In a final brief it is an error, which briefing.reading.final reports."""
    if manuscript.brief.status == "final":
        return
    for found in todos(manuscript.brief, manuscript.places):
        yield replace(
            found,
            code="todo",
            message="a TODO is left here, and would be printed",
            help="do what is to be done and delete the TODO; a final brief may have none",
            severity=Severity.WARNING,
        )
