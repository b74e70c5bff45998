"""The way home: marks around every printed field, so that a change made in Word can be brought back to the content.

A field that owns whole paragraphs of the body stands in a hidden, unlocked content control; every field has a bookmark
too, since LibreOffice keeps bookmarks and drops controls. What the marks mean is told by a map (``map_part.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from .fields import Fields, Owners
from .map_part import Holds, Mark, MarkedField, add_map, path_without_words
from .ooxml.elements import XmlElement, name
from .ooxml.text import bookmark, control, is_floating, is_paragraph, is_table
from .pieces import FIELD

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["add_way_home", "mark_fields"]

_RUN, _PARAGRAPH, _CELL, _CONTROL = (name(f"w:{tag}") for tag in ("r", "p", "tc", "sdt"))
_BLOCKS = (_PARAGRAPH, name("w:tbl"), _CONTROL)
#: Word keeps a tag of so many characters.
_LONGEST_TAG = 64


@dataclass(slots=True)
class _Stretch:
    """One stretch of a field: sister blocks one after another, or (``words``) runs of one paragraph."""

    path: str
    depth: int
    container: XmlElement
    elements: list[XmlElement]
    words: bool = False


def add_way_home(
    document: Document, footnotes: XmlElement, brief: str, fields: Fields, next_id: Callable[[], int]
) -> None:
    """Mark the fields of a document that has been set, and add the map. Without fields there is nothing of either."""
    owners = fields.table()
    if not owners:
        return
    stories = [document.element.body, *footnotes.iterfind(name("w:footnote"))]
    add_map(document.part, brief, mark_fields(stories, owners, next_id))
    document.part.element.set(name("mc:Ignorable"), "w15")


def mark_fields(
    stories: Sequence[XmlElement],
    owners: Sequence[Owners],
    next_id: Callable[[], int],
) -> list[MarkedField]:
    """Put the marks into the stories, the body first, then each footnote; take off what their runs carried.

    ``owners`` are the fields that own a run, by the number that it carries. The fields come back in the file's order.
    """
    stretches: list[_Stretch] = []
    for story in stories:
        _gather(story, owners, frozenset(), stretches)
        for run in story.iter(_RUN):
            if run.get(FIELD) is not None:
                del run.attrib[FIELD]
    fields: dict[str, list[_Stretch]] = {}
    for stretch in stretches:
        fields.setdefault(stretch.path, []).append(stretch)
    hashes = {path: _hash(parts) for path, parts in fields.items()}
    marks = {path: _bookmarks(path, parts, next_id) for path, parts in fields.items()}
    body = stories[0]
    tags = {path: _tag(path) for path, parts in fields.items() if all(_holds(part, body) for part in parts)}
    # The innermost first: what stands around them takes them in as they are.
    held = sorted((stretch for stretch in stretches if stretch.path in tags), key=lambda stretch: -stretch.depth)
    for number, stretch in enumerate(held, 1):
        _enclose(stretch, tags[stretch.path], number)
    return [MarkedField(path, tags.get(path, ""), tuple(marks[path]), hashes[path]) for path in fields]


def _words(element: XmlElement) -> Iterator[str]:
    """The words of a paragraph or a run, without the numbers that call a note."""
    for run in element.iter(_RUN):
        for part in run if not _is_call(run) else ():
            if part.tag == name("w:t"):
                yield part.text or ""
            elif part.tag in {name("w:tab"), name("w:br")}:
                yield " "


def _gather(container: XmlElement, owners: Sequence[Owners], known: frozenset[str], found: list[_Stretch]) -> None:
    """Gather the stretches of the fields in a story or a cell. ``known`` are fields that hold all of it."""
    begun: dict[str, _Stretch] = {}
    silent: list[XmlElement] = []
    for block in container.iterchildren(*_BLOCKS):
        said = [whose for run in block.iter(_RUN) if (whose := _owners(run, owners)) is not None]
        if not said:
            silent.append(block)  # room between two blocks: of the field that stands on both sides of it
            continue
        whole = set(said[0]).intersection(*said[1:]) - known
        begun = {path: stretch for path, stretch in begun.items() if path in whole}
        for depth, path in enumerate(said[0]):
            if path in begun:
                begun[path].elements += [*silent, block]
            elif path in whole:
                begun[path] = _Stretch(path, depth, container, [block])
                found.append(begun[path])
        silent = []
        if is_paragraph(block):
            _gather_words(block, owners, known | whole, found)
        else:
            for cell in block.iter(_CELL):
                _gather(cell, owners, known | whole, found)


def _gather_words(
    paragraph: XmlElement, owners: Sequence[Owners], known: frozenset[str], found: list[_Stretch]
) -> None:
    """Gather the fields that own some words of a paragraph."""
    parts: dict[str, _Stretch] = {}
    for run in paragraph.iter(_RUN):
        for depth, path in enumerate(_owners(run, owners) or ()):
            if path in known:
                continue
            if path not in parts:
                parts[path] = _Stretch(path, depth, paragraph, [], words=True)
                found.append(parts[path])
            parts[path].elements.append(run)


def _owners(run: XmlElement, owners: Sequence[Owners]) -> Owners | None:
    """Who owns the words or the drawing of a run: nobody (), or None where there is nothing to own."""
    number = run.get(FIELD)
    if number is not None:
        return owners[int(number)]
    said = any((text.text or "").strip() for text in run.iterchildren(name("w:t")))
    return () if said and not _is_call(run) else None


def _is_call(run: XmlElement) -> bool:
    style = run.find(f"{name('w:rPr')}/{name('w:rStyle')}")
    return style is not None and style.get(name("w:val")) == "FootnoteReference"


def _hash(stretches: Sequence[_Stretch]) -> str:
    """64 bits of a hash of the field's words: enough to see a change."""
    texts = []
    for stretch in stretches:
        if stretch.words:
            texts.append("".join(text for run in stretch.elements for text in _words(run)))
            continue
        texts += ["".join(_words(line)) for block in stretch.elements for line in block.iter(_PARAGRAPH)]
    return sha256(" ".join(" ".join(texts).split()).encode()).hexdigest()[:16]


def _label(path: str) -> str:
    """The bookmark of a field. Word hides bookmarks that begin with a line below."""
    return f"_bf_{sha256(path.encode()).hexdigest()[:16]}"


def _bookmarks(path: str, stretches: Sequence[_Stretch], next_id: Callable[[], int]) -> Iterator[Mark]:
    """Put a bookmark around each stretch; tables have one of their own, since none may begin outside and end inside."""
    spans: list[tuple[Holds, XmlElement, XmlElement]] = []
    for stretch in stretches:
        if stretch.words:
            spans.append(("words", *_reach(stretch)))
            continue
        row: list[XmlElement] = []
        for block in stretch.elements:
            if is_paragraph(block):
                row.append(block)
                continue
            if row:
                spans.append(("paragraphs", row[0], row[-1]))
            row = []
            inside = list(block.iter(_PARAGRAPH))
            spans.append(("table" if is_table(block) else "paragraphs", inside[0], inside[-1]))
        if row:
            spans.append(("paragraphs", row[0], row[-1]))
    for number, (holds, first, last) in enumerate(spans, 1):
        label = _label(path) + (f"_{number}" if number > 1 else "")
        start, end = bookmark(next_id(), label, ())
        if holds == "words":
            first.addprevious(start)
            last.addnext(end)
        else:
            first.insert(_opening(first), start)
            last.append(end)
        yield Mark(label, holds)


def _opening(paragraph: XmlElement) -> int:
    """Where a paragraph's words begin: LibreOffice loses the bookmark around the number that a footnote begins with."""
    place = int(paragraph.find(name("w:pPr")) is not None)
    number = paragraph[place].find(name("w:footnoteRef")) if len(paragraph) > place else None
    return place + int(number is not None)


def _reach(stretch: _Stretch) -> tuple[XmlElement, XmlElement]:
    """The first and the last of a stretch's words among the children of their paragraph.

    A field of Word's is taken in whole: updating it would drop a bookmark that begins in its result.
    """

    def child(run: XmlElement) -> XmlElement:
        parent = run.getparent()
        return run if parent is None or parent is stretch.container else child(parent)

    first, last = child(stretch.elements[0]), child(stretch.elements[-1])
    inside: list[XmlElement] = []
    for sister in stretch.container:
        kinds = [mark.get(name("w:fldCharType")) for mark in sister.iter(name("w:fldChar"))]
        if inside or "begin" in kinds:
            inside.append(sister)
        if "end" in kinds:
            first = inside[0] if first in inside else first
            last = inside[-1] if last in inside else last
            inside = []
    return first, last


def _tag(path: str) -> str:
    named = path_without_words(path)
    return named if len(named) <= _LONGEST_TAG else _label(path)


def _holds(stretch: _Stretch, body: XmlElement) -> bool:
    """Whether a control may hold a stretch: whole blocks of the body, of which none floats or ends a section.

    What floats would fall back into the text in LibreOffice.
    """
    if stretch.container is not body or stretch.words:
        return False
    apart = f"{name('w:pPr')}/{name('w:framePr')}", f"{name('w:pPr')}/{name('w:sectPr')}"
    return not any(is_floating(block) or block.find(path) is not None for block in stretch.elements for path in apart)


def _enclose(stretch: _Stretch, tag: str, identity: int) -> None:
    """Put a content control around the blocks of a stretch, with the controls that they stand in by now."""

    def outermost(element: XmlElement) -> XmlElement:
        parent = element.getparent()
        return element if parent is None or parent is stretch.container else outermost(parent)

    blocks = list(dict.fromkeys(map(outermost, stretch.elements)))
    held = control(tag, identity)
    blocks[0].addprevious(held)  # looking for its place by number would take longer with each control
    held[-1].extend(blocks)
