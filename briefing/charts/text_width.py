"""Estimate the width of text, and wrap it, without loading a font.

The table has the advance widths of Source Sans 3 (regular, in thousandths of the size). Each group has the width of
its widest character, so that estimates are rather too large. The space around labels allows for other faces.
"""

from __future__ import annotations

import re
import unicodedata

#: The size of all text in a chart, and its line spacing, in pt.
SIZE = 8.5
LEADING = 10.2

_GROUPS = {
    "\u200b\u200c\u200d\u200e\u200f": 0,
    "\u2009\u202f": 120,
    " \u00a0": 200,
    "ijlI|',.:;!-()[]{}`’‘іїј": 305,
    'f/\\r"t*“”': 430,
    "czsxkvyaeго?зтсухеэкJ": 500,
    "ghnobdpqu0123456789$+−=<>#_^~€₸₽FPLY–": 562,
    "абвдийлмнпрцчьюя": 640,
    "ABEKRSTVXZCHNUDGOQ№&": 672,
    "w": 725,
    "mMW%@—…": 850,
}
_WIDTHS = {character: size for letters, size in reversed(_GROUPS.items()) for character in letters}
#: The scripts with the widest letters: Tamil, Malayalam, Sinhala, Burmese.
_WIDEST = ((0x0B80, 0x0BFF), (0x0D00, 0x0DFF), (0x1000, 0x109F))
_WIDE_CYRILLIC = "жшщфюыЖШЩФЮЫМЪ"
#: Unbreakable parts: characters up to and including a hyphen, dash or slash between two words; spaces.
_PARTS = re.compile(r"[^ \n/–-]*[/–-]+(?=\w)|[^ \n/–-]+(?:[/–-]+(?!\w))*|[/–-]+| +|\n")
_ACCENTS = "".join(map(chr, range(0x0300, 0x0370)))
_SEMIBOLD = 1.035


def _advance(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if character in _WIDE_CYRILLIC:
        return 800 if character.islower() else 910
    base = unicodedata.normalize("NFD", character)[0]
    if base != character and base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.east_asian_width(character) in "WF":
        return 1000
    # Other scripts, by their fonts: Armenian to Ethiopic, and Khmer, are wider than Latin, some Indian ones far wider.
    code = ord(character)
    if any(first <= code <= last for first, last in _WIDEST):
        return 1150
    if 0x0530 <= code <= 0x058F or 0x0700 <= code <= 0x0DFF or 0x1000 <= code <= 0x139F or 0x1780 <= code <= 0x17FF:
        return 820
    return 680 if character.isupper() else 610


def width(text: str, *, semibold: bool = False) -> float:
    """The estimated width of text in a chart, in pt; rather too large than too small."""
    return sum(map(_advance, text)) / 1000 * SIZE * (_SEMIBOLD if semibold else 1.0)


def wrap(text: str, limit: float) -> tuple[str, ...]:
    """The text in lines of at most ``limit`` pt, broken at spaces, after hyphens and, if necessary, inside a word."""
    lines: list[str] = []
    line = ""
    for part in _PARTS.findall(text.strip()):
        if width((line + part).strip()) <= limit:
            line += part
            continue
        lines.append(line.strip())
        line = part.strip()
        while width(line) > limit and len(line) > 1:
            length = max(1, next(n for n in range(1, len(line) + 1) if width(line[:n]) > limit) - 1)
            lines.append(line[:length])
            line = line[length:]
    lines.append(line.strip())
    for place in range(1, len(lines)):
        # A combining accent stays with the letter before it.
        rest = lines[place].lstrip(_ACCENTS)
        lines[place - 1] += lines[place][: len(lines[place]) - len(rest)]
        lines[place] = rest
    return tuple(line for line in lines if line) or ("",)


def fits(text: str, limit: float) -> bool:
    """Whether the text fits into lines of ``limit`` pt without a break inside a word."""
    return all(width(word) <= limit for word in text.split())
