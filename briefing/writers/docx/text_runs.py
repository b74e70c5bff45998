"""Inline content as text runs, with spaces collapsed as in a browser."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefing.galley import validate
from briefing.galley.tree import Element, Node
from briefing.galley.validate import TRANSPARENT

from .word_styles import INLINE_STYLES, style_name

#: Elements that are part of a line of text.
INLINE = validate.INLINE | {"img"}

#: The attribute with the number of a text's owners, from the galley to its run in Word, where it is removed.
FIELD = "data-field"

_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The formatting of text: character style, emphasis, language, direction, and the URL that it links to.

    ``style`` is a Word name. ``field`` is the number of the text's owners, for the round trip.
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

    kind: Literal["text", "break", "call", "reference", "count", "picture"]
    text: str
    format: RunFormat
    target: str = ""
    element: Element | None = None


def has_text(nodes: Iterable[Node]) -> bool:
    """Whether inline nodes are more than the space between blocks."""
    return any(isinstance(node, Element) or node.strip() for node in nodes)


def unwrapped(element: Element, wrappers: Collection[str] = TRANSPARENT) -> Iterator[Element]:
    """The child elements, with the child elements of a wrapper in its place."""
    for child in element.elements:
        if child.tag in wrappers:
            yield from unwrapped(child, wrappers)
        else:
            yield child


def to_runs(nodes: Iterable[Node], formatting: RunFormat) -> Iterator[TextRun]:
    """The text runs of inline nodes, with the spaces of the markup."""
    for node in nodes:
        if isinstance(node, str):
            yield TextRun("text", node, formatting)
        else:
            yield from _element_runs(node, formatting)


def _element_runs(element: Element, outer: RunFormat) -> Iterator[TextRun]:
    formatting = _with_attributes(element, outer)
    if element.style in {"paragraph-number", "backlink"}:
        return  # Word adds the number of a paragraph, and its footnotes need no link back
    if element.tag == "br":
        yield TextRun("break", "", formatting)
    elif element.tag == "img":
        yield TextRun("picture", "", formatting, element=element)
    elif element.tag == "a" and element.get("data-note"):
        yield TextRun("call", element.text, formatting, element.get("data-note"))
    elif element.tag == "a" and element.get("data-reference"):
        yield TextRun("reference", element.text, formatting, element.get("data-reference"))
    elif element.tag == "a":
        yield from to_runs(element.children, replace(formatting, href=element.get("href")))
    elif element.style == "note-separator":
        yield TextRun("call", element.text, formatting)
    elif element.style == "as-of":
        # The date of a fact is never broken, because the column is narrow.
        yield TextRun("text", element.text.replace(" ", "\u00a0"), replace(formatting, style=style_name("as-of")))
    elif element.get("data-count"):
        style = style_name(element.style)
        yield TextRun("count", element.text, replace(formatting, style=style), element.get("data-count"))
    else:
        yield from to_runs(element.children, _with_emphasis(element, formatting))


def _with_emphasis(element: Element, formatting: RunFormat) -> RunFormat:
    """The formatting inside an element."""
    if element.style == "note-call":
        return formatting
    match element.tag:
        case "strong":
            return replace(formatting, bold=True)
        case "em":
            return replace(formatting, italic=not formatting.italic)
        case "cite":
            return replace(formatting, cited=True)
        case tag if tag in INLINE_STYLES:
            return replace(formatting, style=INLINE_STYLES[tag])
        case tag if tag in INLINE and element.style:
            return replace(formatting, style=style_name(element.style))
    return formatting


def _with_attributes(element: Element, formatting: RunFormat) -> RunFormat:
    """The formatting with the language, direction and owners of an element."""
    direction = element.get("dir")
    return replace(
        formatting,
        language=element.get("lang") or formatting.language,
        rtl=direction == "rtl" if direction in {"rtl", "ltr"} else formatting.rtl,
        field=element.get(FIELD) or formatting.field,
    )


def collapse_spaces(runs: Iterable[TextRun]) -> list[TextRun]:
    """The runs with spaces as a browser shows them: one between words, none at the beginning and end of a line."""
    collapsed: list[TextRun] = []
    after_space = True  # no space before the first word
    for run in runs:
        if run.kind == "break":
            _trim(collapsed)
            after_space = True
            collapsed.append(run)
            continue
        text = _SPACES.sub(" ", run.text)
        if run.kind != "text":
            collapsed.append(replace(run, text=text.strip()))
            after_space = after_space and run.kind == "call"
            continue
        if after_space:
            text = text.lstrip(" ")
        if text:
            collapsed.append(replace(run, text=text))
            after_space = text.endswith(" ")
    _trim(collapsed)
    return collapsed


def _trim(runs: list[TextRun]) -> None:
    """Remove the space at the end of a line, also if note calls follow it."""
    for index in range(len(runs) - 1, -1, -1):
        if runs[index].kind == "text":
            text = runs[index].text.rstrip(" ")
            if text:
                runs[index] = replace(runs[index], text=text)
                return
            del runs[index]
        elif runs[index].kind != "call":
            return


def text_of(nodes: Iterable[Node]) -> str:
    """The plain text, for measuring: without note calls and back links."""
    return text_without_calls(collapse_spaces(to_runs(nodes, RunFormat())))


def text_without_calls(runs: Iterable[TextRun]) -> str:
    """The text of runs, without the calls of notes."""
    return "".join(run.text for run in runs if run.kind != "call")
