"""Open the zip archive of an Excel or OpenDocument workbook, and parse its XML within limits.

The file is untrusted. Limits hold for its size and for that of its parts. A document type is refused, because entities
could expand without limit or name files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from .files import FileRefused

if TYPE_CHECKING:
    from lxml import etree

    Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for the type

#: Limits: bytes of one unpacked part, and the number of parts.
MAX_PART, MAX_PARTS = 16_000_000, 2_000
#: The largest table, in cells.
MAX_CELLS = 50_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx or .ods"


class Archive:
    """The parts of a workbook, by name."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        if data.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise self.locked()
            raise self.refused("is an Excel file of the old kind (.xls)", "save it as .xlsx")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise self.refused("is not a workbook, or is damaged", _SAVE_AGAIN) from None
        self.names = frozenset(self._zip.namelist())
        if len(self.names) > MAX_PARTS:
            raise self.refused("has far more parts than a workbook", _SAVE_AGAIN)

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises FileRefused."""
        if part not in self.names:
            raise self.refused(f"is not a whole workbook: it has no '{part[:80]}'", _SAVE_AGAIN)
        entry = self._zip.getinfo(part)
        if entry.flag_bits & 1:
            raise self.locked()
        if entry.file_size > MAX_PART:
            advice = "put the table that the brief shows into a workbook of its own"
            raise self.refused(f"is too large: one of its sheets has more than {MAX_PART // 10**6} MB", advice)
        try:
            return self._zip.read(entry)  # never more than file_size
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
            raise self.refused("is damaged", _SAVE_AGAIN) from None

    def parse(self, part: str) -> Element:
        """The root of a small part. Raises FileRefused."""
        return self.walk(part, (), lambda _: None)

    def walk(self, part: str, tags: tuple[str, ...], each: Callable[[Element], None]) -> Element:
        """The root of a part, after a call for each element with one of the local names; it is emptied after that."""
        from lxml import etree

        data = self.read(part)
        if b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self.refused(f"has a part that no spreadsheet program writes ('{part[:80]}')", _SAVE_AGAIN)
        names = [f"{{*}}{tag}" for tag in tags]
        parser = etree.iterparse(
            io.BytesIO(data), tag=names or None, resolve_entities=False, no_network=True, remove_comments=True
        )
        try:
            for _, element in parser:
                if tags:
                    each(element)
                    element.clear(keep_tail=True)
        except etree.XMLSyntaxError:
            raise self.refused(f"is damaged: its part '{part[:80]}' cannot be read", _SAVE_AGAIN) from None
        root: Element = parser.root
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.refused(f"has a part that no spreadsheet program writes ('{part[:80]}')", _SAVE_AGAIN)
        return root

    def check_count(self, cells: int) -> None:
        """Raise FileRefused for more cells than a table of a brief may have."""
        if cells > MAX_CELLS:
            advice = "name the cells that the brief shows, as range: B2:E9"
            raise self.refused(f"has more than {MAX_CELLS:,} cells in the table", advice)

    def refused(self, what: str, advice: str) -> FileRefused:
        """The refusal of the whole file."""
        return FileRefused("workbook", f"'{self.name}' {what}", advice)

    def locked(self) -> FileRefused:
        """The refusal of a file with a password."""
        return self.refused("is protected with a password", "save a copy without a password")


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]
