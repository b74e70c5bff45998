"""Read the sheets of an Excel workbook (.xlsx)."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .archives import Archive, local
from .cells import (
    BUILT_IN,
    Cell,
    NumberFormat,
    Unprintable,
    date_cell,
    error_cell,
    no_result,
    number_cell,
    other_kind,
    read_format,
)
from .sheets import Area, Grid, Sheet, column_name, split_reference

if TYPE_CHECKING:
    from .archives import Element

_TRUE = {"1", "true"}
#: Excel stores a control character, or text that looks like one, as its number: _x000D_.
_STORED = re.compile("_x([0-9A-Fa-f]{4})_")


class Xlsx:
    """An Excel workbook. ``language`` is that of the brief."""

    def __init__(self, archive: Archive, language: str) -> None:
        self._archive, self._language = archive, language
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise archive.refused("is a workbook with macros", "save it as .xlsx")
        self._root = next(iter(self._related("", "officeDocument").values()), "")
        if not self._root or b"spreadsheetml.sheet.main+xml" not in types:
            raise archive.refused("is not an Excel workbook", "name a file that Excel has saved as .xlsx")
        book = archive.parse(self._root)
        parts = self._related(self._root, "worksheet")
        self._parts: dict[str, str] = {}
        sheets = []
        for element in _children(book, "sheets"):
            relation = next((value for key, value in element.items() if local(key) == "id"), "")
            if relation in parts:
                name = element.get("name") or ""
                self._parts[name] = parts[relation]
                sheets.append(Sheet(name, element.get("state", "visible") != "visible"))
        self.sheets = tuple(sheets)
        self._defined = [(e.get("name") or "", split_reference(e.text or "")) for e in _children(book, "definedNames")]
        settings = next((e for e in book if local(e.tag) == "workbookPr"), None)
        self._from_1904 = settings is not None and settings.get("date1904") in _TRUE

    @cached_property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """The named ranges and the tables of the workbook."""
        found = {name.lower(): reference for name, reference in self._defined if reference[0]}
        for sheet, part in self._parts.items():
            for table in self._related(part, "table").values():
                root = self._archive.parse(table)
                found[str(root.get("displayName") or root.get("name")).lower()] = (sheet, root.get("ref") or "")
        return found

    def grid(self, sheet: Sheet, area: Area) -> Grid:
        """The cells of an area of a sheet. Raises FileRefused."""
        reader = _GridReader(area, self._cell, self._archive)
        part = self._parts[sheet.name]
        try:
            self._archive.walk(part, ("c", "row", "col", "mergeCell"), reader.read)
        except (ValueError, OverflowError, IndexError):
            raise self._archive.refused(f"is damaged: its part '{part[:80]}' cannot be read", "save it again") from None
        return reader.grid

    def _cell(self, element: Element, place: str) -> Cell | Unprintable | None:
        """A cell, or why it cannot be printed; None if it is empty."""
        try:
            return self._value(element, place)
        except Unprintable as refusal:
            return refusal.at(place)

    def _value(self, element: Element, place: str) -> Cell | None:
        kind = element.get("t") or "n"
        parts = {local(child.tag): child for child in element}
        value = parts["v"].text or "" if "v" in parts else None
        if kind == "inlineStr":
            return Cell(_text(parts["is"]), place) if "is" in parts else None
        if kind == "str" and value is not None:
            return Cell(_unstored(value), place)
        if not value and "f" in parts:
            raise no_result()
        if not value:
            return None
        return (
            Cell(self._texts[int(value)], place) if kind == "s" else self._number_or_date(kind, value, element, place)
        )

    def _number_or_date(self, kind: str, value: str, element: Element, place: str) -> Cell:
        if kind == "e":
            raise error_cell(value)
        if kind == "b":
            raise other_kind("true or false")
        form = self._format(element)
        if kind == "d":
            moment = dt.datetime.fromisoformat(value.removesuffix("Z")).replace(tzinfo=None)
            return date_cell(moment, form, place, self._language)
        if form.precision:
            return date_cell(self._moment(float(value)), form, place, self._language)
        return number_cell(float(value), form, place, self._language)

    def _format(self, element: Element) -> NumberFormat:
        """The number format of a cell. Raises Unprintable."""
        codes = self._formats
        index = int(element.get("s") or 0)
        return read_format(codes[index]) if index < len(codes) else NumberFormat()

    @cached_property
    def _formats(self) -> tuple[str, ...]:
        """The format codes of the cell styles; a code that no brief can print for those that depend on the computer."""
        part = next(iter(self._related(self._root, "styles").values()), "")
        if not part:
            return ()
        root = self._archive.parse(part)
        own = {e.get("numFmtId"): e.get("formatCode") or "" for e in _children(root, "numFmts")}
        styles = [e.get("numFmtId") or "0" for e in _children(root, "cellXfs")]
        return tuple(own.get(style) or BUILT_IN.get(int(style), f"[built-in {style}]") for style in styles)

    @cached_property
    def _texts(self) -> list[str]:
        """The texts that the cells share."""
        part = next(iter(self._related(self._root, "sharedStrings").values()), "")
        found: list[str] = []
        if part:
            self._archive.walk(part, ("si",), lambda element: found.append(_text(element)))
        return found

    def _moment(self, days: float) -> dt.datetime:
        """The date of a number of days. Excel counts 29 February 1900, which never was."""
        first = dt.date(1904, 1, 1) if self._from_1904 else dt.date(1899, 12, 30 if days >= 61 else 31)
        if not 1 <= days < 2_958_466 or (60 <= days < 61 and not self._from_1904):
            raise Unprintable("cell-format", f"the number {days:g} is no date", "correct the date")
        return dt.datetime.combine(first, dt.time.min) + dt.timedelta(seconds=round(days * 86_400))

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """The parts of a kind to which a part has a relationship, by its id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._archive.names:
            return {}
        return {
            element.get("Id") or "": posixpath.normpath(posixpath.join("/", folder, element.get("Target") or ""))[1:]
            for element in self._archive.parse(relations)
            if (element.get("Type") or "").endswith(f"/{kind}") and element.get("TargetMode") != "External"
        }


class _GridReader:
    """Fills a grid from the elements of a sheet. A cell or row without a place follows the one before it."""

    def __init__(self, area: Area, cell: Callable[[Element, str], Cell | Unprintable | None], archive: Archive) -> None:
        self.grid, self._area, self._cell, self._archive = Grid(), area, cell, archive
        self._row = self._column = 0

    def read(self, element: Element) -> None:
        """Read one element, after those inside it."""
        tag, hidden = local(element.tag), element.get("hidden") in _TRUE
        if tag == "c":
            self._read_cell(element)
        elif tag == "row":
            self._row, self._column = int(element.get("r") or self._row + 1), 0
            self.grid.hidden_rows += [(self._row, self._row)] * hidden
        elif tag == "col":
            self.grid.hidden_columns += [(int(element.get("min") or 1), int(element.get("max") or 1))] * hidden
        elif merged := Area.parse(element.get("ref") or ""):
            self.grid.merged.append(merged)

    def _read_cell(self, element: Element) -> None:
        parent = element.getparent()
        row = int((parent is not None and parent.get("r")) or self._row + 1)
        named = Area.parse(element.get("r") or "")
        self._column = named.left if named else self._column + 1
        if self._area.has(row, self._column):
            cell = self._cell(element, f"cell {column_name(self._column)}{row} of '{self._archive.name}'")
            if cell is not None:
                self.grid.cells[row, self._column] = cell
                self._archive.check_count(len(self.grid.cells))


def _children(root: Element, name: str) -> list[Element]:
    """The elements in the child of that name."""
    return [element for child in root if local(child.tag) == name for element in child]


def _text(element: Element) -> str:
    """The text of a cell: of all its runs, without the reading of Japanese words."""
    texts = [
        run.text or ""
        for run in element.iter("{*}t")
        if (parent := run.getparent()) is None or local(parent.tag) != "rPh"
    ]
    return _unstored("".join(texts))


def _unstored(text: str) -> str:
    return _STORED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")
