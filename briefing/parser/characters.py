"""Characters that no text may have: those that XML does not allow, and invisible ones.

They are control characters, lone surrogates and noncharacters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

_LINE_ENDS = {
    "\x85": "next line",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\x0b": "line tabulation",
}
_CHARACTER_NAMES = {
    "\x00": "NUL",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
}
#: Tab, line feed and carriage return are allowed; all other control characters (C0 and C1) are refused.
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)

#: What to do about a refused character.
RETYPE_CHARACTER = "delete it and type the place anew"


@dataclass(frozen=True, slots=True)
class BadCharacter:
    """A refused character, its offset in the text, and its name for messages."""

    offset: int
    character: str
    name: str

    @property
    def message(self) -> str:
        """What is wrong, for a diagnostic."""
        return f"{self.name} cannot be printed"


def bad_characters(text: str, limit: int = 3) -> tuple[BadCharacter, ...]:
    """The first refused characters of a text, at most ``limit``, in order."""
    return tuple(
        BadCharacter(match.start(), match[0], _character_name(match[0])) for match in islice(_BAD.finditer(text), limit)
    )


def clean(text: str) -> str:
    """The text with each refused character replaced by U+FFFD, so that offsets do not change."""
    return _BAD.sub("\ufffd", text)


def _character_name(character: str) -> str:
    point = f"U+{ord(character):04X}"
    if character in _LINE_ENDS:
        return f"the line end {point} ({_LINE_ENDS[character]})"
    category = unicodedata.category(character)
    if category == "Cs":
        return f"half of a character, {point} (a lone surrogate)"
    if category == "Cn":
        return f"{point}, which is no character"
    named = _CHARACTER_NAMES.get(character)
    return f"the control character {point}" + (f" ({named})" if named else "")
