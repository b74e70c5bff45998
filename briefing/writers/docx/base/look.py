"""A theme's type style as the properties of a Word style."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.theme import Theme, TypeStyle

__all__ = ["PLAIN", "THEME_COLOURS", "colour", "font", "hexadecimal", "paragraph_spacing", "run_properties", "twips"]

#: What a theme without a body style falls back to.
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


def colour(theme: Theme, token: str, attribute: str = "val", themed: str = "themeColor") -> str:
    """The attributes of a colour: its value, and its name in the theme, so that a change of theme changes it."""
    return f'w:{attribute}="{hexadecimal(theme, token)}" w:{themed}="{THEME_COLOURS[token]}"'


def twips(points: float) -> int:
    """Points as twips."""
    return round(points * 20)


def font(face: str) -> str:
    """A face by its role in the theme: sans is the major font, serif the minor one."""
    role = "major" if face == "sans" else "minor"
    return (
        f'<w:rFonts w:asciiTheme="{role}HAnsi" w:eastAsiaTheme="{role}EastAsia" w:hAnsiTheme="{role}HAnsi"'
        f' w:cstheme="{role}Bidi"/>'
    )


def paragraph_spacing(
    look: TypeStyle, *, before: float | None, after: float | None, single: bool, exact: float | None = None
) -> str:
    """Space and leading. Display sizes keep their leading; text may grow for a tall letter or a pasted picture."""
    above = twips(look.before if before is None else before)
    below = twips(look.after if after is None else after)
    if single:
        return f'<w:spacing w:before="{above}" w:after="{below}" w:line="240" w:lineRule="auto"/>'
    if exact is not None:
        return f'<w:spacing w:before="{above}" w:after="{below}" w:line="{twips(exact)}" w:lineRule="exact"/>'
    rule = "exact" if look.size >= 13 else "atLeast"
    return f'<w:spacing w:before="{above}" w:after="{below}" w:line="{twips(look.leading)}" w:lineRule="{rule}"/>'


def run_properties(theme: Theme, look: TypeStyle) -> str:
    """Face, weight, slope, colour and size; the complex-script twins serve Arabic and its neighbours."""
    weight, slope = int(look.weight >= 600), int(look.italic)
    # Said both ways: words in a character style do not take the capitals of the paragraph around them.
    capitals = f'<w:caps w:val="{int(look.capitals)}"/>'
    size = round(look.size * 2)
    return (
        f'{font(look.face)}<w:b w:val="{weight}"/><w:bCs w:val="{weight}"/>'
        f'<w:i w:val="{slope}"/><w:iCs w:val="{slope}"/>'
        f'{capitals}<w:color {colour(theme, look.colour)}/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
