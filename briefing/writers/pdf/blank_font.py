"""Characters without a glyph, and the blank font that reserves their width.

For such a character Pango uses the width of some other glyph, which depends on the machine's language and on the other
characters in the font. It is often 0, and the boxes drawn in its place would cover the text. This font gives each of
them the width of a small letter of the theme. It serves the layout only; ``hollow_box`` draws the boxes.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Container, Iterable, Mapping

from briefing.theme import Theme
from briefing.theme.css import text_size
from briefing.writers.font_files import font_of, tables_of, with_height
from briefing.writers.fonts import Cut, cut_font, repertoire

#: The family of the font, a name that no theme would use.
FAMILY = "briefing room"
#: General categories of characters that need no glyph: spaces, line ends and controls.
INVISIBLE = {"Cc", "Zl", "Zp", "Zs"}
#: Other characters that need none (Default_Ignorable_Code_Point, as far as HarfBuzz ignores them).
IGNORED = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFF8)),
    *((0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
#: The characters get the width of the first of these that the theme's face has.
WIDTH_LETTERS = "no0-"
#: The font has a space too, so that Pango does not change the font between two of the characters.
SPACE = 0x20


def seen(letter: str) -> bool:
    """Whether a character is visible, so that something has to be drawn in its place."""
    return unicodedata.category(letter) not in INVISIBLE and not ignored(letter)


def ignored(letter: str) -> bool:
    """Whether a character has no width."""
    return any(low <= ord(letter) <= high for low, high in IGNORED)


def letters_without_font(theme: Theme, cuts: Mapping[Cut, Iterable[str]]) -> frozenset[str]:
    """The visible characters for which none of the cuts that they are set in has a glyph."""
    asked = frozenset[str]().union(*cuts.values())
    covered = {letter for cut, letters in cuts.items() for letter in letters if ord(letter) in _code_points(theme, cut)}
    return frozenset(filter(seen, asked - covered))


def _code_points(theme: Theme, cut: Cut) -> Container[int]:
    return repertoire(theme, cut.face, cut.weight, italic=cut.italic)


def blank_font(theme: Theme, letters: Iterable[str]) -> bytes:
    """The font that reserves the width of these characters: all have the same glyph, that of a small letter.

    Its height above and below the baseline is that of a line without leading, so that it never changes a line's height.
    """
    import uharfbuzz

    face, size = "sans", text_size(theme)
    known = repertoire(theme, face)
    measure = next((letter for letter in WIDTH_LETTERS if ord(letter) in known), " ")
    data = cut_font(theme, Cut(face, 400, False, size, beside=face), frozenset(measure))
    parsed = uharfbuzz.Font(uharfbuzz.Face(data))
    extents = parsed.get_font_extents("ltr")
    tables = tables_of(data)
    glyph = parsed.get_nominal_glyph(ord(measure))
    glyphs = {ord(letter): glyph for letter in letters} | {SPACE: parsed.get_nominal_glyph(SPACE)}
    tables[b"cmap"] = _character_map(glyphs)
    middle = (extents.ascender + extents.descender) / parsed.face.upem
    return with_height(font_of(data[:4], tables), middle, 0)


def _character_map(glyphs: Mapping[int, int]) -> bytes:
    """A character map (cmap, format 12) from code points to glyph numbers."""
    groups = b"".join(struct.pack(">LLL", code, code, glyph) for code, glyph in sorted(glyphs.items()))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table


def blank_font_rule(source: str) -> str:
    """The ``@font-face`` rule of the font. ``source`` is the URL of its file."""
    return f'@font-face{{font-family:"{FAMILY}";src:url({source})}}\n'
