"""A sentence that begins right behind the full stop of the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .proof import Proof
from .wording import every_text

__all__ = ["check"]

#: "priorities.The": small letters, a stop, and a word with a capital. An address has small letters, or a sign near by.
_STUCK = re.compile(r"[^\W\d_]{2,}[”’»\")]?[.!?][”’»\")]?([^\W\d_][^\W\d_]+)(?![\w./@])")


def check(proof: Proof) -> Iterator[Diagnostic]:
    """Each place at which the space between two sentences is missing."""
    for passage in every_text(proof.brief):
        for match in _STUCK.finditer(passage.native):
            first, rest = match[0][: match.start(1) - match.start()], match[1]
            if not first[0:2].isupper() and first.rstrip('”’»").!?')[-1:].islower() and _begins(rest):
                yield proof.mark(
                    "missing-space",
                    f"the space before '{rest}' is missing",
                    passage,
                    match.start(),
                    match.end(),
                    help="type a space between the two sentences",
                )


def _begins(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()
