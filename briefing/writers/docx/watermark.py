"""The word across the pages of a draft, as the shape that Word makes (Design, Watermark), so that Word can remove it.

Word recognises its watermark by the shape's name. It treats a shape in a header as decoration, so that screen readers
skip it. The shape is VML, which Word still writes; LibreOffice supports it too.
"""

from __future__ import annotations

from briefing.galley import Galley
from briefing.galley.locale import capitals

from .base.type_style import hexadecimal
from .ooxml.drawing import watermark_shape
from .ooxml.elements import XmlElement

#: The greatest width of the word, and of one of its letters, in pt.
_MAX_WIDTH_PT, _MAX_LETTER_WIDTH_PT = 440.0, 96.0
#: The width of a capital letter divided by its height, in a word that is stretched to a box.
_LETTER_RATIO = 0.66


def watermark_words(galley: Galley) -> str:
    """The text across each page, "DRAFT", if the theme asks for it and the brief is a draft; otherwise empty."""
    if not galley.theme.chosen("watermark") or galley.properties.status != "draft":
        return ""
    return capitals(galley.labels.get("draft", "Draft"), galley.language)


def watermark(words: str, galley: Galley, number: int) -> XmlElement:
    """A run with the watermark, for a paragraph of a header; ``number`` counts the headers of the document from 1."""
    width = min(_MAX_WIDTH_PT, _MAX_LETTER_WIDTH_PT * max(len(words), 1))
    return watermark_shape(
        words,
        face=galley.theme.faces["sans"].word_fallback,
        colour=f"#{hexadecimal(galley.theme, 'rule').lower()}",
        width=width,
        height=width / (max(len(words), 1) * _LETTER_RATIO),
        number=number,
    )
