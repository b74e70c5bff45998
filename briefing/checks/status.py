"""Checks of what is left to do: a TODO, a review that is overdue, a source that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.diagnostics import Diagnostic, Severity, enumerated
from briefing.edition.final import todos
from briefing.edition.visibility import cited

from .context import CheckContext


def todo(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each TODO in printed text. In a final brief it is an error, which briefing.edition.final reports."""
    if context.brief.status == "final":
        return
    for found in todos(context.brief, context.source_map):
        yield replace(
            found,
            message="a TODO is left here, and would be printed",
            help="do what is to be done and delete the TODO; a final brief may have none",
            severity=Severity.WARNING,
        )


def review_overdue(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn if ``review_by`` has passed. This is the only check that depends on today's date."""
    limit = context.brief.review_by
    if limit is not None and context.day is not None and limit.last_day < context.day:
        message = f"this brief was to be looked at again by {limit}"
        yield context.warn(message, ("review_by",), help="look through it, then set as_of, issued and review_by anew")


def uncited_source(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn once of all entries under ``sources`` without a citation; they are printed last, as further reading."""
    used = cited(context.brief)
    names = [name for name in map(str, context.brief.sources) if name not in used]
    if names:
        is_one = len(names) == 1
        listed = enumerated([f"'{name}'" for name in names])
        yield context.warn(
            f"nothing cites {listed}, so {'it stands' if is_one else 'they stand'} last, as further reading",
            ("sources", names[0]),
            key=True,
            help=f"write [@{names[0]}] behind what it bears out, or delete it; "
            f"if {'it is' if is_one else 'they are'} meant as further reading, silence uncited-source under checks",
        )
