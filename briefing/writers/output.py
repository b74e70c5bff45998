"""The output of one writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from briefing.diagnostics import Diagnostic

if TYPE_CHECKING:
    from briefing.theme import Theme


class Box(NamedTuple):
    """An element on its page: its data-path, position and size, in CSS px from the page's upper left corner."""

    path: str
    x: float
    y: float
    width: float
    height: float


class PageMap(NamedTuple):
    """One page: its size in CSS px, and the boxes of its elements, outer boxes before inner ones."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """The output of one writer: the file's bytes, diagnostics, and the number of pages if the format has pages.

    ``starts`` maps the id of an element to the page on which it begins. ``theme`` is the theme as tightened to the page
    budget. Both are added to the galley for the writers that run later. ``sheets`` are the pages, by which the preview
    finds the element at a point.
    """

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int | None = None
    starts: Mapping[str, int] = field(default_factory=dict)
    theme: Theme | None = None
    sheets: tuple[PageMap, ...] = ()
