"""Characters for which the theme's fonts have no glyph: found before the layout, and reported with their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Element, Galley
from briefing.writers.fonts import repertoire

from .blank_font import seen

#: The most characters that a warning lists; and the most symbols without a script that get a warning each.
FEW = 4
#: East Asian punctuation and full-width forms, whose Unicode names do not name the script.
EAST_ASIAN = (range(0x3000, 0x3040), range(0xFF00, 0xFFF0))
SIGNS = "OTHER"
#: The scripts of a theme whose faces have the characters of a Unicode script, where the names differ.
FACES = {"CJK": ("Hans", "Jpan", "Kore", "Hant"), "HIRAGANA": ("Jpan",), "KATAKANA": ("Jpan",), "HANGUL": ("Kore",)}


def missing_letters(galley: Galley) -> dict[str, str]:
    """The characters that no available face has, in reading order, each with the first field that contains it."""
    theme = galley.theme
    available = (*theme.faces, *(script for script, lent in theme.scripts.items() if lent.roman is not None))
    found: dict[str, str] = {}

    @cache
    def known(letter: str) -> bool:
        # In this order, so that the faces of scripts are opened only for characters that the theme's own lack.
        return any(ord(letter) in repertoire(theme, face) for face in available)

    def record(words: Iterable[str], path: str) -> None:
        for letter in words:
            if not known(letter) and seen(letter):
                found.setdefault(letter, path)

    def visit(element: Element, path: str) -> None:
        path = element.path or path
        for child in element.children:
            if isinstance(child, Element):
                visit(child, path)
            else:
                record(child, path)

    for element in (*galley.body, *galley.running.parts):
        visit(element, "")
    return found


def missing_glyphs(galley: Galley, letters: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """One warning (``missing-glyph``) for each script of the characters that :func:`missing_letters` found.

    Its ``label`` is the first of them, by which the line in the content file can be found. Up to four symbols that
    belong to no script get one warning each.
    """
    scripts: dict[str, list[str]] = {}
    for letter in letters:
        scripts.setdefault(_script(letter), []).append(letter)
    signs = scripts.get(SIGNS, [])
    if len(signs) <= FEW:
        scripts = {key: row for key, row in scripts.items() if key != SIGNS} | {sign: [sign] for sign in signs}
    rows = sorted(scripts.items(), key=lambda item: list(letters).index(item[1][0]))
    return tuple(_warning(galley, script, row, letters[row[0]]) for script, row in rows)


def _install_hint(galley: Galley, script: str) -> str:
    """The start of the help text if the theme's face for the script is not installed; otherwise empty."""
    codes = FACES.get(script, ())
    scripts = galley.theme.scripts
    line = next((scripts[code].install for code in codes if code in scripts and scripts[code].install), "")
    return f"type {line} and build again; or " if line else ""


def _script(letter: str) -> str:
    """The script of a character, from the first word of its Unicode name: ARABIC, HEBREW, CJK."""
    if any(ord(letter) in block for block in EAST_ASIAN):
        return "CJK"
    first = unicodedata.name(letter, "").replace("-", " ").partition(" ")[0]
    letters = unicodedata.category(letter)[0] in "LM"
    return first if first and (letters or first in {"ARABIC", "HEBREW", "CJK"}) else SIGNS


def _warning(galley: Galley, script: str, letters: list[str], path: str) -> Diagnostic:
    first, count = letters[0], len(letters)
    if count == 1:
        name = unicodedata.name(first, "a character without a name").lower()
        place = f" in {path}" if path else ""
        message = f"have no '{first}' (U+{ord(first):04X}, {name}){place}"
        cure = "the PDF shows a box in its place: {}write it another way, or choose a theme whose fonts have it"
    else:
        named = script if script == "CJK" else script.lower() if script == SIGNS else script.capitalize()
        some = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters[:FEW])
        more = f" and {count - FEW} more" if count > FEW else ""
        place = f"; the first is in {path}" if path else ""
        message = f"have none of {count} {named} characters in this brief: {some}{more}{place}"
        cure = "the PDF shows boxes in their place: {}write them another way, or choose a theme whose fonts have them"
    return Diagnostic(
        "missing-glyph",
        f"the fonts of the theme '{galley.theme.name}' {message}",
        Severity.WARNING,
        label=first,
        help=cure.format(_install_hint(galley, script)),
        file=galley.name,
    )
