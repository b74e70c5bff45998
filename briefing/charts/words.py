"""How wide words are, and where they break, without loading a font.

The table holds the advance widths of Source Sans 3 (regular, in thousandths of the size), the widest of each group, so
that an estimate errs on the wide side. Other faces are near enough for the air that a chart leaves round its labels.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LEADING", "SIZE", "width", "wrap"]

#: The size of all text in a chart and the distance between two lines of one label, in pt.
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
_WIDTHS = {letter: size for letters, size in reversed(_GROUPS.items()) for letter in letters}
#: Tamil, Malayalam, Sinhala, Burmese.
_WIDEST = ((0x0B80, 0x0BFF), (0x0D00, 0x0DFF), (0x1000, 0x109F))
_WIDE_CYRILLIC = "жшщфюыЖШЩФЮЫМЪ"
#: What stays together on a line: letters up to and with a hyphen or stroke between two words; blanks.
_PIECES = re.compile(r"[^ \n/–-]*[/–-]+(?=\w)|[^ \n/–-]+(?:[/–-]+(?!\w))*|[/–-]+| +|\n")
_ACCENTS = "".join(map(chr, range(0x0300, 0x0370)))
_SEMIBOLD = 1.035


def _advance(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    if letter in _WIDE_CYRILLIC:
        return 800 if letter.islower() else 910
    base = unicodedata.normalize("NFD", letter)[0]
    if base != letter and base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.east_asian_width(letter) in "WF":
        return 1000
    # Other scripts, as their faces have them: Armenian to Ethiopic are wider, some of India and Burma much wider.
    code = ord(letter)
    if any(first <= code <= last for first, last in _WIDEST):
        return 1150
    if 0x0530 <= code <= 0x058F or 0x0700 <= code <= 0x0DFF or 0x1000 <= code <= 0x139F or 0x1780 <= code <= 0x17FF:
        return 820
    return 680 if letter.isupper() else 610


def width(words: str, *, semibold: bool = False) -> float:
    """How wide these words are in the size of a chart's text, in pt; rather too much than too little."""
    return sum(map(_advance, words)) / 1000 * SIZE * (_SEMIBOLD if semibold else 1.0)


def wrap(words: str, room: float, *, semibold: bool = False) -> tuple[str, ...]:
    """The words in lines of at most ``room`` pt. Breaks at spaces, after hyphens, and in a word if it must."""
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall(words.strip()):
        if width((line + piece).strip(), semibold=semibold) <= room:
            line += piece
            continue
        lines.append(line.strip())
        line = piece.strip()
        while width(line, semibold=semibold) > room and len(line) > 1:
            keep = max(1, next(n for n in range(1, len(line) + 1) if width(line[:n], semibold=semibold) > room) - 1)
            lines.append(line[:keep])
            line = line[keep:]
    lines.append(line.strip())
    for place in range(1, len(lines)):
        # An accent that stands by itself belongs to the letter before it.
        rest = lines[place].lstrip(_ACCENTS)
        lines[place - 1] += lines[place][: len(lines[place]) - len(rest)]
        lines[place] = rest
    return tuple(line for line in lines if line) or ("",)


def fits(words: str, room: float) -> bool:
    """Whether the words can be set in lines of that room without breaking inside a word."""
    return all(width(word) <= room for word in words.split())
