"""Characters for which the theme's fonts have no glyph: reported before the layout, which reserves their width.

For such a character Pango uses the width of some other glyph, which depends on the machine's language and on the other
characters in the font. It is often 0, and the boxes drawn in its place (``placeholder_glyph``) would cover the text. So
the layout has a blank font, which gives each of them the width of a small letter of the theme.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Galley, Node
from briefing.theme import Theme
from briefing.theme.css import text_size
from briefing.writers.font_files import font_of, tables_of, with_height
from briefing.writers.fonts import Cut, covered, cut_font, repertoire

#: General categories of characters that need no glyph: spaces, line ends and controls.
INVISIBLE = {"Cc", "Zl", "Zp", "Zs"}
#: Other characters that need none (Default_Ignorable_Code_Point, as far as HarfBuzz ignores them).
IGNORED = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFF8)),
    *((0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
#: The most characters that a warning lists; and the most symbols without a script that get a warning each.
FEW = 4
#: East Asian punctuation and full-width forms, whose Unicode names do not name the script.
EAST_ASIAN = (range(0x3000, 0x3040), range(0xFF00, 0xFFF0))
#: Stands for the script of characters that belong to none.
NO_SCRIPT = "OTHER"
#: The scripts of a theme whose faces have the characters of a Unicode script, where the names differ.
FACES = {"CJK": ("Hans", "Jpan", "Kore", "Hant"), "HIRAGANA": ("Jpan",), "KATAKANA": ("Jpan",), "HANGUL": ("Kore",)}
#: The family of the blank font, a name that no theme would use.
BLANK_FAMILY = "briefing room"
#: Its characters get the width of the first of these that the theme's face has.
WIDTH_LETTERS = "no0-"
#: It has a space too, so that Pango does not change the font between two of the characters.
SPACE = 0x20


def is_visible(letter: str) -> bool:
    """Whether a character is visible, so that something has to be drawn in its place."""
    return unicodedata.category(letter) not in INVISIBLE and not is_ignored(letter)


def is_ignored(letter: str) -> bool:
    """Whether a character has no width."""
    return any(low <= ord(letter) <= high for low, high in IGNORED)


def missing_letters(galley: Galley) -> dict[str, str]:
    """The characters that no available face has, in reading order, each with the first field that contains it."""
    theme = galley.theme
    available = (*theme.faces, *(script for script, face in theme.scripts.items() if face.roman is not None))
    found: dict[str, str] = {}

    @cache
    def known(letter: str) -> bool:
        # In this order, so that the faces of scripts are opened only for characters that the theme's own lack.
        return any(ord(letter) in repertoire(theme, face) for face in available)

    def visit(node: Node, path: str) -> None:
        if isinstance(node, str):
            for letter in node:
                if not known(letter) and is_visible(letter):
                    found.setdefault(letter, path)
        else:
            for child in node.children:
                visit(child, node.path or path)

    for element in (*galley.body, *galley.running.parts):
        visit(element, "")
    return found


def missing_glyph_warnings(galley: Galley, letters: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """One warning (``missing-glyph``) for each script of the characters that :func:`missing_letters` found.

    Its ``label`` is the first of them, by which the line in the content file can be found. Up to four symbols that
    belong to no script get one warning each.
    """
    scripts: dict[str, list[str]] = {}
    for letter in letters:
        scripts.setdefault(_script(letter), []).append(letter)
    if len(scripts.get(NO_SCRIPT, ())) <= FEW:
        scripts |= {sign: [sign] for sign in scripts.pop(NO_SCRIPT, ())}
    rows = sorted(scripts.items(), key=lambda item: list(letters).index(item[1][0]))
    return tuple(_warning(galley, script, row, letters[row[0]]) for script, row in rows)


def _script(letter: str) -> str:
    """The script of a character, from the first word of its Unicode name: ARABIC, HEBREW, CJK."""
    if any(ord(letter) in block for block in EAST_ASIAN):
        return "CJK"
    first = unicodedata.name(letter, "").replace("-", " ").partition(" ")[0]
    in_word = unicodedata.category(letter)[0] in "LM"
    return first if first and (in_word or first in {"ARABIC", "HEBREW", "CJK"}) else NO_SCRIPT


def _warning(galley: Galley, script: str, letters: list[str], path: str) -> Diagnostic:
    first, count = letters[0], len(letters)
    if count == 1:
        name = unicodedata.name(first, "a character without a name").lower()
        place = f" in {path}" if path else ""
        message = f"have no '{first}' (U+{ord(first):04X}, {name}){place}"
        box, cure = "a box in its place", "write it another way, or choose a theme whose fonts have it"
    else:
        named = script if script == "CJK" else script.lower() if script == NO_SCRIPT else script.capitalize()
        some = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters[:FEW])
        more = f" and {count - FEW} more" if count > FEW else ""
        place = f"; the first is in {path}" if path else ""
        message = f"have none of {count} {named} characters in this brief: {some}{more}{place}"
        box, cure = "boxes in their place", "write them another way, or choose a theme whose fonts have them"
    scripts = galley.theme.scripts
    installs = (scripts[code].install for code in FACES.get(script, ()) if code in scripts)
    install = next((f"type {command} and build again; or " for command in installs if command), "")
    return Diagnostic(
        "missing-glyph",
        f"the fonts of the theme '{galley.theme.name}' {message}",
        Severity.WARNING,
        label=first,
        help=f"the PDF shows {box}: {install}{cure}",
        file=galley.name,
    )


def letters_without_font(theme: Theme, cuts: Mapping[Cut, Iterable[str]]) -> frozenset[str]:
    """The visible characters for which none of the cuts that they are set in has a glyph."""
    asked = frozenset[str]().union(*cuts.values())
    known = set[str]().union(*(covered(theme, cut.face, cut, letters) for cut, letters in cuts.items()))
    return frozenset(filter(is_visible, asked - known))


def blank_font(theme: Theme, letters: Iterable[str]) -> bytes:
    """The font that reserves the width of these characters: all have the same glyph, that of a small letter.

    Its height above and below the baseline is that of a line without leading, so that it never changes a line's height.
    """
    import uharfbuzz

    face = "sans"
    known = repertoire(theme, face)
    model = next((letter for letter in WIDTH_LETTERS if ord(letter) in known), " ")
    data = cut_font(theme, Cut(face, 400, False, text_size(theme), beside=face), frozenset(model))
    font = uharfbuzz.Font(uharfbuzz.Face(data))
    extents = font.get_font_extents("ltr")
    glyph = font.get_nominal_glyph(ord(model))
    glyphs = {ord(letter): glyph for letter in letters} | {SPACE: font.get_nominal_glyph(SPACE)}
    # A character map of format 12, from code points to glyph numbers.
    groups = b"".join(struct.pack(">LLL", code, code, glyph) for code, glyph in sorted(glyphs.items()))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    tables = tables_of(data) | {b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table}
    return with_height(font_of(data[:4], tables), (extents.ascender + extents.descender) / font.face.upem, 0)
