"""The base document: an empty Word file with our own styles, made from a theme's tokens.

python-docx's own template is not used: it brings 164 styles, Letter paper and the settings of an older Word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefing.theme import Theme
from briefing.writers.docx.languages import word_language

from .parts import document_xml, fonts_xml, footnotes_xml, numbering_xml, settings_xml, theme_xml
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
    """An empty document in the theme's looks; ``office_theme`` takes the place of its theme part."""
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from docx.parts.numbering import NumberingPart
    from docx.parts.settings import SettingsPart
    from docx.parts.styles import StylesPart

    rtl, word, package = direction == "rtl", word_language(language), Package()
    main = DocumentPart.load(
        PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, document_xml(theme, paper, rtl=rtl).encode(), package
    )
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    settings = settings_xml(word, rtl=rtl, mirrored=theme.measures.outer is not None)
    for part_class, relation, file, content_type, xml in (
        (StylesPart, RT.STYLES, "styles", CT.WML_STYLES, styles_xml(theme, word, rtl=rtl)),
        (SettingsPart, RT.SETTINGS, "settings", CT.WML_SETTINGS, settings),
        (NumberingPart, RT.NUMBERING, "numbering", CT.WML_NUMBERING, numbering_xml(theme)),
        (XmlPart, RT.FONT_TABLE, "fontTable", CT.WML_FONT_TABLE, fonts_xml(theme)),
        (XmlPart, RT.FOOTNOTES, "footnotes", CT.WML_FOOTNOTES, footnotes_xml()),
        (XmlPart, RT.THEME, "theme/theme1", CT.OFC_THEME, office_theme or theme_xml(theme)),
    ):
        data = xml if isinstance(xml, bytes) else xml.encode()
        main.relate_to(part_class.load(PackURI(f"/word/{file}.xml"), content_type, data, package), relation)
    return main.document
