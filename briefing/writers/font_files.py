"""Font files as bytes: read and write their tables, set their height, and pack them for the web."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

#: The constant for the checksum of a font file, and the checksum's offset in bytes in the table "head" (OpenType 1.9).
_CHECKSUM_MAGIC, _CHECKSUM_OFFSET = 0xB1B0AFBA, 8


def with_height(font: bytes, ascent: float, descent: float) -> bytes:
    """The font with another height above and below its baseline, as shares of its size (both positive).

    A line of text is as high as the highest font in it. A fallback font gets the height of the theme's font, because it
    would otherwise move its lines apart. The glyphs do not change.
    """
    tables = tables_of(font)
    upem = struct.unpack(">H", tables[b"head"][18:20])[0]
    above, below = round(ascent * upem), round(descent * upem)
    hhea, metrics = tables[b"hhea"], tables.get(b"OS/2", b"")
    tables[b"hhea"] = hhea[:4] + struct.pack(">hhh", above, -below, 0) + hhea[10:]
    if len(metrics) >= 78:
        tables[b"OS/2"] = metrics[:68] + struct.pack(">hhhHH", above, -below, 0, above, below) + metrics[78:]
    return font_of(font[:4], tables)


def tables_of(font: bytes) -> dict[bytes, bytes]:
    """The tables of a font file, by tag."""
    count = struct.unpack(">H", font[4:6])[0]
    rows = struct.iter_unpack(">4s4xLL", font[12 : 12 + 16 * count])
    return {tag: font[at : at + length] for tag, at, length in rows}


def font_of(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    """A font file with these tables and their checksums."""
    head = tables[b"head"]
    tables = {**tables, b"head": head[:_CHECKSUM_OFFSET] + bytes(4) + head[_CHECKSUM_OFFSET + 4 :]}
    count = len(tables)
    power = count.bit_length() - 1
    start = version + struct.pack(">HHHH", count, 16 << power, power, 16 * (count - (1 << power)))
    rows, data = b"", b""
    for tag, table in sorted(tables.items()):
        at = len(start) + 16 * count + len(data)
        rows += struct.pack(">4sLLL", tag, _checksum(table), at, len(table))
        data += table + bytes(-len(table) % 4)
    whole = start + rows + data
    at = next(at for tag, at, _ in struct.iter_unpack(">4s4xLL", rows) if tag == b"head") + _CHECKSUM_OFFSET
    return whole[:at] + struct.pack(">L", (_CHECKSUM_MAGIC - _checksum(whole)) % 2**32) + whole[at + 4 :]


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    numbers: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(numbers) % 2**32


@lru_cache(maxsize=64)  # most edits of a text need no new character
def to_woff(font: bytes) -> bytes:
    """Pack a TrueType font as WOFF 1.0 (W3C, 2012): each table compressed with deflate."""
    count = struct.unpack(">H", font[4:6])[0]
    entries = list(struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * count]))
    header_size, records, tables = 44 + 20 * count, b"", b""
    for tag, checksum, offset, length in entries:
        table = font[offset : offset + length]
        packed = zlib.compress(table, 6)
        packed = packed if len(packed) < length else table
        records += struct.pack(">4sLLLL", tag, header_size + len(tables), len(packed), length, checksum)
        tables += packed + bytes(-len(packed) % 4)
    unpacked = 12 + 16 * count + sum((length + 3) // 4 * 4 for *_, length in entries)
    size = header_size + len(tables)
    head = struct.pack(">4s4sLHHLHHLLLLL", b"wOFF", font[:4], size, count, 0, unpacked, 1, 0, 0, 0, 0, 0, 0)
    return head + records + tables
