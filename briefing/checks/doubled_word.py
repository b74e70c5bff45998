"""A word that stands twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]

_DOUBLED = re.compile(r"(?<![\w'’.-])([^\W\d_]+)\s+\1(?![\w'’-])", re.IGNORECASE)
#: Languages in which a word said twice is a slip, and the words that may be said twice there.
_MEANT = {
    "en": frozenset({"had", "that", "is", "bye", "hear", "ha", "very"}),
    "ru": frozenset({"очень", "чуть", "еле", "всего", "едва"}),
    "uk": frozenset({"дуже", "ледве"}),
    "de": frozenset({"der", "die", "das", "dem", "den", "sie", "sehr"}),
    "fr": frozenset({"nous", "vous", "en"}),
    "es": frozenset({"muy"}),
    "it": frozenset({"piano", "appena", "via"}),
    "pt": frozenset({"muito"}),
}


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each word that is followed by itself; two capitals are a name, as Baden Baden."""
    meant = _MEANT.get(manuscript.tongue)
    if meant is None:
        return
    for passage in manuscript.texts:
        for match in _DOUBLED.finditer(passage.native):
            first, second = match[0].split()[0], match[0].split()[-1]
            if second.lower() in meant or second[0].isupper() or len(first) < 2 or "\n" in match[0]:
                continue
            yield manuscript.mark(
                "doubled-word",
                f"'{second}' stands twice",
                passage,
                match.start(),
                match.end(),
                help="delete one of the two",
            )
