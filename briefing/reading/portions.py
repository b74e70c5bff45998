"""Marked parts: none is marked higher than the whole edition that it stands in. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import Brief, Part

from .draft import Path, Places

__all__ = ["too_high"]


def too_high(
    brief: Brief, marking: str, order: tuple[str, ...], places: Places, *, handout: bool
) -> Iterator[Diagnostic]:
    """Each part that is marked higher than ``marking``, the whole; ``order`` names the markings from lowest to highest.

    An edition without a marking counts as the lowest; a marking that the order does not name is not compared.
    """
    ranks = {_key(name): rank for rank, name in enumerate(order)}
    whole = ranks.get(_key(marking)) if marking else 0
    if whole is None:
        return
    edition = "the handout" if handout else "the brief"
    for path, own in _marked(brief):
        if ranks.get(_key(own), 0) > whole:
            yield places.diagnostic(
                "marking-too-high",
                f"this part is marked {own}, {edition} as a whole only {marking}"
                if marking
                else f"this part is marked {own}, {edition} as a whole not at all",
                (*path, "marking"),
                help=f"add audience: internal to the part, or set handout_marking: {own}"
                if handout
                else f"set marking: {own} for the brief, or lower the marking of the part",
            )


def _marked(brief: Brief) -> Iterator[tuple[Path, str]]:
    """Every part with a marking of its own, in the order of the page."""
    for name in ("sections", "annexes", "meetings"):
        for index, part in enumerate(getattr(brief, name)):
            yield from _own(part, (name, index))
            for number, block in enumerate(getattr(part, "body", ())):
                yield from _own(block, (name, index, "body", number))


def _own(part: Part, path: Path) -> Iterator[tuple[Path, str]]:
    marking = getattr(part, "marking", None)
    if marking:
        yield path, str(marking)


def _key(marking: str) -> str:
    return " ".join(marking.split()).casefold()
