"""Estimate the size of text, for the columns of tables and to avoid overlaps in the side column.

Word lays out on the reader's machine with the reader's fonts, so exact sizes are impossible. The widths are those of a
common serif face, relative to the type size.
"""

from __future__ import annotations

#: Millimetres in a point.
MM = 25.4 / 72
#: The width of a sans face relative to the serif face measured here.
NARROW = 0.94
#: The width of DejaVu, the widest face that may replace ours on the reader's machine, relative to ours.
WIDER = 1.22
#: A taller block may break over pages: LibreOffice cuts off one that may not break and is taller than the page.
MAX_UNBROKEN_MM = 100.0

_NARROW_LETTERS = frozenset("iljtfrI.,;:'’‘|!()[]/ -іј")
_WIDE_LETTERS = frozenset("mwMW@—%ЖМШЩЮФжмшщюф")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The estimated width of a line of text in mm; ``size`` in pt."""
    units = 0.0
    for character in text:
        if character in _NARROW_LETTERS:
            units += 0.29
        elif character in _WIDE_LETTERS:
            units += 0.82
        elif ord(character) >= 0x2E80:
            units += 1.0
        elif character.isupper():
            units += 0.62
        elif ord(character) >= 0x0400:
            units += 0.54
        else:
            units += 0.49
    return units * size * MM * (1.06 if bold else 1.0)


def line_count(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """The estimated number of lines of a text in a column ``width`` mm wide, broken between words; at least 1."""
    space = text_width(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in text.split():
        wide = text_width(word, size, bold=bold)
        if used and used + space + wide > width:
            count, used = count + 1, 0.0
        used += wide + (space if used else 0.0)
    return count
