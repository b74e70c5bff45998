"""The elements of DrawingML in a line of text: pictures and charts. All sizes are in EMU (1/36000 mm)."""

from __future__ import annotations

from .elements import NAMESPACES, XmlElement, el

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
