"""A hollow box in the place of each letter that no font has.

The library would write such a letter as the font's drawing for "no such letter" (.notdef), which neither PDF/A nor
PDF/UA allows (ISO 19005-2, 6.2.11.8; ISO 14289-1, 7.21.8). So the box is a drawing of ours, in a font that a PDF draws
by itself (Type 3, ISO 32000-1, 9.6.5): it takes the colour of the text, stands in a drawing like any letter, and each
letter has a number of its own, so that who copies the words gets the letter.
"""

from __future__ import annotations

from typing import Any

from .vacant import seen

__all__ = ["HollowBoxes"]

#: So many letters share a font; there could be twice as many, but programs take the higher numbers for negative ones.
LETTERS = 128
#: The box in thousandths of the size. It is half a size wide, for readers guess by that how large such a font is; where
#: it is drawn, the pen is made wider or narrower.
WIDTH, HEIGHT = 500, 700
BOX = (
    f"{WIDTH} 0 0 0 {WIDTH} {HEIGHT} d1",
    "45 0 410 700 re",
    "95 50 310 600 re",
    "f*",
)
#: What is drawn for a space between two such letters, which is of the same font.
SPACE = (f"{WIDTH} 0 d0",)
SYMBOLIC = 4


class HollowBoxes:
    """The letters that boxes stand for in one document, in the order in which they are first drawn."""

    #: The name of the first font.
    first = "box0"

    def __init__(self) -> None:
        self.letters: dict[str, int] = {}

    def of(self, letter: str) -> tuple[str, int]:
        """The font of a letter's box, by its name in the file, and the number of the box in it."""
        place = self.letters.setdefault(letter, len(self.letters))
        return f"box{place // LETTERS}", place % LETTERS

    def put_into(self, pdf: Any) -> None:
        """Add the fonts of the boxes, if there are any, to those of a PDF that is about to be written."""
        import pydyf

        letters = list(self.letters)
        if not letters:
            return
        drawn, fonts = pydyf.Dictionary(), _fonts(pdf)
        for name, drawing in (("box", BOX), ("space", SPACE)):
            stream = pydyf.Stream(list(drawing))
            pdf.add_object(stream)
            drawn[name] = stream.reference
        for first in range(0, len(letters), LETTERS):
            name, _ = self.of(letters[first])
            fonts[name] = _font(pdf, name, letters[first : first + LETTERS], drawn).reference


def _fonts(pdf: Any) -> Any:
    """The fonts of a PDF: all its pages share one dictionary."""
    page = pdf.objects[_number(pdf.page_references[0])]
    return pdf.objects[_number(pdf.objects[_number(page["Resources"])]["Font"])]


def _number(reference: Any) -> int:
    return int(bytes(reference).split()[0])


def _font(pdf: Any, name: str, letters: list[str], drawn: Any) -> Any:
    """A font whose numbers all draw the box, and mean these letters."""
    import pydyf

    encoding = [0, *("/box" if seen(letter) else "/space" for letter in letters)]
    box = pydyf.Array([0, 0, WIDTH, HEIGHT])
    told = pydyf.Stream(_told(letters), compress=True)
    described = pydyf.Dictionary(
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
            "CharProcs": drawn,
            "Encoding": pydyf.Dictionary({"Type": "/Encoding", "Differences": pydyf.Array(encoding)}),
            "FirstChar": 0,
            "LastChar": len(letters) - 1,
            "Widths": pydyf.Array([WIDTH] * len(letters)),
        }
    )
    for part in (told, described, font):
        pdf.add_object(part)
    font["ToUnicode"], font["FontDescriptor"] = told.reference, described.reference
    return font


def _told(letters: list[str]) -> list[str]:
    """Which letter each number means (ISO 32000-1, 9.10.3)."""
    rows = [f"<{number:02x}> <{letter.encode('utf-16-be').hex()}>" for number, letter in enumerate(letters)]
    batches = [rows[first : first + 100] for first in range(0, len(rows), 100)]
    return [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <ff>",
        "endcodespacerange",
        *(line for batch in batches for line in (f"{len(batch)} beginbfchar", *batch, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
