"""Straight and curly quotation marks in the same brief."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript
from .wording import Passage

__all__ = ["check"]

_CURLY = re.compile(r"[“”„‘’‚«»]")
#: After a digit they mean feet and inches, or minutes and seconds.
_STRAIGHT = re.compile(r"(?<!\d)[\"']")
#: A straight apostrophe between two letters: in languages other than these it may be a letter of the alphabet.
_INNER = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_APOSTROPHES = frozenset({"en", "fr", "it", "ca", "ga", "cy"})


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each text with marks of the kind that is rarer in the brief, at the first of them."""
    passages = manuscript.texts
    straight = [list(_STRAIGHT.finditer(_without_apostrophes(manuscript, passage))) for passage in passages]
    curly = [list(_CURLY.finditer(passage.native)) for passage in passages]
    counts = sum(map(len, straight)), sum(map(len, curly))
    if not all(counts):
        return
    rarer, name, advice = (
        (straight, "straight", "type “ ” ‘ ’ here") if counts[0] <= counts[1] else (curly, "curly", "type \" or ' here")
    )
    for passage, marks in zip(passages, rarer, strict=True):
        if marks:
            more = f" and {len(marks) - 1} more below" if len(marks) > 1 else ""
            yield manuscript.mark(
                "mixed-quotation-marks",
                f"a {name} quotation mark or apostrophe{more}, where most of this brief has the other kind",
                passage,
                marks[0].start(),
                marks[0].end(),
                help=f"use one kind: {advice}",
            )


def _without_apostrophes(manuscript: Manuscript, passage: Passage) -> str:
    """The text, in which apostrophes that may be letters are hidden."""
    return passage.native if manuscript.tongue in _APOSTROPHES else _INNER.sub("\x1a", passage.native)
