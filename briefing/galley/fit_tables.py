"""Fit wide tables to the paper: smaller type, then the full width of the page; and mark rows taller than a few lines.

The widths are estimates, so that all formats decide alike. HTML does not use them: a screen scrolls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.charts.text_width import SIZE, width
from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme

from .tree import Element, Node, rewrite

#: The type sizes of a table in per cent of the theme's, the largest first.
SCALES = (100, 94, 88, 82, 76, 70)
#: A table in the text column gets the full width of the page before its type is smaller than this.
SMALLEST_IN_TEXT = 88
#: The space between two columns in mm, at full size and at smaller ones.
GAP, NARROW_GAP = 3.2, 1.3
#: A row taller than this may break over two pages, in mm.
TALLEST_ROW = 60.0
#: A longer word is broken anywhere, so that its column needs no more than this many letters.
LONGEST_WORD, BROKEN_WORD = 24, 10
_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class TooWide:
    """A table wider than the paper in the smallest type: its element, caption and columns, and how many would fit."""

    element: Element
    caption: str
    columns: int
    fitting: int


def fit_tables(body: tuple[Node, ...], theme: Theme, paper: str) -> tuple[tuple[Element, ...], list[TooWide]]:
    """The galley with ``data-fit`` (a type size in per cent) and ``wide`` on tables that need them, and those too wide.

    A row that may break over pages has the class ``tall``.
    """
    inner, outer = theme.measures.margins(PAPER_SIZES["Letter" if paper == "Letter" else "A4"][0])
    full = PAPER_SIZES["Letter" if paper == "Letter" else "A4"][0] - inner - outer
    style = theme.style("table-text")
    size = style.size if style else SIZE
    leading = style.leading if style else SIZE * 1.3
    too_wide: list[TooWide] = []

    def change(element: Element) -> tuple[Node, ...] | None:
        if element.tag != "table" or element.style != "brief-table":
            return None
        rows = [line for line in element.walk() if line.tag == "tr"]
        if any(cell.get("colspan") or cell.get("rowspan") for line in rows for cell in line.elements):
            return None  # a theme's own table
        least = [max(map(_least, column)) for column in zip(*(line.elements for line in rows), strict=False)]
        is_wide = "wide" in element.classes
        ways = [(s, is_wide) for s in SCALES if is_wide or s >= SMALLEST_IN_TEXT]
        ways += [] if is_wide else [(s, True) for s in SCALES]
        for scale, wide in ways:
            room = full if wide else theme.measures.text
            if _needed(least, size, scale) <= room:
                break
        else:
            fitting = next(n for n in range(len(least), -1, -1) if _needed(least[:n], size, SCALES[-1]) <= full)
            too_wide.append(TooWide(element, _caption(element), len(least), fitting))
            return None
        if wide and not is_wide:
            element = element.having(*element.children, **{"class": element.get("class") + " wide"})
        if scale != SCALES[0]:
            element = element.having(*element.children, **{"data-fit": str(scale)})
        spare = room - _needed(least, size, scale)
        return rewrite(element, lambda line: _marked(line, least, spare, size * scale / 100, leading * scale / 100))

    fitted = tuple(new for node in body for new in rewrite(node, change) if isinstance(new, Element))
    return fitted, too_wide


def _marked(line: Element, least: list[float], spare: float, size: float, leading: float) -> tuple[Node, ...] | None:
    """A row with the class ``tall`` if it may break over two pages."""
    if line.tag != "tr":
        return None
    needs = [
        max(0.0, width(cell.text) / SIZE * size * _MM - one) for cell, one in zip(line.elements, least, strict=False)
    ]
    longest = max(needs, default=0.0)
    if not longest:
        return None
    column = least[needs.index(longest)] * size * _MM / SIZE + spare * longest / sum(needs)
    if (longest / column + 1) * leading * _MM <= TALLEST_ROW:
        return None
    return (line.having(*line.children, **{"class": f"{line.get('class')} tall".strip()}),)


def _least(cell: Element) -> float:
    """The width in pt, in type of ``SIZE``, of the longest word of a cell."""
    words = re.split(r"[ \n]+|(?<=[-\u2013/])(?=\w)", cell.text)
    bold = cell.get("scope") == "col"
    return max(
        (_width(word if len(word) <= LONGEST_WORD else word[:BROKEN_WORD], bold=bold) for word in words), default=0.0
    )


def _width(word: str, *, bold: bool) -> float:
    """The width of a word. Digits are narrower than the estimate for charts has them, and most cells are numbers."""
    return width(word, semibold=bold) - sum(map(str.isdigit, word)) * 0.06 * SIZE


def _needed(least: list[float], size: float, scale: int) -> float:
    """The least width of a table in mm."""
    gap = GAP if scale == SCALES[0] else NARROW_GAP
    return sum(least) / SIZE * size * scale / 100 * _MM + gap * (len(least) - 1)


def _caption(element: Element) -> str:
    return next((child.text.strip() for child in element.elements if child.tag == "caption"), "")
