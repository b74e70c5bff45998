"""Corporate fonts for the tests: static fonts of Source Sans under another name, as TTF and as OTF."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pdfplumber
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pdfminer.pdftypes import resolve1

from briefing.theme.load import load_theme

CUTS = {
    "Regular": (400, False),
    "Italic": (400, True),
    "Bold": (700, False),
    "BoldItalic": (700, True),
}
LETTERS = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x400, 0x460), *range(0x2010, 0x2027), 0x20AC, 0x2212}


def static_font(weight: int, *, italic: bool, face: str = "sans") -> bytes:
    """A static TrueType font made from a shipped variable font."""
    source = uharfbuzz.Face(load_theme("standard").faces[face].file(italic=italic).read_bytes())
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(LETTERS)
    for axis in source.axis_infos:
        value = weight if axis.tag == "wght" else axis.default_value
        wanted.pin_axis_location(source, axis.tag, min(max(value, axis.min_value), axis.max_value))
    return bytes(wanted.subset(source).blob.data)


def postscript_font(weight: int, *, italic: bool) -> bytes:
    """The same as an OpenType font with CFF outlines."""
    source = TTFont(BytesIO(static_font(weight, italic=italic)))
    glyphs, order = source.getGlyphSet(), source.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(pen)
        drawn[name] = pen.getCharString()
    made = FontBuilder(source["head"].unitsPerEm, isTTF=False)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(source.getBestCmap())
    made.setupCFF("MinistrySans", {"FullName": "Ministry Sans"}, drawn, {})
    made.setupHorizontalMetrics({name: (glyphs[name].width, 0) for name in order})
    made.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    made.setupNameTable({"familyName": "Ministry Sans", "styleName": "Regular"})
    made.setupOS2(usWeightClass=weight, fsType=0)
    made.setupPost()
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_licence(font: bytes, bits: int) -> bytes:
    """The font with other embedding permissions (fsType)."""
    changed = TTFont(BytesIO(font))
    changed["OS/2"].fsType = bits
    out = BytesIO()
    changed.save(out)
    return out.getvalue()


def embedded(pdf: bytes) -> dict[str, str]:
    """The fonts of a PDF by their names, without the prefix of a subset, with the kind of the embedded file."""
    found = {}
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            for reference in resolve1(page.page_obj.resources["Font"]).values():
                font = resolve1(resolve1(resolve1(reference)["DescendantFonts"])[0])
                files = [key for key in resolve1(font["FontDescriptor"]) if key.startswith("FontFile")]
                found[font["BaseFont"].name.partition("+")[2].rstrip(",")] = "".join(files) or "none"
    return found


def lay_fonts(folder: Path, *, postscript: bool = False, face: str = "sans") -> None:
    """Write a family of four fonts into a theme's fonts folder: MinistrySans-Regular.ttf and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for cut, (weight, italic) in CUTS.items():
        if postscript:
            (folder / f"MinistrySans-{cut}.otf").write_bytes(postscript_font(weight, italic=italic))
        else:
            (folder / f"Ministry{face.title()}-{cut}.ttf").write_bytes(static_font(weight, italic=italic, face=face))
