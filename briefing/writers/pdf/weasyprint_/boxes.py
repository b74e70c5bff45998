"""The boxes of finished pages, which have no public name in WeasyPrint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def page_boxes(document: Any) -> list[Any]:
    """The box of each page of a laid-out document."""
    return [page._page_box for page in document.pages]


def renew_pages(document: Any) -> None:
    """Collect bookmarks, anchors and links again, after boxes have been moved."""
    document.pages[:] = [type(page)(page._page_box) for page in document.pages]


def real_box(box: Any) -> Any:
    """The box itself, for the placeholder of an absolutely positioned one."""
    return getattr(box, "_box", box)


def style_of(box: Any) -> str:
    """The first class of a box's element, which names its style; empty if there is none."""
    element = getattr(box, "element", None)
    return next(iter((element.get("class") or "").split()), "") if element is not None else ""


def tree(box: Any) -> Iterator[tuple[Any, Any]]:
    """Every box below a box, with its parent. The margins of a page are left out."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ != "MarginBox":
            yield box, child
            yield from tree(child)


def move_down(box: Any, distance: float) -> None:
    """Move a box and its content down by a distance in CSS px, with their backgrounds, which ``translate`` leaves."""
    box.translate(0, distance)
    for each in (box, *(inner for _, inner in tree(box))):
        background = getattr(each, "background", None)
        if background is not None:
            layers = [_moved_layer(layer, distance) for layer in background.layers]
            each.background = background._replace(layers=layers)


def _moved_layer(layer: Any, distance: float) -> Any:
    def moved(area: Any) -> Any:
        return (area[0], area[1] + distance, *area[2:]) if isinstance(area, tuple | list) else area

    return layer._replace(
        painting_area=moved(layer.painting_area),
        positioning_area=moved(layer.positioning_area),
        clipped_boxes=[moved(clipped) for clipped in layer.clipped_boxes],
    )
