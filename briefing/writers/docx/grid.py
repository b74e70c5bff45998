"""The page's grid in Word: where text and side column stand. All measures in mm.

A theme's option ``side_column: before`` sets the side column before the text, as its stylesheets do; a brief written
from right to left mirrors the page.
"""

from __future__ import annotations

from briefing.theme import Theme

__all__ = ["outdent", "side_is_left", "side_place"]


def side_is_left(theme: Theme, *, rtl: bool) -> bool:
    """Whether the side column stands on the left of the text."""
    return (theme.options.get("side_column") == "before") != rtl


def side_place(theme: Theme, *, rtl: bool) -> float:
    """How far from the page's left edge the side column begins."""
    measures = theme.measures
    return measures.sides if side_is_left(theme, rtl=rtl) else measures.sides + measures.text + measures.gutter


def outdent(theme: Theme) -> tuple[float, float]:
    """How far what is as wide as the page reaches over the text column, at its beginning and at its end."""
    beyond = theme.measures.gutter + theme.measures.side
    return (beyond, 0.0) if theme.options.get("side_column") == "before" else (0.0, beyond)
