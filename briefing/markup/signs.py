"""Signs at the start of a line that Markdown would drop: "> 50 per cent", "+ 2.5", a dash where a line wraps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

#: What stands for each sign that begins no block while blocks are parsed. Content files cannot have it.
SIGNS = {">": "\ufdd1", "+": "\ufdd2", "-": "\ufdd3"}

_LEAD = r"([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
_NUMBER = r"(?:[A-Z]{0,3}[$€£¥₽₸₹₺][ \t\u00a0]?)?\d"
_SIGN = re.compile(rf"{_LEAD}(?:(>)[ \t]*(?={_NUMBER})|(\+)[ \t]+(?={_NUMBER})|(-)[ \t]+(?=\S))")
#: An amount, which no quotation begins with.
_AMOUNT = re.compile(
    r"[ \t]*(?:[A-Z]{0,3}[$€£¥₽₸₹₺]|\d[\d.,]*[ \t\u00a0\u202f]?(?:[%‰°€$£¥]|per cent|percent|Prozent|pour cent))"
)
_BLOCK = re.compile(r"[ \t]*(?:[>#|]|[-*+][ \t]|\d{1,9}[.)][ \t])")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at the start of a line: its offset, and whether it is text; else Markdown reads it, with a warning."""

    offset: int
    is_text: bool


@lru_cache(maxsize=4096)
def signs_at_start(text: str) -> tuple[Sign, ...]:
    """The signs that may belong to the words after them."""
    if not any(sign in text for sign in SIGNS):
        return ()
    lines, start, found = text.split("\n"), 0, []
    for row, line in enumerate(lines):
        if (match := _SIGN.match(line)) and (is_text := _is_text(lines, row, match)) is not None:
            found.append(Sign(start + match.end(match.lastindex or 0) - 1, is_text))
        start += len(line) + 1
    return tuple(found)


def _is_text(lines: list[str], row: int, match: re.Match[str]) -> bool | None:
    """Whether the sign is text; None if it begins a block."""
    line, inner = lines[row], bool(match[1].strip())
    if not inner and _has_neighbour(lines, row, match[match.lastindex or 0]):
        return False if match[3] else None
    in_paragraph = not inner and _goes_on(lines, row)
    if match[2]:
        if inner or in_paragraph or _AMOUNT.match(line[match.end(2) :]):
            return True
        return None if re.match(r"[ \t]*(?:\d{1,2}\.|\d{4}\b)", line[match.end(2) :]) else False
    if match[3]:
        return True
    return True if in_paragraph else None


def _has_neighbour(lines: list[str], row: int, sign: str) -> bool:
    """Whether another line of the same quotation or list begins with the sign."""
    if sign == ">":
        return any(0 <= other < len(lines) and lines[other].lstrip()[:1] == ">" for other in (row - 1, row + 1))
    width = len(lines[row]) - len(lines[row].lstrip())
    return _follows(lines[row + 1 :], sign, width) or _follows(lines[:row][::-1], sign, width)


def _follows(lines: list[str], sign: str, width: int) -> bool:
    """Whether an item with the sign is among these lines, before a paragraph outside the list."""
    blank_before = outside = False
    for line in lines:
        typed = line.lstrip()
        if typed[:1] == sign and typed[1:2] in {" ", "\t"}:
            return True
        if outside and (blank_before or not typed):
            return False
        outside = bool(typed) and len(line) - len(typed) <= width
        if outside and blank_before:
            return False
        blank_before = blank_before or not typed
    return False


def _goes_on(lines: list[str], row: int) -> bool:
    """Whether the line above is in the middle of a sentence of a paragraph."""
    if not row or not lines[row - 1].strip() or lines[row - 1].rstrip()[-1] in ":.;!?…":
        return False
    for above in reversed(lines[:row]):
        if not above.strip():
            break
        if _BLOCK.match(above):
            return False
    return True


def signs_shielded(text: str) -> str:
    """The text with a stand-in for each sign that begins no block; its length is the same."""
    letters = list(text)
    for sign in signs_at_start(text):
        if sign.is_text:
            letters[sign.offset] = SIGNS[letters[sign.offset]]
    return "".join(letters)
