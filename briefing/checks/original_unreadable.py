"""A translation whose original cannot be compared with it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The file that ``translation_of`` names is not there, or is no brief that can be read."""
    if manuscript.whole and manuscript.original_problem:
        yield manuscript.warn(
            "original-unreadable",
            f"the original of this translation cannot be compared: {manuscript.original_problem}",
            ("translation_of",),
            help="name a content file of this project, relative to this one",
        )
