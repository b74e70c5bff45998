"""The headers and footers of a theme's handout.docx, with this brief's values in their fields.

A field or content control that shows a document property (Insert, Quick Parts) gets its value: Title, Subject, Author,
Keywords, Category, and the custom properties Marking, Reference and Edition. The marking is on every page in any case:
if neither header nor footer shows it, it is added at the top of the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.writers.docx.headers import marking_lines, place_headers
from briefing.writers.docx.ooxml.elements import XmlElement, el, name, parse
from briefing.writers.docx.ooxml.parts import new_part
from briefing.writers.docx.ooxml.text import paragraph
from briefing.writers.docx.runs import RunBuilder
from briefing.writers.docx.watermark import watermark, watermark_words

from . import WordTemplate
from .styles import Merge

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

_PICTURES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml",
    "emf": "image/x-emf", "wmf": "image/x-wmf", "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff",
}  # fmt: skip
#: The first id of drawings in headers, above those in the text.
_FIRST_DRAWING = 9000
_PROPERTY = re.compile(
    r"^\s*(?:DOCPROPERTY\s+\"?([\w ]+?)\"?|(TITLE|SUBJECT|AUTHOR|KEYWORDS))\s*(?:\\.*)?$", re.IGNORECASE
)
_BOUND = re.compile(r":(title|subject|creator|keywords|category)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Header:
    """A header or footer: its kind ("header", "footer"), pages ("default", "first", "even"), root and relations.

    ``relations`` are (id, type, part or URL, whether it is external).
    """

    kind: str
    place: str
    element: XmlElement
    relations: tuple[tuple[str, str, str, bool], ...] = ()


def take_headers(
    template: WordTemplate, merge: Merge, document: Document, galley: Galley, runs: RunBuilder
) -> list[XmlElement]:
    """Put the template's headers and footers into the document; returns their roots, none if it has none."""
    info, draft = galley.properties, galley.running.words("running-draft")
    values = {
        "title": info.title, "subject": info.subject, "author": info.author, "keywords": info.keywords,
        "category": info.category, "marking": info.marking, "draft": draft, "reference": info.reference,
        "edition": galley.edition,
    }  # fmt: skip
    heads = _headers_of(template, merge, values)
    if not heads:
        return []
    first = document.sections[0].different_first_page_header_footer
    places = ["first"] * first + ["default"] + ["even"] * any(head.place == "even" for head in heads)
    added, listed = False, list[_Header]()
    for number, place in enumerate(places, 1):
        here = [head for head in heads if head.place == place]
        if all(head.kind != "header" for head in here):
            here.insert(0, _Header("header", place, el("w:hdr", paragraph(runs.styles.paragraph("header")))))
        shown = " ".join(_words_of(head.element) for head in here)
        wanted = [words for words in (info.marking, draft) if words and words not in shown]
        if wanted:
            added = True
            for index, added_line in enumerate(marking_lines(galley, runs)):
                here[0].element.insert(index, added_line)
        if watermark_words(galley):
            last = next((p for p in reversed(here[0].element) if p.tag == name("w:p")), None)
            if last is not None:
                last.append(watermark(watermark_words(galley), galley, number))
        listed += here
    if added:
        merge.notes.append(
            (
                "handout-marking",
                "the headers of handout.docx do not show the marking; it is added above them",
                "put a field into each: Insert, Quick Parts, Field, DocProperty, Marking (and Draft)",
            )
        )
    parts = place_headers(document, [(head.kind, head.place, head.element) for head in listed])
    for head, part in zip(listed, parts, strict=True):
        _relate(template, head, part)
    return [head.element for head in listed]


def _relate(template: WordTemplate, head: _Header, part: Part) -> None:
    """Give a header its pictures and links, under the ids that its XML uses."""
    for identity, kind, target, outside in head.relations:
        if outside:
            part.load_rel(kind, target, identity, is_external=True)
            continue
        suffix = target.rpartition(".")[2].lower()
        place = f"word/media/{head.kind}-{head.place}-{identity}.{suffix}"
        picture = new_part(part.package, place, _PICTURES.get(suffix, "image/png"), template.parts[target])
        part.load_rel(kind, picture, identity)


def _headers_of(template: WordTemplate, merge: Merge, values: Mapping[str, str]) -> list[_Header]:
    """The headers and footers of the template's last section, filled with ``values``.

    These are the values of the document properties, by lower-case name.
    """
    section, found = template.section, list[_Header]()
    relations = template.relations("word/document.xml")
    for kind in ("header", "footer"):
        for header_reference in section.iterfind(name(f"w:{kind}Reference")) if section is not None else ():
            _, part, _ = relations.get(header_reference.get(name("r:id")) or "", ("", "", False))
            if part not in template.parts:
                continue
            root = parse(template.parts[part])
            merge.rename(root)
            _fill(root, values)
            _renumber(root, len(found))
            supported = tuple((key, *value) for key, value in template.relations(part).items() if _is_supported(value))
            found.append(_Header(kind, header_reference.get(name("w:type")) or "default", root, supported))
    return found


def _words_of(element: XmlElement) -> str:
    """The text of a header."""
    return "".join(text.text or "" for text in element.iter(name("w:t")))


def _is_supported(relation: tuple[str, str, bool]) -> bool:
    """Whether a relationship is taken over: links and pictures only."""
    kind, _, outside = relation
    return kind.endswith("/hyperlink") if outside else kind.endswith("/image")


def _renumber(root: XmlElement, number: int) -> None:
    """Make the ids of drawings unique in the document; remove bookmarks and the ids of controls."""
    for index, drawing in enumerate(root.iter(name("wp:docPr"))):
        drawing.set("id", str(_FIRST_DRAWING + number * 100 + index))
        if not drawing.get("descr"):
            drawing.set("descr", drawing.get("name") or "Logo")
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(root.iter(name(tag))):
            _remove(mark)
    for properties in root.iter(name("w:sdtPr")):
        for identity in properties.findall(name("w:id")):
            properties.remove(identity)


def _remove(element: XmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _fill(root: XmlElement, values: Mapping[str, str]) -> None:
    for simple in root.iter(name("w:fldSimple")):
        _set_text(list(simple.iter(name("w:t"))), _value(simple.get(name("w:instr")) or "", values))
    for code, shown in _fields(root):
        _set_text(shown, _value(code, values))
    for control in root.iter(name("w:sdt")):
        binding = next(control.iter(name("w:dataBinding")), None)
        bound = _BOUND.search(binding.get(name("w:xpath")) or "") if binding is not None else None
        if bound is not None:
            key = "author" if bound[1].lower() == "creator" else bound[1].lower()
            _set_text(list(control.iter(name("w:t"))), values.get(key))


def _fields(root: XmlElement) -> Iterator[tuple[str, list[XmlElement]]]:
    """The complete fields: their codes, and the text elements of their results. Nested fields are skipped."""
    code, shown, depth, showing = "", list[XmlElement](), 0, False
    for element in root.iter(name("w:fldChar"), name("w:instrText"), name("w:t")):
        if element.tag == name("w:fldChar"):
            kind = element.get(name("w:fldCharType"))
            if kind == "begin":
                depth += 1
                code, shown, showing = "", [], False
            elif kind == "separate":
                showing = True
            elif kind == "end":
                if depth == 1:
                    yield code, shown
                depth, showing = max(depth - 1, 0), False
        elif element.tag == name("w:instrText") and depth == 1:
            code += element.text or ""
        elif element.tag == name("w:t") and showing and depth == 1:
            shown.append(element)


def _value(code: str, values: Mapping[str, str]) -> str | None:
    found = _PROPERTY.match(code)
    return values.get((found[1] or found[2]).lower()) if found else None


def _set_text(texts: list[XmlElement], value: str | None) -> None:
    """Put a value into the first of these text elements, and empty the others."""
    if value is None or not texts:
        return
    for text in texts:
        text.text = ""
    texts[0].text = value
    texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
