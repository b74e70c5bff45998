"""Inline text as runs: character styles, languages, links, references and note calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.diagnostics import Diagnostic, Severity

from .languages import word_language
from .ooxml.elements import XmlElement
from .ooxml.text import bookmark, hyperlink, line_break, run
from .ooxml.text import field as word_field
from .roundtrip import owned
from .text_runs import RunFormat, TextRun
from .word_styles import Styles, style_name

if TYPE_CHECKING:
    from .bookmarks import Bookmarks
    from .notes import Notes

_ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
#: The names of caption series in Word's fields: fixed in every language, so that no content becomes part of a field's
#: code.
_SERIES = {"table": "Table", "figure": "Figure"}
_PAGES = {"page": "PAGE", "pages": "NUMPAGES"}


@dataclass(slots=True)
class RunBuilder:
    """The parts of the document that building runs needs: its styles, bookmarks and notes, and how to add links.

    ``relate`` adds the relationship of a URL and returns its id; ``picture`` builds the runs of a picture.
    """

    styles: Styles
    marks: Bookmarks
    language: str
    relate: Callable[[str], str]
    picture: Callable[[TextRun], list[XmlElement]]
    notes: Notes | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def set_text_runs(pieces: Sequence[TextRun], line: RunBuilder, *, label: str = "") -> list[XmlElement]:
    """The runs of a line. ``label`` is the id by which references name a caption's label."""
    out: list[XmlElement] = []
    index = 0
    while index < len(pieces):
        href = pieces[index].format.href
        end = index + 1
        while href and end < len(pieces) and pieces[end].format.href == href:
            end += 1
        group = pieces[index:end]
        out += _link(group, href, line) if href else _runs_of(group[0], line, label)
        index = end
    return out


def _link(group: Sequence[TextRun], href: str, line: RunBuilder) -> list[XmlElement]:
    anchor = line.marks.name(href[1:]) if href.startswith("#") else ""
    web = bool(_ADDRESS.match(href))
    if not (anchor or web):
        if not href.startswith("#"):
            message = (
                f"the Word file leaves out the link to '{href[:60]}': only http, https, mailto and tel can be followed"
            )
            line.diagnostics.append(
                Diagnostic("link-left-out", message, Severity.WARNING, help="write the address in full")
            )
        plain = [replace(piece, format=replace(piece.format, href="")) for piece in group]
        return [element for piece in plain for element in _runs_of(piece, line, "")]
    styled = [
        piece if piece.format.style else replace(piece, format=replace(piece.format, style="Hyperlink"))
        for piece in group
    ]
    runs = [element for piece in styled for element in _runs_of(piece, line, "")]
    return [hyperlink(runs, anchor=anchor) if anchor else hyperlink(runs, relation=line.relate(href))]


def _runs_of(piece: TextRun, line: RunBuilder, label: str) -> list[XmlElement]:
    if piece.kind == "break":
        return [line_break()]
    if piece.kind == "picture":
        return [owned(run, piece.format.field) for run in line.picture(piece)]
    if piece.kind == "call":
        return line.notes.call(piece.target, piece.text) if line.notes is not None else []
    if piece.kind == "count":
        return _count(piece, line, label)
    if piece.kind == "reference":
        return _reference(piece, line)
    return [_text_run(piece.text, piece.format, line)]


def _count(piece: TextRun, line: RunBuilder, label: str) -> list[XmlElement]:
    """The page or number of pages as a field. A caption's label with its number as one, so that Word counts on."""
    if piece.target in _PAGES:
        style = _style(piece.format, line.styles)[0]
        return word_field(_PAGES[piece.target], [_text_run(piece.text, piece.format, line)], style)
    found = re.fullmatch(r"(.*?)(\d+)(.*)", piece.text, re.DOTALL)
    series = _SERIES.get(piece.target)
    if found is None or series is None:
        runs = [_text_run(piece.text, piece.format, line)]
    else:
        before, number, after = found.groups()
        style = _style(piece.format, line.styles)[0]
        runs = [_text_run(before, piece.format, line)] if before else []
        runs += word_field(f"SEQ {series} \\* ARABIC", [_text_run(number, piece.format, line)], style)
        runs += [_text_run(after, piece.format, line)] if after else []
    mark = line.marks.name(label) if label else ""
    return bookmark(line.marks.next_id(), mark, runs) if mark else runs


def _reference(piece: TextRun, line: RunBuilder) -> list[XmlElement]:
    """A reference as a field if it repeats the text of its bookmark, or else as a link."""
    mark = line.marks.name(piece.target)
    words = [_text_run(piece.text, piece.format, line)]
    if not mark:
        return words
    if line.marks.enclosed(piece.target) == piece.text:
        return word_field(f"REF {mark} \\h \\* MERGEFORMAT", words)
    return [hyperlink(words, anchor=mark)]


def _text_run(text: str, formatting: RunFormat, line: RunBuilder) -> XmlElement:
    style, bold, italic = _style(formatting, line.styles)
    language = (
        word_language(formatting.language) if formatting.language and formatting.language != line.language else ""
    )
    if formatting.rtl and not language:
        language = word_language(formatting.language or line.language)
    return owned(run(text, style, language=language, rtl=formatting.rtl, bold=bold, italic=italic), formatting.field)


def _style(formatting: RunFormat, styles: Styles) -> tuple[str, bool, bool]:
    """The character style, and emphasis that does not fit into it, because a run has only one style."""
    italic = formatting.italic or formatting.cited
    if formatting.style:
        name = formatting.style if formatting.style[0].isupper() else style_name(formatting.style)
        return styles.character(name), formatting.bold, italic
    if formatting.bold and italic:
        return styles.character("Intense Emphasis"), False, False
    if formatting.bold:
        return styles.character("Strong"), False, False
    if italic:
        return styles.character("Emphasis" if formatting.italic else "HTML Cite"), False, False
    return "", False, False
