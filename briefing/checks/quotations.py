"""Quotations in the running text, and whether their sentences attribute them to a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.diagnostics import Diagnostic
from briefing.markup import markdown
from briefing.markup.walk import blocks_of
from briefing.model import PullQuote

from .context import CheckContext
from .text import TextField, citations_around, sentence_around
from .word_lists import SAYING, pattern

#: The parts that are checked. Meeting sheets are not: their words are to be said by the reader.
_PARTS = frozenset({"summary", "key_points", "sections", "annexes"})
_IN_MARKS = re.compile(r'“([^“”\n]{1,600})”|«([^«»\n]{1,600})»|„([^„“”\n]{1,600})[“”]|"([^"\n]{1,600})"')
#: The least words of a quotation; fewer are a name or an expression.
SHORT_QUOTE_WORDS = 3


@dataclass(frozen=True, slots=True)
class QuotedText:
    """A quotation: its offsets in the passage, its words, and the sentence around them, with its sources."""

    passage: TextField
    start: int
    end: int
    words: str
    sentence: str
    sources: tuple[str, ...]
    is_attributed: bool


@lru_cache(maxsize=1)  # three checks call it
def quoted_in(context: CheckContext) -> tuple[QuotedText, ...]:
    """The quotations in the running text; none if the language has no word list."""
    return tuple(_quoted_in(context))


def _quoted_in(context: CheckContext) -> Iterator[QuotedText]:
    saying = SAYING.get(context.tongue)
    if saying is None:
        return
    for passage in context.running:
        if passage.part not in _PARTS:
            continue
        for match in _IN_MARKS.finditer(passage.native):
            words = next(group for group in match.groups() if group is not None)
            if not _is_quotation(words, passage.plain[: match.start()]):
                continue
            sentence = sentence_around(passage.plain, match.start(), match.end())
            around = sentence.replace(match[0], " ")
            attributed = bool(pattern(saying).search(around)) or bool(
                re.search(r":\s*$", passage.plain[: match.start()])
            )
            sources = citations_around(passage.typed, match.start())
            yield QuotedText(passage, match.start(), match.end(), words, sentence, sources, attributed)


def _is_quotation(words: str, before: str) -> bool:
    """Whether quoted words are part of a sentence or a whole one, and not a name or a title (capitalised words)."""
    long_words = [word for word in words.split() if len(word) > 3]
    if len(words.split()) < SHORT_QUOTE_WORDS or (long_words and all(word[:1].isupper() for word in long_words)):
        return False
    return words[0].islower() or words[-1] in ".!?," or before.rstrip().endswith(":")


def source_words(context: CheckContext, keys: tuple[str, ...]) -> str:
    """The texts of some entries in the list of sources."""
    entries = (context.brief.sources.get(key) for key in keys)  # type: ignore[call-overload]
    return " ".join(
        str(field)
        for entry in entries
        if entry is not None
        for field in (entry.text, entry.author, entry.title, entry.publisher)
        if field
    )


def names(words: str, name: str) -> bool:
    """Whether a text has any part of a person's name, compared without its last two letters (endings)."""
    parts = [part.casefold() for part in re.findall(r"[^\W\d_]{3,}", name)]
    return any(part[: max(4, len(part) - 2)] in words.casefold() for part in parts)


def letters_of(words: str) -> frozenset[str]:
    """The alphabets in a text, of Latin and Cyrillic."""
    return frozenset(
        name
        for name, letters in (("Latin", "A-Za-z"), ("Cyrillic", "\u0400-\u04ff"))
        if re.search(f"[{letters}]", words)
    )


def quotation_without_source(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of pull quotes with a speaker but no source, and of quotations in paragraphs without citations."""
    for path, block in blocks_of(context.brief, PullQuote):
        if block.by is not None and not block.source and not markdown.citations(block.text):
            yield context.warn(
                "quotation-without-source",
                f"these are the words of {block.by}, but nothing says where they stand",
                context.source_map.real((*path, "by")),
                key=True,
                help="add source: with a key under sources",
            )
    for quoted in quoted_in(context):
        if quoted.passage.part != "summary" and not quoted.sources:
            yield context.mark(
                "quotation-without-source",
                "words are quoted here, but their paragraph cites no source",
                quoted.passage,
                quoted.start,
                quoted.end,
                help="add [@key] behind the sentence, with a key under sources",
            )


def quotation_without_speaker(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of quotations whose sentence does not attribute them, and of pull quotes with details but without ``by``."""
    for quoted in quoted_in(context):
        if not quoted.is_attributed:
            yield context.mark(
                "quotation-without-speaker",
                f"these words are quoted, but the sentence does not say whose they are: “{_truncated(quoted.words)}”",
                quoted.passage,
                quoted.start,
                quoted.end,
                help="name the speaker in the sentence, or say it in your own words, without quotation marks",
            )
    for path, block in blocks_of(context.brief, PullQuote):
        given = next((key for key in ("role", "occasion", "date", "source") if getattr(block, key)), "")
        if block.by is None and given:
            yield context.warn(
                "quotation-without-speaker",
                f"this pull quote has {given}:, as a quotation has, but nobody is named who said it",
                (*path, given),
                key=True,
                help=f"add by: with the speaker; an extract from this brief has no {given}:",
            )


def _truncated(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


_HELP = "quote the speech itself and name it under sources; else report it in your own words, without quotation marks"
#: The least words of a quotation in the text whose source is checked: long ones are rarely exact at second hand.
WORDS = 6


def reported_speech(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of quotations that name their speaker, or whose source is neither by nor about the speaker."""
    for path, block in blocks_of(context.brief, PullQuote):
        if block.by is None:
            continue
        if _names_speaker(markdown.plain(block.text), block.by):
            yield context.warn(
                "reported-speech",
                f"this quotation speaks of {block.by} by name: it reports what was said",
                (*path, "text"),
                help=_HELP,
            )
        elif block.source and _is_second_hand(context, tuple(map(str, block.source)), block.by):
            yield context.warn(
                "reported-speech",
                _second_hand(block.by, block.source[0]),
                (*path, "text"),
                help=_HELP,
            )
    for quoted in quoted_in(context):
        speaker = _speaker(context, quoted.sentence.split(quoted.words)[0])
        if speaker and len(quoted.words.split()) >= WORDS and _is_second_hand(context, quoted.sources, speaker):
            yield context.mark(
                "reported-speech",
                _second_hand(speaker, quoted.sources[0]),
                quoted.passage,
                quoted.start,
                quoted.end,
                help=_HELP,
            )


def _second_hand(speaker: str, source: str) -> str:
    return f"nothing tells that these are the words of {speaker}: '{source}' is somebody else's account"


def _names_speaker(words: str, speaker: str) -> bool:
    surname = speaker.rsplit(maxsplit=1)[-1]
    return len(surname) > 3 and re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", words) is not None


def _is_second_hand(context: CheckContext, keys: tuple[str, ...], speaker: str) -> bool:
    """Whether no source names the speaker. Names in another alphabet cannot be compared."""
    words = source_words(context, keys)
    return bool(words) and bool(letters_of(words) & letters_of(speaker)) and not names(words, speaker)


def _speaker(context: CheckContext, before: str) -> str:
    """The name before a verb of saying, as in "Minister Idrissov noted"; empty if there is none."""
    saying = SAYING.get(context.tongue, "")
    match = re.compile(rf"([^\W\d_a-zа-я][\w’'-]{{3,40}}) (?:has |had )?(?i:{saying})(?!\w)").search(before)
    return match[1] if match else ""
