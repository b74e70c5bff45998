"""Round trip: mark the text of every field of the content file, so that edits in Word can be found.

Before the document is built, :class:`Fields` gives each text of the galley the number of its owners, which all builders
pass on to the runs. Afterwards :func:`add_roundtrip` turns the numbers into bookmarks and content controls, and adds a
map of them to the package. Its format is described in docs/galley.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.galley.tree import Element, Node

from .ooxml.elements import NAMESPACES, XmlElement, el, name
from .ooxml.parts import new_part
from .ooxml.text import bookmark, control, is_call, is_floating, is_paragraph, is_table
from .text_runs import FIELD, INLINE, has_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.parts.document import DocumentPart

#: The fields that own a text, by their paths, from the outermost to the innermost.
Owners = tuple[str, ...]
#: What a bookmark contains: text in a paragraph, whole paragraphs from its start to its end, or a table.
Holds = Literal["words", "paragraphs", "table"]

_RUN, _PARAGRAPH, _CELL = (name(f"w:{tag}") for tag in ("r", "p", "tc"))
_BLOCKS = (_PARAGRAPH, name("w:tbl"), name("w:sdt"))
#: The longest tag that Word keeps, in characters.
_LONGEST_TAG = 64
#: The GUID of the map, which the standard requires: fixed, so that the same brief gives the same bytes.
_GUID = "{6B0E2B0A-7C55-5C1E-9C0B-2F6D6F3B8A11}"
_NAMED_BY_AUTHOR = re.compile(r"\A(fact_box\.facts|key_figures|glossary|sources)(?:\.(\w+)|\[\"((?:[^\"\\]|\\.)*)\"\])")


class Fields:
    """The fields of one galley. A ``section`` is not a field: it is a part of the brief that consists of fields.

    ``body`` is the galley's body with the owners of its text, pictures and charts, and ``owners`` resolves their
    numbers. If no element has a path, as in an edition for readers outside the organisation, ``body`` is unchanged.
    """

    def __init__(self, body: Iterable[Element]) -> None:
        self._numbers: dict[Owners, int] = {}
        self.body = tuple(self._block(element, ()) for element in body)
        self.owners = tuple(self._numbers)

    def _block(self, element: Element, outer: Owners) -> Element:
        owners = _owners(element, outer)
        if element.tag in {"img", "svg", "pre"}:
            return self._with_number(element, owners) if owners else element
        children: list[Node] = []
        line: list[Node] = []
        for child in element.children:
            if isinstance(child, str) or child.tag in INLINE - {"img"}:
                line.append(child)
            else:
                children += [*self._line(line, owners), self._block(child, owners)]
                line = []
        return replace(element, children=(*children, *self._line(line, owners)))

    def _line(self, nodes: Sequence[Node], owners: Owners) -> Sequence[Node]:
        """Inline nodes wrapped in one element with the number of their owners; space between blocks is unchanged."""
        if not has_text(nodes):
            return nodes
        inside = tuple(self._inline(node, owners) for node in nodes)
        return [self._with_number(Element("span", {}, inside), owners)] if owners else inside

    def _inline(self, node: Node, outer: Owners) -> Node:
        """An inline node; if it has a path of its own, it carries the number of its own owners."""
        if isinstance(node, str):
            return node
        owners = _owners(node, outer)
        node = replace(node, children=tuple(self._inline(child, owners) for child in node.children))
        return node if owners == outer else self._with_number(node, owners)

    def _with_number(self, element: Element, owners: Owners) -> Element:
        number = self._numbers.setdefault(owners, len(self._numbers))
        return replace(element, attributes={**element.attributes, FIELD: str(number)})


def _owners(element: Element, outer: Owners) -> Owners:
    if not element.path or element.tag == "section" or element.path in outer:
        return outer
    return (*outer, element.path)


def with_owners(run: XmlElement, number: str) -> XmlElement:
    """The run, with the number of its owners as an attribute."""
    if number:
        run.set(FIELD, number)
    return run


@dataclass(slots=True)
class _Extent:
    """A contiguous extent of a field: adjacent sibling blocks, or (``inline``) runs of one paragraph.

    ``depth`` is the number of fields around it.
    """

    path: str
    depth: int
    container: XmlElement
    elements: list[XmlElement]
    inline: bool = False


def add_roundtrip(
    document: Document, footnotes: XmlElement, brief: str, fields: Fields, next_id: Callable[[], int]
) -> None:
    """Mark the fields of a finished document, and add the map; without fields it does nothing.

    ``brief`` is the name of the content file, without its suffix.
    """
    if not fields.owners:
        return
    body = document.element.body
    extents: list[_Extent] = []
    for story in (body, *footnotes.iterfind(name("w:footnote"))):
        extents += _extents(story, fields.owners, frozenset())
        for run in story.iter(_RUN):
            run.attrib.pop(FIELD, "")
    extents_of: dict[str, list[_Extent]] = {}
    for extent in extents:
        extents_of.setdefault(extent.path, []).append(extent)
    # The hashes and bookmarks before the controls, which move the blocks.
    tags = {
        path: _tag(path) for path, parts in extents_of.items() if all(_may_be_enclosed(part, body) for part in parts)
    }
    entries = [_map_entry(path, tags.get(path), parts, next_id) for path, parts in extents_of.items()]
    # The innermost first; the outer controls then contain them.
    enclosed = sorted((extent for extent in extents if extent.path in tags), key=lambda extent: -extent.depth)
    for number, extent in enumerate(enclosed, 1):
        _enclose(extent, tags[extent.path], number)
    _add_map(document.part, el("home:way-home", *entries, brief=brief))
    document.part.element.set(name("mc:Ignorable"), "w15")


def _extents(container: XmlElement, owners: Sequence[Owners], known: frozenset[str]) -> Iterator[_Extent]:
    """The extents of the fields in a story or a cell; ``known`` are fields that own all of it.

    An extent is complete when the iterator is exhausted.
    """
    begun: dict[str, _Extent] = {}
    unowned: list[XmlElement] = []
    for block in container.iterchildren(*_BLOCKS):
        run_owners = [own for run in block.iter(_RUN) if (own := _owners_of_run(run, owners)) is not None]
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
                yield begun[path]
        unowned = []
        if is_paragraph(block):
            yield from _run_extents(block, owners, known | whole)
        else:
            for cell in block.iter(_CELL):
                yield from _extents(cell, owners, known | whole)


def _run_extents(paragraph: XmlElement, owners: Sequence[Owners], known: frozenset[str]) -> Iterator[_Extent]:
    """The extents of the fields that own some runs of a paragraph."""
    parts: dict[str, _Extent] = {}
    for run in paragraph.iter(_RUN):
        for depth, path in enumerate(_owners_of_run(run, owners) or ()):
            if path in known:
                continue
            if path not in parts:
                parts[path] = _Extent(path, depth, paragraph, [], inline=True)
                yield parts[path]
            parts[path].elements.append(run)


def _owners_of_run(run: XmlElement, owners: Sequence[Owners]) -> Owners | None:
    """The owners of the text or drawing of a run; empty if no field owns it, None if there is nothing to own."""
    number = run.get(FIELD)
    if number is not None:
        return owners[int(number)]
    return () if any(map(str.strip, _texts(run))) else None


def _texts(element: XmlElement) -> Iterator[str]:
    """The text of a paragraph or a run, without the numbers of note calls."""
    for run in element.iter(_RUN):
        for part in run if not is_call(run) else ():
            if part.tag == name("w:t"):
                yield part.text or ""
            elif part.tag in {name("w:tab"), name("w:br")}:
                yield " "


def _hash(extents: Sequence[_Extent]) -> str:
    """A 64-bit hash of the field's text, by which a change is noticed."""
    texts: list[str] = []
    for extent in extents:
        if extent.inline:
            texts.append("".join(text for run in extent.elements for text in _texts(run)))
        else:
            texts += ["".join(_texts(line)) for block in extent.elements for line in block.iter(_PARAGRAPH)]
    return sha256(" ".join(" ".join(texts).split()).encode()).hexdigest()[:16]


def _map_entry(path: str, tag: str | None, extents: Sequence[_Extent], next_id: Callable[[], int]) -> XmlElement:
    """A field in the map: its path, the tag of its controls, a hash of its text, and its bookmarks, which are added."""
    field_hash = _hash(extents)
    marks = []
    for number, (holds, first, last) in enumerate(_spans(extents), 1):
        label = _bookmark_name(path) + (f"_{number}" if number > 1 else "")
        start, end = bookmark(next_id(), label, ())
        if holds == "words":
            first.addprevious(start)
            last.addnext(end)
        else:
            first.insert(_text_index(first), start)
            last.append(end)
        marks.append(el("home:mark", bookmark=label, holds=holds))
    return el("home:field", *marks, path=_path_without_names(path), tag=tag, hash=field_hash)


def _bookmark_name(path: str) -> str:
    """The bookmark of a field. Word hides bookmarks that begin with an underscore."""
    return f"_bf_{sha256(path.encode()).hexdigest()[:16]}"


def _spans(extents: Sequence[_Extent]) -> list[tuple[Holds, XmlElement, XmlElement]]:
    """What each bookmark contains, from where to where; a table has its own, because none may cross its edge."""
    spans: list[tuple[Holds, XmlElement, XmlElement]] = []
    for extent in extents:
        if extent.inline:
            spans.append(("words", *_outer_ends(extent)))
            continue
        for are_paragraphs, group in groupby(extent.elements, is_paragraph):
            if are_paragraphs:
                paragraphs = list(group)
                spans.append(("paragraphs", paragraphs[0], paragraphs[-1]))
                continue
            for block in group:
                inside = list(block.iter(_PARAGRAPH))
                spans.append(("table" if is_table(block) else "paragraphs", inside[0], inside[-1]))
    return spans


def _text_index(paragraph: XmlElement) -> int:
    """The index at which a paragraph's text begins. LibreOffice loses a bookmark around the number of a footnote."""
    place = int(paragraph.find(name("w:pPr")) is not None)
    number = paragraph[place].find(name("w:footnoteRef")) if len(paragraph) > place else None
    return place + int(number is not None)


def _child_of(container: XmlElement, element: XmlElement) -> XmlElement:
    """The child of the container that is the element, or contains it."""
    parent = element.getparent()
    return element if parent is None or parent is container else _child_of(container, parent)


def _outer_ends(extent: _Extent) -> tuple[XmlElement, XmlElement]:
    """The first and the last of an extent's runs, or what contains them, among the children of their paragraph.

    A Word field is included whole, because updating it would drop a bookmark that begins in its result.
    """
    first, last = (_child_of(extent.container, extent.elements[index]) for index in (0, -1))
    field: list[XmlElement] = []
    for child in extent.container:
        kinds = [mark.get(name("w:fldCharType")) for mark in child.iter(name("w:fldChar"))]
        if field or "begin" in kinds:
            field.append(child)
        if "end" in kinds:
            first = field[0] if first in field else first
            last = field[-1] if last in field else last
            field = []
    return first, last


def _tag(path: str) -> str:
    """The tag of a field's controls: its path, or its bookmark if the path is too long."""
    tag = _path_without_names(path)
    return tag if len(tag) <= _LONGEST_TAG else _bookmark_name(path)


def _may_be_enclosed(extent: _Extent, body: XmlElement) -> bool:
    """Whether a content control may contain an extent: whole blocks of the body, none floating or ending a section.

    In LibreOffice a floating block in a control would move into the text.
    """
    if extent.container is not body or extent.inline:
        return False
    apart = ("w:pPr/w:framePr", "w:pPr/w:sectPr")
    return not any(
        is_floating(block) or block.find(path, NAMESPACES) is not None for block in extent.elements for path in apart
    )


def _enclose(extent: _Extent, tag: str, identity: int) -> None:
    """Put a content control around the blocks of an extent, including the controls already around them."""
    blocks = list(dict.fromkeys(_child_of(extent.container, element) for element in extent.elements))
    enclosing = control(tag, identity)
    blocks[0].addprevious(enclosing)  # inserting by index would get slower with each control
    enclosing[-1].extend(blocks)


def _path_without_names(path: str) -> str:
    """``glossary.EEA`` -> ``glossary[#5f0c…]``: an author's name as the first 12 hex digits of its SHA-256."""

    def hashed(found: re.Match[str]) -> str:
        key = found[2] if found[2] is not None else re.sub(r"\\(.)", r"\1", found[3])
        return f"{found[1]}[#{sha256(key.encode()).hexdigest()[:12]}]"

    return _NAMED_BY_AUTHOR.sub(hashed, path)


def _add_map(document: DocumentPart, root: XmlElement) -> None:
    """Add the map to the package of a document."""
    item = new_part(document.package, "customXml/item1.xml", CT.XML, root)
    schema = el("ds:schemaRef", uri=NAMESPACES["home"])
    store = el("ds:datastoreItem", el("ds:schemaRefs", schema), itemID=_GUID)
    properties = new_part(document.package, "customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, store)
    item.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.relate_to(item, RT.CUSTOM_XML)
