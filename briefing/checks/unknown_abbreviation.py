"""An abbreviation that the brief explains nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .abbreviations import uses_of
from .proof import Proof

__all__ = ["check"]


def check(proof: Proof) -> Iterator[Diagnostic]:
    """The first place of each abbreviation that is neither spelled out nor in the glossary."""
    for use in uses_of(proof):
        if not use.spelled and use.term not in proof.brief.glossary:
            yield proof.mark(
                "unknown-abbreviation",
                f"'{use.term}' is neither spelled out nor in the glossary",
                use.passage,
                use.start,
                use.start + len(use.term),
                help=f"spell it out where it first stands, with ({use.term}) behind it, or add it under glossary",
            )
