"""Quotations in the running text, and whether their sentences attribute them to a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import SAYING, pattern
from .manuscript import Manuscript
from .wording import Passage, citations_around, sentence_around

__all__ = ["Quoted", "letters_of", "quoted_in", "source_words", "speaks_of"]

#: The parts that are checked. Meeting sheets are not: their words are to be said by the reader.
_PARTS = frozenset({"summary", "key_points", "sections", "annexes"})
_IN_MARKS = re.compile(r'“([^“”\n]{1,600})”|«([^«»\n]{1,600})»|„([^„“”\n]{1,600})[“”]|"([^"\n]{1,600})"')
#: The least words of a quotation; fewer are a name or an expression.
WORDS = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: its offsets in the passage, its words, and the sentence around them, with its sources."""

    passage: Passage
    start: int
    end: int
    words: str
    sentence: str
    sources: tuple[str, ...]
    is_attributed: bool


@lru_cache(maxsize=1)  # three checks call it
def quoted_in(manuscript: Manuscript) -> tuple[Quoted, ...]:
    """The quotations in the running text; none if the language has no word list."""
    return tuple(_quoted_in(manuscript))


def _quoted_in(manuscript: Manuscript) -> Iterator[Quoted]:
    saying = SAYING.get(manuscript.tongue)
    if saying is None:
        return
    for passage in manuscript.running:
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
            yield Quoted(passage, match.start(), match.end(), words, sentence, sources, attributed)


def _is_quotation(words: str, before: str) -> bool:
    """Whether quoted words are part of a sentence or a whole one, and not a name or a title (capitalised words)."""
    long_words = [word for word in words.split() if len(word) > 3]
    if len(words.split()) < WORDS or (long_words and all(word[:1].isupper() for word in long_words)):
        return False
    return words[0].islower() or words[-1] in ".!?," or before.rstrip().endswith(":")


def source_words(manuscript: Manuscript, keys: tuple[str, ...]) -> str:
    """The texts of some entries in the list of sources."""
    entries = (manuscript.brief.sources.get(key) for key in keys)  # type: ignore[call-overload]
    return " ".join(
        str(field)
        for entry in entries
        if entry is not None
        for field in (entry.text, entry.author, entry.title, entry.publisher)
        if field
    )


def speaks_of(words: str, name: str) -> bool:
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
