"""Figures and dates in a translation that are not in its original."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .figures import dates_in, figures_in, readings
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each figure and date that is not in the brief named by ``translation_of``, which may have others."""
    name, original = manuscript.brief.translation_of, manuscript.original
    if not manuscript.whole or name is None or original is None:
        return
    known = figures_in(original)
    reported: set[str] = set()
    for passage in manuscript.texts:
        if passage.part in {"sources", "glossary", "translation_of"}:
            continue
        for typed, start, values in readings(passage.plain):
            if values & known or typed in reported:
                continue
            reported.add(typed)
            yield manuscript.mark(
                "figures-differ",
                f"the figure {typed} does not stand in {name}, of which this is a translation",
                passage,
                start,
                start + len(typed),
                help="correct it here or there",
            )
    days = {str(day) for _, day in dates_in(original)}
    for path, day in dates_in(manuscript.brief):
        if str(day) not in days and path[-1] != "review_by":
            yield manuscript.warn(
                "figures-differ",
                f"the date {day} does not stand in {name}, of which this is a translation",
                path,
                help="correct it here or there",
            )
