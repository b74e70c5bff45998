"""The theme's fonts, cut to what a brief uses: which words are set in which cut, and the font files for them.

A cut is one instance of a variable font (weight, and optical size where the face has it) with the characters that a
galley sets in it. A page and a screen then show the same letters on every machine, and no system font is ever asked.
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
from briefing.theme import Theme, TypeStyle
from briefing.theme.css import cut_size, text_size

from .scripts import family_of, lenders, script_of
from .sfnt import with_height

__all__ = ["Cut", "cut_font", "face_rule", "letters_by_cut", "picture_letters", "present", "repertoire"]

TAG_STYLES = {
    "h1": "title",
    "h2": "heading-1",
    "h3": "heading-2",
    "h4": "heading-3",
    "caption": "caption",
    "figcaption": "caption",
}
#: The type style of a part that has no class of its own, by the style of the list or table that it stands in.
PART_STYLES = {
    ("facts", "dt"): "fact-label",
    ("facts", "dd"): "fact-value",
    ("timeline", "dt"): "timeline-date",
    ("people", "dt"): "person-name",
    ("abbreviations", "dt"): "abbreviation",
    ("meeting-details", "dt"): "detail-label",
    ("if-raised", "dt"): "topic",
}
#: Elements whose class sets the context of the paragraphs and items inside.
CONTAINERS = {"section", "aside", "header", "blockquote", "figure", "div", "dl", "ul", "ol", "nav"}
ITALIC = {"em", "cite"}
#: Kerning, marks, local forms, and the figures: what the stylesheets ask for.
FEATURES = ("ccmp", "kern", "lnum", "locl", "mark", "mkmk", "pnum", "tnum")


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """One font as a press uses it: a face, a weight, upright or italic, drawn for one size (in pt).

    The face of a script is named by its code; ``beside`` is the theme's face that it is lent to.
    """

    face: str
    weight: int
    italic: bool
    size: float
    beside: str = ""


@dataclass(frozen=True, slots=True)
class _Setting:
    style: TypeStyle
    context: str = ""
    part: str = ""
    bold: bool = False
    italic: bool = False
    head: bool = False
    language: str = ""


def letters_by_cut(galley: Galley, extra: Mapping[str, Iterable[str]] | None = None) -> dict[Cut, frozenset[str]]:
    """Which characters the galley sets in which cut. ``extra`` adds words set outside the body, by their type style."""
    theme, found = galley.theme, dict[tuple[Cut, str], set[str]]()

    def add(setting: _Setting, words: str) -> None:
        shown = words.upper() if setting.style.capitals else words
        key = (_cut(theme, setting), script_of(setting.language))
        found.setdefault(key, set()).update(shown)

    body = _Setting(theme.styles["body"], language=galley.language)
    for element in galley.body:
        for setting, words in _settings(element, body, theme):
            add(setting, words)
    for name, texts in (extra or {}).items():
        for words in texts:
            add(replace(body, style=theme.styles.get(name, body.style)), words)
    return _lent(theme, found)


def _lent(theme: Theme, asked: Mapping[tuple[Cut, str], Iterable[str]]) -> dict[Cut, frozenset[str]]:
    """What was asked of each cut, and what its face lacks asked of the faces that lend, as far as those have it."""
    found: dict[Cut, set[str]] = {}
    for (cut, script), letters in asked.items():
        found.setdefault(cut, set()).update(letters)
        lacking = {letter for letter in letters if ord(letter) not in _letters_of(theme, cut.face, cut)}
        for face in lenders(theme, cut.face, script) if lacking else ():
            lent = {letter for letter in lacking if ord(letter) in _letters_of(theme, face, cut)}
            if lent:
                beside = "" if face in theme.faces else cut.face
                found.setdefault(Cut(face, cut.weight, cut.italic, text_size(theme), beside), set()).update(lent)
                lacking -= lent
    # The theme's own faces first: one of them is what the engine of the PDF falls back on.
    order = sorted(found, key=lambda cut: (cut.beside, cut))
    return {cut: frozenset(found[cut]) for cut in order}


def present(cuts: Iterable[Cut]) -> tuple[tuple[str, str], ...]:
    """The faces of the cuts, each with the face that it is lent to."""
    return tuple(sorted({(cut.face, cut.beside) for cut in cuts}))


def repertoire(theme: Theme, face: str, weight: int = 400, *, italic: bool = False) -> Container[int]:
    """The code points that a face of the theme, or the face of a script, has letters for."""
    return _repertoire(_file(theme, face, weight, italic=italic))


def _letters_of(theme: Theme, face: str, cut: Cut) -> Container[int]:
    """The code points that a face has letters for in the weight and slant of a cut."""
    return repertoire(theme, face, cut.weight, italic=cut.italic)


def _file(theme: Theme, face: str, weight: int = 400, *, italic: bool = False) -> Path:
    """The font file of a face of the theme or of a script. Raises :class:`ValueError` where it is not installed."""
    if face in theme.faces:
        return theme.faces[face].file(weight, italic=italic)
    lent = theme.scripts[face]
    path = lent.italic if italic else lent.roman
    if path is None:
        raise ValueError(f"the face of {face} is not installed")
    return path


@cache
def _repertoire(path: Path) -> Container[int]:
    found: Container[int] = _open_face(path).unicodes  # a set of HarfBuzz, which holds 50,000 letters in little room
    return found


def _cut(theme: Theme, setting: _Setting) -> Cut:
    style = setting.style
    weight = max(style.weight, 700) if setting.bold else style.weight
    return Cut(style.face, weight, style.italic or setting.italic, cut_size(theme, style.face, style.size))


def _settings(node: Node, setting: _Setting, theme: Theme) -> Iterator[tuple[_Setting, str]]:
    """Every run of words below a node with the type style that the stylesheets give it."""
    if isinstance(node, str):
        yield setting, node
        return
    if node.tag == "svg":
        yield from ((replace(drawn, language=setting.language), node.text) for drawn in _drawn(node, theme))
        return
    inner = _enter(node, setting, theme)
    for child in node.children:
        yield from _settings(child, inner, theme)


def _drawn(svg: Element, theme: Theme) -> Iterator[_Setting]:
    """A drawing is lettered in the sans face, in the weights that it names itself."""
    named = {element.get("font-weight") for element in svg.walk()}
    for weight in sorted(
        {400} | {{"bold": 700}.get(name) or int(name) for name in named if name.isdigit() or name == "bold"}
    ):
        yield _Setting(TypeStyle("drawing", "sans", text_size(theme), text_size(theme), weight))


def picture_letters(galley: Galley) -> dict[Cut, frozenset[str]]:
    """The letters in the galley's SVG pictures, in the cuts of the sans face that the pictures speak of."""
    found: dict[tuple[Cut, str], set[str]] = {}
    for picture in galley.pictures.values():
        if picture.media_type == "image/svg+xml":
            source = picture.data.decode("utf-8", "replace")
            letters = unescape("".join(re.findall(r">([^<]+)<", source))).split()
            for italic in {False, "italic" in source}:
                for weight in {400, 700 if "bold" in source else 400}:
                    cut = Cut("sans", weight, italic, text_size(galley.theme))
                    found.setdefault((cut, script_of(galley.language)), set()).update(*letters)
    return {cut: letters for cut, letters in _lent(galley.theme, found).items() if letters}


def _enter(element: Element, setting: _Setting, theme: Theme) -> _Setting:
    tag, name = element.tag, element.style
    setting = replace(
        setting,
        italic=setting.italic or tag in ITALIC,
        bold=setting.bold or tag == "strong",
        head=setting.head or tag == "thead",
        part=name if tag == "dl" else setting.part,
        language=element.get("lang") or setting.language,
        context=name if name in theme.styles and tag in CONTAINERS else setting.context,
    )
    style = theme.styles.get(_style_name(element, setting, theme))
    return replace(setting, style=style) if style else setting


def _style_name(element: Element, setting: _Setting, theme: Theme) -> str:
    """The type style that the stylesheets give an element itself; empty where it keeps that of its parent."""
    tag, name = element.tag, element.style
    if name in theme.styles:
        return name
    if tag in TAG_STYLES:
        return TAG_STYLES[tag]
    if tag in {"td", "th"}:
        return "table-head" if setting.head else "table-text"
    if tag in {"dt", "dd"}:
        return PART_STYLES.get((setting.part, tag), "")
    if tag in {"p", "li"} and not name:
        return setting.context or ("list" if tag == "li" else "")
    return ""


@cache
def _open_face(path: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def cut_font(theme: Theme, cut: Cut, letters: frozenset[str]) -> bytes:
    """The font of one cut, with no more than these letters: of a variable font its instance, else the nearest file."""
    beside = _file(theme, cut.beside, italic=cut.italic) if cut.beside else None
    return _cut_file(_file(theme, cut.face, cut.weight, italic=cut.italic), cut, letters, beside)


@lru_cache(maxsize=32)
def _cut_file(file: Path, cut: Cut, letters: frozenset[str], beside: Path | None) -> bytes:
    import uharfbuzz

    source = _open_face(file)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(sorted({ord(letter) for letter in letters} | {0x20}))
    if beside:
        # Other scripts need all their features to be read at all. The name inside goes: two families share this face.
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
    """The ``@font-face`` rule of a cut, for the address of its file."""
    style = "italic" if cut.italic else "normal"
    family = family_of(theme, cut.face, cut.beside, cut.size)
    return f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{cut.weight};src:url({source})}}\n'
