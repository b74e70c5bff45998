"""Checks of quotations: their speakers, their sources, and whether they are the speaker's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.diagnostics import Diagnostic, once
from briefing.markup import markdown
from briefing.markup.walk import blocks_of
from briefing.model import PullQuote

from .context import CheckContext
from .text import TextField, citations_around, sentence_around
from .word_lists import SAYING, pattern

#: The parts that are checked. Meeting sheets are not: their words are to be said by the reader.
_PARTS = frozenset({"summary", "key_points", "sections", "annexes"})
_IN_MARKS = re.compile(r'“([^“”\n]{1,600})”|«([^«»\n]{1,600})»|„([^„“”\n]{1,600})[“”]|"([^"\n]{1,600})"')
#: The end of a sentence that says whose the words before it are.
_CONTINUED = re.compile(r"[”»\"’],? [^.!?“”«»\"\n]{2,60}\.\s*$")
#: The least words of a quotation; fewer are a name or an expression.
LEAST_WORDS = 3
#: The least words of a quotation in the text whose source is checked: long ones are rarely exact at second hand.
LEAST_WORDS_AT_SECOND_HAND = 6
_HELP = "quote the speech itself and name it under sources; else report it in your own words, without quotation marks"


@dataclass(frozen=True, slots=True)
class QuotedText:
    """A quotation: its offsets in the text, its words, and the sentence around them, with its sources."""

    text: TextField
    span: tuple[int, int]
    words: str
    sentence: str
    sources: tuple[str, ...]
    is_attributed: bool


def quotation_without_source(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of pull quotes with a speaker but no source, and of quotations in paragraphs without citations."""
    for path, block in blocks_of(context.brief, PullQuote):
        if block.by is not None and not block.source and not markdown.citations(block.text):
            message = f"these are the words of {block.by}, but nothing says where they stand"
            advice = "add source: with a key under sources"
            yield context.warn(message, context.source_map.real((*path, "by")), key=True, help=advice)
    message = "words are quoted here, but their paragraph cites no source"
    advice = "add [@key] behind the sentence, with a key under sources"
    yield from once(
        context.mark(message, quoted.text, quoted.span, help=advice)
        for quoted in _quotations(context)
        if quoted.text.part != "summary" and not quoted.sources
    )


def quotation_without_speaker(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of quotations whose sentence does not attribute them, and of pull quotes with details but without ``by``."""
    yield from once(_without_speaker(context))
    for path, block in blocks_of(context.brief, PullQuote):
        given = next((key for key in ("role", "occasion", "date", "source") if getattr(block, key)), "")
        if block.by is None and given:
            message = f"this pull quote has {given}:, as a quotation has, but nobody is named who said it"
            advice = f"add by: with the speaker; an extract from this brief has no {given}:"
            yield context.warn(message, (*path, given), key=True, help=advice)


def _without_speaker(context: CheckContext) -> Iterator[Diagnostic]:
    for quoted in _quotations(context):
        if not quoted.is_attributed:
            words = quoted.words if len(quoted.words) <= 60 else f"{quoted.words[:59]}…"
            message = f"these words are quoted, but the sentence does not say whose they are: “{words}”"
            advice = "name the speaker in the sentence, or say it in your own words, without quotation marks"
            yield context.mark(message, quoted.text, quoted.span, help=advice)


def reported_speech(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of quotations that name their speaker, or whose source is neither by nor about the speaker."""
    for path, block in blocks_of(context.brief, PullQuote):
        if block.by is None:
            continue
        if _names_speaker(markdown.plain(block.text), block.by):
            message = f"this quotation speaks of {block.by} by name: it reports what was said"
            yield context.warn(message, (*path, "text"), help=_HELP)
        elif _is_second_hand(context, block.source, block.by):
            yield context.warn(_second_hand(block.by, block.source[0]), (*path, "text"), help=_HELP)
    for quoted in _quotations(context):
        speaker = _speaker(context, quoted.sentence.split(quoted.words)[0])
        is_long = len(quoted.words.split()) >= LEAST_WORDS_AT_SECOND_HAND
        if speaker and is_long and _is_second_hand(context, quoted.sources, speaker):
            yield context.mark(_second_hand(speaker, quoted.sources[0]), quoted.text, quoted.span, help=_HELP)


def _second_hand(speaker: str, source: str) -> str:
    return f"nothing tells that these are the words of {speaker}: '{source}' is somebody else's account"


def _names_speaker(words: str, speaker: str) -> bool:
    surname = speaker.rsplit(maxsplit=1)[-1]
    return len(surname) > 3 and re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", words) is not None


def _is_second_hand(context: CheckContext, keys: Sequence[str], speaker: str) -> bool:
    """Whether no source names the speaker. Names in another alphabet cannot be compared."""
    entries = (entry for key, entry in context.brief.sources.items() if str(key) in set(map(str, keys)))
    words = " ".join(str(part) for e in entries for part in (e.text, e.author, e.title, e.publisher) if part)
    return bool(_alphabets(words) & _alphabets(speaker)) and not _has_name(words.casefold(), speaker.casefold())


def _has_name(words: str, name: str) -> bool:
    """Whether a text has any part of a person's name, compared without its last two letters (endings)."""
    return any(part[: max(4, len(part) - 2)] in words for part in re.findall(r"[^\W\d_]{3,}", name))


def _speaker(context: CheckContext, before: str) -> str:
    """The name before a verb of saying, as in "Minister Idrissov noted"; empty if there is none."""
    saying = SAYING.get(context.tongue, "")
    match = re.compile(rf"([^\W\d_a-zа-я][\w’'-]{{3,40}}) (?:has |had )?(?i:{saying})(?!\w)").search(before)
    return match[1] if match else ""


@lru_cache(maxsize=1)  # three checks call it
def _quotations(context: CheckContext) -> tuple[QuotedText, ...]:
    """The quotations in the running text; none if the language has no word list."""
    saying = SAYING.get(context.tongue)
    found = []
    for text in (text for text in context.running if saying and text.part in _PARTS):
        for match in _IN_MARKS.finditer(text.native):
            words, before = match[match.lastindex or 0], text.plain[: match.start()].rstrip()
            if _is_quotation(words, before):
                sentence = sentence_around(text.plain, *match.span())
                around = sentence.replace(match[0], " ")
                # A quotation may go on after "…, she said."
                ahead = _CONTINUED.search(text.plain[max(0, match.start() - 80) : match.start()])
                around += ahead[0] if ahead else ""
                attributed = before.endswith(":") or bool(saying and pattern(saying).search(around))
                sources = citations_around(text.typed, match.start())
                found.append(QuotedText(text, match.span(), words, sentence, sources, attributed))
    return tuple(found)


def _is_quotation(words: str, before: str) -> bool:
    """Whether quoted words are part of a sentence or a whole one, and not a name or a title (capitalised words)."""
    long_words = [word for word in words.split() if len(word) > 3]
    if len(words.split()) < LEAST_WORDS or (long_words and all(word[:1].isupper() for word in long_words)):
        return False
    return words[0].islower() or words[-1] in ".!?," or before.endswith(":")


def _alphabets(words: str) -> set[str]:
    """The alphabets in a text, of Latin and Cyrillic."""
    letters = {"Latin": "[A-Za-z]", "Cyrillic": "[\u0400-\u04ff]"}
    return {name for name, pattern in letters.items() if re.search(pattern, words)}
