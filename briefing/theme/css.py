"""A theme's tokens and type styles as CSS, so that hand-written CSS is needed only for geometry.

Every class of the galley with text has a type style of the same name. Some type styles are for parts without a class
(the label of a fact, the head of a table); ``SELECTORS`` has their selectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from . import Face, Theme, TypeStyle

#: The selectors of type styles for tags, and for parts without a class.
SELECTORS: Mapping[str, str] = {
    "body": "body",
    "list": ":where(li)",
    "title": "h1",
    "heading-1": "h2",
    "heading-2": "h3",
    "heading-3": "h4",
    "fact-label": ".facts dt",
    "fact-value": ".facts dd",
    "caption": "caption,figcaption",
    "table-text": "td,th",
    "table-head": "thead th",
    "side-title": ".side h2",
    "timeline-date": ".timeline dt",
    "person-name": ".people dt",
    "abbreviation": ".abbreviations dt",
    "detail-label": ".meeting-details dt",
    "topic": ".if-raised dt",
}

#: From this size in pt, type uses its own optical size if the face has an axis for it.
TEXT_SIZES = 14.0


def cut_size(theme: Theme, face: str, size: float) -> float:
    """The optical size in pt of a face at a type size.

    By convention the file name of a variable font lists its axes; ``opsz`` is the optical size.
    """
    return size if size >= TEXT_SIZES and "opsz" in theme.faces[face].roman.name else text_size(theme)


def family_name(theme: Theme, face: str, size: float) -> str:
    """The CSS family of a face at a size; display sizes have their own families, such as "Source Serif 4 24pt"."""
    family = theme.faces[face].family
    drawn_for = cut_size(theme, face, size)
    return family if drawn_for == text_size(theme) else f"{family} {drawn_for:g}pt"


def text_size(theme: Theme) -> float:
    """The size of running text in pt, to which all relative sizes refer."""
    body = theme.style("body")
    return body.size if body else 10.5


def css_variables(theme: Theme, *, screen: bool) -> str:
    """The tokens as CSS custom properties on ``:root``; for the screen with fallback faces and dark colours."""
    tokens = _properties(theme.colours)
    tokens += [f"--{name}:{_families(face, screen=screen)}" for name, face in theme.faces.items()]
    tokens += [
        f"--{name}:{getattr(theme.measures, name):g}mm" for name in ("text", "gutter", "side", "full", "sides", "logo")
    ]
    tokens += [f"--scale:{round(theme.scale, 4):g}"]
    tokens += [f"--rule-{name}:{weight:g}pt" for name, weight in theme.rules.items()]
    if not screen:
        tokens += [f"--indent-{name}:{length:g}mm" for name, length in theme.indents.items()]
        tokens += [f"--space-{name}:{length:g}pt" for name, length in theme.spaces.items()]
        return _root([*tokens, f"--space:{round(theme.space, 4):g}", f"--front:{theme.front:g}"])
    # Drawings keep their colours, so they need a light background on a dark screen.
    tokens += ["color-scheme:light dark", f"--light-paper:{theme.colours['paper']}"]
    return f"{_root(tokens)}@media screen and (prefers-color-scheme:dark){{{_root(_properties(theme.dark))}}}\n"


def _properties(colours: Mapping[str, str]) -> list[str]:
    return [f"--{name.replace('_', '-')}:{value}" for name, value in colours.items()]


def _root(properties: Sequence[str]) -> str:
    return f":root{{{';'.join(properties)}}}\n"


def _families(face: Face, *, screen: bool) -> str:
    return f'"{face.family}",{face.css_fallback}' if screen else f'"{face.family}"'


def selector(name: str) -> str:
    """The CSS selector of a type style: its tag or part, else its class with the plain paragraphs and items in it."""
    if name in SELECTORS:
        return SELECTORS[name]
    return f".{name},.{name} :where(p:not([class]),li:not([class]))"


def style_rules(theme: Theme, unit: Literal["pt", "rem"]) -> str:
    """One rule for each type style, in pt for print or in rem for the screen (1rem is the size of running text)."""
    base = text_size(theme)
    return "".join(
        f"{selector(style.name)}{{{style_declarations(theme, style, unit, base)}}}\n" for style in theme.styles.values()
    )


def style_declarations(
    theme: Theme, style: TypeStyle, unit: Literal["pt", "rem"], base: float = 10.5, *, spaces: bool = True
) -> str:
    """One type style as CSS declarations; without margins (``spaces``) for the margin boxes of a page."""

    def size(points: float) -> str:
        return f"{points:g}pt" if unit == "pt" else f"{round(points / base, 4):g}rem"

    family = f"var(--{style.face})"
    if cut_size(theme, style.face, style.size) != text_size(theme):
        family = f'"{family_name(theme, style.face, style.size)}",{family}'
    # On screen the leading has no unit, so that it scales with the text size that a reader chose.
    leading = size(style.leading) if unit == "pt" else f"{round(style.leading / style.size, 4):g}"
    slant = "italic " if style.italic else ""
    declarations = [
        f"font:{slant}{style.weight} {size(style.size)}/{leading} {family}",
        f"color:var(--{style.colour.replace('_', '-')})",
    ]
    if style.name != "body" and spaces:
        declarations += [f"margin-block:{size(style.before)} {size(style.after)}"]
    if style.capitals:
        # On paper the text itself is in capitals, by rules of its language that WeasyPrint does not know.
        declarations += ["text-transform:uppercase"] if unit == "rem" else []
        declarations += ["letter-spacing:.06em"]
    if style.align != "start":
        declarations += [f"text-align:{'center' if style.align == 'centre' else style.align}"]
    if style.keep_next:
        declarations += ["break-after:avoid"]
    if style.name == "body":
        # The body element has no margins of its own; the spaces are those of its paragraphs.
        return ";".join(declarations) + f"}}\n:where(p){{margin-block:{size(style.before)} {size(style.after)}"
    return ";".join(declarations)
