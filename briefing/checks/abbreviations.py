"""The abbreviations in the running text: where each first stands, and where it is spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .lexicon import KNOWN
from .manuscript import Manuscript
from .wording import Passage

__all__ = ["Use", "uses_of"]

#: Capitals without a full stop between them; a longer word in capitals is shouted, not shortened.
_SHORT = re.compile(r"(?<![\w.&/\x1a-])([^\W\d_]{2,7}?)s?(?![\w&]|-\d)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_QUOTED = re.compile(r"[“„«\"‘][^“”„«»\"‘’\n]{1,200}[”“»\"’]")
#: In scripts with capitals alone an abbreviation can be told from a word.
_PARTS = ("summary", "key_points", "fact_box", "sections")


@dataclass(slots=True)
class Use:
    """An abbreviation, its first place, and each place at which it stands in brackets behind its words."""

    term: str
    passage: Passage
    start: int
    first_is_spelled: bool
    spelled: list[tuple[Passage, int]] = field(default_factory=list)


@lru_cache(maxsize=1)  # three checks ask for them
def uses_of(manuscript: Manuscript) -> tuple[Use, ...]:
    """The abbreviations of the brief in the order in which a reader meets them.

    A meeting sheet and an annex are read by whoever has read the brief, and may repeat what it has said.
    """
    known = KNOWN.get(manuscript.tongue, frozenset()) | _markings(manuscript)
    uses: dict[str, Use] = {}
    for passage in _in_order(manuscript):
        text = _QUOTED.sub(lambda match: "\x1a" * len(match[0]), passage.native)
        for match in _SHORT.finditer(text):
            term = match[1]
            if not _is_abbreviation(term, text) or term in known:
                continue
            spelled = _is_spelled(text, match.start(), match.end())
            use = uses.setdefault(term, Use(term, passage, match.start(), spelled))
            if spelled:
                use.spelled.append((passage, match.start()))
    return tuple(uses.values())


def _in_order(manuscript: Manuscript) -> Iterator[Passage]:
    for part in _PARTS:
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
    """Codes such as KZT stand beside an amount or the name of the currency."""
    if len(term) != 3 or not term.isascii():
        return False
    from babel.core import get_global

    return term in get_global("all_currencies")


def _is_spelled(text: str, start: int, end: int) -> bool:
    """Behind its words and in brackets, "Free Trade Association (EFTA, 1960)", or before them: "EFTA (the …)"."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if before.endswith("(") and re.match(r"[,;)]|$", after):
        return len(re.findall(r"[^\W\d_]{2,}", before[-160:])) >= 2
    return re.match(r"\((?:the )?[^\W\d_]{3,}[^()]* [^()]*\)", after[:200]) is not None


def _markings(manuscript: Manuscript) -> frozenset[str]:
    return frozenset(
        word for mark in (manuscript.brief.marking, manuscript.brief.handout_marking) for word in str(mark).split()
    )
