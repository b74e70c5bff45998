"""The page's grid in Word: where text and side column stand. All measures in mm.

A theme's option ``side_column: before`` sets the side column before the text, as its stylesheets do. A brief written
from right to left has one column only: programs do not agree from which edge what floats on such a page is
measured, and words that lie over one another are worse than a plain page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from briefing.theme import Theme

__all__ = ["on_paper", "one_column", "outdent", "side_is_left", "side_place"]

#: How wide the papers are, in mm.
_A4, _LETTER = 210.0, 215.9


def on_paper(theme: Theme, paper: Literal["A4", "Letter"]) -> Theme:
    """The theme on that paper: its measures are those of A4, and on Letter the side column takes what is left over."""
    measures = theme.measures
    if paper == "A4" or not measures.side or measures.outer is not None:
        return theme
    return replace(theme, measures=replace(measures, side=measures.side + _LETTER - _A4))


def one_column(theme: Theme) -> Theme:
    """The theme without a side column: its text column wider, in the middle of the page."""
    measures = theme.measures
    share = (measures.gutter + measures.side) / 4
    changed = replace(measures, sides=measures.sides + share, text=measures.full - 2 * share, gutter=0.0, side=0.0)
    return replace(theme, measures=changed)


def side_is_left(theme: Theme) -> bool:
    """Whether the side column stands on the left of the text."""
    return theme.options.get("side_column") == "before"


def side_place(theme: Theme) -> float:
    """How far from the page's left edge the side column begins."""
    measures = theme.measures
    return measures.sides if side_is_left(theme) else measures.sides + measures.text + measures.gutter


def outdent(theme: Theme) -> tuple[float, float]:
    """How far what is as wide as the page reaches over the text column, at its beginning and at its end."""
    beyond = theme.measures.gutter + theme.measures.side
    return (beyond, 0.0) if theme.options.get("side_column") == "before" else (0.0, beyond)
