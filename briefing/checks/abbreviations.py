"""The abbreviations in the running text, with their first uses and the places where they are spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.diagnostics import Diagnostic

from .context import CheckContext
from .text import TextField
from .word_lists import KNOWN

#: Two to seven capitals without full stops; a longer word in capitals is emphasis and not an abbreviation.
_CANDIDATE = re.compile(r"(?<![\w.&/\x1a-])([^\W\d_]{2,7}?)s?(?![\w&]|-\d)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_QUOTED = re.compile(r"[“„«\"‘][^“”„«»\"‘’\n]{1,200}[”“»\"’]")
#: The parts that are checked, in the order in which they are read.
_READING_ORDER = ("summary", "key_points", "fact_box", "sections")


@dataclass(slots=True)
class AbbreviationUse:
    """An abbreviation, its first use, and in ``spelled`` the places at which it is spelled out."""

    term: str
    passage: TextField
    start: int
    first_is_spelled: bool
    spelled: list[tuple[TextField, int]] = field(default_factory=list)


@lru_cache(maxsize=1)  # three checks call it
def uses_of(context: CheckContext) -> tuple[AbbreviationUse, ...]:
    """The abbreviations of the brief in reading order.

    Meeting sheets and annexes are left out: their readers have read the brief.
    """
    known = KNOWN.get(context.tongue, frozenset()) | _markings(context)
    uses: dict[str, AbbreviationUse] = {}
    for passage in _in_order(context):
        text = _QUOTED.sub(lambda match: "\x1a" * len(match[0]), passage.native)
        for match in _CANDIDATE.finditer(text):
            term = match[1]
            if not _is_abbreviation(term, text) or term in known:
                continue
            spelled = _is_spelled(text, match.start(), match.end())
            use = uses.setdefault(term, AbbreviationUse(term, passage, match.start(), spelled))
            if spelled:
                use.spelled.append((passage, match.start()))
    return tuple(uses.values())


def _in_order(context: CheckContext) -> Iterator[TextField]:
    for part in _READING_ORDER:
        yield from (passage for passage in context.running if passage.part == part)


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


def _markings(context: CheckContext) -> frozenset[str]:
    return frozenset(
        word for mark in (context.brief.marking, context.brief.handout_marking) for word in str(mark).split()
    )


def abbreviation_not_spelled_out(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn at the first use of an abbreviation that is spelled out only later, or only in the glossary."""
    for use in uses_of(context):
        if use.first_is_spelled or (not use.spelled and use.term not in context.brief.glossary):
            continue
        reason = "is spelled out only further below" if use.spelled else "is in the glossary, but spelled out nowhere"
        yield context.mark(
            "abbreviation-not-spelled-out",
            f"'{use.term}' {reason}",
            use.passage,
            use.start,
            use.start + len(use.term),
            help=f"write it out here, at its first place, with ({use.term}) behind it",
        )


def spelled_out_twice(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each place but the first at which an abbreviation is spelled out."""
    for use in uses_of(context):
        for passage, start in use.spelled[1:]:
            yield context.mark(
                "spelled-out-twice",
                f"'{use.term}' has been spelled out before",
                passage,
                start,
                start + len(use.term),
                help=f"write {use.term} alone here",
            )


def unknown_abbreviation(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn at the first use of an abbreviation that is neither spelled out nor in the glossary."""
    for use in uses_of(context):
        if not use.spelled and use.term not in context.brief.glossary:
            yield context.mark(
                "unknown-abbreviation",
                f"'{use.term}' is neither spelled out nor in the glossary",
                use.passage,
                use.start,
                use.start + len(use.term),
                help=f"spell it out where it first stands, with ({use.term}) behind it, or add it under glossary",
            )
