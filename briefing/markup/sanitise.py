"""Checks of characters and links, for all texts and all output formats.

Refused are characters that are not allowed in XML or are invisible: control characters, lone surrogates and
noncharacters. Links may use only the few schemes that are useful in a printed document.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

__all__ = ["BadCharacter", "bad_characters", "clean", "link_refusal"]

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
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


@dataclass(frozen=True, slots=True)
class BadCharacter:
    """A refused character, its offset in the text, and its name for messages."""

    offset: int
    character: str
    name: str


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


def link_refusal(address: str) -> str:
    """The reason why an address cannot be a link, as a clause that follows the address; empty if it can."""
    plain = address.strip()
    if not plain:
        return "is empty"
    if bad_characters(plain) or re.search(r"[\s<>\"]", plain):
        return "holds a space or a character that no address has"
    if plain.startswith("#"):
        return "" if re.fullmatch(r"#[a-z][a-z0-9_-]*", plain) else "is not the id of a part of this brief"
    if re.match(r"[\\/]{2}|[\\/]\\", plain) or "\\" in plain:
        return "is the address of a computer or a folder in the office network, which others cannot open"
    scheme = _SCHEME.match(plain)
    if scheme is None:
        return "is not a full address: it has no https:// in front"
    return _refusal_of(scheme[1].lower(), plain[scheme.end() :])


def _refusal_of(scheme: str, rest: str) -> str:
    if scheme in {"http", "https"}:
        return "" if re.match(r"//[^/?#@:\s]", rest) else "is not a full address: the name of the site is missing"
    if scheme == "mailto":
        return "" if re.match(r"[^@\s?]+@[^@\s?]+", rest) else "is not an e-mail address"
    if scheme == "tel":
        return "" if re.fullmatch(r"\+?[0-9().;=a-z-]+", rest) else "is not a telephone number"
    if scheme == "javascript":
        return "would run a script"
    if scheme == "file" or len(scheme) == 1:
        return "is a file on one computer, which others cannot open"
    if scheme == "data":
        return "holds the data itself instead of an address"
    return f"begins with '{scheme}:'"
