"""The check of number words that announce a list, such as "four Ts" before three items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.diagnostics import Diagnostic

from .context import CheckContext
from .text import Paragraph, paragraphs
from .word_lists import AND, NUMBERS, ORDINALS

_END = re.compile(r"[.!?…](?:[”’»\")]*)(?:\s|$)|$")
#: Words after "the first" if it is the first item of the announced list.
_PREDICATE = "is|was|are|were|will|concerns?|refers?|stands?|means|one|of|это"
_BRACKETS = re.compile(r"\([^()]*\)")


class Claim(NamedTuple):
    """A number word with the word that it counts, and their offsets in the paragraph."""

    number: int
    words: str
    start: int
    end: int


def wrong_count(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of number words whose list (after a colon, below, or counted by ordinals) has another length."""
    for text in context.running if context.tongue in NUMBERS else ():
        found = paragraphs(text.typed)
        for index, paragraph in enumerate(found):
            for claim, listed in _wrong_claims(paragraph, found[index + 1 :], context.tongue):
                message = f"'{claim.words}' are announced, but {listed} are named"
                span = paragraph.start + claim.start, paragraph.start + claim.end
                yield context.mark(message, text, span, help="add what is missing, or correct the number")


def _wrong_claims(paragraph: Paragraph, below: Sequence[Paragraph], tongue: str) -> Iterator[tuple[Claim, int]]:
    """Each wrong claim in a paragraph, with the number of items in its list."""
    words = paragraph.plain
    claims = list(_claims(words, NUMBERS[tongue]))
    for place, claim in enumerate(claims):
        if place and not re.search(r"[.,;:!?]", words[claims[place - 1].end : claim.start]):
            continue  # "two of the five: …" announces two
        rest = words[claim.end :]
        until = claims[place + 1].start - claim.end if place + 1 < len(claims) else len(rest)
        if colon := re.match(r"[^.!?:;,\n]{0,60}:", rest):
            after_colon = rest[colon.end() :].strip()
            low, high = _inline(after_colon, tongue) if after_colon else _items(paragraph, below, tongue)
        elif not re.match(r"[”’»\"]?\.\s", rest):
            continue
        else:
            low = high = _ordinal_count(rest, claim, tongue) or _partial_count(rest, until, claim, tongue)
        if high and not low <= claim.number <= high:
            yield claim, high if claim.number > high else low


def _claims(words: str, numbers: dict[str, int]) -> Iterator[Claim]:
    """Number words with at least one word after them, as in "four Ts" or "three states of the EFTA"."""
    word = r" [«“\"]?[^\W\d_][\w-]*[»”\"]?"
    pattern = rf"(?<![\w-])({'|'.join(numbers)})(?=[ :])((?:{word})?)(?:{word}){{0,3}}"
    for match in re.finditer(pattern, words, re.IGNORECASE):
        claimed = re.sub(r"[«»“”\"]", "", match[1] + match[2])
        yield Claim(numbers[match[1].lower()], claimed, match.start(), match.end(2))


def _inline(words: str, tongue: str) -> tuple[int, int]:
    """The least and the largest number of items in an inline list: "a, b and c" has three; "b and c" may be one."""
    end = _END.search(words)
    words = _BRACKETS.sub("", words[: end.start()] if end else words).strip(' .!?…”’»"')
    if ";" in words:
        count = len([part for part in words.split(";") if part.strip()])
        return count, count
    joined = rf"\s(?:{AND[tongue]})\s"
    parts = [part.strip() for part in words.split(",") if part.strip()]
    most = sum(len(re.split(joined, re.sub(rf"^(?:{AND[tongue]})\s", "", part))) for part in parts)
    if most < 2:
        return 0, 0
    # Longer parts may be clauses with commas, so that there may be fewer items than parts.
    clause = rf"(?:which|who|котор)|.*\s(?:{AND[tongue]})$"
    if any(len(part.split()) > 3 or re.match(clause, part) for part in parts):
        return 0, most
    last = parts[-1]
    has_conjunction = bool(re.search(joined, last)) and not re.match(rf"(?:{AND[tongue]})\s", last)
    return len(parts) + has_conjunction, most


def _items(paragraph: Paragraph, below: Sequence[Paragraph], tongue: str) -> tuple[int, int]:
    """The least and the largest number of items in the list below a paragraph; one list item may name several."""
    low = high = 0
    for other in below:
        if other.depth <= paragraph.depth:
            break
        if other.depth == paragraph.depth + 1 and other.opens_item:
            low += 1
            inside = other.plain.strip(" .;,")
            parts = [part for part in re.split(rf",|\s(?:{AND[tongue]})\s", inside) if part.strip()]
            high += len(parts) if "," in inside and all(len(part.split()) <= 2 for part in parts) else 1
    return low, high


def _ordinal_count(rest: str, claim: Claim, tongue: str) -> int:
    """The number of items counted by ordinals ("The first is … The second …"); 0 if they count something else."""
    counted_words = [re.escape(word[: max(1, len(word) - 1)]) for word in claim.words.split()[1:]]
    first = rf"(?<!\w)(?:{ORDINALS[tongue][0]})\w{{0,4}}(?:\s*[,:—–]|\s+(?:{_PREDICATE}|{'|'.join(counted_words)}))"
    if not re.search(first, rest, re.IGNORECASE):
        return 0
    seen = [number for number, word in enumerate(ORDINALS[tongue], 1) if _has_ordinal(word, rest)]
    # A single ordinal refers to something else, as in "the first of these".
    return max(seen) if len(seen) > 1 else 0


def _has_ordinal(word: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{word})\w{{0,4}}(?!\w)", words, re.IGNORECASE) is not None


def _partial_count(rest: str, until: int, claim: Claim, tongue: str) -> int:
    """The smaller number in texts such as "Four Ts. The embassy explains three: …"; 0 if the rest is named too."""
    match = re.search(rf"(?<![\w-])({'|'.join(NUMBERS[tongue])}):\s", rest, re.IGNORECASE)
    if match is None or match.start() > until + 1:
        return 0
    number = NUMBERS[tongue][match[1].lower()]
    highest = ORDINALS[tongue][claim.number - 1] if claim.number <= len(ORDINALS[tongue]) else "last"
    return 0 if _has_ordinal(highest, rest[match.end() :]) or number >= claim.number else number
