"""Read the sheets of an OpenDocument workbook (.ods)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from briefing.model.numbers import split_mark

from .archives import Archive, local
from .cells import (
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
from .sheets import LAST_ROW, Area, Grid, Sheet, column_name, split_reference

if TYPE_CHECKING:
    from .archives import Element

_HIDDEN = {"collapse", "filter"}
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+", re.IGNORECASE)
#: LibreOffice's own attribute, which alone says that a cell has an error.
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_DIGITS = re.compile(r"\d+")
#: The codes of the parts of a date style.
_DATE_CODES = {
    "day": "d", "day-of-week": "", "month": "m", "year": "y", "hours": "h", "minutes": "m", "seconds": "s", "era": "",
    "quarter": "", "week-of-year": "", "am-pm": "", "text": "", "text-properties": "", "map": "",
}  # fmt: skip


class Ods:
    """An OpenDocument workbook. ``language`` is that of the brief."""

    def __init__(self, archive: Archive, language: str) -> None:
        self._archive, self._language = archive, language
        if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise archive.locked()
        self._content = archive.parse("content.xml")
        tables = self._content.find("{*}body/{*}spreadsheet")
        if tables is None:
            raise archive.refused("is not a workbook", "name a file that LibreOffice has saved as .ods")
        self._tables = {_get(e, "name"): e for e in tables if local(e.tag) == "table"}
        self.sheets = tuple(Sheet(name, self._is_hidden(table)) for name, table in self._tables.items())
        self.names = {
            name.lower(): split_reference(_get(e, "cell-range-address") or _get(e, "target-range-address"))
            for e in tables.iter("{*}named-range", "{*}database-range")
            if (name := _get(e, "name"))
        }

    def grid(self, sheet: Sheet, area: Area) -> Grid:
        """The cells of an area of a sheet."""
        grid, table = Grid(), self._tables[sheet.name]
        styles: list[tuple[int, str]] = []
        column = 1
        for element in _inside(table, "table-column"):
            last = column + _count(element, "number-columns-repeated") - 1
            if _get(element, "visibility") in _HIDDEN:
                grid.hidden_columns.append((column, last))
            styles.append((last, _get(element, "default-cell-style-name")))
            column = last + 1
        row = 1
        for line in _inside(table, "table-row"):
            last = row + _count(line, "number-rows-repeated") - 1
            if _get(line, "visibility") in _HIDDEN:
                grid.hidden_rows.append((row, last))
            self._read_row(grid, line, (row, last), area, styles)
            row = last + 1
        return grid

    def _read_row(
        self,
        grid: Grid,
        line: Element,
        repeated: tuple[int, int],
        area: Area,
        styles: list[tuple[int, str]],
    ) -> None:
        column = 1
        rows = range(max(repeated[0], area.top), min(repeated[1], area.bottom) + 1)
        for element in line:
            if local(element.tag) not in {"table-cell", "covered-table-cell"}:
                continue
            count = _count(element, "number-columns-repeated")
            across, down = _count(element, "number-columns-spanned"), _count(element, "number-rows-spanned")
            if across > 1 or down > 1:
                grid.merged.append(Area(repeated[0], column, repeated[0] + down - 1, column + across - 1))
            columns = range(max(column, area.left), min(column + count - 1, area.right) + 1)
            is_empty = not _get(element, "value-type") and not _get(element, "formula") and not _shown(element)
            if columns and not is_empty and local(element.tag) == "table-cell":
                for number, at in product(rows, columns):
                    style = next((name for last, name in styles if at <= last), "")
                    style = _get(element, "style-name") or _get(line, "default-cell-style-name") or style
                    place = f"cell {column_name(at)}{number} of '{self._archive.name}'"
                    grid.cells[number, at] = self._cell(element, style, place)
                    self._archive.check_count(len(grid.cells))
            column += count

    def _cell(self, element: Element, style: str, place: str) -> Cell | Unprintable:
        """A cell, or why it cannot be printed."""
        try:
            return self._value(element, style, place)
        except Unprintable as refusal:
            return refusal.at(place)
        except (ValueError, OverflowError):
            raise self._archive.refused(f"is damaged: {place} cannot be read", "save it again") from None

    def _value(self, element: Element, style: str, place: str) -> Cell:
        kind, shown, formula = _get(element, "value-type"), _shown(element), _get(element, "formula")
        if formula and not kind:
            raise no_result()
        if element.get(_CALC_TYPE) == "error" or (formula and _ERROR.fullmatch(shown)):
            raise error_cell(shown)
        if kind in {"string", ""}:
            return Cell(_get(element, "string-value") or shown, place)
        if kind == "date":
            moment = dt.datetime.fromisoformat(_get(element, "date-value")).replace(tzinfo=None)
            return date_cell(moment, self._date_format(style), place, self._language)
        if kind in {"float", "percentage", "currency"}:
            value = float(_get(element, "value"))
            return number_cell(value, _number_format(value, kind == "percentage", shown), place, self._language)
        raise other_kind("true or false" if kind == "boolean" else f"a {kind[:20]}")

    def _is_hidden(self, table: Element) -> bool:
        style = self._styles.get(_get(table, "style-name"))
        return style is not None and any(_get(child, "display") == "false" for child in style)

    def _date_format(self, style: str) -> NumberFormat:
        """The format of dates in a cell style, or in one of its parents."""
        for _ in range(9):
            element = self._styles.get(style)
            if element is None:
                break
            form = self._styles.get(_get(element, "data-style-name"))
            if form is not None:
                return read_format("".join(_DATE_CODES.get(local(part.tag), "") for part in form) or "General")
            style = _get(element, "parent-style-name")
        return NumberFormat(precision="day")

    @cached_property
    def _styles(self) -> dict[str, Element]:
        """The styles of cells, tables and dates by name; those of the content come before those of the workbook."""
        found: dict[str, Element] = {}
        roots = [self._archive.parse("styles.xml")] if "styles.xml" in self._archive.names else []
        for root in (*roots, self._content):
            for group in root:
                if local(group.tag) in {"styles", "automatic-styles"}:
                    found |= {_get(style, "name"): style for style in group}
        return found


def _number_format(value: float, percent: bool, shown: str) -> NumberFormat:  # noqa: FBT001
    """The format of a number, found by comparing it with what is shown, whose signs depend on the author's language."""
    mark = re.sub(r"[\d.,'\u2019\s\u00a0\u202f+\-\u2212()]", "", shown)
    known = not mark or mark == "%" or split_mark(f"1 {mark}")[1] == mark
    groups = _DIGITS.findall(shown)
    for decimals in range(21):
        form = NumberFormat((decimals, decimals), mark=mark, scale=2 * percent, plus=shown.startswith("+"))
        number = _DIGITS.findall(form.number(value))
        if known and percent == (mark == "%") and "".join(number) == "".join(groups):
            grouped = len(groups) > len(number)
            # The format "General" is written with all its digits, but shown with those that Excel shows too.
            places = (decimals, decimals) if decimals <= 10 else None
            return NumberFormat(places, grouped, mark, 2 * percent, plus=form.plus)
    message = f"it shows '{shown[:40]}', which a brief cannot print for the number {value:g}"
    raise Unprintable("cell-format", message, "give the cell the format Number, Percent, Currency, Date or Text")


def _inside(table: Element, tag: str) -> Iterator[Element]:
    """The rows or columns of a table, in groups of any kind too."""
    for child in table:
        name = local(child.tag)
        if name == tag:
            yield child
        elif name in {f"{tag}s", f"{tag}-group", f"table-header-{tag.removeprefix('table-')}s"}:
            yield from _inside(child, tag)


def _shown(element: Element) -> str:
    """The text of a cell as it is shown, a line for each paragraph; without the comment of the cell."""
    return "\n".join(_paragraph(child) for child in element if local(child.tag) == "p").strip()


def _paragraph(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        name = local(child.tag)
        inside = {"s": " " * _count(child, "c"), "tab": " ", "line-break": "\n", "annotation": "", "note": ""}
        parts += [inside[name] if name in inside else _paragraph(child), child.tail or ""]
    return "".join(parts)


def _get(element: Element, name: str) -> str:
    """An attribute by its local name, in the namespaces of OpenDocument."""
    for key, value in element.items():
        if local(key) == name and "opendocument" in str(key):
            return str(value)
    return ""


def _count(element: Element, name: str) -> int:
    """A count of repetitions, at least 1."""
    text = _get(element, name)
    return min(int(text), LAST_ROW) if re.fullmatch(r"[1-9]\d{0,9}", text, re.ASCII) else 1
