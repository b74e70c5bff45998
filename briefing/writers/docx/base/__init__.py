"""The base document: an empty Word file with our own styles, authored from a theme's tokens.

python-docx's template is left alone: it brings 164 styles, Letter paper, an older Word's behaviour and another's name.
"""

from __future__ import annotations

from typing import Literal

from briefing.theme import Theme
from briefing.writers.docx.languages import word_language
from briefing.writers.docx.package import pack

from .parts import document_xml, fonts_xml, footnotes_xml, numbering_xml, settings_xml, theme_xml
from .styles import styles_xml

__all__ = ["base_document"]

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMAT = "application/vnd.openxmlformats-officedocument"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: The parts beside the document itself: the kind of relationship, the file, its content type.
_PARTS = (
    ("styles", "styles.xml", "wordprocessingml.styles"),
    ("settings", "settings.xml", "wordprocessingml.settings"),
    ("numbering", "numbering.xml", "wordprocessingml.numbering"),
    ("fontTable", "fontTable.xml", "wordprocessingml.fontTable"),
    ("footnotes", "footnotes.xml", "wordprocessingml.footnotes"),
    ("theme", "theme/theme1.xml", "theme"),
)


def base_document(
    theme: Theme, *, paper: Literal["A4", "Letter"], language: str, direction: Literal["ltr", "rtl"]
) -> bytes:
    """An empty document in the theme's looks, as the bytes of a .docx file."""
    rtl = direction == "rtl"
    word = word_language(language)
    overrides = "".join(
        f'<Override PartName="/word/{file}" ContentType="{_FORMAT}.{kind}+xml"/>' for _, file, kind in _PARTS
    )
    types = (
        f'{XML}<Types xmlns="{_TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
        f' ContentType="{_FORMAT}.wordprocessingml.document.main+xml"/>{overrides}</Types>'
    )
    top = f'<Relationship Id="rId1" Type="{_KINDS}/officeDocument" Target="word/document.xml"/>'
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_KINDS}/{kind}" Target="{file}"/>'
        for number, (kind, file, _) in enumerate(_PARTS, 1)
    )
    return pack(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'{XML}<Relationships xmlns="{_RELATIONS}">{top}</Relationships>',
            "word/document.xml": document_xml(theme, paper, rtl=rtl),
            "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>',
            "word/styles.xml": styles_xml(theme, word, rtl=rtl),
            "word/settings.xml": settings_xml(word, rtl=rtl, mirrored=theme.measures.outer is not None),
            "word/numbering.xml": numbering_xml(theme),
            "word/fontTable.xml": fonts_xml(theme),
            "word/footnotes.xml": footnotes_xml(),
            "word/theme/theme1.xml": theme_xml(theme),
        },
        close=False,
    )
