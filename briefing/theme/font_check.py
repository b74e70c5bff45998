"""Check a font file before it is used: whether it can be embedded, and whether its licence allows that."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

#: The first bytes of a TrueType font (two spellings) and of an OpenType font with PostScript outlines.
_FONTS = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_OTHERS = {
    b"wOFF": ("is a web font (WOFF), which no page on paper can hold", "ask its maker for the TTF or OTF"),
    b"wOF2": ("is a web font (WOFF2), which no page on paper can hold", "ask its maker for the TTF or OTF"),
    b"ttcf": ("holds several fonts in one", "save the font that is meant as a TTF or OTF file of its own"),
    b"%!PS": ("is a font of the old Type 1 kind", "ask its maker for the TTF or OTF"),
    b"\x80\x01": ("is a font of the old Type 1 kind", "ask its maker for the TTF or OTF"),
}
_NO_FONT = "give the file of a TrueType or OpenType font: its name ends in .ttf or .otf"
_NEEDED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp"}
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}

#: Bits of fsType (OpenType 1.9, table OS/2). If several kinds of licence are set, the least restrictive applies.
_RESTRICTED, _PRINT, _EDIT, _WHOLE, _BITMAPS = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200


@dataclass(frozen=True, slots=True)
class FontProblem:
    """A problem of a font file: the message after its name, and what to do; a warning if the font can be used."""

    words: str
    advice: str
    warning: bool = False


def font_problem(path: Path) -> FontProblem | None:
    """The problem of a font file, which must not be embedded or needs a warning; None if there is none."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            known = next((words for magic, words in _OTHERS.items() if head.startswith(magic)), None)
            if known is not None:
                return FontProblem(*known)
            if len(head) < 12 or head[:4] not in _FONTS:
                return FontProblem("is no font", _NO_FONT)
            count = struct.unpack(">H", head[4:6])[0]
            rows = file.read(16 * count)
            size = path.stat().st_size
            entries = struct.iter_unpack(">4s4xLL", rows[: len(rows) // 16 * 16])
            tables = {tag: (at, length) for tag, at, length in entries}
            complete = len(tables) == count and all(at + length <= size for at, length in tables.values())
            if not complete or not tables.keys() >= _NEEDED:
                return FontProblem("is a broken font: a part of it is missing", "copy the file again")
            if not tables.keys() & _OUTLINES:
                return FontProblem("is a font of pictures, without outlines", "use another cut of it, or another font")
            if b"OS/2" not in tables or tables[b"OS/2"][1] < 10:
                return None
            file.seek(tables[b"OS/2"][0] + 8)
            return _licence(struct.unpack(">H", file.read(2))[0])
    except OSError as error:
        return FontProblem(f"cannot be read: {error.strerror}", "see who may read it, and whether a program holds it")


def _licence(bits: int) -> FontProblem | None:
    if bits & _RESTRICTED and not bits & (_PRINT | _EDIT):
        return FontProblem(
            "says that its licence forbids embedding (fsType 2)",
            "ask its maker for a cut or a licence that allows it, or choose another font",
        )
    if bits & _BITMAPS:
        return FontProblem(
            "says that its licence allows no outlines to be embedded (fsType 512)",
            "ask its maker for a cut or a licence that allows it, or choose another font",
        )
    if bits & _WHOLE:
        return FontProblem(
            "says that it may be embedded only as a whole (fsType 256); the program embeds the letters that are used",
            "ask its maker whether the licence allows that",
            warning=True,
        )
    return None
