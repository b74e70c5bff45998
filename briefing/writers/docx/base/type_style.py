"""A theme's type style as the properties of a Word style."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from briefing.theme import Theme, TypeStyle
from briefing.writers.docx.ooxml.elements import pt, xml

#: The body style of a theme that has none.
PLAIN = TypeStyle("body", "serif", 10.5, 14.5, after=7)

#: The theme's colour tokens as the colours of a Word theme, by the names that a document uses for them.
THEME_COLOURS: Mapping[str, str] = {
    "ink": "text1",
    "paper": "background1",
    "on_accent": "background1",
    "muted": "text2",
    "tint": "background2",
    "accent": "accent1",
    "rule": "accent2",
    "marking": "accent3",
}


def hexadecimal(theme: Theme, token: str) -> str:
    """A colour token as Word writes it: ``1F4E79``."""
    return theme.colours.get(token, "#000000").lstrip("#").upper()


def colour(theme: Theme, token: str, attribute: str = "val", themed: str = "themeColor") -> dict[str, str]:
    """The attributes of a colour: its value, and its name in the theme, which Word uses when the theme is changed."""
    return {attribute: hexadecimal(theme, token), themed: THEME_COLOURS[token]}


def sizes(half_points: int) -> str:
    """The type size, also for complex scripts."""
    return xml("w:sz", val=half_points) + xml("w:szCs", val=half_points)


def font(face: str) -> str:
    """A face by its role in the theme: sans is the major font, serif the minor one."""
    role = "major" if face == "sans" else "minor"
    latin, east, other = f"{role}HAnsi", f"{role}EastAsia", f"{role}Bidi"
    return xml("w:rFonts", asciiTheme=latin, eastAsiaTheme=east, hAnsiTheme=latin, cstheme=other)


def eighths(points: float) -> int:
    """The weight of a rule in Word's unit, 1/8 pt, rounded up; Word's lightest is 1/4 pt."""
    return max(ceil(round(points * 8, 6)), 2)


def paragraph_spacing(look: TypeStyle, before: float, after: float, *, single: bool, exact: float | None = None) -> str:
    """Space and leading. Display sizes have exact leading; lines of text may grow for a tall letter or a picture."""
    if single:
        line, rule = 240, "auto"
    elif exact is not None:
        line, rule = pt(exact), "exact"
    else:
        line, rule = pt(look.leading), "exact" if look.size >= 13 else "atLeast"
    return xml("w:spacing", before=pt(before), after=pt(after), line=line, lineRule=rule)


def run_properties(theme: Theme, look: TypeStyle) -> str:
    """Face, weight, slope, colour and size, each also for complex scripts such as Arabic."""
    weight, slope = int(look.weight >= 600), int(look.italic)
    # Also written when it is 0: otherwise a character style would inherit the capitals of its paragraph.
    capitals = xml("w:caps", val=int(look.capitals))
    bold = xml("w:b", val=weight) + xml("w:bCs", val=weight)
    italic = xml("w:i", val=slope) + xml("w:iCs", val=slope)
    shade = xml("w:color", **colour(theme, look.colour))
    return font(look.face) + bold + italic + capitals + shade + sizes(round(look.size * 2))
