"""The side column: quotations, extracts and short lists are put where it is free, after the text has been laid out.

WeasyPrint has no page floats, and an ordinary float that does not fit drags the text after it to the next page. So
side matter is positioned absolutely: it takes no room in the text, the text's pages are final after one layout, and
what remains is to move each piece up or down its column, or to a neighbouring page, until nothing overlaps. Down the
column the pieces keep the order in which they are read, below the fact box and never above the summary. The boxes of
the finished layout are moved in place (``weasyprint_.boxes``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .weasyprint_.boxes import move_down, page_boxes, renew_pages, tree

__all__ = ["set_side_column"]

#: Room between two pieces in the column, in CSS px (6 mm).
GAP = 6 * 96 / 25.4
#: Sections that begin on a page of their own and keep other people's side matter out.
APART = {"meeting-sheet", "annex"}


@dataclass(slots=True)
class _Piece:
    """One piece of side matter: its placeholder, where it hangs in the tree, its page, where it would best stand."""

    number: int
    box: Any
    parent: Any
    page: int
    wanted: float
    height: float
    movable: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """What is free of the side column on one page: from ``top`` to ``bottom``, but for what is ``taken``; in CSS px."""

    top: float
    bottom: float
    taken: tuple[tuple[float, float], ...]

    def free(self, y: float, height: float) -> bool:
        """Whether a piece may stand there."""
        return (
            self.top - 0.01 <= y <= self.bottom - height + 0.01
            and all(y + height + GAP <= start + 0.01 or y >= end + GAP - 0.01 for start, end in self.taken)
        )  # fmt: skip

    def places(self, height: float, low: float, high: float, *wanted: float) -> list[float]:
        """The free heights from ``low`` to ``high`` that touch something, and the wanted ones if free; lowest first."""
        edges = {self.top, self.bottom - height, low, high, *wanted}
        for start, end in self.taken:
            edges |= {end + GAP, start - GAP - height}
        return sorted(y for y in edges if low - 0.01 <= y <= high + 0.01 and self.free(y, height))


def set_side_column(document: Any) -> frozenset[int]:
    """Move the document's side matter into free places of the side column.

    Returns the numbers (``data-side``) of the first piece on each page for which there is none: these have to be set in
    the text, and nothing has been moved.
    """
    pages = page_boxes(document)
    columns = [_column_of(page) for page in pages]
    standing = [list(_pieces(page, number)) for number, page in enumerate(pages)]
    homeless: dict[int, int] = {}
    for number, pieces in enumerate(standing):
        for piece in _without_room(pieces, columns[number]):
            after = number + 1
            if (
                pieces[-1] is piece
                and _welcome(piece, pages, after)
                and _room([piece, *standing[after]], columns[after])
            ):
                standing[after].insert(0, piece)
            elif (
                pieces[0] is piece
                and _welcome(piece, pages, number - 1)
                and _room([*standing[number - 1], piece], columns[number - 1])
            ):
                standing[number - 1].append(piece)
            else:
                homeless.setdefault(number, piece.number)
            pieces.remove(piece)
    if homeless:
        # One of each page: with that one in the text, those after it may find themselves beside the page after.
        return frozenset(homeless.values())
    for number, pieces in enumerate(standing):
        for piece, y in zip(pieces, _heights(pieces, columns[number], number), strict=True):
            _move(piece, pages[number], number, y)
    if any(standing):
        renew_pages(document)
    return frozenset()


def _welcome(piece: _Piece, pages: list[Any], page: int) -> bool:
    """Whether a piece may stand on another page than its own."""
    return piece.movable and 0 <= page < len(pages) and not _begins_apart(pages[page])


def _room(pieces: list[_Piece], column: _Column) -> bool:
    return not _without_room(pieces, column)


def _without_room(pieces: list[_Piece], column: _Column) -> list[_Piece]:
    """The pieces that stand past the foot even when all are moved up as far as their order lets them."""
    return [piece for piece, y in zip(pieces, _highest(pieces, column), strict=True) if y is None]


def _highest(pieces: list[_Piece], column: _Column) -> list[float | None]:
    """How far up each piece may stand, those before it being as far up as they may; None where there is no room."""
    heights: list[float | None] = []
    low = column.top
    for piece in pieces:
        places = column.places(piece.height, low, column.bottom)
        heights.append(places[0] if places else None)
        if places:
            low = places[0] + piece.height + GAP
    return heights


def _heights(pieces: list[_Piece], column: _Column, page: int) -> list[float]:
    """Where pieces that have room stand: each as near as may be to where it wants to, with room for those after it."""
    highest = [column.top if y is None else y for y in _highest(pieces, column)]
    lowest: list[float] = []
    high = column.bottom
    for piece, first in zip(reversed(pieces), reversed(highest), strict=True):
        lowest.insert(0, max(column.places(piece.height, first, high - piece.height), default=first))
        high = lowest[0] - GAP
    heights: list[float] = []
    low = column.top
    for piece, first, last in zip(pieces, highest, lowest, strict=True):
        wanted = piece.wanted if piece.page == page else column.top if piece.page < page else column.bottom
        places = column.places(piece.height, max(low, first), last, wanted)
        y = min(places, key=lambda y: (abs(y - wanted), y), default=first)
        heights.append(y)
        low = y + piece.height + GAP
    return heights


def _pieces(page: Any, number: int) -> Iterator[_Piece]:
    for parent, index, box in tree(page):
        element = getattr(box, "element", None)
        if element is None or not box.is_absolutely_positioned() or element.get("data-side") is None:
            continue
        kind = _class(box.children[-1])
        height = box.border_height()
        before = [child for child in parent.children[:index] if child.is_in_normal_flow()]
        after = [child for child in parent.children[index + 1 :] if child.is_in_normal_flow()]
        if kind == "contents":
            wanted = page.content_box_y()  # as near to the fact box as it may
        elif after:
            wanted = after[0].border_box_y()
        elif before and kind != "glossary":
            # The last block of its section stands beside the text that it belongs to.
            wanted = max(before[0].border_box_y(), before[-1].border_box_y() + before[-1].border_height() - height)
        else:
            wanted = before[-1].position_y + before[-1].margin_height() if before else parent.content_box_y()
        # What is read aloud keeps its place in the order of reading, so only extracts may go to another page.
        movable = kind == "extract" and len(box.children) == 1 and not _stands_apart(page, parent)
        yield _Piece(int(element.get("data-side")), box, parent, number, wanted, height, movable)


def _stands_apart(page: Any, wanted: Any) -> bool:
    """Whether a box stands in a section that keeps to itself."""
    return any(
        _class(box) in APART and (box is wanted or any(child is wanted for _, _, child in tree(box)))
        for _, _, box in tree(page)
    )


def _class(box: Any) -> str:
    element = getattr(box, "element", None)
    names = (element.get("class") or "").split() if element is not None else []
    return names[0] if names else ""


def _edges(page: Any) -> tuple[float, float]:
    """The side column from left to right, in CSS px: what the padding of ``main`` keeps free."""
    for _, _, box in tree(page):
        if box.element_tag == "main":
            left, right = box.padding_box_x(), box.padding_box_x() + box.padding_width()
            if box.padding_left > box.padding_right:
                return left, left + box.padding_left - 1
            return right - box.padding_right + 1, right
    return 0.0, 0.0


def _column_of(page: Any) -> _Column:
    """What is free in the side column of a page: not beside the title, nor where floats and full-width parts stand."""
    left, right = _edges(page)
    top = page.content_box_y()
    bottom = top + page.height
    taken = []
    side: set[int] = set()
    for parent, _, box in tree(page):
        if id(parent) in side or box.is_absolutely_positioned():
            side.add(id(box))
            continue
        kind, floated = type(box).__name__, box.is_floated()
        if _class(box) == "summary":
            top = max(top, box.border_box_y())
        opening = _class(box) == "masthead" or box.element_tag == "h1"
        if opening or floated or kind in {"LineBox", "TableBox", "InlineReplacedBox", "BlockReplacedBox"}:
            x, start, end = box.border_box_x(), box.border_box_y(), box.border_box_y() + box.border_height()
            if x < right and x + box.border_width() > left:
                taken.append((start, end))
                if opening or floated:
                    top = max(top, end + GAP)  # what opens a page comes before all quotations
    return _Column(top, bottom, tuple(taken))


def _begins_apart(page: Any) -> bool:
    return any(_class(box) in APART for _, _, box in tree(page))


def _move(piece: _Piece, page: Any, number: int, y: float) -> None:
    move_down(piece.box, y - piece.box.border_box_y())
    if number != piece.page:
        piece.parent.children = [child for child in piece.parent.children if child is not piece.box]
        main = next(box for _, _, box in tree(page) if box.element_tag == "main")
        main.children = [piece.box, *main.children] if number > piece.page else [*main.children, piece.box]
