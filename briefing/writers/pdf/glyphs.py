"""Letters that the theme's fonts do not have: found before layout, and told with their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Element, Galley
from briefing.writers.fonts import repertoire

from .vacant import seen

__all__ = ["missing_glyphs", "missing_letters"]

#: So many letters of a script are named; and so many signs of no script are told one by one.
FEW = 4
#: Punctuation of East Asia, and its letters in the width of others: their names do not tell.
EAST_ASIAN = (range(0x3000, 0x3040), range(0xFF00, 0xFFF0))
SIGNS = "OTHER"
#: The faces of scripts that would have the letters of a script, where the two have different names.
FACES = {"CJK": ("Hans", "Jpan", "Kore", "Hant"), "HIRAGANA": ("Jpan",), "KATAKANA": ("Jpan",), "HANGUL": ("Kore",)}


def missing_letters(galley: Galley) -> dict[str, str]:
    """The letters that no face of the theme has, in the order of reading, each with the first field that has it."""
    theme = galley.theme
    here = (*theme.faces, *(script for script, lent in theme.scripts.items() if lent.roman is not None))
    found: dict[str, str] = {}

    @cache
    def known(letter: str) -> bool:
        # In order: the faces of other scripts are not even opened for a brief that the theme's own have letters for.
        return any(ord(letter) in repertoire(theme, face) for face in here)

    def note(words: Iterable[str], path: str) -> None:
        for letter in words:
            if not known(letter) and seen(letter):
                found.setdefault(letter, path)

    def look(element: Element, path: str) -> None:
        path = element.path or path
        for child in element.children:
            if isinstance(child, Element):
                look(child, path)
            else:
                note(child, path)

    for element in galley.body:
        look(element, "")
    running = galley.running
    note("".join((running.country, running.footer, running.marking, running.draft, *running.folio)), "")
    return found


def missing_glyphs(galley: Galley, letters: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """One warning (``missing-glyph``) for each script of the letters that :func:`missing_letters` found.

    Its ``label`` is the first of them, by which whoever has the content file can find the line. A few signs that belong
    to no script are told one by one.
    """
    scripts: dict[str, list[str]] = {}
    for letter in letters:
        scripts.setdefault(_script(letter), []).append(letter)
    signs = scripts.get(SIGNS, [])
    if len(signs) <= FEW:
        scripts = {key: row for key, row in scripts.items() if key != SIGNS} | {sign: [sign] for sign in signs}
    rows = sorted(scripts.items(), key=lambda item: list(letters).index(item[1][0]))
    return tuple(_warning(galley, script, row, letters[row[0]]) for script, row in rows)


def _installing(galley: Galley, script: str) -> str:
    """What to type where the theme names a face for the script and its package is not installed."""
    codes = FACES.get(script, ())
    lent = galley.theme.scripts
    line = next((lent[code].install for code in codes if code in lent and lent[code].install), "")
    return f"type {line} and build again; or " if line else ""


def _script(letter: str) -> str:
    """The script of a letter, as the first word of its Unicode name has it: ARABIC, HEBREW, CJK."""
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
        help=cure.format(_installing(galley, script)),
        file=galley.name,
    )
