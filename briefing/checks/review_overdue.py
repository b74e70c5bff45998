"""A brief that somebody should have looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .proof import Proof

__all__ = ["check"]


def check(proof: Proof) -> Iterator[Diagnostic]:
    """``review_by`` has passed. It is the only check that knows today."""
    limit = proof.brief.review_by
    if limit is not None and proof.day is not None and limit.last_day < proof.day:
        yield proof.warn(
            "review-overdue",
            f"this brief was to be looked at again by {limit}",
            ("review_by",),
            help="look through it, then set as_of, issued and review_by anew",
        )
