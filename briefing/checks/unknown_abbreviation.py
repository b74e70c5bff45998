"""An abbreviation that is not explained."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .abbreviations import uses_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn at the first use of an abbreviation that is neither spelled out nor in the glossary."""
    for use in uses_of(manuscript):
        if not use.spelled and use.term not in manuscript.brief.glossary:
            yield manuscript.mark(
                "unknown-abbreviation",
                f"'{use.term}' is neither spelled out nor in the glossary",
                use.passage,
                use.start,
                use.start + len(use.term),
                help=f"spell it out where it first stands, with ({use.term}) behind it, or add it under glossary",
            )
