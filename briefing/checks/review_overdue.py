"""A brief that somebody should have looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """``review_by`` has passed. It is the only check that knows today."""
    limit = manuscript.brief.review_by
    if limit is not None and manuscript.day is not None and limit.last_day < manuscript.day:
        yield manuscript.warn(
            "review-overdue",
            f"this brief was to be looked at again by {limit}",
            ("review_by",),
            help="look through it, then set as_of, issued and review_by anew",
        )
