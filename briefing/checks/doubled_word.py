"""A word that is repeated by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .manuscript import Manuscript

__all__ = ["check"]

_DOUBLED = re.compile(r"(?<![\w'’.-])([^\W\d_]+)\s+\1(?![\w'’-])", re.IGNORECASE)
#: The languages that are checked, and their words that may be repeated.
_ALLOWED = {
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
    """Warn of each word that is followed by itself, except with a capital, which is a name such as Baden Baden."""
    allowed = _ALLOWED.get(manuscript.tongue)
    if allowed is None:
        return
    for passage in manuscript.texts:
        for match in _DOUBLED.finditer(passage.native):
            first, second = match[0].split()[0], match[0].split()[-1]
            if second.lower() in allowed or second[0].isupper() or len(first) < 2 or "\n" in match[0]:
                continue
            yield manuscript.mark(
                "doubled-word",
                f"'{second}' stands twice",
                passage,
                match.start(),
                match.end(),
                help="delete one of the two",
            )
