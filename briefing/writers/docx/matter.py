"""Heads and feet in their places, and parts that python-docx keeps closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.galley import Galley

from .ooxml import XmlElement, el, name
from .running import running_foot, running_head
from .styles import Styles

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart

__all__ = ["FORMAT", "KINDS", "editable", "place_running", "run_matter"]

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMAT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def editable(document: WordDocument, kind: str) -> XmlPart:
    """A part that python-docx keeps as bytes, opened so that elements and relationships can be added."""
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    reltype = f"{KINDS}/{kind}"
    closed = document.part.part_related_by(reltype)
    opened = XmlPart(closed.partname, closed.content_type, parse_xml(closed.blob), document.part.package)
    for relation in document.part.rels.values():
        if relation.reltype == reltype:
            relation._target = opened
    return opened


def run_matter(document: WordDocument, galley: Galley, styles: Styles, pages: int) -> list[XmlElement]:
    """Head and foot for every section, those of the first page apart. Returns them."""
    heads = [
        ("header", "first", running_head(galley, styles, number=1)),
        ("footer", "first", running_foot(galley, styles, page=1, pages=pages)),
        ("header", "default", running_head(galley, styles, number=2)),
        ("footer", "default", running_foot(galley, styles, page=2, pages=pages)),
    ]
    place_running(document, heads)
    return [element for *_, element in heads]


def place_running(document: WordDocument, heads: Sequence[tuple[str, str, XmlElement]]) -> list[XmlPart]:
    """Put heads and feet into every section: (header or footer, its pages, its root). Returns the parts."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart

    sections = list(document.element.body.iter(name("w:sectPr")))
    counts, made = {"header": 0, "footer": 0}, []
    for kind, place, element in heads:
        counts[kind] += 1
        uri = PackURI(f"/word/{kind}{counts[kind]}.xml")
        part = XmlPart(uri, f"{FORMAT}.{kind}+xml", element, document.part.package)  # type: ignore[arg-type]
        made.append((kind, place, part, document.part.relate_to(part, f"{KINDS}/{kind}")))
    for kind, place, _, relation in reversed(made):
        for section in sections:
            section.insert(0, el(f"w:{kind}Reference", r_id=relation, type=place))
    return [part for *_, part, _ in made]
