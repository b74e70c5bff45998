"""Drawings in a line of text: pictures and charts in DrawingML, and the VML that Word still uses for its watermark.

Sizes are in EMU (1/36000 mm), those of the watermark in pt.
"""

from __future__ import annotations

from docx.oxml.parser import oxml_parser

from .elements import NAMESPACES, XmlElement, el, name

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def _inline(identity: int, title: str, alt: str, size: tuple[int, int], kind: str, graphic: XmlElement) -> XmlElement:
    """A run with an inline drawing. ``identity`` is unique among drawings, ``kind`` the prefix of its namespace."""
    data = el("a:graphicData", graphic, uri=NAMESPACES[kind])
    body = el(
        "wp:inline",
        el("wp:extent", cx=size[0], cy=size[1]),
        el("wp:docPr", id=identity, name=title, descr=alt),
        el("wp:cNvGraphicFramePr", el("a:graphicFrameLocks", noChangeAspect=1)),
        el("a:graphic", data),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return el("w:r", el("w:drawing", body))


def picture(identity: int, title: str, alt: str, size: tuple[int, int], relation: str, vector: str = "") -> XmlElement:
    """A run with a picture, whose pixels are at ``relation``.

    An SVG, at ``vector``, is referred to beside its PNG; Word 2016 and later show the SVG.
    """
    svg = el("a:ext", el("asvg:svgBlip", r_embed=vector), uri=_SVG_EXTENSION) if vector else None
    blip = el("a:blip", el("a:extLst", svg) if vector else None, r_embed=relation)
    shape = el(
        "pic:spPr",
        el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=size[0], cy=size[1])),
        el("a:prstGeom", el("a:avLst"), prst="rect"),
    )
    graphic = el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", id=identity, name=title, descr=alt), el("pic:cNvPicPr")),
        el("pic:blipFill", blip, el("a:stretch", el("a:fillRect"))),
        shape,
    )
    return _inline(identity, title, alt, size, "pic", graphic)


def chart(identity: int, title: str, alt: str, size: tuple[int, int], relation: str) -> XmlElement:
    """A run with a chart, whose part is at ``relation``."""
    return _inline(identity, title, alt, size, "c", el("c:chart", r_id=relation))


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
