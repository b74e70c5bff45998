"""The base document: an empty Word file with our own styles, made from a theme's tokens.

``style_table`` lists Word's styles and the type style of each. ``paragraphs`` and ``type_style`` turn them into
properties, ``styles`` makes the styles part, and ``parts`` the other parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.theme import Theme
from briefing.writers.docx.languages import word_language
from briefing.writers.docx.ooxml.parts import new_document, new_part

from .parts import document_xml, fonts_xml, footnotes_xml, numbering_xml, set_up_page, settings_xml, theme_xml
from .styles import styles_xml

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["base_document"]


def base_document(
    theme: Theme,
    *,
    paper: Literal["A4", "Letter"],
    language: str,
    direction: Literal["ltr", "rtl"],
    office_theme: bytes | None = None,
) -> Document:
    """An empty document with the theme's styles and page; ``office_theme`` replaces its theme part."""
    rtl, word = direction == "rtl", word_language(language)
    document = new_document(document_xml(rtl=rtl))
    settings = settings_xml(word, rtl=rtl, mirrored=theme.measures.outer is not None)
    for relation, file, content_type, content in (
        (RT.STYLES, "styles", CT.WML_STYLES, styles_xml(theme, word, rtl=rtl)),
        (RT.SETTINGS, "settings", CT.WML_SETTINGS, settings),
        (RT.NUMBERING, "numbering", CT.WML_NUMBERING, numbering_xml(theme)),
        (RT.FONT_TABLE, "fontTable", CT.WML_FONT_TABLE, fonts_xml(theme)),
        (RT.FOOTNOTES, "footnotes", CT.WML_FOOTNOTES, footnotes_xml()),
        (RT.THEME, "theme/theme1", CT.OFC_THEME, office_theme or theme_xml(theme)),
    ):
        part = new_part(document.part.package, f"word/{file}.xml", content_type, content)
        document.part.relate_to(part, relation)
    set_up_page(document.sections[0], theme, paper)
    return document
