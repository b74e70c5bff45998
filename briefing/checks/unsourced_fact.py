"""A fact without a source."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.reading import markdown

from .facts import facts_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each figure and each holder of an office without a source of its own or of the fact box."""
    box = manuscript.brief.fact_box
    if box is None or box.source:
        return
    for stated in facts_of(manuscript):
        if not stated.is_figure and not stated.is_office:
            continue
        if not stated.fact.source and not markdown.citations(stated.fact.value):
            yield manuscript.warn(
                "unsourced-fact",
                f"nothing says where '{stated.label}' comes from",
                stated.path,
                key=True,
                help="add source: to the fact or, for all of them, to the fact box, with a key under sources",
            )
