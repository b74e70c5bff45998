"""The word across the page of a draft: the shape that Word makes (Design, Watermark), so that Word can remove it.

Word finds its own watermark by the shape's name, and takes what stands in a header for decoration: a screen reader
passes it over. It is VML, as Word still writes it; LibreOffice knows that shape too.
"""

from __future__ import annotations

from briefing.galley import Galley

from .base.look import hexadecimal
from .ooxml.elements import XmlElement
from .ooxml.vml import watermark_shape

__all__ = ["watermark", "watermark_words"]

#: The word's longest side in pt, and the most that one of its letters takes of it.
_LONGEST, _LETTER = 440.0, 96.0
#: Width to height of a capital letter in a word that is stretched to a box.
_SLIM = 0.66


def watermark_words(galley: Galley) -> str:
    """What stands across each page: "DRAFT", when the theme asks for it and the brief is a draft; else nothing."""
    if not galley.theme.chosen("watermark") or not galley.running.draft:
        return ""
    return galley.labels.get("draft", "Draft").upper()


def watermark(words: str, galley: Galley, number: int) -> XmlElement:
    """A run with the watermark, for a paragraph of a header; ``number`` counts the headers of the document from 1."""
    width = min(_LONGEST, _LETTER * max(len(words), 1))
    return watermark_shape(
        words,
        face=galley.theme.faces["sans"].word_fallback,
        colour=f"#{hexadecimal(galley.theme, 'rule').lower()}",
        width=width,
        height=width / (max(len(words), 1) * _SLIM),
        number=number,
    )
