"""Letters that no font of a brief has, and the font that keeps room for them.

Pango gives such a letter whatever width it finds, by the language of the machine and the letters that happen to be in
the font, and often none at all: then boxes would lie over the words. So the letters get a font of their own, in which
each is as wide as a small letter of the theme. It is there for the layout alone: the boxes are drawn by us.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Container, Iterable, Mapping

from briefing.theme import Theme
from briefing.theme.css import text_size
from briefing.writers.fonts import Cut, cut_font, repertoire
from briefing.writers.sfnt import font_of, tables_of, with_height

__all__ = ["FAMILY", "ignored", "letters_without_font", "room_font", "room_rule", "seen"]

#: The name of the font, which no theme would give to one of its own.
FAMILY = "briefing room"
#: Spaces, line ends and what steers the setting need no letter.
UNSEEN = {"Cc", "Zl", "Zp", "Zs"}
#: Nor do these, whatever they are (Default_Ignorable_Code_Point, as far as HarfBuzz goes by it).
IGNORED = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFF8)),
    *((0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
#: The letters whose width they get: that of the first which the theme's face has.
MEASURES = "no0-"
#: Between two of them Pango stays in the font.
SPACE = 0x20


def seen(letter: str) -> bool:
    """Whether a letter wants something to be seen in its place."""
    return unicodedata.category(letter) not in UNSEEN and not ignored(letter)


def ignored(letter: str) -> bool:
    """Whether a letter takes no room."""
    return any(low <= ord(letter) <= high for low, high in IGNORED)


def letters_without_font(theme: Theme, cuts: Mapping[Cut, Iterable[str]]) -> frozenset[str]:
    """The letters that are asked of some cut, and that no cut which has it asked of it has."""
    asked = frozenset[str]().union(*cuts.values())
    held = {letter for cut, letters in cuts.items() for letter in letters if ord(letter) in _held(theme, cut)}
    return frozenset(filter(seen, asked - held))


def _held(theme: Theme, cut: Cut) -> Container[int]:
    return repertoire(theme, cut.face, cut.weight, italic=cut.italic)


def room_font(theme: Theme, letters: Iterable[str]) -> bytes:
    """The font that keeps room for these letters: all are the one letter that they are as wide as.

    It is never the highest of a line, nor does it move one: above and below it is as high as a line is without leading.
    """
    import uharfbuzz

    face, size = "sans", text_size(theme)
    known = repertoire(theme, face)
    measure = next((letter for letter in MEASURES if ord(letter) in known), " ")
    data = cut_font(theme, Cut(face, 400, False, size, beside=face), frozenset(measure))
    parsed = uharfbuzz.Font(uharfbuzz.Face(data))
    extents = parsed.get_font_extents("ltr")
    tables = tables_of(data)
    drawing = parsed.get_nominal_glyph(ord(measure))
    drawings = {ord(letter): drawing for letter in letters} | {SPACE: parsed.get_nominal_glyph(SPACE)}
    tables[b"cmap"] = _character_map(drawings)
    middle = (extents.ascender + extents.descender) / parsed.face.upem
    return with_height(font_of(data[:4], tables), middle, 0)


def _character_map(drawings: Mapping[int, int]) -> bytes:
    """A table of characters (cmap, format 12) with the drawing of each."""
    groups = b"".join(struct.pack(">LLL", code, code, drawing) for code, drawing in sorted(drawings.items()))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(drawings)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table


def room_rule(source: str) -> str:
    """The ``@font-face`` rule of the font, for the address of its file."""
    return f'@font-face{{font-family:"{FAMILY}";src:url({source})}}\n'
