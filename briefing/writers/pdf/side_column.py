"""The side column: quotations, extracts and short lists are put where it is free, after the text has been laid out.

WeasyPrint has no page floats, and an ordinary float that does not fit drags the text after it to the next page. So
side matter is positioned absolutely: it takes no room in the text, the text's pages are final after one layout, and
what remains is to move each piece up or down its column, or to a neighbouring page, until nothing overlaps. The boxes
of the finished layout are moved in place; they are WeasyPrint's own, so this module is one of those that its pinned
version is pinned for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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


def set_side_column(document: Any) -> frozenset[int]:
    """Move the document's side matter into free places of the side column.

    Returns the numbers (``data-side``) of the pieces for which there is none: they have to be set in the text.
    """
    pages = [page._page_box for page in document.pages]  # noqa: SLF001 - the layout's boxes have no public name
    pieces = [piece for number, page in enumerate(pages) for piece in _pieces(page, number)]
    taken = {number: _obstacles(page) for number, page in enumerate(pages)}
    homeless = set()
    for piece in sorted(pieces, key=lambda p: (p.page, p.wanted)):
        place = _place(piece, pages, taken)
        if place is None:
            homeless.add(piece.number)
            continue
        page, y = place
        _move(piece, pages[page], page, y)
        taken[page].append((y, y + piece.height))
    if pieces and not homeless:
        # Bookmarks, anchors and links were gathered from the boxes' old places.
        document.pages[:] = [type(page)(page._page_box) for page in document.pages]  # noqa: SLF001
    return frozenset(homeless)


def _pieces(page: Any, number: int) -> Iterator[_Piece]:
    for parent, index, box in _tree(page):
        element = getattr(box, "element", None)
        if element is None or not box.is_absolutely_positioned() or element.get("data-side") is None:
            continue
        kind = (box.children[-1].element.get("class") or "").split()[0]
        height = box.border_height()
        before = [child for child in parent.children[:index] if child.is_in_normal_flow()]
        after = [child for child in parent.children[index + 1 :] if child.is_in_normal_flow()]
        if after:
            wanted = after[0].border_box_y()
        elif before and kind != "glossary":
            # The last block of its section stands beside the text that it belongs to.
            wanted = max(before[0].border_box_y(), before[-1].border_box_y() + before[-1].border_height() - height)
        else:
            wanted = before[-1].position_y + before[-1].margin_height() if before else parent.content_box_y()
        # What is read aloud keeps its place in the order of reading, so only extracts may go to another page.
        movable = kind == "extract" and len(box.children) == 1 and not _stands_apart(page, parent)
        yield _Piece(int(element.get("data-side")), box, parent, number, wanted, height, movable)


def _tree(box: Any) -> Iterator[tuple[Any, int, Any]]:
    """Every box of a page with its parent and its place there; running matter in the margins left out."""
    for index, child in enumerate(getattr(box, "children", ())):
        if type(child).__name__ == "MarginBox":
            continue
        yield box, index, child
        yield from _tree(child)


def _stands_apart(page: Any, wanted: Any) -> bool:
    """Whether a box stands in a section that keeps to itself."""
    return any(
        _class(box) in APART and (box is wanted or any(child is wanted for _, _, child in _tree(box)))
        for _, _, box in _tree(page)
    )


def _class(box: Any) -> str:
    element = getattr(box, "element", None)
    names = (element.get("class") or "").split() if element is not None else []
    return names[0] if names else ""


def _column(page: Any) -> tuple[float, float]:
    """The side column from left to right, in CSS px: what the padding of ``main`` keeps free."""
    for _, _, box in _tree(page):
        if box.element_tag == "main":
            left, right = box.padding_box_x(), box.padding_box_x() + box.padding_width()
            if box.padding_left > box.padding_right:
                return left, left + box.padding_left - 1
            return right - box.padding_right + 1, right
    return 0.0, 0.0


def _obstacles(page: Any) -> list[tuple[float, float]]:
    """What already stands in the side column of a page: floats, full-width tables, lines of full width."""
    left, right = _column(page)
    found = []
    side: set[int] = set()
    for parent, _, box in _tree(page):
        if id(parent) in side or box.is_absolutely_positioned():
            side.add(id(box))
            continue
        if box.is_floated() or type(box).__name__ in {"LineBox", "TableBox", "InlineReplacedBox", "BlockReplacedBox"}:
            x, width = box.border_box_x(), box.border_width()
            if x < right and x + width > left:
                found.append((box.border_box_y(), box.border_box_y() + box.border_height()))
    return found


def _place(piece: _Piece, pages: list[Any], taken: dict[int, list[tuple[float, float]]]) -> tuple[int, float] | None:
    """The page and the height at which a piece stands best; None when there is no room for it on the pages around."""
    y = _nearest(piece.wanted, piece.height, pages[piece.page], taken[piece.page])
    if y is not None:
        return piece.page, y
    for page in (piece.page + 1, piece.page - 1):
        if piece.movable and 0 <= page < len(pages) and not _begins_apart(pages[page]):
            top = pages[page].content_box_y()
            wanted = top if page > piece.page else top + pages[page].height
            y = _nearest(wanted, piece.height, pages[page], taken[page])
            if y is not None:
                return page, y
    return None


def _begins_apart(page: Any) -> bool:
    return any(_class(box) in APART for _, _, box in _tree(page))


def _nearest(wanted: float, height: float, page: Any, taken: list[tuple[float, float]]) -> float | None:
    """The free height nearest to the wanted one."""
    top = page.content_box_y()
    bottom = top + page.height
    tops = {top, bottom - height, wanted}
    for start, end in taken:
        tops |= {end + GAP, start - GAP - height}
    free = [
        y
        for y in tops
        if top - 0.01 <= y <= bottom - height + 0.01
        and all(y + height + GAP <= start + 0.01 or y >= end + GAP - 0.01 for start, end in taken)
    ]
    return min(free, key=lambda y: (abs(y - wanted), y), default=None)


def _move(piece: _Piece, page: Any, number: int, y: float) -> None:
    down = y - piece.box.border_box_y()
    piece.box.translate(0, down)
    _move_grounds(piece.box, down)
    if number != piece.page:
        piece.parent.children = [child for child in piece.parent.children if child is not piece.box]
        main = next(box for _, _, box in _tree(page) if box.element_tag == "main")
        main.children = [piece.box, *main.children] if number > piece.page else [*main.children, piece.box]


def _move_grounds(box: Any, down: float) -> None:
    """Move the grounds of a box and all in it: they were placed before, and do not go with their box."""

    def moved(area: Any) -> Any:
        return (area[0], area[1] + down, *area[2:]) if isinstance(area, tuple | list) else area

    background = getattr(box, "background", None)
    if background is not None:
        layers = [
            layer._replace(
                painting_area=moved(layer.painting_area),
                positioning_area=moved(layer.positioning_area),
                clipped_boxes=[moved(clipped) for clipped in layer.clipped_boxes],
            )
            for layer in background.layers
        ]
        box.background = background._replace(layers=layers)
    for child in getattr(box, "children", ()):
        _move_grounds(child, down)
