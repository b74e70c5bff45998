"""Find no-break spaces where YAML needs plain ones; they are usually pasted from Word or a web page.

They are found before the file is parsed, because YAML treats them as letters: key and value would become one scalar.
They are valid in texts, so lines of block scalars are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["AFTER_COLON", "RETYPE", "NoBreak", "is_after_colon", "no_breaks"]

AFTER_COLON = "a no-break space (U+00A0) stands after the colon; YAML wants plain spaces"
RETYPE = "delete it and type a space with the space bar; text pasted from Word may hold more of them"

_SPACES = "\u00a0\u2007\u202f"
_INDENTATION = re.compile(rf"[ {_SPACES}]*(?:-[ {_SPACES}]+)*")
#: Keys of briefs are in lower case. A word with a colon at the start of a line of text usually has a capital.
_KEY = re.compile(rf"[a-z_]+[{_SPACES}]*:(?:[ {_SPACES}]+|(?=\s|$))")
#: The space between a plain value and the comment after it.
_COMMENT = re.compile(rf"^([^\"'#]*[^\"'#\s])([ {_SPACES}]{{1,99}})(?=#(?:\s|$))")
_BLOCK_SCALAR = re.compile(rf"(?:^|[ {_SPACES}])[|>][-+1-9]{{0,2}}\s*(?:\s#.*)?$")
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " "))


@dataclass(frozen=True, slots=True)
class NoBreak:
    """A line with no-break spaces that must be plain ones: its row, and the column of the first one, both from 0.

    ``where`` describes the position in words; ``mended`` is the line with plain spaces.
    """

    row: int
    column: int
    where: str
    mended: str


def no_breaks(lines: list[str]) -> Iterator[NoBreak]:
    """Lines with a no-break space in the indentation, after a hyphen, next to a key's colon, or before a comment."""
    block_indent: int | None = None  # the text of a block scalar is indented more than this, in columns
    for row, line in enumerate(lines):
        if block_indent is not None and len(line) - len(line.lstrip(" ")) > block_indent:
            continue
        if not line.strip():
            if (empty := line.translate(_PLAIN)) != line:
                yield NoBreak(row, len(line) - len(line.lstrip(" \t")), "in a line that looks empty", empty)
            continue
        lead = _end(_INDENTATION, line)
        key = _KEY.match(line, lead)
        head = key.end() if key else lead
        rest = _COMMENT.sub(lambda match: match[1] + match[2].translate(_PLAIN), line[head:])
        mended = line[:head].translate(_PLAIN) + rest
        if mended != line:
            column = next(index for index, (old, new) in enumerate(zip(line, mended, strict=True)) if old != new)
            yield NoBreak(row, column, _where(line, column, lead) if column < head else "before the comment", mended)
        block_indent = None
        if _BLOCK_SCALAR.search(mended):
            block_indent = lead if mended[lead:].lstrip()[:1] not in {"|", ">"} else max(mended[:lead].rfind("-"), 0)


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
