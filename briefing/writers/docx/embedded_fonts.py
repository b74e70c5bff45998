"""Embed the theme's fonts in the Word file, if the theme has ``embed_fonts: "yes"`` and their licence allows it.

Word has four cuts of a family. From a variable font, each is an instance with its own names and with all characters,
because a later editor may use characters that the brief does not have. The standard requires obfuscation (ISO/IEC
29500-1, 17.8.1): the first 32 bytes are XORed with the key in the font table.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.diagnostics import Diagnostic, Severity
from briefing.theme import Face, Theme
from briefing.theme.css import text_size
from briefing.writers.font_files import font_of, tables_of

from .ooxml.elements import el, name
from .ooxml.parts import new_part, xml_part

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
#: Word's four cuts: XML element, name of the cut, weight, whether it is italic.
_CUTS = (
    ("w:embedRegular", "Regular", 400, False),
    ("w:embedBold", "Bold", 700, False),
    ("w:embedItalic", "Italic", 400, True),
    ("w:embedBoldItalic", "Bold Italic", 700, True),
)
#: The permissions (OpenType, OS/2 fsType) that allow embedding: installable, and editable documents.
_EMBEDDABLE = (0x0000, 0x0008)
#: Bits of OS/2 fsSelection: italic, bold, regular.
_ITALIC, _BOLD, _REGULAR = 0x01, 0x20, 0x40
#: The ids of names that are kept from the font itself: copyright, trademark and licence.
_KEPT_NAMES = (0, 7, 13, 14)


def embed_fonts(document: Document, theme: Theme) -> tuple[Diagnostic, ...]:
    """Put the cuts of each face into the document. Returns a warning for each face that may not be embedded."""
    if not theme.chosen("embed_fonts"):
        return ()
    part = xml_part(document, RT.FONT_TABLE)
    entries = {font.get(name("w:name")): font for font in part.element}
    diagnostics: list[Diagnostic] = []
    count = 0
    for face in dict.fromkeys(theme.faces.values()):
        entry = entries.get(face.family)
        fonts = [_cut(face, label, weight, text_size(theme), italic=italic) for _, label, weight, italic in _CUTS]
        if entry is None or not all(map(_may_be_embedded, fonts)):
            message = (
                f"the font '{face.family}' is not put into the Word file: "
                "it does not say that it may be, or is no TrueType"
            )
            help_ = "ask for a licence that allows embedding for editing"
            diagnostics.append(Diagnostic("font-not-embedded", message, Severity.WARNING, help=help_))
            continue
        for (tag, label, _, _), font in zip(_CUTS, fonts, strict=True):
            count += 1
            key = str(uuid5(NAMESPACE_URL, f"{face.family} {label}")).upper()
            embedded = new_part(part.package, f"word/fonts/font{count}.odttf", _FONT, _obfuscate(font, key))
            entry.append(el(tag, r_id=part.relate_to(embedded, RT.FONT), fontKey=f"{{{key}}}"))
    zoom = document.settings.element.find(name("w:zoom"))
    if count and zoom is not None:
        zoom.addnext(el("w:embedTrueTypeFonts"))
    return tuple(diagnostics)


def _may_be_embedded(font: bytes) -> bool:
    """Whether the font itself allows it, and has TrueType outlines, the only ones that Word embeds."""
    tables = tables_of(font)
    metrics = tables.get(b"OS/2", b"")
    return b"glyf" in tables and len(metrics) >= 10 and struct.unpack(">H", metrics[8:10])[0] in _EMBEDDABLE


def _obfuscate(font: bytes, key: str) -> bytes:
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(byte ^ other for byte, other in zip(font[:32], mask, strict=True)) + font[32:]


def _cut(face: Face, label: str, weight: int, size: float, *, italic: bool) -> bytes:
    """One cut of a face: of a variable font the instance at a weight and a size in pt, or else the file unchanged."""
    import uharfbuzz

    path = face.file(weight, italic=italic)
    source: Any = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    if not source.axis_infos:
        return path.read_bytes()
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    wanted.drop_table_tag_set.update([int.from_bytes(tag, "big") for tag in (b"STAT", b"DSIG")])
    # As in CSS, one unit of the optical size axis is one px: 4/3 of the size in pt.
    values = {"wght": float(weight), "opsz": size * 4 / 3}
    for axis in source.axis_infos:
        value = values.get(axis.tag, axis.default_value)
        wanted.pin_axis_location(source, axis.tag, min(max(value, axis.min_value), axis.max_value))
    instance: bytes = wanted.subset(source).blob.data
    return _with_names(instance, face.family, label, weight, italic=italic)


def _with_names(font: bytes, family: str, label: str, weight: int, *, italic: bool) -> bytes:
    """The font with the names and flags by which Word distinguishes the four cuts of a family."""
    tables = tables_of(font)
    bold = weight >= 700
    head = bytearray(tables[b"head"])
    head[44:46] = struct.pack(">H", bold | italic << 1)
    metrics = bytearray(tables[b"OS/2"])
    metrics[4:6] = struct.pack(">H", weight)
    chosen = struct.unpack(">H", metrics[62:64])[0] & ~(_ITALIC | _BOLD | _REGULAR)
    chosen |= _ITALIC * italic | _BOLD * bold | _REGULAR * (not bold and not italic)
    metrics[62:64] = struct.pack(">H", chosen)
    tables |= {b"head": bytes(head), b"OS/2": bytes(metrics), b"name": _names(tables[b"name"], family, label)}
    return font_of(font[:4], tables)


def _names(table: bytes, family: str, label: str) -> bytes:
    """A name table in English for Windows (platform 3, encoding 1, language 0x409)."""
    count, start = struct.unpack(">HH", table[2:6])
    names = {}
    for record in range(count):
        platform, encoding, language, key, length, at = struct.unpack(">6H", table[6 + 12 * record : 18 + 12 * record])
        if (platform, encoding, language) == (3, 1, 0x409) and key in _KEPT_NAMES:
            names[key] = table[start + at : start + at + length]
    whole = f"{family} {label}"
    plain = f"{family.replace(' ', '')}-{label.replace(' ', '')}"
    own = {1: family, 2: label, 3: f"{whole}, embedded", 4: whole, 5: "Version 1.0", 6: plain}
    names |= {key: text.encode("utf-16-be") for key, text in own.items()}
    records, kept = b"", b""
    for key, text in sorted(names.items()):
        records += struct.pack(">6H", 3, 1, 0x409, key, len(text), len(kept))
        kept += text
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + kept
