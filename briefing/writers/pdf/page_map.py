"""The positions of elements on finished pages, so that a point on a page leads to its place in the content file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.writers.output import Box, PageMap

from .weasyprint_.boxes import page_boxes


def page_maps_of(document: Any) -> tuple[PageMap, ...]:
    """The pages of a WeasyPrint document, each with the boxes of its elements that have a data-path."""
    return tuple(
        PageMap(page.width, page.height, tuple(_page_boxes(box, None)))
        for page, box in zip(document.pages, page_boxes(document), strict=True)
    )


def _page_boxes(box: Any, around: Any) -> Iterator[Box]:
    """The boxes below one; ``around`` is the element that contains it.

    Lines and wrappers are left out, because they belong to the same element.
    """
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        path = element.get("data-path") if element is not None and element is not around else None
        if path:
            yield Box(path, *(round(float(number), 1) for number in child.hit_area()))
        yield from _page_boxes(child, around if element is None else element)
