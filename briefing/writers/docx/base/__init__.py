"""The base document: an empty Word file with our own styles, authored from a theme's tokens."""

from __future__ import annotations

from typing import Literal

from lxml import etree

from briefing.theme import Theme
from briefing.writers.docx.languages import word_language
from briefing.writers.docx.package import FORMAT, KINDS, Document, Part

from .parts import document_xml, fonts_xml, footnotes_xml, numbering_xml, settings_xml, theme_xml
from .styles import styles_xml

__all__ = ["base_document"]


def base_document(
    theme: Theme, *, paper: Literal["A4", "Letter"], language: str, direction: Literal["ltr", "rtl"]
) -> Document:
    """An empty document in the theme's looks."""
    rtl = direction == "rtl"
    word = word_language(language)
    document = Document(_part("document", f"{_WORD}.document.main", document_xml(theme, paper, rtl=rtl)))
    settings = settings_xml(word, rtl=rtl, mirrored=theme.measures.outer is not None)
    for kind, file, form, xml in (
        ("styles", "styles", f"{_WORD}.styles", styles_xml(theme, word, rtl=rtl)),
        ("settings", "settings", f"{_WORD}.settings", settings),
        ("numbering", "numbering", f"{_WORD}.numbering", numbering_xml(theme)),
        ("fontTable", "fontTable", f"{_WORD}.fontTable", fonts_xml(theme)),
        ("footnotes", "footnotes", f"{_WORD}.footnotes", footnotes_xml()),
        ("theme", "theme/theme1", f"{FORMAT}.theme", theme_xml(theme)),
    ):
        document.part.relate_to(_part(file, form, xml), f"{KINDS}/{kind}")
    return document


_WORD = f"{FORMAT}.wordprocessingml"


def _part(file: str, form: str, xml: str) -> Part:
    root = etree.fromstring(xml.encode(), etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    return Part(f"word/{file}.xml", f"{form}+xml", root)
