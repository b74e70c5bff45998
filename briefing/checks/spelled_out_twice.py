"""An abbreviation that is spelled out more than once."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .abbreviations import uses_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each place but the first at which an abbreviation is spelled out."""
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
