"""Letters that the theme's fonts do not have: found before layout, and told with their place."""

from __future__ import annotations

import unicodedata

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Element, Galley
from briefing.writers.fonts import repertoire

__all__ = ["missing_glyphs"]

#: Spaces, line ends and marks that steer the setting need no letter.
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def missing_glyphs(galley: Galley) -> tuple[Diagnostic, ...]:
    """One warning (``missing-glyph``) for each letter that no face of the theme has, with its first field.

    Its ``label`` is the letter, by which whoever has the content file can find the line.
    """
    known = frozenset().union(*(repertoire(galley.theme, face) for face in galley.theme.faces))
    found: dict[str, str] = {}

    def look(element: Element, path: str) -> None:
        path = element.path or path
        for child in element.children:
            if isinstance(child, Element):
                look(child, path)
            else:
                for letter in child:
                    if ord(letter) not in known and unicodedata.category(letter) not in UNSEEN:
                        found.setdefault(letter, path)

    for element in galley.body:
        look(element, "")
    return tuple(_warning(galley, letter, path) for letter, path in found.items())


def _warning(galley: Galley, letter: str, path: str) -> Diagnostic:
    name = unicodedata.name(letter, "a character without a name").lower()
    place = f" in {path}" if path else ""
    return Diagnostic(
        "missing-glyph",
        f"the fonts of the theme '{galley.theme.name}' have no '{letter}' (U+{ord(letter):04X}, {name}){place}",
        Severity.WARNING,
        label=letter,
        help="the PDF shows a box in its place: write it another way, or choose a theme whose fonts have it",
        file=galley.name,
    )
