"""The last line of a build: the numbers of briefs, files and pages, and the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.press import Outcome

__all__ = ["counted", "tally"]


def tally(outcomes: Sequence[Outcome], seconds: float) -> str:
    """A summary such as "200 briefs made: 600 files, 1,000 pages in 61 s", or "190 of 200 briefs made: …"."""
    fresh = [outcome for outcome in outcomes if outcome.files and not outcome.unchanged]
    files = [file for outcome in fresh for file in outcome.files]
    pages = sum(file.pages or 0 for file in files)
    made, asked = len(fresh), len(outcomes)
    briefs = counted(made, "brief") if made == asked else f"{made:,} of {counted(asked, 'brief')}"
    products = ", ".join(counted(number, word) for number, word in ((len(files), "file"), (pages, "page")) if number)
    time = f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    return f"{briefs} made{': ' if products else ''}{products} in {time}"


def counted(number: int, word: str) -> str:
    """The number with a noun in the right form: "1 file", "1,000 files"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
