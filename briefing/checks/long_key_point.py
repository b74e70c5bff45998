"""A key point that is too long."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .key_points import key_points_of
from .manuscript import Manuscript

__all__ = ["check"]

#: The most characters: three lines of a page, or about 40 English words. Other languages have longer words.
MOST = 260


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each key point with more than MOST characters."""
    for passage, point in key_points_of(manuscript.brief):
        length = len(point.plain)
        if length > MOST:
            amount = f"{len(point.plain.split())} words" if manuscript.tongue == "en" else f"{length} signs"
            yield manuscript.mark(
                "long-key-point",
                f"this key point has {amount}: more than three lines",
                passage,
                point.start,
                point.start + len(point.plain.split(" ", 1)[0]),
                help="say the one thing that matters, in one or two lines; the rest belongs into a section",
            )
