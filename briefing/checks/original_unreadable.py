"""A translation whose original cannot be compared with it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .proof import Proof

__all__ = ["check"]


def check(proof: Proof) -> Iterator[Diagnostic]:
    """The file that ``translation_of`` names is not there, or is no brief that can be read."""
    if proof.whole and proof.original_problem:
        yield proof.warn(
            "original-unreadable",
            f"the original of this translation cannot be compared: {proof.original_problem}",
            ("translation_of",),
            help="name a content file of this project, relative to this one",
        )
