"""What a press hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from briefing.diagnostics import Diagnostic

if TYPE_CHECKING:
    from briefing.theme import Theme

__all__ = ["Box", "Pressed", "Sheet"]


class Box(NamedTuple):
    """Where an element stands on its page, by its data-path; in CSS px from the page's upper left corner."""

    path: str
    x: float
    y: float
    width: float
    height: float


class Sheet(NamedTuple):
    """One page: its size in CSS px, and the boxes of what stands on it, the outer before the inner."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished document: its bytes, what was noticed and, where the format has pages, their number.

    ``starts`` is the page on which each element that has an id begins; ``theme`` the theme as it was tightened to the
    page budget. Both join the galley for the presses that come after. ``sheets`` are the pages, for who points at one.
    """

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int | None = None
    starts: Mapping[str, int] = field(default_factory=dict)
    theme: Theme | None = None
    sheets: tuple[Sheet, ...] = ()
