"""The abbreviations in the running text, with their first uses and the places where they are spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .lexicon import KNOWN
from .manuscript import Manuscript
from .wording import Passage

__all__ = ["Use", "uses_of"]

#: Two to seven capitals without full stops; a longer word in capitals is emphasis and not an abbreviation.
_CANDIDATE = re.compile(r"(?<![\w.&/\x1a-])([^\W\d_]{2,7}?)s?(?![\w&]|-\d)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_QUOTED = re.compile(r"[“„«\"‘][^“”„«»\"‘’\n]{1,200}[”“»\"’]")
#: The parts that are checked, in the order in which they are read.
_READING_ORDER = ("summary", "key_points", "fact_box", "sections")


@dataclass(slots=True)
class Use:
    """An abbreviation, its first use, and in ``spelled`` the places at which it is spelled out."""

    term: str
    passage: Passage
    start: int
    first_is_spelled: bool
    spelled: list[tuple[Passage, int]] = field(default_factory=list)


@lru_cache(maxsize=1)  # three checks call it
def uses_of(manuscript: Manuscript) -> tuple[Use, ...]:
    """The abbreviations of the brief in reading order.

    Meeting sheets and annexes are left out: their readers have read the brief.
    """
    known = KNOWN.get(manuscript.tongue, frozenset()) | _markings(manuscript)
    uses: dict[str, Use] = {}
    for passage in _in_order(manuscript):
        text = _QUOTED.sub(lambda match: "\x1a" * len(match[0]), passage.native)
        for match in _CANDIDATE.finditer(text):
            term = match[1]
            if not _is_abbreviation(term, text) or term in known:
                continue
            spelled = _is_spelled(text, match.start(), match.end())
            use = uses.setdefault(term, Use(term, passage, match.start(), spelled))
            if spelled:
                use.spelled.append((passage, match.start()))
    return tuple(uses.values())


def _in_order(manuscript: Manuscript) -> Iterator[Passage]:
    for part in _READING_ORDER:
        yield from (passage for passage in manuscript.running if passage.part == part)


def _is_abbreviation(term: str, text: str) -> bool:
    return (
        term.isupper()
        and term.lower() != term
        and term != "TODO"
        and not _ROMAN.fullmatch(term)
        and not _is_currency(term)
        and not (text.isupper() and len(text.split()) > 2)
    )


def _is_currency(term: str) -> bool:
    """Whether it is a currency code (ISO 4217), which needs no explanation beside an amount."""
    if len(term) != 3 or not term.isascii():
        return False
    from babel.core import get_global

    return term in get_global("all_currencies")


def _is_spelled(text: str, start: int, end: int) -> bool:
    """Whether it is in brackets after its words, "Free Trade Association (EFTA, 1960)", or before: "EFTA (the …)"."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if before.endswith("(") and re.match(r"[,;)]|$", after):
        return len(re.findall(r"[^\W\d_]{2,}", before[-160:])) >= 2
    return re.match(r"\((?:the )?[^\W\d_]{3,}[^()]* [^()]*\)", after[:200]) is not None


def _markings(manuscript: Manuscript) -> frozenset[str]:
    return frozenset(
        word for mark in (manuscript.brief.marking, manuscript.brief.handout_marking) for word in str(mark).split()
    )
