"""A missing space between two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]

#: As in "priorities.The". Web addresses do not match: they are in lower case or have one of ``/ . @`` after the word.
_WITHOUT_SPACE = re.compile(r"(?<=[^\W\d_][^\W\d_])[”’»\")]?[.!?][”’»\")]?([^\W\d_][^\W\d_]+)(?![\w./@])")


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each missing space between two sentences."""
    for passage in manuscript.texts:
        words = passage.native
        for match in _WITHOUT_SPACE.finditer(words):
            if words[match.start() - 1].islower() and _is_capitalised(match[1]):
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


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()
