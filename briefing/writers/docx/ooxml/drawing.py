"""The elements of DrawingML in a line of text: pictures and charts. All sizes are in EMU (1/36000 mm)."""

from __future__ import annotations

from dataclasses import dataclass

from .elements import NAMESPACES, XmlElement, el

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


@dataclass(frozen=True, slots=True)
class PictureForm:
    """A picture in the text: its number, name, alternative text and size.

    ``relation`` and ``vector`` are the document part's relationships to its data: pixels, and SVG.
    """

    identity: int
    name: str
    alt: str
    width: int
    height: int
    relation: str
    vector: str = ""


def _inline(identity: int, title: str, alt: str, size: tuple[int, int], kind: str, graphic: XmlElement) -> XmlElement:
    """A run with an inline drawing. ``kind`` is the prefix of the graphic's namespace."""
    width, height = size
    data = el("a:graphicData", graphic, uri=NAMESPACES[kind])
    body = el(
        "wp:inline",
        el("wp:extent", cx=width, cy=height),
        el("wp:docPr", id=identity, name=title, descr=alt),
        el("wp:cNvGraphicFramePr", el("a:graphicFrameLocks", noChangeAspect=1)),
        el("a:graphic", data),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return el("w:r", el("w:drawing", body))


def picture(form: PictureForm) -> XmlElement:
    """A run with a picture; an SVG is referred to beside its PNG, and Word 2016 and later show the SVG."""
    blip = el("a:blip", r_embed=form.relation)
    if form.vector:
        vector = el("asvg:svgBlip", r_embed=form.vector)
        blip.append(el("a:extLst", el("a:ext", vector, uri=_SVG_EXTENSION)))
    shape = el(
        "pic:spPr",
        el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=form.width, cy=form.height)),
        el("a:prstGeom", el("a:avLst"), prst="rect"),
    )
    graphic = el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", id=form.identity, name=form.name, descr=form.alt), el("pic:cNvPicPr")),
        el("pic:blipFill", blip, el("a:stretch", el("a:fillRect"))),
        shape,
    )
    return _inline(form.identity, form.name, form.alt, (form.width, form.height), "pic", graphic)


def chart(identity: int, title: str, alt: str, size: tuple[int, int], relation: str) -> XmlElement:
    """A run with a chart, whose part is at ``relation``."""
    return _inline(identity, title, alt, size, "c", el("c:chart", r_id=relation))
