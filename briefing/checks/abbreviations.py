"""Checks of abbreviations in the running text: each is to be spelled out at its first use, and only there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.diagnostics import Diagnostic, enumerated

from .context import CheckContext
from .text import TextField
from .word_lists import KNOWN

#: Two to seven capitals without full stops; a longer word in capitals is emphasis and not an abbreviation.
_CANDIDATE = re.compile(r"(?<![\w.&/\x1a-])([^\W\d_]{2,7}?)s?(?![\w&]|-\d)")
_ROMAN = re.compile(r"[IVXLCDM]+")
_QUOTED = re.compile(r"[“„«\"‘][^“”„«»\"‘’\n]{1,200}[”“»\"’]")
#: What follows the place in the first line of a press release: ", 3 May 2024 – ", " (Reuters) – ".
_DATELINE = re.compile(r"(?:, [^.\n]{3,30}|,? \([^()\n]{2,30}\))? ?[–—-] |, \d{1,2}\.? [^\W\d]+ \d{4}")
#: The forenames before a surname in capitals, as in factbooks: "Jomo KENYATTA", "K. P. Sharma OLI", "Daniel arap MOI".
_FORENAMES = re.compile(
    r"(?:[^\W\d_]\. ){2}(?:[^\W\d_]\w+ )?$|[a-z,;:] [^\W\d_a-z]\w+ (?:arap|al|bin|van|von|de|da|dos|ben|ould) $|"
    r"(?:President|Minister|Chancellor|King|Emir|Premier|Mr|Ms|Mrs|Dr\.?) (?:[^\W\d_]\w+ ){1,3}(?:[a-z]{2,4} )?$"
)
#: The parts that are checked, in the order in which they are read. Who reads meeting sheets has read the brief.
_READING_ORDER = ("summary", "key_figures", "key_points", "fact_box", "sections")


@dataclass(slots=True)
class AbbreviationUse:
    """An abbreviation, its first use, and in ``spelled`` the places at which it is spelled out."""

    term: str
    text: TextField
    span: tuple[int, int]
    first_is_spelled: bool
    spelled: list[tuple[TextField, tuple[int, int]]] = field(default_factory=list)


def abbreviation_not_spelled_out(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn once, at the first of them, of abbreviations that are spelled out only later, or only in the glossary."""
    late = [use for use in _uses(context) if not use.first_is_spelled]
    for uses, reason in (
        ([use for use in late if use.spelled], "spelled out only further below"),
        (
            [u for u in late if not u.spelled and u.term in context.brief.glossary],
            "in the glossary, but spelled out nowhere",
        ),
    ):
        if uses:
            first, is_one = uses[0], len(uses) == 1
            message = f"{_listed(uses)} {'is' if is_one else 'are'} {reason}"
            advice = f"write {'it' if is_one else 'each'} out at its first place, with ({first.term}) behind it"
            yield context.mark(message, first.text, first.span, help=advice)


def spelled_out_twice(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each place but the first at which an abbreviation is spelled out."""
    for use in _uses(context):
        for text, span in use.spelled[1:]:
            message = f"'{use.term}' has been spelled out before"
            yield context.mark(message, text, span, help=f"write {use.term} alone here")


def unknown_abbreviation(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn once, at the first of them, of all abbreviations that are neither spelled out nor in the glossary."""
    uses = [use for use in _uses(context) if not use.spelled and use.term not in context.brief.glossary]
    if uses:
        is_one, first = len(uses) == 1, uses[0]
        message = f"{_listed(uses)} {'is' if is_one else 'are'} neither spelled out nor in the glossary"
        advice = f"spell {'it' if is_one else 'each'} out where it first stands, with ({first.term}) behind it, "
        advice += "add it under glossary, or, if every reader knows it, under checks: known:"
        yield context.mark(message, first.text, first.span, help=advice)


def _listed(uses: list[AbbreviationUse]) -> str:
    return enumerated([f"'{use.term}'" for use in uses])


@lru_cache(maxsize=1)  # three checks call it
def _uses(context: CheckContext) -> tuple[AbbreviationUse, ...]:
    """The abbreviations of the brief in reading order."""
    marks = (context.brief.marking, context.brief.handout_marking)
    known = {*KNOWN["*"], *KNOWN.get(context.tongue, ()), *map(str, context.brief.checks.known)}
    known |= {word for mark in marks for word in str(mark).split()}
    uses: dict[str, AbbreviationUse] = {}
    for text in (text for part in _READING_ORDER for text in context.running if text.part == part):
        words = _QUOTED.sub(lambda match: "\x1a" * len(match[0]), text.native)
        for match in _CANDIDATE.finditer(words):
            term, span = match[1], (match.start(), match.start() + len(match[1]))
            if not _is_abbreviation(term, words) or term in known or _is_name(words, *match.span(1)):
                continue
            spelled = _is_spelled(words, match.start(), match.end())
            use = uses.setdefault(term, AbbreviationUse(term, text, span, spelled))
            if spelled:
                use.spelled.append((text, span))
    return tuple(uses.values())


def _is_abbreviation(term: str, words: str) -> bool:
    return (
        term.isupper()
        and term.isalpha()  # not CO₂
        and term.lower() != term
        and term != "TODO"
        and not _ROMAN.fullmatch(term)
        and not _is_currency(term)
        and not (words.isupper() and len(words.split()) > 2)
    )


def _is_name(words: str, start: int, end: int) -> bool:
    """Whether a word in capitals is a name: a place before the date of a press release, or a surname."""
    before, after = words[:start], words[end:]
    opens = not before or before.endswith("\n")
    return bool((opens and _DATELINE.match(after)) or _FORENAMES.search(before))


def _is_currency(term: str) -> bool:
    """Whether it is a currency code (ISO 4217), which needs no explanation beside an amount."""
    if len(term) != 3 or not term.isascii():
        return False
    from babel.core import get_global

    return term in get_global("all_currencies")


def _is_spelled(words: str, start: int, end: int) -> bool:
    """Whether it is in brackets after its words, "Free Trade Association (EFTA, 1960)", or before: "EFTA (the …)"."""
    before, after = words[:start].rstrip(), words[end:].lstrip()
    if before.endswith("(") and re.match(r"[,;)]|$", after):
        return len(re.findall(r"[^\W\d_]{2,}", before[-160:])) >= 2
    return re.match(r"\((?:the )?[^\W\d_]{3,}[^()]* [^()]*\)", after[:200]) is not None
