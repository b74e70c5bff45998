"""Checks of typing mistakes: repeated words, missing spaces, and quotation marks of two kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .context import CheckContext

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


#: As in "priorities.The". Web addresses do not match: they are in lower case or have one of ``/ . @`` after the word.
_WITHOUT_SPACE = re.compile(r"(?<=[^\W\d_][^\W\d_])[”’»\")]?[.!?][”’»\")]?([^\W\d_][^\W\d_]+)(?![\w./@])")
_CURLY = re.compile(r"[“”„‘’‚«»]")
#: After a digit they mean feet and inches, or minutes and seconds.
_STRAIGHT = re.compile(r"(?<!\d)[\"']")
#: A straight apostrophe between two letters: in languages other than these it may be a letter of the alphabet.
_INNER = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_APOSTROPHES = frozenset({"en", "fr", "it", "ca", "ga", "cy"})


def doubled_word(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each word that is followed by itself, except with a capital, which is a name such as Baden Baden."""
    allowed = _ALLOWED.get(context.tongue)
    if allowed is None:
        return
    for text in context.texts:
        for match in _DOUBLED.finditer(text.native):
            second = match[0].split()[-1]
            if second.lower() in allowed or second[0].isupper() or len(match[1]) < 2 or "\n" in match[0]:
                continue
            yield context.mark(f"'{second}' stands twice", text, match.span(), help="delete one of the two")


def missing_space(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each missing space between two sentences."""
    for text in context.texts:
        words = text.native
        for match in _WITHOUT_SPACE.finditer(words):
            if words[match.start() - 1].islower() and match[1][0].isupper() and match[1][1:].islower():
                word_before = re.split(r"\W", words[: match.start()][-60:])[-1]
                message = f"the space before '{match[1]}' is missing"
                advice = "type a space between the two sentences"
                yield context.mark(message, text, (match.start() - len(word_before), match.end()), help=advice)


def mixed_quotation_marks(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn once, at the first of them, of marks of the kind that is rarer in the brief."""
    texts = [text.native for text in context.texts]
    curly = [list(_CURLY.finditer(words)) for words in texts]
    if context.tongue not in _APOSTROPHES:
        texts = [_INNER.sub("\x1a", words) for words in texts]
    straight = [list(_STRAIGHT.finditer(words)) for words in texts]
    counts = sum(map(len, straight)), sum(map(len, curly))
    if not all(counts):
        return
    rarer, name, advice = (
        (straight, "straight", "type “ ” ‘ ’ here") if counts[0] <= counts[1] else (curly, "curly", "type \" or ' here")
    )
    found = [(text, mark) for text, marks in zip(context.texts, rarer, strict=True) for mark in marks]
    more = f" and {len(found) - 1} more below" if len(found) > 1 else ""
    message = f"a {name} quotation mark or apostrophe{more}, where most of this brief has the other kind"
    text, mark = found[0]
    yield context.mark(message, text, mark.span(), help=f"use one kind: {advice}")
