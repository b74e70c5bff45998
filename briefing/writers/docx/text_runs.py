"""Inline content as a list of formatted pieces of text, with spaces collapsed as in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefing.galley import validate
from briefing.galley.tree import Element, Node

#: Elements that are part of a line of text.
INLINE = validate.INLINE | {"img"}

#: The attribute with the number of a text's owners, from the galley to its run in Word, where it is removed.
FIELD = "data-field"

_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAGS = {"code": "HTML Code", "sup": "Superscript", "sub": "Subscript"}


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The formatting of text: style, emphasis, language, direction, and the URL that it links to.

    ``style`` is a class of the galley, or the name of a Word character style, which begins with a capital. ``field`` is
    the number of the text's owners, for the round trip.
    """

    style: str = ""
    bold: bool = False
    italic: bool = False
    cited: bool = False
    language: str = ""
    rtl: bool = False
    href: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a line. ``target`` is the source of a call, the id of a reference, or the series of a caption."""

    kind: Literal["words", "break", "call", "reference", "count", "picture"]
    text: str
    format: RunFormat
    target: str = ""
    element: Element | None = None


def to_runs(nodes: Iterable[Node], how: RunFormat) -> Iterator[TextRun]:
    """The pieces of these nodes, with the spaces of the markup."""
    for node in nodes:
        if isinstance(node, str):
            yield TextRun("words", node, how)
        else:
            yield from _flatten_element(node, how)


def _flatten_element(element: Element, how: RunFormat) -> Iterator[TextRun]:
    how = _with_language(element, how)
    if element.tag == "br":
        yield TextRun("break", "", how)
    elif element.tag == "img":
        yield TextRun("picture", "", how, element=element)
    elif element.tag == "a":
        yield from _anchor(element, how)
    elif element.style == "paragraph-number":
        return  # Word adds the number
    elif element.style == "note-separator":
        yield TextRun("call", element.text, how)
    elif element.style == "as-of":
        # The date of a fact is never broken, because the column is narrow.
        yield TextRun("words", element.text.replace(" ", "\u00a0"), replace(how, style="as-of"))
    elif element.get("data-count"):
        yield TextRun("count", element.text, replace(how, style=element.style), element.get("data-count"))
    else:
        yield from to_runs(element.children, _with_emphasis(element, how))


def _with_emphasis(element: Element, how: RunFormat) -> RunFormat:
    """The formatting inside an element."""
    if element.style == "note-call":
        return how
    match element.tag:
        case "strong":
            return replace(how, bold=True)
        case "em":
            return replace(how, italic=not how.italic)
        case "cite":
            return replace(how, cited=True)
        case tag if tag in _TAGS:
            return replace(how, style=_TAGS[tag])
        case tag if tag in INLINE and element.style:
            return replace(how, style=element.style)
    return how


def _with_language(element: Element, how: RunFormat) -> RunFormat:
    """The formatting with the language, direction and owners of an element."""
    language, direction = element.get("lang"), element.get("dir")
    if language:
        how = replace(how, language=language)
    if direction in {"rtl", "ltr"}:
        how = replace(how, rtl=direction == "rtl")
    if element.get(FIELD):
        how = replace(how, field=element.get(FIELD))
    return how


def _anchor(element: Element, how: RunFormat) -> Iterator[TextRun]:
    if element.style == "backlink":
        return
    if note := element.get("data-note"):
        yield TextRun("call", element.text, how, note)
    elif reference := element.get("data-reference"):
        yield TextRun("reference", element.text, how, reference)
    else:
        yield from to_runs(element.children, replace(how, href=element.get("href")))


def collapse_spaces(pieces: Iterable[TextRun]) -> list[TextRun]:
    """The pieces with spaces as a browser shows them: one between words, none at the beginning and end of a line."""
    out: list[TextRun] = []
    open_space = True  # no space before the first word
    for piece in pieces:
        if piece.kind == "break":
            _trim(out)
            open_space = True
            out.append(piece)
            continue
        text = _SPACES.sub(" ", piece.text)
        if piece.kind != "words":
            out.append(replace(piece, text=text.strip()))
            open_space = open_space and piece.kind == "call"
            continue
        if open_space:
            text = text.lstrip(" ")
        if text:
            out.append(piece if text == piece.text else replace(piece, text=text))
            open_space = text.endswith(" ")
    _trim(out)
    return out


def _trim(pieces: list[TextRun]) -> None:
    """Remove the space at the end of a line, also if note calls follow it."""
    for index in range(len(pieces) - 1, -1, -1):
        if pieces[index].kind == "words":
            text = pieces[index].text.rstrip(" ")
            if text:
                if text != pieces[index].text:
                    pieces[index] = replace(pieces[index], text=text)
                return
            del pieces[index]
        elif pieces[index].kind != "call":
            return


def plain(nodes: Iterable[Node]) -> str:
    """The plain text, for measuring: without note calls and back links."""
    return "".join(piece.text for piece in collapse_spaces(to_runs(nodes, RunFormat())) if piece.kind != "call")
