"""The positions and widths of the text and side column on a Word page, in mm.

The theme option ``side_column: before`` puts the side column before the text, as in the stylesheets. A right-to-left
brief has one column only: programs measure floats on such a page from different edges, and overlapping text is worse
than a plain page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme

#: The widths of the papers, in mm.
_A4_WIDTH, _LETTER_WIDTH = (PAPER_SIZES[name][0] for name in ("A4", "Letter"))


def for_paper(theme: Theme, paper: Literal["A4", "Letter"]) -> Theme:
    """The theme for that paper: its measures are those of A4; on Letter the side column takes the extra width."""
    measures = theme.measures
    if paper == "A4" or not measures.side or measures.outer is not None:
        return theme
    return replace(theme, measures=replace(measures, side=measures.side + _LETTER_WIDTH - _A4_WIDTH))


def one_column(theme: Theme) -> Theme:
    """The theme without a side column: its text column is wider, in the middle of the page."""
    measures = theme.measures
    share = (measures.gutter + measures.side) / 4
    changed = replace(measures, sides=measures.sides + share, text=measures.full - 2 * share, gutter=0.0, side=0.0)
    return replace(theme, measures=changed)


def side_is_left(theme: Theme) -> bool:
    """Whether the side column is left of the text."""
    return theme.options.get("side_column") == "before"


def side_place(theme: Theme) -> float:
    """The distance of the side column from the page's left edge, in mm."""
    measures = theme.measures
    return measures.sides if side_is_left(theme) else measures.sides + measures.text + measures.gutter


def outdent(theme: Theme) -> tuple[float, float]:
    """How far a full-width block extends beyond the text column, at its beginning and at its end, in mm."""
    beyond = theme.measures.gutter + theme.measures.side
    return (beyond, 0.0) if side_is_left(theme) else (0.0, beyond)
