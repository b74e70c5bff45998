"""A word that is repeated by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .context import CheckContext
from .text import TextField

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


def doubled_word(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each word that is followed by itself, except with a capital, which is a name such as Baden Baden."""
    allowed = _ALLOWED.get(context.tongue)
    if allowed is None:
        return
    for passage in context.texts:
        for match in _DOUBLED.finditer(passage.native):
            first, second = match[0].split()[0], match[0].split()[-1]
            if second.lower() in allowed or second[0].isupper() or len(first) < 2 or "\n" in match[0]:
                continue
            yield context.mark(
                "doubled-word",
                f"'{second}' stands twice",
                passage,
                match.start(),
                match.end(),
                help="delete one of the two",
            )


#: As in "priorities.The". Web addresses do not match: they are in lower case or have one of ``/ . @`` after the word.
_WITHOUT_SPACE = re.compile(r"(?<=[^\W\d_][^\W\d_])[”’»\")]?[.!?][”’»\")]?([^\W\d_][^\W\d_]+)(?![\w./@])")


def missing_space(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each missing space between two sentences."""
    for passage in context.texts:
        words = passage.native
        for match in _WITHOUT_SPACE.finditer(words):
            if words[match.start() - 1].islower() and _is_capitalised(match[1]):
                before = words[: match.start()]
                yield context.mark(
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


_CURLY = re.compile(r"[“”„‘’‚«»]")
#: After a digit they mean feet and inches, or minutes and seconds.
_STRAIGHT = re.compile(r"(?<!\d)[\"']")
#: A straight apostrophe between two letters: in languages other than these it may be a letter of the alphabet.
_INNER = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_APOSTROPHES = frozenset({"en", "fr", "it", "ca", "ga", "cy"})


def mixed_quotation_marks(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each text with marks of the kind that is rarer in the brief, at the first of them."""
    passages = context.texts
    straight = [list(_STRAIGHT.finditer(_without_apostrophes(context, passage))) for passage in passages]
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
            yield context.mark(
                "mixed-quotation-marks",
                f"a {name} quotation mark or apostrophe{more}, where most of this brief has the other kind",
                passage,
                marks[0].start(),
                marks[0].end(),
                help=f"use one kind: {advice}",
            )


def _without_apostrophes(context: CheckContext, passage: TextField) -> str:
    """The text, in which apostrophes that may be letters are hidden."""
    return passage.native if context.tongue in _APOSTROPHES else _INNER.sub("\x1a", passage.native)
