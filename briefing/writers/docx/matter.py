"""Heads and feet in their places."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.galley import Galley

from .ooxml import XmlElement, el, name
from .package import FORMAT, KINDS, Document, Part
from .running import running_foot, running_head
from .styles import Styles

__all__ = ["place_running", "run_matter"]


def run_matter(document: Document, galley: Galley, styles: Styles, pages: int) -> list[XmlElement]:
    """Head and foot for every section, those of the first page apart. Returns them."""
    heads = [
        ("header", "first", running_head(galley, styles, number=1)),
        ("footer", "first", running_foot(galley, styles, page=1, pages=pages)),
        ("header", "default", running_head(galley, styles, number=2)),
        ("footer", "default", running_foot(galley, styles, page=2, pages=pages)),
    ]
    place_running(document, heads)
    return [element for *_, element in heads]


def place_running(document: Document, heads: Sequence[tuple[str, str, XmlElement]]) -> list[Part]:
    """Put heads and feet into every section: (header or footer, its pages, its root). Returns the parts."""
    sections = list(document.body.iter(name("w:sectPr")))
    counts, made = {"header": 0, "footer": 0}, []
    for kind, place, element in heads:
        counts[kind] += 1
        part = Part(f"word/{kind}{counts[kind]}.xml", f"{FORMAT}.wordprocessingml.{kind}+xml", element)
        made.append((kind, place, part, document.part.relate_to(part, f"{KINDS}/{kind}")))
    for kind, place, _, relation in reversed(made):
        for section in sections:
            section.insert(0, el(f"w:{kind}Reference", r_id=relation, type=place))
    return [part for *_, part, _ in made]
