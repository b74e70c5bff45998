"""Pictures without what nobody sees: who made them, with what, where, what was there before. It would leave the house.

The picture itself is not touched: its points, colours and way up are those of the file.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from briefing.xml_text import escape, quoteattr

__all__ = ["bare_drawing", "bare_jpeg", "bare_png"]

#: Parts of a PNG (W3C PNG, section 11) that are needed to show it: its points, colours, and size in print.
_PNG_PARTS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs",
})  # fmt: skip
_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_PREFIXES = {_XLINK: "xlink:", _XML: "xml:"}
_SILENT = frozenset({"metadata", "title", "desc"})
_INNER = re.compile(r"\s*data:image/(png|jpe?g);base64,(.*)", re.IGNORECASE | re.DOTALL)


def bare_png(data: bytes) -> bytes:
    """A PNG without texts, times, camera data and whatever follows its end."""
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind in _PNG_PARTS:
            out += data[at:end]
        if kind == b"IEND":
            break
        at = end
    return bytes(out)


def bare_jpeg(data: bytes, orientation: int = 1) -> bytes:
    """A JPEG without comments, camera data, previews and whatever follows its end.

    ``orientation`` is the way up that the camera noted (Exif 2.3, tag 0x0112), which is kept.
    """
    out = bytearray(b"\xff\xd8")
    for marker, segment in _segments(data):
        if marker == 0xE0:
            if segment[4:9] == b"JFIF\0":
                # The header without its small preview.
                out += b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"
        elif marker == 0xE2:
            out += segment if segment[4:16] == b"ICC_PROFILE\0" else b""
        elif marker == 0xEE or not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            out += segment
        if marker == 0xE0 and orientation in range(2, 9):
            out += _way_up(orientation)
            orientation = 1
    if orientation in range(2, 9):
        out[2:2] = _way_up(orientation)
    return bytes(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and the bytes of each segment after the start; that of a scan has its points in it."""
    at = 2
    while at + 2 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield marker, data[at : at + 2]
            return
        end = at + 2 if marker == 0x01 else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            scan = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL).search(data, end)
            end = scan.start() if scan else len(data)
        yield marker, data[at:end]
        at = end


def _way_up(orientation: int) -> bytes:
    """Camera data that say which way is up, and nothing else."""
    content = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content


def bare_drawing(data: bytes) -> bytes:
    """An SVG without comments, descriptions, layers that are switched off, and the notes of the drawing program.

    The data have been read once, and hold no document type.
    """
    root = ET.fromstring(data)  # noqa: S314 - entities have been refused
    elements = list(root.iter())
    words = [value for element in elements for value in (*element.attrib.values(), element.text or "")]
    named = {name for text in words for name in re.findall(r"#([^\s\"')]+)", text)}
    # Where a style or a movement may switch a layer on, none is taken out.
    still = not any(_name(element).startswith(("style", "animate", "set")) for element in elements)
    return _written(root, named, still=still, top=True).encode()


def _written(element: ET.Element, named: set[str], *, still: bool, top: bool = False) -> str:
    name = _name(element)
    attributes = [f' xmlns="{_SVG}"'] if top else []
    if top and any(key.startswith(f"{{{_XLINK}}}") for part in element.iter() for key in part.attrib):
        attributes.append(f' xmlns:xlink="{_XLINK}"')
    for key, value in element.attrib.items():
        space, _, local = key[1:].partition("}") if key.startswith("{") else ("", "", key)
        if key == "id" and value not in named:
            continue  # drawing programs name layers by it
        if (not space or space in _PREFIXES) and not local.startswith(("data-", "aria-")):
            kept = _inner(value) if local == "href" else value
            attributes.append(f" {_PREFIXES.get(space, '')}{local}={quoteattr(kept)}")
    inside = escape(element.text or "")
    for child in element:
        if _is_seen(child, named, still=still):
            inside += _written(child, named, still=still)
        inside += escape(child.tail or "")
    return f"<{name}{''.join(attributes)}" + (f">{inside}</{name}>" if inside else "/>")


def _is_seen(element: ET.Element, named: set[str], *, still: bool) -> bool:
    if not element.tag.startswith(f"{{{_SVG}}}") or _name(element) in _SILENT:
        return False
    off = element.get("display", "").strip() == "none" or re.search(
        r"(?:^|;)\s*display\s*:\s*none\b", element.get("style", "")
    )
    return not (off and still) or any(part.get("id", "") in named for part in element.iter())


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _inner(address: str) -> str:
    """A picture inside the drawing, bare as well; any other address as it is."""
    match = _INNER.fullmatch(address)
    if match is None:
        return address
    try:
        data = base64.b64decode("".join(match[2].split()), validate=True)
    except ValueError:
        return address
    kind = match[1].lower()
    if kind == "png" and data.startswith(b"\x89PNG"):
        data = bare_png(data)
    elif kind != "png" and data.startswith(b"\xff\xd8"):
        data = bare_jpeg(data)
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
