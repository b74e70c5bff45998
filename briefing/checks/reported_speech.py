"""Reported speech in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import PullQuote
from briefing.reading import markdown

from .blocks import blocks_of
from .lexicon import SAYING
from .manuscript import Manuscript
from .quoted import letters_of, quoted_in, source_words, speaks_of

__all__ = ["check"]

_HELP = "quote the speech itself and name it under sources; else report it in your own words, without quotation marks"
#: The least words of a quotation in the text whose source is checked: long ones are rarely exact at second hand.
WORDS = 6


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of quotations that name their speaker, or whose source is neither by nor about the speaker."""
    for path, block in blocks_of(manuscript.brief, PullQuote):
        if block.by is None:
            continue
        if _names_speaker(markdown.plain(block.text), block.by):
            yield manuscript.warn(
                "reported-speech",
                f"this quotation speaks of {block.by} by name: it reports what was said",
                (*path, "text"),
                help=_HELP,
            )
        elif block.source and _is_second_hand(manuscript, tuple(map(str, block.source)), block.by):
            yield manuscript.warn(
                "reported-speech",
                _second_hand(block.by, block.source[0]),
                (*path, "text"),
                help=_HELP,
            )
    for quoted in quoted_in(manuscript):
        speaker = _speaker(manuscript, quoted.sentence.split(quoted.words)[0])
        if speaker and len(quoted.words.split()) >= WORDS and _is_second_hand(manuscript, quoted.sources, speaker):
            yield manuscript.mark(
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


def _is_second_hand(manuscript: Manuscript, keys: tuple[str, ...], speaker: str) -> bool:
    """Whether no source names the speaker. Names in another alphabet cannot be compared."""
    words = source_words(manuscript, keys)
    return bool(words) and bool(letters_of(words) & letters_of(speaker)) and not speaks_of(words, speaker)


def _speaker(manuscript: Manuscript, before: str) -> str:
    """The name before a verb of saying, as in "Minister Idrissov noted"; empty if there is none."""
    saying = SAYING.get(manuscript.tongue, "")
    match = re.compile(rf"([^\W\d_a-zа-я][\w’'-]{{3,40}}) (?:has |had )?(?i:{saying})(?!\w)").search(before)
    return match[1] if match else ""
