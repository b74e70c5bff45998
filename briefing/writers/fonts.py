"""Subsets of the theme's fonts: the characters that a brief sets in each cut, and the font files for them.

A cut is one instance of a font (weight, and optical size if the face has that axis) with the characters that a galley
sets in it. Pages and screens are the same on every machine, because no system font is used.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from briefing.galley import Element, Galley, Node
from briefing.galley.locale import capitals
from briefing.theme import Theme, TypeStyle
from briefing.theme.css import SELECTORS, cut_size, text_size

from .font_files import with_height
from .scripts import fallback_faces, family_of, script_of

#: The type style of a tag, and of a part that has no class of its own, by the style of its list or table and its tag.
TAG_STYLES = {tag: style for style, tags in SELECTORS.items() for tag in tags.split(",") if tag.isalnum()}
PART_STYLES = {tuple(part[1:].split()): style for style, part in SELECTORS.items() if part.startswith(".")}
#: Elements whose class sets the context of the paragraphs and items inside.
CONTAINERS = {"section", "aside", "header", "blockquote", "figure", "div", "dl", "ul", "ol", "nav"}
ITALIC = {"em", "cite"}
#: The characters that lists put before their items, and the hyphens inside words, in whatever cut those are set.
LIST_MARKERS = frozenset("•–0123456789.-\u2010")
#: The OpenType features that the stylesheets use: kerning, marks, local forms and kinds of figures.
FEATURES = ("ccmp", "kern", "lnum", "locl", "mark", "mkmk", "pnum", "tnum")


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """One font as a writer uses it: face, weight, upright or italic, and the size in pt that it is designed for.

    The face of a script is named by the script's code; ``beside`` is the theme's face that it is a fallback for.
    """

    face: str
    weight: int
    italic: bool
    size: float
    beside: str = ""


@dataclass(frozen=True, slots=True)
class _Formatting:
    """The formatting of a run of text: its type style, and the parts of its context that select one."""

    style: TypeStyle
    context: str = ""
    part: str = ""
    bold: bool = False
    italic: bool = False
    head: bool = False
    capitals: bool = False
    language: str = ""


def letters_by_cut(galley: Galley, outside: Iterable[Element] = ()) -> dict[Cut, frozenset[str]]:
    """The characters that the galley sets in each cut, in its body and in elements ``outside`` it."""
    theme, found = galley.theme, dict[tuple[Cut, str], set[str]]()

    def add(formatting: _Formatting, words: str) -> None:
        style = formatting.style
        weight = max(style.weight, 700) if formatting.bold else style.weight
        cut = Cut(style.face, weight, style.italic or formatting.italic, cut_size(theme, style.face, style.size))
        shown = capitals(words, formatting.language) if formatting.capitals else words
        found.setdefault((cut, script_of(formatting.language)), set()).update(shown)

    body = _Formatting(theme.styles["body"], language=galley.language)
    for element in (*galley.body, *outside):
        for formatting, words in _formatted_text(element, body, theme):
            add(formatting, words)
    return _with_fallbacks(theme, found)


def _with_fallbacks(theme: Theme, asked: Mapping[tuple[Cut, str], Iterable[str]]) -> dict[Cut, frozenset[str]]:
    """The characters of each cut, with those that its face does not have added to cuts of fallback faces that do."""
    found: dict[Cut, set[str]] = {}
    for (cut, script), letters in asked.items():
        found.setdefault(cut, set()).update(letters)
        missing = set(letters) - covered(theme, cut.face, cut, letters)
        for face in fallback_faces(theme, cut.face, script) if missing else ():
            if known := covered(theme, face, cut, missing):
                beside = "" if face in theme.faces else cut.face
                found.setdefault(Cut(face, cut.weight, cut.italic, text_size(theme), beside), set()).update(known)
                missing -= known
    # The theme's own faces first, because WeasyPrint uses the first one as its fallback.
    return {cut: frozenset(found[cut]) for cut in sorted(found, key=lambda cut: (cut.beside, cut))}


def faces_in_use(cuts: Iterable[Cut]) -> tuple[tuple[str, str], ...]:
    """The faces of the cuts, each with the face that it is a fallback for."""
    return tuple(sorted({(cut.face, cut.beside) for cut in cuts}))


def repertoire(theme: Theme, face: str, weight: int = 400, *, italic: bool = False) -> Container[int]:
    """The code points for which a face of the theme, or of a script, has a glyph."""
    return _code_points(_file(theme, face, weight, italic=italic))


def covered(theme: Theme, face: str, cut: Cut, letters: Iterable[str]) -> set[str]:
    """The characters for which a face has a glyph in the weight and slant of a cut."""
    known = repertoire(theme, face, cut.weight, italic=cut.italic)
    return {letter for letter in letters if ord(letter) in known}


def _file(theme: Theme, face: str, weight: int = 400, *, italic: bool = False) -> Path:
    """The font file of a face of the theme or of a script. Raises :class:`ValueError` if it is not installed."""
    if face in theme.faces:
        return theme.faces[face].file(weight, italic=italic)
    script = theme.scripts[face]
    path = script.italic if italic else script.roman
    if path is None:
        raise ValueError(f"the face of {face} is not installed")
    return path


@cache
def _open_face(path: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


@cache
def _code_points(path: Path) -> Container[int]:
    found: Container[int] = _open_face(path).unicodes  # HarfBuzz's own set: 50,000 code points in little memory
    return found


def _formatted_text(node: Node, formatting: _Formatting, theme: Theme) -> Iterator[tuple[_Formatting, str]]:
    """Every run of text below a node, with the formatting that the stylesheets give it."""
    if isinstance(node, str):
        yield formatting, node
        return
    if node.tag == "svg":
        named = (element.get("font-weight") for element in node.walk())
        weights = {"700" if name == "bold" else name for name in named}
        for weight in {400, *(int(name) for name in weights if name.isdigit())}:
            label = TypeStyle("drawing", "sans", text_size(theme), text_size(theme), weight)
            yield _Formatting(label, language=formatting.language), node.text
        return
    inner = _inner_formatting(node, formatting, theme)
    if node.get("data-count") in {"page", "pages"}:
        yield inner, "0123456789"
    for child in node.children:
        yield from _formatted_text(child, inner, theme)


def picture_letters(galley: Galley) -> dict[Cut, frozenset[str]]:
    """The characters in the galley's SVG pictures, by the cuts of the sans face that the pictures use."""
    found: dict[tuple[Cut, str], set[str]] = {}
    for picture in galley.pictures.values():
        if picture.media_type == "image/svg+xml":
            source = picture.data.decode("utf-8", "replace")
            letters = unescape("".join(re.findall(r">([^<]+)<", source))).split()
            for italic in {False, "italic" in source}:
                for weight in {400, 700 if "bold" in source else 400}:
                    cut = Cut("sans", weight, italic, text_size(galley.theme))
                    found.setdefault((cut, script_of(galley.language)), set()).update(*letters)
    return {cut: letters for cut, letters in _with_fallbacks(galley.theme, found).items() if letters}


def _inner_formatting(element: Element, formatting: _Formatting, theme: Theme) -> _Formatting:
    tag, name = element.tag, element.style
    formatting = _Formatting(
        formatting.style,
        italic=formatting.italic or tag in ITALIC,
        bold=formatting.bold or tag == "strong",
        head=formatting.head or tag == "thead",
        capitals=formatting.capitals,
        part=name if tag == "dl" else formatting.part,
        language=element.get("lang") or formatting.language,
        context=name if name in theme.styles and tag in CONTAINERS else formatting.context,
    )
    style = theme.styles.get(_style_name(element, formatting, theme))
    return replace(formatting, style=style, capitals=formatting.capitals or style.capitals) if style else formatting


def in_capitals(galley: Galley, *, special: bool = False) -> Galley:
    """The galley with the text of styles in capitals in capitals.

    With ``special`` only where the capitals of the language are not those that an office program shows, letter by
    letter, for a style in capitals.
    """

    def shown(text: str, language: str) -> str:
        new = capitals(text, language)
        simple = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)
        return text if special and new == simple else new

    def change(node: Node, formatting: _Formatting) -> Node:
        if isinstance(node, str):
            return shown(node, formatting.language) if formatting.capitals else node
        if node.tag == "svg" or not node.children:
            return node
        inner = _inner_formatting(node, formatting, galley.theme)
        return node.with_children(tuple([change(child, inner) for child in node.children]))

    if not any(style.capitals for style in galley.theme.styles.values()):
        return galley
    body = _Formatting(galley.theme.styles["body"], language=galley.language)
    changed = [[change(e, body) for e in elements] for elements in (galley.body, galley.running.parts)]
    parts, running = (tuple(e for e in elements if isinstance(e, Element)) for elements in changed)
    return replace(galley, body=parts, running=replace(galley.running, parts=running))


def _style_name(element: Element, formatting: _Formatting, theme: Theme) -> str:
    """The name of an element's own type style in the stylesheets; empty if it inherits its parent's."""
    tag, name = element.tag, element.style
    if name in theme.styles:
        return name
    if formatting.head and tag in {"td", "th"}:
        return "table-head"
    if tag in TAG_STYLES:
        return TAG_STYLES[tag]
    if tag in {"dt", "dd"}:
        return PART_STYLES.get((formatting.part, tag), "")
    if tag in {"p", "li"} and not name:
        return formatting.context or ("list" if tag == "li" else "")
    return ""


def cut_font(theme: Theme, cut: Cut, letters: frozenset[str]) -> bytes:
    """A subset of a variable font's instance for the cut, or of the file with the nearest weight."""
    beside = _file(theme, cut.beside, italic=cut.italic) if cut.beside else None
    return _subset(_file(theme, cut.face, cut.weight, italic=cut.italic), cut, letters, beside)


@lru_cache(maxsize=32)
def _subset(file: Path, cut: Cut, letters: frozenset[str], beside: Path | None) -> bytes:
    import uharfbuzz

    source = _open_face(file)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(sorted({ord(letter) for letter in letters} | {0x20}))
    if beside:
        # Other scripts are unreadable without all their features. The font's own name is removed, because two families
        # share this face.
        wanted.name_id_set.clear()
    else:
        features = wanted.layout_feature_tag_set
        features.clear()
        features.update([int.from_bytes(tag.encode("ascii"), "big") for tag in FEATURES])
    wanted.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    )
    axes = {axis.tag: axis for axis in source.axis_infos}
    # As in CSS, one unit of the optical size axis is one px: 4/3 of the size in pt.
    for tag, value in (("wght", float(cut.weight)), ("opsz", cut.size * 4 / 3)):
        if tag in axes:
            wanted.pin_axis_location(source, tag, min(max(value, axes[tag].min_value), axes[tag].max_value))
    data: bytes = wanted.subset(source).blob.data
    return with_height(data, *_height(beside)) if beside else data


@cache
def _height(path: Path) -> tuple[float, float]:
    """The height of a face above and below the baseline, as shares of its size."""
    import uharfbuzz

    face = _open_face(path)
    extents = uharfbuzz.Font(face).get_font_extents("ltr")
    return extents.ascender / face.upem, -extents.descender / face.upem


def face_rule(theme: Theme, cut: Cut, source: str) -> str:
    """The ``@font-face`` rule of a cut. ``source`` is the URL of its file."""
    style = "italic" if cut.italic else "normal"
    family = family_of(theme, cut.face, cut.beside, cut.size)
    return f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{cut.weight};src:url({source})}}\n'
