"""A sentence that begins right behind the full stop of the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]

#: "priorities.The": small letters, a stop, and a word with a capital. An address has small letters, or a sign near by.
_STUCK = re.compile(r"(?<=[^\W\d_][^\W\d_])[”’»\")]?[.!?][”’»\")]?([^\W\d_][^\W\d_]+)(?![\w./@])")


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each place at which the space between two sentences is missing."""
    for passage in manuscript.texts:
        words = passage.native
        for match in _STUCK.finditer(words):
            if words[match.start() - 1].islower() and _begins(match[1]):
                before = words[: match.start()]
                yield manuscript.mark(
                    "missing-space",
                    f"the space before '{match[1]}' is missing",
                    passage,
                    match.start() - len(_last_word(before)),
                    match.end(),
                    help="type a space between the two sentences",
                )


def _last_word(words: str) -> str:
    return re.split(r"\W", words[-60:])[-1]


def _begins(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()
