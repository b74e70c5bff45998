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


def tree(box: Any) -> Iterator[tuple[Any, int, Any]]:
    """Every box of a page with its parent and its index there. The margins of the page are left out."""
    for index, child in enumerate(getattr(box, "children", ())):
        if type(child).__name__ == "MarginBox":
            continue
        yield box, index, child
        yield from tree(child)


def move_down(box: Any, distance: float) -> None:
    """Move a box and its content down by a distance in CSS px, with their backgrounds, which ``translate`` leaves."""
    box.translate(0, distance)
    _move_backgrounds(box, distance)


def _move_backgrounds(box: Any, distance: float) -> None:
    def moved(area: Any) -> Any:
        return (area[0], area[1] + distance, *area[2:]) if isinstance(area, tuple | list) else area

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
        _move_backgrounds(child, distance)
