"""Words in quotation marks inside a text: which are somebody's own words, and whether a sentence says whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import SAYING, pattern
from .manuscript import Manuscript
from .wording import Passage, citations_around, sentence_around

__all__ = ["Quoted", "letters_of", "quoted_in", "source_words", "speaks_of"]

#: Where statements stand. What is to be said in a meeting is the minister's own.
_PARTS = frozenset({"summary", "key_points", "sections", "annexes"})
_MARKED = re.compile(r'“([^“”\n]{1,600})”|«([^«»\n]{1,600})»|„([^„“”\n]{1,600})[“”]|"([^"\n]{1,600})"')
#: Fewer words are a name or a turn of phrase.
WORDS = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words, where they stand, and the sentence around them."""

    passage: Passage
    start: int
    end: int
    words: str
    sentence: str
    sources: tuple[str, ...]
    is_attributed: bool


@lru_cache(maxsize=1)  # three checks ask for them
def quoted_in(manuscript: Manuscript) -> tuple[Quoted, ...]:
    """The quotations in the running text, where the language is one whose words are known."""
    return tuple(_quoted_in(manuscript))


def _quoted_in(manuscript: Manuscript) -> Iterator[Quoted]:
    saying = SAYING.get(manuscript.tongue)
    if saying is None:
        return
    for passage in manuscript.running:
        if passage.part not in _PARTS:
            continue
        for match in _MARKED.finditer(passage.native):
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
    """Several words that begin in the middle of a sentence, or are one; a name or a title begins with a capital."""
    long = [word for word in words.split() if len(word) > 3]
    if len(words.split()) < WORDS or (long and all(word[:1].isupper() for word in long)):
        return False
    return words[0].islower() or words[-1] in ".!?," or before.rstrip().endswith(":")


def source_words(manuscript: Manuscript, keys: tuple[str, ...]) -> str:
    """What the list of sources says about some of them."""
    entries = (manuscript.brief.sources.get(key) for key in keys)  # type: ignore[call-overload]
    return " ".join(
        str(field)
        for entry in entries
        if entry is not None
        for field in (entry.text, entry.author, entry.title, entry.publisher)
        if field
    )


def speaks_of(words: str, name: str) -> bool:
    """Whether some words name a person: any part of the name, whatever its ending."""
    parts = [part.casefold() for part in re.findall(r"[^\W\d_]{3,}", name)]
    return any(part[: max(4, len(part) - 2)] in words.casefold() for part in parts)


def letters_of(words: str) -> frozenset[str]:
    """Which alphabets some words are in, as far as it matters here."""
    return frozenset(
        name
        for name, letters in (("Latin", "A-Za-z"), ("Cyrillic", "\u0400-\u04ff"))
        if re.search(f"[{letters}]", words)
    )
