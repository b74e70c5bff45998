"""The word across the page of a draft: the shape that Word makes (Design, Watermark), so that Word can remove it.

Word finds its own watermark by the shape's name, and takes what stands in a header for decoration: a screen reader
passes it over. It is VML, as Word still writes it; LibreOffice knows that shape too.
"""

from __future__ import annotations

from lxml import etree

from briefing.galley import Galley

from .base.look import hexadecimal
from .ooxml import XmlElement, el, name

__all__ = ["watermark", "watermark_words"]

_V = "urn:schemas-microsoft-com:vml"
_O = "urn:schemas-microsoft-com:office:office"
_W10 = "urn:schemas-microsoft-com:office:word"
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
    height = width / (max(len(words), 1) * _SLIM)
    path = _shape(_V, "path", textpathok="t")
    path.set(f"{{{_O}}}connecttype", "rect")
    kind = _shape(
        _V,
        "shapetype",
        path,
        _shape(_V, "textpath", on="t", fitshape="t"),
        id="_x0000_t136",
        coordsize="21600,21600",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )
    kind.set(f"{{{_O}}}spt", "136")
    face = galley.theme.faces["sans"].word_fallback
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    shape = _shape(
        _V,
        "shape",
        _shape(_V, "fill", opacity=".25"),
        _shape(_V, "textpath", style=f'font-family:"{face}";font-size:1pt;font-weight:bold', string=words),
        _shape(_W10, "wrap", anchorx="page", anchory="page"),
        id=f"PowerPlusWaterMarkObject{number}",
        type="#_x0000_t136",
        style=place,
        fillcolor=f"#{hexadecimal(galley.theme, 'rule').lower()}",
        stroked="f",
    )
    shape.set(f"{{{_O}}}spid", f"_x0000_s{2048 + number}")
    shape.set(f"{{{_O}}}allowincell", "f")
    picture = etree.Element(name("w:pict"), nsmap={"v": _V, "o": _O, "w10": _W10})
    picture.extend([kind, shape])
    return el("w:r", el("w:rPr", el("w:noProof")), picture)


def _shape(space: str, tag: str, *children: XmlElement, **attributes: str) -> XmlElement:
    element = etree.Element(f"{{{space}}}{tag}", attributes, nsmap={"v": _V, "o": _O, "w10": _W10})
    element.extend(children)
    return element
