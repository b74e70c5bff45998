"""Figures and dates of a translation that its original does not have."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .figures import dates_in, figures_in, readings
from .proof import Proof

__all__ = ["check"]


def check(proof: Proof) -> Iterator[Diagnostic]:
    """Each figure that the brief named by ``translation_of`` has nowhere; it may be longer than its translation."""
    name, original = proof.brief.translation_of, proof.original
    if not proof.whole or name is None or original is None:
        return
    known = figures_in(original)
    told: set[str] = set()
    for passage in proof.texts:
        if passage.part in {"sources", "glossary", "translation_of"}:
            continue
        for typed, start, values in readings(passage.plain):
            if values & known or typed in told:
                continue
            told.add(typed)
            yield proof.mark(
                "figures-differ",
                f"the figure {typed} does not stand in {name}, of which this is a translation",
                passage,
                start,
                start + len(typed),
                help="correct it here or there",
            )
    days = {str(day) for _, day in dates_in(original)}
    for path, day in dates_in(proof.brief):
        if str(day) not in days and path[-1] != "review_by":
            yield proof.warn(
                "figures-differ",
                f"the date {day} does not stand in {name}, of which this is a translation",
                path,
                help="correct it here or there",
            )
