"""Put the running headers and footers into the sections of the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from briefing.galley import Galley

from .ooxml import XmlElement
from .running import running_foot, running_head
from .styles import Styles

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import XmlPart

__all__ = ["place_running", "run_matter"]


def run_matter(document: Document, galley: Galley, styles: Styles, pages: int) -> list[XmlElement]:
    """Header and footer of the first page, and of all others. Returns their roots."""
    heads = [
        ("header", "first", running_head(galley, styles, number=1)),
        ("footer", "first", running_foot(galley, styles, page=1, pages=pages)),
        ("header", "default", running_head(galley, styles, number=2)),
        ("footer", "default", running_foot(galley, styles, page=2, pages=pages)),
    ]
    return [part.element for part in place_running(document, heads)]


def place_running(document: Document, heads: Sequence[tuple[str, str, XmlElement]]) -> list[XmlPart]:
    """Define headers and footers in the first section, which later ones continue: (kind, pages, root)."""
    section = document.sections[0]
    parts = []
    for kind, place, element in heads:
        story = getattr(section, kind if place == "default" else f"{place}_page_{kind}")
        story.is_linked_to_previous = False
        root = story.part.element
        root[:] = list(element)
        root.attrib.clear()  # python-docx's template names namespaces that nothing here uses
        etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
        parts.append(story.part)
    return parts
