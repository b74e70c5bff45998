"""How much room words take, roughly: to share out a table's columns, and to see what would meet in the side column.

Word lays out on the reader's machine with the reader's fonts, so no measurement here could be exact; these widths are
those of a common text face, in parts of the type size.
"""

from __future__ import annotations

__all__ = ["MM", "NARROW", "WHOLE", "WIDER", "lines", "text_width"]

#: Millimetres in a point.
MM = 25.4 / 72
#: A sans face is so much narrower than the text face that the measure knows.
NARROW = 0.94
#: The widest face that may stand in for ours on the reader's machine, DejaVu, is so much wider.
WIDER = 1.22
#: What is taller than this, in mm, need not stay on one page: LibreOffice cuts off what may not break and is taller
#: than the page.
WHOLE = 100.0

_NARROW = frozenset("iljtfrI.,;:'’‘|!()[]/ -іј")
_WIDE = frozenset("mwMW@—%ЖМШЩЮФжмшщюф")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in mm; ``size`` in pt."""
    units = 0.0
    for character in text:
        if character in _NARROW:
            units += 0.29
        elif character in _WIDE:
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


def lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """The number of lines that text takes in a column of ``width`` mm, broken between words; at least one."""
    space = text_width(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in text.split():
        wide = text_width(word, size, bold=bold)
        if used and used + space + wide > width:
            count, used = count + 1, 0.0
        used += wide + (space if used else 0.0)
    return count
