"""A brief whose review date has passed."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn if ``review_by`` has passed. This is the only check that depends on today's date."""
    limit = manuscript.brief.review_by
    if limit is not None and manuscript.day is not None and limit.last_day < manuscript.day:
        yield manuscript.warn(
            "review-overdue",
            f"this brief was to be looked at again by {limit}",
            ("review_by",),
            help="look through it, then set as_of, issued and review_by anew",
        )
