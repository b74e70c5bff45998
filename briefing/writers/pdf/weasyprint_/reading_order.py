"""Which text boxes are written in reading order, since some letters of their line are read from right to left.

Poppler and pdfium, which most viewers use, find the order of such a line each in its own way, and neither by the Unicode
bidirectional algorithm (``docs/decisions/0024-text-from-right-to-left.md``). Poppler goes by places: it reverses what
stands between a right-to-left letter and the next letter from left to right or number, so a mark of direction stands at
the end of each passage of the other direction. pdfium keeps the order of the file, if a change of height ends the objects
that it would sort by their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any
from unicodedata import bidirectional

from .boxes import page_boxes, real_box

LRM, RLM = "\u200e", "\u200f"
#: Letters and marks that are read from right to left.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class Direction(Enum):
    """The direction in which a line is read."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


def has_right_to_left(text: str) -> bool:
    """Whether a text has a letter or a mark that is read from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


class LineDirections:
    """The direction of the line of each text box of a document."""

    def __init__(self, document: Any) -> None:
        self._pages = page_boxes(document)
        roots = getattr(self._pages[0], "children", ()) if self._pages else ()
        self._everywhere = any(root.style["direction"] == "rtl" for root in roots[:1])
        self._found: dict[int, Direction] | None = None

    def of(self, box: Any) -> Direction | None:
        """The direction of the line of a text box; None if nothing in it is read from right to left."""
        own = has_right_to_left(box.text)
        if not own and not self._everywhere:
            return None
        if self._found is None:
            self._found = {
                id(each): Direction(line.style["direction"])
                for page in self._pages
                for line in _lines(page)
                if any(has_right_to_left(each.text) for each in _text_boxes(line))
                for each in _text_boxes(line)
            }
        found = self._found.get(id(box), Direction(box.style["direction"]) if own else None)  # or text of a drawing
        return found if own or found is Direction.RIGHT_TO_LEFT else None


def _lines(box: Any) -> Iterator[Any]:
    for child in map(real_box, getattr(box, "children", ())):
        if type(child).__name__ == "LineBox":
            yield child
        yield from _lines(child)


def _text_boxes(box: Any) -> Iterator[Any]:
    """The text boxes of a line, without those of blocks in it, which have lines of their own."""
    for child in map(real_box, getattr(box, "children", ())):
        if type(child).__name__ == "TextBox":
            yield child
        elif type(child).__name__ != "LineBox":
            yield from _text_boxes(child)


def passages(text: str, line: Direction) -> Iterator[tuple[int, int]]:
    """The first and last places of the passages of a text box whose direction is not that of its line.

    In a line from right to left a number is such a passage, too.
    """
    kinds = "".join(_KINDS.get(bidirectional(character), "N") for character in text)
    if line is Direction.LEFT_TO_RIGHT:
        pattern = "R(?:.*R)?M*"
    else:
        pattern = "[LD](?:.*[LD])?M*" if "R" not in kinds else "L(?:[LDWMN]*[LD])?M*|D(?:W?D)*M*"
    for found in re.finditer(pattern, kinds):
        yield found.start(), found.end() - 1


#: Letters (L, R), digits (D), marks (M), and signs that belong to numbers (W), by their bidirectional classes.
_KINDS = {"L": "L", "R": "R", "AL": "R", "AN": "D", "EN": "D", "NSM": "M"} | dict.fromkeys(("CS", "ES", "ET", "BN"), "W")
