"""No-break spaces where YAML wants plain ones: they come from Word or a web page, and look the same.

They are found before the file is parsed, because to YAML they are letters: a key would swallow its value. In a text
they may stand, so the lines of text blocks are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["AFTER_COLON", "RETYPE", "NoBreak", "is_after_colon", "no_breaks"]

AFTER_COLON = "a no-break space (U+00A0) stands after the colon; YAML wants plain spaces"
RETYPE = "delete it and type a space with the space bar; text pasted from Word may hold more of them"

_SPACES = "\u00a0\u2007\u202f"
_LEAD = re.compile(rf"[ {_SPACES}]*(?:-[ {_SPACES}]+)*")
#: Keys of ours have small letters. What looks like one in running text is a word with a capital, as a rule.
_KEY = re.compile(rf"[a-z_]+[{_SPACES}]*:(?:[ {_SPACES}]+|(?=\s|$))")
#: Between a value without quotation marks and the comment behind it.
_COMMENT = re.compile(rf"^([^\"'#]*[^\"'#\s])([ {_SPACES}]{{1,99}})(?=#(?:\s|$))")
_BLOCK = re.compile(rf"(?:^|[ {_SPACES}])[|>][-+1-9]{{0,2}}\s*(?:\s#.*)?$")
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " "))


@dataclass(frozen=True, slots=True)
class NoBreak:
    """A line with no-break spaces where it must have plain ones: its row and their column (from 0), and its cure.

    ``where`` says where they stand, ``mended`` is the line with plain spaces instead.
    """

    row: int
    column: int
    where: str
    mended: str


def no_breaks(lines: list[str]) -> Iterator[NoBreak]:
    """Each line of a file with a no-break space in its indentation, after a hyphen, or beside the colon of a key."""
    inside: int | None = None  # the column that the text of the block stands right of
    for row, line in enumerate(lines):
        if inside is not None and len(line) - len(line.lstrip(" ")) > inside:
            continue
        if not line.strip():
            if (empty := line.translate(_PLAIN)) != line:
                yield NoBreak(row, len(line) - len(line.lstrip(" \t")), "in a line that looks empty", empty)
            continue
        lead = _end(_LEAD, line)
        key = _KEY.match(line, lead)
        head = key.end() if key else lead
        rest = _COMMENT.sub(lambda match: match[1] + match[2].translate(_PLAIN), line[head:])
        mended = line[:head].translate(_PLAIN) + rest
        if mended != line:
            column = next(index for index, (old, new) in enumerate(zip(line, mended, strict=True)) if old != new)
            yield NoBreak(row, column, _where(line, column, lead) if column < head else "before the comment", mended)
        inside = None
        if _BLOCK.search(mended):
            inside = lead if mended[lead:].lstrip()[:1] not in {"|", ">"} else max(mended[:lead].rfind("-"), 0)


def is_after_colon(line: str) -> bool:
    """Whether a line has a no-break space after its first colon."""
    return re.match(rf"[^:]*:[{_SPACES}]", line) is not None


def _where(line: str, column: int, lead: int) -> str:
    if column >= lead:
        return "after the colon" if ":" in line[:column] else "before the colon"
    return "after the hyphen" if "-" in line[:column] else "at the beginning of this line"


def _end(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    return match.end() if match else 0
