"""Record which field of the content file each text comes from, in attributes that all builders pass on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.galley.tree import Element, Node

from .ooxml.elements import XmlElement, name
from .ooxml.text import bookmark, control, is_floating, is_paragraph, is_table
from .text_runs import FIELD, INLINE

if TYPE_CHECKING:
    from docx.document import Document
import re
from typing import TYPE_CHECKING, Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from .ooxml.elements import NAMESPACES, el
from .ooxml.parts import new_part

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

#: The fields that own a word, by their paths, from the outermost to the innermost.
Owners = tuple[str, ...]


class Fields:
    """The fields of one galley. A ``section`` is not a field: it is a part of the brief that consists of fields.

    ``body`` is the galley's body with the owners of its text, pictures and charts. ``table`` resolves their numbers. If
    no element has a path, as in an edition for readers outside the organisation, ``body`` is the one passed in.
    """

    def __init__(self, body: Iterable[Element]) -> None:
        self._numbers: dict[Owners, int] = {}
        self.body = tuple(self._block(element, ()) for element in body)

    def table(self) -> tuple[Owners, ...]:
        """All owners, by the numbers that runs carry."""
        return tuple(self._numbers)

    def _number(self, owners: Owners) -> str:
        return str(self._numbers.setdefault(owners, len(self._numbers)))

    def _block(self, element: Element, owners: Owners) -> Element:
        owners = _owners(element, owners)
        if element.tag in {"img", "svg", "pre"}:
            return _with_number(element, self._number(owners)) if owners else element
        children: list[Node] = []
        line: list[Node] = []
        for child in element.children:
            if isinstance(child, str) or child.tag in INLINE - {"img"}:
                line.append(child)
                continue
            children += self._line(line, owners)
            line = []
            children.append(self._block(child, owners))
        return replace(element, children=(*children, *self._line(line, owners)))

    def _line(self, nodes: list[Node], owners: Owners) -> list[Node]:
        """Inline nodes wrapped in one element with the number of their owners; space between blocks is unchanged."""
        if not any(isinstance(node, Element) or node.strip() for node in nodes):
            return nodes
        inside = tuple(self._inline(node, owners) for node in nodes)
        return [Element("span", {FIELD: self._number(owners)}, inside)] if owners else list(inside)

    def _inline(self, node: Node, owners: Owners) -> Node:
        """An inline node; if it has a path of its own, it carries the number of its own owners."""
        if isinstance(node, str):
            return node
        own = _owners(node, owners)
        inside = tuple(self._inline(child, own) for child in node.children)
        node = replace(node, children=inside)
        return node if own == owners else _with_number(node, self._number(own))


def _owners(element: Element, owners: Owners) -> Owners:
    if not element.path or element.tag == "section" or element.path in owners:
        return owners
    return (*owners, element.path)


def _with_number(element: Element, number: str) -> Element:
    return replace(element, attributes={**element.attributes, FIELD: number})


def owned(run: XmlElement, number: str) -> XmlElement:
    """The run, with the number of its owners as an attribute."""
    if number:
        run.set(FIELD, number)
    return run


_RUN, _PARAGRAPH, _CELL, _CONTROL = (name(f"w:{tag}") for tag in ("r", "p", "tc", "sdt"))
_BLOCKS = (_PARAGRAPH, name("w:tbl"), _CONTROL)
#: The longest tag that Word keeps, in characters.
_LONGEST_TAG = 64


@dataclass(slots=True)
class _Extent:
    """A contiguous extent of a field: adjacent sibling blocks, or (``words``) runs of one paragraph.

    ``depth`` is the number of fields around it.
    """

    path: str
    depth: int
    container: XmlElement
    elements: list[XmlElement]
    words: bool = False


def add_roundtrip(
    document: Document, footnotes: XmlElement, brief: str, fields: Fields, next_id: Callable[[], int]
) -> None:
    """Mark the fields of a finished document, and add the map; without fields it does nothing."""
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
    """Mark the fields in the stories, the body first, then each footnote; remove the numbers that their runs carry.

    ``owners`` are the fields that own a run, by the number that it carries. Returns the fields in document order.
    """
    extents: list[_Extent] = []
    for story in stories:
        _collect(story, owners, frozenset(), extents)
        for run in story.iter(_RUN):
            if run.get(FIELD) is not None:
                del run.attrib[FIELD]
    fields: dict[str, list[_Extent]] = {}
    for extent in extents:
        fields.setdefault(extent.path, []).append(extent)
    hashes = {path: _hash(parts) for path, parts in fields.items()}
    marks = {path: _bookmarks(path, parts, next_id) for path, parts in fields.items()}
    body = stories[0]
    tags = {path: _tag(path) for path, parts in fields.items() if all(_may_be_enclosed(part, body) for part in parts)}
    # The innermost first; the outer controls then contain them.
    held = sorted((extent for extent in extents if extent.path in tags), key=lambda extent: -extent.depth)
    for number, extent in enumerate(held, 1):
        _enclose(extent, tags[extent.path], number)
    return [MarkedField(path, tags.get(path, ""), tuple(marks[path]), hashes[path]) for path in fields]


def _field_words(element: XmlElement) -> Iterator[str]:
    """The text of a paragraph or a run, without the numbers of note calls."""
    for run in element.iter(_RUN):
        for part in run if not _is_call(run) else ():
            if part.tag == name("w:t"):
                yield part.text or ""
            elif part.tag in {name("w:tab"), name("w:br")}:
                yield " "


def _collect(container: XmlElement, owners: Sequence[Owners], known: frozenset[str], found: list[_Extent]) -> None:
    """Collect the extents of the fields in a story or a cell. ``known`` are fields that own all of it."""
    begun: dict[str, _Extent] = {}
    unowned: list[XmlElement] = []
    for block in container.iterchildren(*_BLOCKS):
        run_owners = [run_owner for run in block.iter(_RUN) if (run_owner := _owners_of_field(run, owners)) is not None]
        if not run_owners:
            unowned.append(block)  # a gap; it belongs to a field that continues after it
            continue
        whole = set(run_owners[0]).intersection(*run_owners[1:]) - known
        begun = {path: extent for path, extent in begun.items() if path in whole}
        for depth, path in enumerate(run_owners[0]):
            if path in begun:
                begun[path].elements += [*unowned, block]
            elif path in whole:
                begun[path] = _Extent(path, depth, container, [block])
                found.append(begun[path])
        unowned = []
        if is_paragraph(block):
            _collect_runs(block, owners, known | whole, found)
        else:
            for cell in block.iter(_CELL):
                _collect(cell, owners, known | whole, found)


def _collect_runs(paragraph: XmlElement, owners: Sequence[Owners], known: frozenset[str], found: list[_Extent]) -> None:
    """Collect the extents of the fields that own some runs of a paragraph."""
    parts: dict[str, _Extent] = {}
    for run in paragraph.iter(_RUN):
        for depth, path in enumerate(_owners_of_field(run, owners) or ()):
            if path in known:
                continue
            if path not in parts:
                parts[path] = _Extent(path, depth, paragraph, [], words=True)
                found.append(parts[path])
            parts[path].elements.append(run)


def _owners_of_field(run: XmlElement, owners: Sequence[Owners]) -> Owners | None:
    """The owners of the text or drawing of a run; empty if no field owns it, None if there is nothing to own."""
    number = run.get(FIELD)
    if number is not None:
        return owners[int(number)]
    has_text = any((text.text or "").strip() for text in run.iterchildren(name("w:t")))
    return () if has_text and not _is_call(run) else None


def _is_call(run: XmlElement) -> bool:
    style = run.find(f"{name('w:rPr')}/{name('w:rStyle')}")
    return style is not None and style.get(name("w:val")) == "FootnoteReference"


def _hash(extents: Sequence[_Extent]) -> str:
    """A 64-bit hash of the field's text, by which a change is noticed."""
    texts = []
    for extent in extents:
        if extent.words:
            texts.append("".join(text for run in extent.elements for text in _field_words(run)))
            continue
        texts += ["".join(_field_words(line)) for block in extent.elements for line in block.iter(_PARAGRAPH)]
    return sha256(" ".join(" ".join(texts).split()).encode()).hexdigest()[:16]


def _field_bookmark_name(path: str) -> str:
    """The bookmark of a field. Word hides bookmarks that begin with an underscore."""
    return f"_bf_{sha256(path.encode()).hexdigest()[:16]}"


def _bookmarks(path: str, extents: Sequence[_Extent], next_id: Callable[[], int]) -> Iterator[Mark]:
    """Put a bookmark around each extent; a table has its own, because none may begin outside it and end inside."""
    spans: list[tuple[Holds, XmlElement, XmlElement]] = []
    for extent in extents:
        if extent.words:
            spans.append(("words", *_outer_ends(extent)))
            continue
        row: list[XmlElement] = []
        for block in extent.elements:
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
        label = _field_bookmark_name(path) + (f"_{number}" if number > 1 else "")
        start, end = bookmark(next_id(), label, ())
        if holds == "words":
            first.addprevious(start)
            last.addnext(end)
        else:
            first.insert(_text_index(first), start)
            last.append(end)
        yield Mark(label, holds)


def _text_index(paragraph: XmlElement) -> int:
    """The index at which a paragraph's text begins. LibreOffice loses a bookmark around the number of a footnote."""
    place = int(paragraph.find(name("w:pPr")) is not None)
    number = paragraph[place].find(name("w:footnoteRef")) if len(paragraph) > place else None
    return place + int(number is not None)


def _outer_ends(extent: _Extent) -> tuple[XmlElement, XmlElement]:
    """The first and the last of an extent's runs, or what contains them, among the children of their paragraph.

    A Word field is included whole, because updating it would drop a bookmark that begins in its result.
    """

    def child(run: XmlElement) -> XmlElement:
        parent = run.getparent()
        return run if parent is None or parent is extent.container else child(parent)

    first, last = child(extent.elements[0]), child(extent.elements[-1])
    inside: list[XmlElement] = []
    for sister in extent.container:
        kinds = [mark.get(name("w:fldCharType")) for mark in sister.iter(name("w:fldChar"))]
        if inside or "begin" in kinds:
            inside.append(sister)
        if "end" in kinds:
            first = inside[0] if first in inside else first
            last = inside[-1] if last in inside else last
            inside = []
    return first, last


def _tag(path: str) -> str:
    """The tag of a field's controls: its path, or its bookmark if the path is too long."""
    named = path_without_words(path)
    return named if len(named) <= _LONGEST_TAG else _field_bookmark_name(path)


def _may_be_enclosed(extent: _Extent, body: XmlElement) -> bool:
    """Whether a content control may contain an extent: whole blocks of the body, none floating or ending a section.

    In LibreOffice a floating block in a control would move into the text.
    """
    if extent.container is not body or extent.words:
        return False
    apart = f"{name('w:pPr')}/{name('w:framePr')}", f"{name('w:pPr')}/{name('w:sectPr')}"
    return not any(is_floating(block) or block.find(path) is not None for block in extent.elements for path in apart)


def _enclose(extent: _Extent, tag: str, identity: int) -> None:
    """Put a content control around the blocks of an extent, including the controls already around them."""

    def outermost(element: XmlElement) -> XmlElement:
        parent = element.getparent()
        return element if parent is None or parent is extent.container else outermost(parent)

    blocks = list(dict.fromkeys(map(outermost, extent.elements)))
    held = control(tag, identity)
    blocks[0].addprevious(held)  # inserting by index would get slower with each control
    held[-1].extend(blocks)


Holds = Literal["words", "paragraphs", "table"]

#: The GUID of the part, which the standard requires: fixed, so that the same brief gives the same bytes.
_GUID = "{6B0E2B0A-7C55-5C1E-9C0B-2F6D6F3B8A11}"
_NAMED_BY_AUTHOR = re.compile(r"(fact_box\.facts|glossary|sources)(?:\.(\w+)|\[\"((?:[^\"\\]|\\.)*)\"\])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark and its content: text in a paragraph, whole paragraphs from its start to its end, or a table."""

    bookmark: str
    holds: Holds


@dataclass(frozen=True, slots=True)
class MarkedField:
    """A field in the document: its path, the tag of its controls, its bookmarks, and a hash of its text."""

    path: str
    tag: str
    marks: tuple[Mark, ...]
    hash: str


def path_without_words(path: str) -> str:
    """``glossary.EEA`` -> ``glossary[#5f0c…]``: an author's name as the first 12 hex digits of its SHA-256."""

    def hashed(found: re.Match[str]) -> str:
        key = found[2] if found[2] is not None else re.sub(r"\\(.)", r"\1", found[3])
        return f"{found[1]}[#{sha256(key.encode()).hexdigest()[:12]}]"

    return _NAMED_BY_AUTHOR.sub(hashed, path, count=1) if _NAMED_BY_AUTHOR.match(path) else path


def add_map(document: DocumentPart, brief: str, fields: Iterable[MarkedField]) -> None:
    """Add the map to the package of a document. ``brief`` is the name of the content file, without its suffix."""
    entries = []
    for field in fields:
        attributes = {"path": path_without_words(field.path), "tag": field.tag, "hash": field.hash}
        marks = (el("home:mark", bookmark=mark.bookmark, holds=mark.holds) for mark in field.marks)
        entries.append(el("home:field", *marks, **{key: value for key, value in attributes.items() if value}))
    root = el("home:way-home", *entries, brief=brief)
    item = new_part(document.package, "customXml/item1.xml", CT.XML, root)
    schema = el("ds:schemaRef", uri=NAMESPACES["home"])
    store = el("ds:datastoreItem", el("ds:schemaRefs", schema), itemID=_GUID)
    properties = new_part(document.package, "customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, store)
    item.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.relate_to(item, RT.CUSTOM_XML)
