"""The zip file around a Word document: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["pack", "repack"]

#: The earliest day a zip file can name. No clock is read.
_DAY = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def pack(parts: Mapping[str, str | bytes], *, close: bool = True) -> bytes:
    """A zip file of the parts in a fixed order, without a date, an owner or a trace of the system it was made on.

    What is opened again at once need not be packed ``close``.
    """
    order = sorted(parts, key=lambda part: (_FIRST.index(part) if part in _FIRST else len(_FIRST), part))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for part in order:
            entry = zipfile.ZipInfo(part, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED if close else zipfile.ZIP_STORED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, parts[part])
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """The same document in our own zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack({part: archive.read(part) for part in archive.namelist()})
