"""A fact that a reader may doubt, and cannot look up."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.reading import markdown

from .facts import facts_of
from .proof import Proof

__all__ = ["check"]


def check(proof: Proof) -> Iterator[Diagnostic]:
    """Each figure, and each holder of an office, for which neither the fact nor the box names a source."""
    box = proof.brief.fact_box
    if box is None or box.source:
        return
    for stated in facts_of(proof):
        if not stated.is_figure and not stated.is_office:
            continue
        if not stated.fact.source and not markdown.citations(stated.fact.value):
            yield proof.warn(
                "unsourced-fact",
                f"nothing says where '{stated.label}' comes from",
                stated.path,
                key=True,
                help="add source: to the fact or, for all of them, to the fact box, with a key under sources",
            )
