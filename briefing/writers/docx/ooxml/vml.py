"""The shape of Word's own watermark (Design, Watermark), in VML, which Word still uses for it."""

from __future__ import annotations

from docx.oxml.parser import oxml_parser

from .elements import NAMESPACES, XmlElement, el, name


def watermark_shape(words: str, *, face: str, colour: str, width: float, height: float, number: int) -> XmlElement:
    """A run with words across the page, in a box of ``width`` and ``height`` in pt; ``colour`` as ``#d0d0d0``.

    ``number`` is unique in the document. Word recognises the shape by its name, and can remove it.
    """
    kind = el(
        "v:shapetype",
        el("v:path", textpathok="t", o_connecttype="rect"),
        el("v:textpath", on="t", fitshape="t"),
        id="_x0000_t136",
        coordsize="21600,21600",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
        o_spt=136,
    )
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    shape = el(
        "v:shape",
        el("v:fill", opacity=".25"),
        el("v:textpath", style=f'font-family:"{face}";font-size:1pt;font-weight:bold', string=words),
        el("w10:wrap", anchorx="page", anchory="page"),
        id=f"PowerPlusWaterMarkObject{number}",
        type="#_x0000_t136",
        style=place,
        fillcolor=colour,
        stroked="f",
        o_spid=f"_x0000_s{2048 + number}",
        o_allowincell="f",
    )
    # The prefixes that Word expects are declared above the shapes, whose attributes are of two vocabularies.
    picture = oxml_parser.makeelement(name("w:pict"), nsmap={key: NAMESPACES[key] for key in ("v", "o", "w10")})
    picture.extend([kind, shape])
    return el("w:r", el("w:rPr", el("w:noProof")), picture)
