"""A translation whose original cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn if the file named by ``translation_of`` is missing or is not a valid brief."""
    if manuscript.whole and manuscript.original_problem:
        yield manuscript.warn(
            "original-unreadable",
            f"the original of this translation cannot be compared: {manuscript.original_problem}",
            ("translation_of",),
            help="name a content file of this project, relative to this one",
        )
