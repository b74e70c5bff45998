"""Strip metadata (author, software, device, location, previews) from pictures, which would be published with them.

Pixels and colours do not change.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from briefing.xml_text import escape, quoteattr

#: Chunks of a PNG (W3C PNG, section 11) that are needed to show it: pixels, colours, and print resolution.
_PNG_CHUNKS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs",
})  # fmt: skip
_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_PREFIXES = {_XLINK: "xlink:", _XML: "xml:"}
_METADATA = frozenset({"metadata", "title", "desc"})
_EMBEDDED_PICTURE = re.compile(r"\s*data:image/(png|jpe?g)(?:;charset=[\w-]+)?;base64,(.*)", re.IGNORECASE | re.DOTALL)


def strip_png(data: bytes) -> bytes:
    """A PNG without texts, times, Exif data and bytes after its end."""
    out, offset = bytearray(data[:8]), 8
    while offset + 12 <= len(data):
        end = offset + 12 + int.from_bytes(data[offset : offset + 4], "big")
        kind = data[offset + 4 : offset + 8]
        if kind in _PNG_CHUNKS:
            out += data[offset:end]
        if kind == b"IEND":
            break
        offset = end
    return bytes(out)


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without comments, Exif data, previews and bytes after its end."""
    out = bytearray(b"\xff\xd8")
    for marker, segment in _segments(data):
        if marker == 0xE0:
            if segment[4:9] == b"JFIF\0":
                # The JFIF header without its thumbnail.
                out += b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"
        elif marker == 0xE2:
            out += segment if segment[4:16] == b"ICC_PROFILE\0" else b""
        elif marker == 0xEE or not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            out += segment
    return bytes(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and bytes of each segment after the first marker; a scan includes its image data."""
    offset = 2
    while offset + 2 <= len(data):
        marker = data[offset + 1]
        if data[offset] != 0xFF or marker == 0xFF:
            offset += 1
            continue
        if marker == 0xD9:
            yield marker, data[offset : offset + 2]
            return
        end = offset + 2 if marker == 0x01 else offset + 2 + int.from_bytes(data[offset + 2 : offset + 4], "big")
        if marker == 0xDA:
            scan = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL).search(data, end)
            end = scan.start() if scan else len(data)
        yield marker, data[offset:end]
        offset = end


def strip_svg(data: bytes) -> bytes:
    """An SVG without comments, descriptions, hidden layers, and elements and attributes of drawing programs.

    The data are valid and have no document type; ``svg.measure`` has checked that.
    """
    root = ET.fromstring(data)  # noqa: S314 - svg.measure has refused entities
    elements = list(root.iter())
    texts = [value for element in elements for value in (*element.attrib.values(), element.text or "")]
    referenced = {name for text in texts for found in re.findall(r"#(([\w-]+)[^\s\"')]*)", text) for name in found}
    # With style sheets or animations, a hidden layer may become visible, so none is removed.
    static = not any(_name(element).startswith(("style", "animate", "set")) for element in elements)
    return _to_xml(root, referenced, static=static, top=True).encode()


def _to_xml(element: ET.Element, referenced: set[str], *, static: bool, top: bool = False) -> str:
    """The XML of an element and its visible children; ``top`` adds the namespaces."""
    name = _name(element)
    attributes = [f' xmlns="{_SVG}"'] if top else []
    if top and any(key.startswith(f"{{{_XLINK}}}") for part in element.iter() for key in part.attrib):
        attributes.append(f' xmlns:xlink="{_XLINK}"')
    for key, value in element.attrib.items():
        space, _, local = key[1:].partition("}") if key.startswith("{") else ("", "", key)
        if key == "id" and value not in referenced:
            continue  # drawing programs store names of layers in it
        if (not space or space in _PREFIXES) and not local.startswith(("data-", "aria-")):
            stripped = _without_metadata(value) if local == "href" else value
            attributes.append(f" {_PREFIXES.get(space, '')}{local}={quoteattr(stripped)}")
    inside = escape(element.text or "")
    for child in element:
        if _is_kept(child, referenced, static=static):
            inside += _to_xml(child, referenced, static=static)
        inside += escape(child.tail or "")
    return f"<{name}{''.join(attributes)}" + (f">{inside}</{name}>" if inside else "/>")


def _is_kept(element: ET.Element, referenced: set[str], *, static: bool) -> bool:
    if not element.tag.startswith(f"{{{_SVG}}}") or _name(element) in _METADATA:
        return False
    is_hidden = element.get("display", "").strip() == "none" or re.search(
        r"(?:^|;)\s*display\s*:\s*none\b", element.get("style", "")
    )
    return not (is_hidden and static) or any(part.get("id", "") in referenced for part in element.iter())


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _without_metadata(address: str) -> str:
    """The address of an embedded picture without its metadata; any other address unchanged."""
    match = _EMBEDDED_PICTURE.fullmatch(address)
    if match is None:
        return address
    try:
        data = base64.b64decode("".join(match[2].split()), validate=True)
    except ValueError:
        return address
    kind = match[1].lower()
    if kind == "png" and data.startswith(b"\x89PNG"):
        data = strip_png(data)
    elif kind != "png" and data.startswith(b"\xff\xd8"):
        data = strip_jpeg(data)
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
