"""Side column: move quotations, extracts and short lists to free places in it, after the text has been laid out.

WeasyPrint has no page floats, and an ordinary float that does not fit moves the text after it to the next page. Side
matter is therefore positioned absolutely: it takes no room in the text, so the text's pages are final after one layout.
Each block is then moved up or down its column, or to a neighbouring page, until nothing overlaps. The blocks of a
column keep their reading order, below the fact box and never above the summary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.galley.contents import APART

from .weasyprint_.boxes import move_down, page_boxes, renew_pages, style_of, tree

#: The distance between two blocks in the column, in CSS px (6 mm).
GAP = 6 * 96 / 25.4


@dataclass(slots=True)
class _SideBlock:
    """One block of side matter: its number and box, the parent box, its page, and its preferred place.

    ``wanted`` is the preferred upper edge and ``height`` the height, in CSS px; a ``movable`` block may change pages.
    ``opening`` is true for a fact box before the text, which belongs on the page of the summary.
    """

    number: int
    box: Any
    parent: Any
    page: int
    wanted: float
    height: float
    movable: bool
    opening: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """The free part of the side column on one page: from ``top`` to ``bottom``, except ``taken``; in CSS px."""

    top: float
    bottom: float
    taken: tuple[tuple[float, float], ...]

    def places(self, height: float, low: float, high: float, *wanted: float) -> list[float]:
        """The free places from ``low`` to ``high`` that touch something, and the wanted ones if free; top first."""
        edges = {self.top, self.bottom - height, low, high, *wanted}
        for start, end in self.taken:
            edges |= {end + GAP, start - GAP - height}
        lowest, highest = max(low, self.top) - 0.01, min(high, self.bottom - height) + 0.01
        return sorted(
            y
            for y in edges
            if lowest <= y <= highest
            and all(y + height + GAP <= start + 0.01 or y >= end + GAP - 0.01 for start, end in self.taken)
        )


def set_side_column(document: Any) -> frozenset[int]:
    """Move the document's side matter to free places in the side column.

    Returns the numbers (``data-side``) of the first block on each page that has no place. If there are any, nothing has
    been moved, and they have to be set in the text.
    """
    pages = page_boxes(document)
    by_page = [list(_side_blocks(page, number)) for number, page in enumerate(pages)]
    if not any(by_page):
        return frozenset()
    width = max(block.box.border_width() for blocks in by_page for block in blocks)
    columns = [_column_of(page, width) for page in pages]
    unplaced = _distribute(by_page, pages, columns)
    if not unplaced:
        for number, blocks in enumerate(by_page):
            for block, y in zip(blocks, _final_places(blocks, columns[number], number), strict=True):
                _move(block, pages[number], number, y)
        renew_pages(document)
    return unplaced


def _distribute(by_page: list[list[_SideBlock]], pages: list[Any], columns: list[_Column]) -> frozenset[int]:
    """Give blocks without a place to the next page or the one before.

    Returns the numbers of those that still have none, but only the first on each page: with it in the text, those after
    it may move to the next page.
    """

    def fits(block: _SideBlock, page: int, *, first: bool) -> bool:
        if not 0 <= page < len(pages) or _own_page_sections(pages[page]):
            return False
        return not _without_place([block, *by_page[page]] if first else [*by_page[page], block], columns[page])

    unplaced: dict[int, int] = {}
    for number, blocks in enumerate(by_page):
        if blocks and blocks[0].opening and fits(blocks[0], number - 1, first=False):
            by_page[number - 1].append(blocks.pop(0))
        for block in _without_place(blocks, columns[number]):
            if block.movable and block is blocks[-1] and fits(block, number + 1, first=True):
                by_page[number + 1].insert(0, block)
            elif block.movable and block is blocks[0] and fits(block, number - 1, first=False):
                by_page[number - 1].append(block)
            else:
                unplaced.setdefault(number, block.number)
            blocks.remove(block)
    return frozenset(unplaced.values())


def _without_place(blocks: list[_SideBlock], column: _Column) -> list[_SideBlock]:
    """The blocks that reach below the column even if all are moved up as far as their order allows."""
    return [block for block, y in zip(blocks, _highest(blocks, column), strict=True) if y is None]


def _highest(blocks: list[_SideBlock], column: _Column) -> list[float | None]:
    """The highest place of each block if those before it stand as high as possible; None if it has none."""
    heights: list[float | None] = []
    low = column.top
    for block in blocks:
        places = column.places(block.height, low, column.bottom)
        heights.append(places[0] if places else None)
        if places:
            low = places[0] + block.height + GAP
    return heights


def _final_places(blocks: list[_SideBlock], column: _Column, page: int) -> list[float]:
    """The place of each block, which all fit: as near to its preferred one as those after it allow."""
    highest = [column.top if y is None else y for y in _highest(blocks, column)]
    lowest: list[float] = []
    high = column.bottom
    for block, first in zip(reversed(blocks), reversed(highest), strict=True):
        lowest.insert(0, max(column.places(block.height, first, high - block.height), default=first))
        high = lowest[0] - GAP
    placed: list[float] = []
    low = column.top
    for block, first, last in zip(blocks, highest, lowest, strict=True):
        from_later = column.top if block.opening else column.bottom
        wanted = block.wanted if block.page == page else column.top if block.page < page else from_later
        places = column.places(block.height, max(low, first), last, wanted)
        y = min(places, key=lambda y: (abs(y - wanted), y), default=first)
        placed.append(y)
        low = y + block.height + GAP
    return placed


def _side_blocks(page: Any, number: int) -> Iterator[_SideBlock]:
    """The side matter of a page."""
    sections = _own_page_sections(page)
    apart = {id(box) for section in sections for box in (section, *(inner for _, inner in tree(section)))}
    for parent, box in tree(page):
        element = getattr(box, "element", None)
        if element is None or not box.is_absolutely_positioned() or element.get("data-side") is None:
            continue
        kind = style_of(box.children[-1])
        height = box.border_height()
        index = parent.children.index(box)
        before = [child for child in parent.children[:index] if child.is_in_normal_flow()]
        after = [child for child in parent.children[index + 1 :] if child.is_in_normal_flow()]
        opening = kind == "fact-box" and not any(child.element_tag == "section" for child in before)
        if kind == "contents" or opening:
            wanted = page.content_box_y()  # beside the summary; the contents as near to the fact box as possible
        elif after:
            wanted = after[0].border_box_y()
        elif before and kind != "glossary":
            # The last block of its section stands beside the text before it.
            wanted = max(before[0].border_box_y(), before[-1].border_box_y() + before[-1].border_height() - height)
        else:
            wanted = before[-1].position_y + before[-1].margin_height() if before else parent.content_box_y()
        # Only extracts may go to another page: they are not read aloud, so the reading order stays.
        movable = kind == "extract" and len(box.children) == 1 and id(parent) not in apart
        yield _SideBlock(int(element.get("data-side")), box, parent, number, wanted, height, movable, opening)


def _own_page_sections(page: Any) -> list[Any]:
    """The sections of a page that begin on a page of their own, which takes no side matter from other pages."""
    return [box for _, box in tree(page) if style_of(box) in APART]


def _edges(page: Any, width: float) -> tuple[float, float]:
    """The left and right edges of the side column in CSS px: at the wider padding of ``main``, without the gutter."""
    main = next((box for _, box in tree(page) if box.element_tag == "main"), None)
    if main is None:
        return 0.0, 0.0
    left, right = main.padding_box_x(), main.padding_box_x() + main.padding_width()
    if main.padding_left > main.padding_right:
        return left, left + width
    return right - width, right


def _column_of(page: Any, width: float) -> _Column:
    """The free part of a page's side column: not beside the title, nor where floats and full-width blocks are."""
    left, right = _edges(page, width)
    top = page.content_box_y()
    bottom = top + page.height
    taken = []
    apart: set[int] = set()
    for parent, box in tree(page):
        if style_of(box) == "masthead" or box.element_tag == "h1":
            top = max(top, box.border_box_y() + box.border_height())
            apart.add(id(box))
            continue
        if id(parent) in apart or box.is_absolutely_positioned():
            apart.add(id(box))
            continue
        kind, floated = type(box).__name__, box.is_floated()
        if style_of(box) == "summary" and style_of(parent) != "summary":
            top = max(top, box.border_box_y())
        if floated or kind in {"LineBox", "TableBox", "InlineReplacedBox", "BlockReplacedBox"}:
            x, start, end = box.border_box_x(), box.border_box_y(), box.border_box_y() + box.border_height()
            if x < right and x + box.border_width() > left:
                taken.append((start, end))
                if floated:
                    top = max(top, end + GAP)
    return _Column(top, bottom, tuple(taken))


def _move(block: _SideBlock, page: Any, number: int, y: float) -> None:
    move_down(block.box, y - block.box.border_box_y())
    if number != block.page:
        block.parent.children = [child for child in block.parent.children if child is not block.box]
        main = next(box for _, box in tree(page) if box.element_tag == "main")
        main.children = [block.box, *main.children] if number > block.page else [*main.children, block.box]
