"""The lines that have letters which are read from right to left, and what the readers of a PDF need in them.

Poppler and pdfium, which most viewers use, each find the order of such a line in their own way, and neither uses the
Unicode bidirectional algorithm. `docs/decisions/0025-text-from-right-to-left.md` describes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple
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


class Line(NamedTuple):
    """The line of a text box.

    ``lacking`` is the number of marks from left to right that pdfium needs in this box. It reverses the order of a line
    if more of its segments are from right to left.
    """

    direction: Direction
    lacking: int = 0


class Lines:
    """The line of each text box of a document."""

    def __init__(self, document: Any) -> None:
        self._pages = page_boxes(document)
        roots = getattr(self._pages[0], "children", ()) if self._pages else ()
        self._everywhere = any(root.style["direction"] == "rtl" for root in roots[:1])
        self._found: dict[int, Line] | None = None

    def of(self, box: Any) -> Line | None:
        """The line of a text box; None if nothing in it has to be brought into order."""
        own = has_right_to_left(box.text)
        if not own and not self._everywhere:
            return None
        if self._found is None:
            self._found = {key: line for page in self._pages for box in _lines(page) for key, line in _line(box)}
        found = self._found.get(id(box))
        if found is None and own:  # text of a drawing
            direction = Direction(box.style["direction"])
            return Line(direction, _lacking([box.text], direction))
        return found


def _line(line: Any) -> Iterator[tuple[int, Line]]:
    """The text boxes of a line, by their ids, that have to be brought into order."""
    boxes = [box for box in _text_boxes(line) if box.text]
    direction = Direction(line.style["direction"])
    found = [box for box in boxes if direction is Direction.RIGHT_TO_LEFT or has_right_to_left(box.text)]
    if not any(has_right_to_left(box.text) for box in found):
        return
    lacking = _lacking([box.text for box in boxes], direction)
    for box in found:
        yield id(box), Line(direction, lacking if box is found[-1] else 0)


def _lacking(texts: Iterable[str], direction: Direction) -> int:
    return max(0, _segments(texts, direction) + 1)


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


def is_right_to_left(character: str) -> bool:
    """Whether a character is a letter, or a mark of direction, that is read from right to left."""
    return bidirectional(character) in {"R", "AL"}


def ends_right_to_left(character: str) -> bool:
    """Whether poppler ends a passage from right to left at a character: a letter from the left, or part of a number."""
    return bidirectional(character) in {"L", "EN", "AN", "CS", "ES", "ET"}


def _segments(texts: Iterable[str], line: Direction) -> int:
    """How many more segments of a line pdfium finds from right to left than from left to right.

    The marks that are written at the ends of passages count.
    """
    kinds = ""
    for text in texts:
        own = "".join(_KINDS.get(bidirectional(character), "N") for character in text)
        if line is Direction.LEFT_TO_RIGHT:
            kinds += re.sub("(R(?:[RNM]*R)?M*)", r"\1RL", own)
        else:
            kinds += re.sub("(?<=[LD])(?=[^LD]|$)|(?<=W)", "R", own)
    runs = [kind for kind, _ in groupby(kinds)]
    return runs.count("R") - runs.count("L")


#: Letters (L, R), digits (D) and marks (M), by their bidirectional classes.
_KINDS = {"L": "L", "R": "R", "AL": "R", "AN": "D", "EN": "D", "NSM": "M"} | dict.fromkeys(
    ("CS", "ES", "ET", "BN"), "W"
)
