"""What stands where on finished pages: who points at a page can be told which words of the content are meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.writers.pressed import Box, Sheet

from .weasyprint_.boxes import page_boxes

__all__ = ["sheets_of"]


def sheets_of(document: Any) -> tuple[Sheet, ...]:
    """The pages of a WeasyPrint document, each with the boxes of its elements that have a data-path."""
    return tuple(
        Sheet(page.width, page.height, tuple(_boxes(box, None)))
        for page, box in zip(document.pages, page_boxes(document), strict=True)
    )


def _boxes(box: Any, around: Any) -> Iterator[Box]:
    """The boxes below one; ``around`` is the element it stands in. Lines and wrappers share their element's box."""
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        path = element.get("data-path") if element is not None and element is not around else None
        if path:
            yield Box(path, *(round(float(number), 1) for number in child.hit_area()))
        yield from _boxes(child, around if element is None else element)
