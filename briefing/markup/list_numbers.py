"""Decide which numbers with a full stop begin an item of a list: "3. Oktober" does not.

A number, a full stop and the full name of a month are a date, unless a neighbour continues the numbering. The name is
in the language of the brief or of a passage of the text; if neither is known, in any language. A number without
neighbours is no list either directly after a bullet, or where only a line wrap puts it at the start of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

#: Stands for the full stop of a number that begins no list while blocks are parsed. Content files cannot have it.
SHIELD = "\ufdd0"

#: The languages that write a day with a full stop, as in "3. Oktober".
_DOTTED = "bs cs da de dsb et fi fo gsw hr hsb hu is lb lv nb nds nn no prg se sk sl smn sr sr-Latn wae"
#: Further languages that are tried if the language of a text is not known.
_OTHERS = "es fr it kk lt nl pl pt ro ru sv tr uk en"
#: The language of a passage.
_PASSAGE = re.compile(r"\]\{lang=([A-Za-z][\w-]*)\}")
_NUMBER = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\d{1,9}\.[ \t]", re.MULTILINE)
#: Higher numbers are years, or end a sentence.
_HIGHEST = 999


@dataclass(frozen=True, slots=True)
class ListNumber:
    """The number of a list item: its value, the offset of its full stop, and the month after it, or "".

    ``is_date`` is true if number and month can only be a date.
    """

    value: int
    stop: int
    month: str = ""
    is_date: bool = False


@dataclass(slots=True)
class _NumberedList:
    """The numbers of one list. ``after_bullet``: it begins directly after a bullet; ``in_text``: inside a paragraph.

    ``inner``: it is in another list.
    """

    after_bullet: bool
    in_text: bool
    inner: bool
    numbers: list[ListNumber] = field(default_factory=list)


@lru_cache(maxsize=4096)
def no_list_numbers(text: str, language: str = "") -> tuple[ListNumber, ...]:
    """The numbers that Markdown would take for those of list items, but that are dates or parts of a sentence.

    ``language`` is that of the brief.
    """
    found: list[ListNumber] = []
    for _ in range(8 if _NUMBER.search(text) else 0):  # each one found may make another a neighbour, or leave it alone
        new = [number for one in _lists(_shielded(text, found), language) for number in _not_of(one)]
        found += new
        if not new:
            break
    return tuple(sorted(found, key=lambda number: number.stop))


def shielded(text: str, language: str = "") -> str:
    """The text with ``SHIELD`` for the full stop of each number that begins no list; its length is the same."""
    return _shielded(text, no_list_numbers(text, language))


def misnumbered(text: str, language: str = "") -> Iterator[tuple[ListNumber, int]]:
    """Each first number of a list that is not printed as typed, with the number that is printed."""
    for one in _lists(shielded(text, language), language) if _NUMBER.search(text) else ():
        first = one.numbers[0].value
        words = {" ".join(text[number.stop + 1 :].split(maxsplit=1)[:1]) for number in one.numbers}
        alike = len(words) == 1 and len(next(iter(words))) > len("The")  # "1. Quartal 2015" and "1. Quartal 2016"
        is_habit = {number.value for number in one.numbers} <= {0, 1} and not alike  # of Markdown: 1. for each item
        if len(one.numbers) > 1 and not is_habit:
            wrong = ((n, first + i) for i, n in enumerate(one.numbers) if n.value != first + i)
            yield from list(wrong)[:1]


def _shielded(text: str, numbers: list[ListNumber] | tuple[ListNumber, ...]) -> str:
    letters = list(text)
    for number in numbers:
        letters[number.stop] = SHIELD
    return "".join(letters)


def _not_of(one: _NumberedList) -> Iterator[ListNumber]:
    """The numbers of a list that begin no item."""
    numbers, alone = one.numbers, len(one.numbers) == 1
    dates_in_text = one.in_text and all(number.month for number in numbers)
    for index, number in enumerate(numbers):
        before, after = numbers[index - 1] if index else None, numbers[index + 1] if index + 1 < len(numbers) else None
        goes_on = any(
            other.value == number.value + step or (other.value == number.value and not other.month)
            for other, step in ((before, -1), (after, 1))
            if other is not None
        )
        is_text = (
            dates_in_text or not goes_on
            if number.month
            else alone and (one.after_bullet or (one.in_text and not one.inner))
        )
        if is_text or (alone and number.value > _HIGHEST):
            yield number


def _lists(text: str, language: str) -> Iterator[_NumberedList]:
    """The lists of a text that are numbered with full stops, inner ones after outer ones."""
    from .markdown import parser

    md: MarkdownIt = parser()
    languages = tuple(dict.fromkeys((language, *_PASSAGE.findall(text)))) if language else ()
    tokens: list[Token] = []
    md.block.parse(text, md, {}, tokens)
    rows = text.split("\n")
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    open_lists: list[_NumberedList | None] = []
    at = 0
    for index, token in enumerate(tokens):
        if token.type == "ordered_list_open" and token.markup == ".":
            row = token.map[0] if token.map else 0
            previous = tokens[index - 1] if index else None
            after_bullet = previous is not None and previous.type == "list_item_open" and previous.markup in "-*+"
            above = rows[row - 1].rstrip() if row else ""
            in_text = previous is not None and previous.type == "paragraph_close" and bool(above.strip(" \t>"))
            in_text = in_text and not above.endswith(":")
            open_lists.append(_NumberedList(after_bullet, in_text, bool(open_lists)))
        elif token.type in {"ordered_list_open", "bullet_list_open"}:
            open_lists.append(None)
        elif token.type == "list_item_open" and (one := open_lists[-1]) is not None and token.map:
            at = text.find(f"{token.info}.", max(at, starts[token.map[0]])) + len(token.info)
            end = starts[token.map[0] + 1] if token.map[0] + 1 < len(starts) else len(text)
            one.numbers.append(ListNumber(int(token.info), at, *_month(text[at + 1 : end].strip(), languages)))
        elif token.type in {"ordered_list_close", "bullet_list_close"} and (one := open_lists.pop()):
            yield one


def is_month(word: str, language: str) -> bool:
    """Whether a word is the full name of a month in a language."""
    return any(names.fullmatch(word.casefold()) for names in _months((language,)))


def interrupts_paragraph(state: StateBlock, row: int, last: int, silent: bool) -> bool:  # noqa: FBT001
    """Whether a list begins on the line after a paragraph with a number other than 1: the next number follows in it.

    CommonMark lets only a list that begins at 1 do so. The rule of the library then reads the list.
    """
    number = (
        re.match(r"(\d{1,9})\.[ \t]", _line(state, row)) if silent and state.sCount[row] - state.blkIndent < 4 else None
    )
    if number is None:
        return False
    value = int(number[1])
    for below in range(row + 1, last):
        if state.isEmpty(below) or state.sCount[below] > state.sCount[row] + 1:
            continue
        line = _line(state, below)
        return abs(state.sCount[below] - state.sCount[row]) < 2 and bool(re.match(rf"{value + 1}\.[ \t]", line))
    return False


def _line(state: StateBlock, row: int) -> str:
    return state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]]


def _month(text: str, languages: tuple[str, ...]) -> tuple[str, bool]:
    """The name of a month at the start of a text, or "", and whether it can only belong to a date."""
    text = text.lstrip("[*_«„“\"'")
    word = re.match(r"[^\W\d_]+", text)
    if word is None:
        return "", False
    dotted, others = _months(languages)
    if dotted.fullmatch(word[0].casefold()):
        return word[0], True
    if others.fullmatch(word[0].casefold()):
        return word[0], re.match(r"[\])*_]*(?:$|[,;:.–—)-]|\s+\d{4}\b)", text[word.end() :]) is not None
    return "", False


@lru_cache(maxsize=64)
def _months(languages: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The full names of the months in languages that write a day with a full stop, and in others."""
    dotted = _DOTTED.split()
    every = languages or (*dotted, *_OTHERS.split())
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for tag in every:
        language = tag.partition("-")[0].lower()
        found[language in dotted].update(name for name in _forms(tag) if name)
    first, second = ("|".join(sorted(found[is_dotted])) or "(?!)" for is_dotted in (True, False))
    return re.compile(first), re.compile(second)


def _forms(tag: str) -> Iterator[str]:
    """The full names of the months in one language as patterns, in the forms that dates have; all in small letters."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        if "-" in tag:
            yield from _forms(tag.rpartition("-")[0])
        return
    for form in ("format", "stand-alone"):
        for name in (str(name).casefold() for name in locale.months[form]["wide"].values()):
            yield re.escape(name)
            match locale.language:
                case "de":
                    yield name + "s?"  # "des 3. Oktobers"
                case "et" | "lv":  # "3. oktoobril", "3. oktobrī"
                    yield re.escape(re.sub(r"(?:er|is|s)$", "", name)) + r"\w{0,3}"
                case "bs" | "sl" | "sr":  # "3. oktobra", of "oktobar" or "oktober"; "3. junija"
                    yield f"(?:{name}|{re.sub(r'[aeа](?=[rр]$)', '', name)})(?:j?a|ј?а)"
