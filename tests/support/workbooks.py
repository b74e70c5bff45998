"""Small workbooks for tests: Excel files by XlsxWriter, and OpenDocument files with the elements that LibreOffice writes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
    }.items()
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_STYLES = """
<number:date-style style:name="N1"><number:day/><number:text>/</number:text><number:month/><number:text>/</number:text><number:year/></number:date-style>
<number:date-style style:name="N2"><number:month number:textual="true"/><number:text> </number:text><number:year/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="bold-month" style:family="table-cell" style:parent-style-name="month"/>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def xlsx(
    rows: Iterable[Sequence[Any]],
    change: Callable[[Any, Any], None] | None = None,
    sheet: str = "Trade",
    **options: Any,
) -> bytes:
    """An Excel workbook with one sheet. A cell is a value, or a value and the code of its format."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                value, code = cell if isinstance(cell, tuple) else (cell, None)
                code = code or ("d/m/yyyy" if isinstance(value, dt.date) else None)
                if value is not None:
                    page.write(number, column, value, book.add_format({"num_format": code}) if code else None)
        if change is not None:
            change(book, page)
    return buffer.getvalue()


def changed(data: bytes, edit: dict[str, tuple[str, str]] | None = None, add: dict[str, bytes] | None = None) -> bytes:
    """An archive with another text in some of its parts, and with more parts."""
    buffer, edit = io.BytesIO(), edit or {}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in edit:
                before, after = (text.encode() for text in edit[name])
                assert before in content, name
                content = content.replace(before, after, 1)
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()


def cell(text: str, kind: str = "string", value: str = "", more: str = "") -> str:
    """A cell of an OpenDocument sheet, as LibreOffice writes it: the text that it shows, its type and its value."""
    name = "date-value" if kind == "date" else "boolean-value" if kind == "boolean" else "value"
    given = f' office:{name}="{value}"' if value else ""
    return f'<table:table-cell office:value-type="{kind}"{given} {more}><text:p>{text}</text:p></table:table-cell>'


def ods(*rows: Sequence[str], head: str = "", sheets: str = "", names: str = "") -> bytes:
    """An OpenDocument workbook. A row is a list of cells, a text or what :func:`cell` returns, or the XML of a row."""
    lines = [
        row if isinstance(row, str) else f"<table:table-row>{''.join(map(_full, row))}</table:table-row>"
        for row in rows
    ]
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} {_CALC}><office:automatic-styles>{_STYLES}'
        f'</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Trade">{head}{"".join(lines)}{end}'
        f"</table:table>{sheets}<table:named-expressions>{names}</table:named-expressions></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return buffer.getvalue()


def case_files() -> dict[str, bytes]:
    """The workbooks of the cases in ``tests/cases/files.md``, by name."""
    head, row = ["Partner", "Share"], ["Italy", (0.12, "0%")]

    def error(_: Any, page: Any) -> None:
        page.write_formula("B3", "=1/0", None, "#DIV/0!")

    def formula(_: Any, page: Any) -> None:
        page.write_formula("B3", "=B2*2", None, 0)

    def hidden(_: Any, page: Any) -> None:
        page.set_row(1, None, None, {"hidden": True})

    return {
        "trade.xlsx": xlsx([head, row]),
        "trade.ods": ods(head, ["Italy", cell("12%", "percentage", "0.12")]),
        "old.xls": b"\xd0\xcf\x11\xe0",
        "sheets.xlsx": xlsx([head, row], lambda book, _: book.add_worksheet("Notes")),
        "error.xlsx": xlsx([head, row, ["China"]], error),
        "formula.xlsx": changed(
            xlsx([head, row, ["China"]], formula), {"xl/worksheets/sheet1.xml": ("</f><v>0</v>", "</f>")}
        ),
        "format.xlsx": xlsx([head, ["Italy", (7, '0 "km"')]]),
        "merged.xlsx": xlsx([head, row], lambda _, page: page.merge_range("A3:B3", "Together")),
        "hidden.xlsx": xlsx([head, row, ["China", (0.075, "0.0%")]], hidden),
    }


def _full(text: str) -> str:
    return text if text.startswith("<") else cell(text) if text else "<table:table-cell/>"
