"""An abbreviation that is spelled out again."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .abbreviations import uses_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each place after the first at which the text spells an abbreviation out."""
    for use in uses_of(manuscript):
        for passage, start in use.spelled[1:]:
            yield manuscript.mark(
                "spelled-out-twice",
                f"'{use.term}' has been spelled out before",
                passage,
                start,
                start + len(use.term),
                help=f"write {use.term} alone here",
            )
