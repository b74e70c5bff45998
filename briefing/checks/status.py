"""A TODO in a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.diagnostics import Diagnostic, Severity
from briefing.edition.final import todos

from .context import CheckContext


def todo(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each TODO in printed text. In a final brief it is an error, which briefing.edition.final reports."""
    if context.brief.status == "final":
        return
    for found in todos(context.brief, context.source_map):
        yield replace(
            found,
            code="todo",
            message="a TODO is left here, and would be printed",
            help="do what is to be done and delete the TODO; a final brief may have none",
            severity=Severity.WARNING,
        )


def review_overdue(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn if ``review_by`` has passed. This is the only check that depends on today's date."""
    limit = context.brief.review_by
    if limit is not None and context.day is not None and limit.last_day < context.day:
        yield context.warn(
            "review-overdue",
            f"this brief was to be looked at again by {limit}",
            ("review_by",),
            help="look through it, then set as_of, issued and review_by anew",
        )
