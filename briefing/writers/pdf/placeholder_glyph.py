"""A hollow box in the place of each character that has no glyph.

WeasyPrint would write the font's .notdef glyph, which neither PDF/A nor PDF/UA allows (ISO 19005-2, 6.2.11.8; ISO
14289-1, 7.21.8). The box is a glyph of a Type 3 font (ISO 32000-1, 9.6.5) instead. It takes the colour of the text, and
works in drawings like any character. Each character has its own code, so that copied text contains it.
"""

from __future__ import annotations

from typing import Any

from .missing_glyphs import is_visible
from .objects import add, resolve

#: Characters per font. 256 codes are possible, but some programs read those above 127 as negative numbers.
LETTERS_PER_FONT = 128
#: The box in thousandths of the font size. It is half an em wide, because readers guess the size of a Type 3 font from
#: its widths; where it is drawn, it is scaled to the width that the layout has reserved.
WIDTH, HEIGHT = 500, 700
BOX = f"{WIDTH} 0 0 0 {WIDTH} {HEIGHT} d1\n45 0 410 700 re\n95 50 310 600 re\nf*"
#: The glyph of a space between two such characters, which has the same font.
SPACE = f"{WIDTH} 0 d0"
#: The glyph of marks of direction, which draws nothing, in an area of the size of the box.
MARK = f"{WIDTH} 0 0 0 {WIDTH} {HEIGHT} d1"
#: A mark from left to right, and the character that separates several of them.
LEFT_TO_RIGHT, SEPARATOR = "\u200e", "\u202c"
SYMBOLIC = 4


class PlaceholderGlyphs:
    """The characters of one document that are drawn as boxes, in the order of their first use."""

    #: The resource name of the first font.
    first = "box0"

    def __init__(self) -> None:
        self.letters: dict[str, int] = {}

    def of(self, letter: str) -> tuple[str, int]:
        """The font resource of a character's box, and the code of the box in that font."""
        place = self.letters.setdefault(letter, len(self.letters))
        return f"box{place // LETTERS_PER_FONT}", place % LETTERS_PER_FONT

    def marks(self, count: int) -> tuple[str, int]:
        """The font resource and the code of an invisible glyph that is read as so many marks from left to right."""
        return self.of(SEPARATOR.join([LEFT_TO_RIGHT] * count))

    def add_fonts(self, pdf: Any) -> None:
        """Add the fonts of the boxes, if there are any, to a PDF that is about to be written."""
        import pydyf

        letters = list(self.letters)
        if not letters:
            return
        drawings = {"box": BOX, "space": SPACE, "mark": MARK}
        glyphs = pydyf.Dictionary({name: add(pdf, pydyf.Stream([drawing])) for name, drawing in drawings.items()})
        # All pages share one dictionary of resources.
        fonts = resolve(pdf, resolve(pdf, resolve(pdf, pdf.page_references[0])["Resources"])["Font"])
        for first in range(0, len(letters), LETTERS_PER_FONT):
            name, _ = self.of(letters[first])
            fonts[name] = _font(pdf, name, letters[first : first + LETTERS_PER_FONT], glyphs)


def _font(pdf: Any, name: str, letters: list[str], glyphs: Any) -> Any:
    """Add a Type 3 font in which each code draws the box, or a space, and stands for one of these characters."""
    import pydyf

    encoding = [0, *map(_glyph_name, letters)]
    box = pydyf.Array([0, 0, WIDTH, HEIGHT])
    to_unicode = add(pdf, pydyf.Stream(_to_unicode(letters), compress=True))
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{name}",
            "Flags": SYMBOLIC,
            "FontBBox": box,
            "ItalicAngle": 0,
            "Ascent": HEIGHT,
            "Descent": 0,
            "CapHeight": HEIGHT,
            "StemV": 90,
        }
    )
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type3",
            "Name": f"/{name}",
            "FontBBox": box,
            "FontMatrix": pydyf.Array([0.001, 0, 0, 0.001, 0, 0]),
            "Resources": pydyf.Dictionary(),
            "CharProcs": glyphs,
            "Encoding": pydyf.Dictionary({"Type": "/Encoding", "Differences": pydyf.Array(encoding)}),
            "FirstChar": 0,
            "LastChar": len(letters) - 1,
            "Widths": pydyf.Array([WIDTH] * len(letters)),
            "ToUnicode": to_unicode,
            "FontDescriptor": add(pdf, descriptor),
        }
    )
    return add(pdf, font)


def _glyph_name(letter: str) -> str:
    if not letter.strip(LEFT_TO_RIGHT + SEPARATOR):
        return "/mark"
    return "/box" if is_visible(letter) else "/space"


def _to_unicode(letters: list[str]) -> list[str]:
    """A ToUnicode CMap from codes to characters (ISO 32000-1, 9.10.3)."""
    rows = [f"<{number:02x}> <{letter.encode('utf-16-be').hex()}>" for number, letter in enumerate(letters)]
    batches = [rows[first : first + 100] for first in range(0, len(rows), 100)]
    return [
        *("/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"),
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        *("/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def"),
        *("1 begincodespacerange", "<00> <ff>", "endcodespacerange"),
        *(line for batch in batches for line in (f"{len(batch)} beginbfchar", *batch, "endbfchar")),
        *("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"),
    ]
