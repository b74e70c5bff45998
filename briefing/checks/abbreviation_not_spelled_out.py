"""An abbreviation that is used before it is spelled out."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .abbreviations import uses_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn at the first use of an abbreviation that is spelled out only later, or only in the glossary."""
    for use in uses_of(manuscript):
        if use.first_is_spelled or (not use.spelled and use.term not in manuscript.brief.glossary):
            continue
        reason = "is spelled out only further below" if use.spelled else "is in the glossary, but spelled out nowhere"
        yield manuscript.mark(
            "abbreviation-not-spelled-out",
            f"'{use.term}' {reason}",
            use.passage,
            use.start,
            use.start + len(use.term),
            help=f"write it out here, at its first place, with ({use.term}) behind it",
        )
