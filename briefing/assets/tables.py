"""Load the rows of tables and the numbers of charts from CSV files and workbooks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from briefing.diagnostics import Severity
from briefing.model import Chart, Column, InlineMarkdown, Number, PlainText, Series, Table
from briefing.model.blocks.table import invalid_cells, misfits
from briefing.parser.characters import RETYPE_CHARACTER, bad_characters

from .cells import Cell
from .columns import decimal_signs, read_dates, read_numbers
from .files import FileRefused, Files
from .rows import Row, Rows, without_blanks
from .workbooks import MAX_BYTES as MAX_WORKBOOK
from .workbooks import is_workbook, read_workbook

#: The largest CSV file, in bytes.
MAX_BYTES = 2_000_000
#: The separators of a CSV file: the first of them if several fit equally well. A comma is often a decimal sign.
_SEPARATORS = "\t;|,"


def fill_table(table: Table, files: Files, language: str, report: Callable[[FileRefused], None]) -> Table:
    """The table with the rows of its file, if it has one. Raises FileRefused; reports rows of a wrong length.

    ``columns`` of the brief take precedence over the titles in the first line of the file.
    """
    if table.csv is None:
        return table
    found = _read(table, files, language, report, len(table.columns))
    columns = table.columns or tuple(_column(found, index) for index in range(len(found.titles)))
    if len(columns) != len(found.titles):
        count = _count(len(found.titles), "column")
        message = f"'{table.csv}' has {count}, but the table names {len(columns)}"
        advice = "name each column of the file, in its order, or leave columns: out"
        raise FileRefused("row-length", message, advice, "columns")
    rows = tuple(tuple(InlineMarkdown(_escaped(cell.text)) for cell in row.cells) for row in found.rows)
    filled = table.replace(columns=columns, rows=rows)
    wrong = misfits(filled)
    for issue in wrong[:5]:
        report(_wrong_length(found, int(issue.path[1]) if len(issue.path) > 1 else 0))
    return filled if wrong else _with_values(filled, found, language, report)


def _read(
    block: Table | Chart, files: Files, language: str, report: Callable[[FileRefused], None], wanted: int = 0
) -> Rows:
    """The rows of the file that a block names. Raises FileRefused; reports what is left out."""
    name, sheet, area = str(block.csv), str(block.sheet or ""), str(block.range or "")
    if is_workbook(name):
        found = read_workbook(name, files.read(name, MAX_WORKBOOK), sheet, area, language, report, wanted)
        if found.remark:
            advice = "show them in the workbook if the brief needs them; else nothing"
            report(FileRefused("hidden-cells", found.remark, advice, severity=Severity.WARNING))
        return found
    if key := next((key for key, value in (("sheet", sheet), ("range", area)) if value), ""):
        message = f"'{name}' is no workbook, so it has no {key}"
        raise FileRefused(key, message, f"leave {key}: out, or name an .xlsx or .ods file", key)
    return read_csv(name, files.read(name, MAX_BYTES), wanted)


def _column(found: Rows, index: int) -> Column:
    """A column with the title of the file; a column of numbers stands right, if the file says that they are."""
    cells = [cell for row in found.rows for cell in row.cells[index : index + 1] if cell.text]
    align: Literal["right"] | None = "right" if cells and all(cell.number for cell in cells) else None
    return Column(title=InlineMarkdown(_escaped(found.titles[index])), align=align)


def _with_values(table: Table, found: Rows, language: str, report: Callable[[FileRefused], None]) -> Table:
    """The table with its numbers and dates as a content file has them; reports columns that cannot be read."""
    cells = [list(row) for row in table.rows]
    numbers = [index for index, column in enumerate(table.columns) if column.format == "number"]
    evidence = _evidence(found, numbers)
    for index, column in enumerate(table.columns):
        try:
            if column.format == "number":
                values = _numbers(found.column(index), language, evidence)
            elif column.format == "date":
                values = _dates(found.column(index), language)
            else:
                continue
        except FileRefused as refusal:
            report(refusal)
            return table
        for row, value in zip(cells, values, strict=True):
            row[index] = InlineMarkdown(value)
    filled = table.replace(rows=tuple(map(tuple, cells)))
    for issue in list(invalid_cells(filled))[:5]:
        place = found.column(int(issue.path[2]))[int(issue.path[1])].place
        report(FileRefused(issue.code, f"{place}: {issue.message}", issue.help))
    return filled


def _numbers(cells: list[Cell], language: str, evidence: str) -> list[str]:
    """The numbers of a column: those of the file, or else those that are read from the texts."""
    texts = iter(read_numbers([(cell.place, cell.text) for cell in cells if not cell.number], language, evidence))
    return [cell.number or next(texts) for cell in cells]


def _dates(cells: list[Cell], language: str) -> list[str]:
    """The dates of a column: those of the file, or else those that are read from the texts."""
    texts = iter(read_dates([(cell.place, cell.text) for cell in cells if not cell.date], language))
    return [cell.date or next(texts) for cell in cells]


def _evidence(found: Rows, numbers: list[int]) -> str:
    """The decimal sign that the columns of numbers show, or else the separator; empty if neither does."""
    texts = [[cell.text for cell in found.column(index) if not cell.number] for index in numbers]
    signs = [decimal_signs(column) for column in texts]
    settled = {next(iter(sign)) for sign in signs if len(sign) == 1}
    return settled.pop() if len(settled) == 1 else found.decimal


def fill_chart(chart: Chart, files: Files, language: str, report: Callable[[FileRefused], None]) -> Chart:
    """The chart with categories and series, from ``data:`` or its file. Raises FileRefused; reports parts left out."""
    if chart.data:
        name = PlainText(chart.unit or chart.caption)
        values = tuple(chart.data.values())
        return chart.replace(categories=tuple(chart.data), series=(Series(name=name, values=values),), data={})
    if chart.csv is None:
        return chart
    found = _read(chart, files, language, report)
    width = len(found.titles)
    if width < 2:
        message = f"'{chart.csv}' has one column, but a chart needs categories and numbers"
        advice = "put the categories into the first column and a series into each other one"
        raise FileRefused("no-numbers", message, advice)
    for index, row in enumerate(found.rows):
        if len(row.cells) != width:
            raise _wrong_length(found, index)
    evidence = _evidence(found, list(range(1, width)))
    columns = [_numbers(found.column(index), language, evidence) for index in range(1, width)]
    numbers = [[Number.parse_cell(text) for text in column] for column in columns]
    marks = {number.mark for column in numbers for number in column if number is not None}
    unit = chart.unit or PlainText(min(marks, default="")) or None
    if len(marks) > 1 or any(mark not in (unit or "") for mark in marks):
        signs = " and ".join(f"'{mark}'" if mark else "none" for mark in sorted(marks))
        message = f"the numbers of '{chart.csv}' have {signs} beside them, but the chart's unit is '{unit or ''}'"
        raise FileRefused("number-form", message, "put the same sign beside all numbers, or none and write unit:")
    series = tuple(
        Series(name=PlainText(title), values=tuple(number and Number(number.value, number.plus) for number in column))
        for title, column in zip(found.titles[1:], numbers, strict=True)
    )
    categories = tuple(PlainText(" ".join(row.cells[0].text.split())) for row in found.rows)
    return chart.replace(categories=categories, series=series, unit=unit)


def read_csv(name: str, data: bytes, wanted: int = 0) -> Rows:
    """The cells of a CSV file, without empty rows and columns. Raises FileRefused.

    ``wanted`` is the number of columns that the brief names, or 0.
    """
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        raise FileRefused("encoding", f"'{name}' is not saved as UTF-8", "in Excel, save it as 'CSV UTF-8'") from None
    for bad in bad_characters(text, 1):
        line = text.count("\n", 0, bad.offset) + 1
        raise FileRefused("character", f"line {line} of '{name}': {bad.message}", RETYPE_CHARACTER)
    try:
        separator, skipped, body = _separator(text, wanted)
        lines = _cells(body, separator, skipped)
    except csv.Error as error:
        raise FileRefused("csv", f"'{name}' cannot be read as CSV: {error}", "save it again as CSV UTF-8") from None
    rows = [Row(f"line {line} of '{name}'", tuple(map(Cell, cells))) for line, cells in lines]
    return replace(without_blanks(name, rows, wanted), decimal={";": ",", ",": "."}.get(separator, ""))


def _encoding(data: bytes) -> str:
    """UTF-16 with a byte order mark, or without one if half of the bytes are null; else UTF-8."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    sample = data[:2000]
    for encoding, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        nulls = sample[start::2].count(0)
        if nulls > len(sample) // 4 and not sample[1 - start :: 2].count(0):
            return encoding
    return "utf-8-sig"


def _separator(text: str, wanted: int) -> tuple[str, int, str]:
    """The separator, the number of lines to leave out, and the text without them.

    A first line ``sep=;`` names the separator. Else it is the one that gives the most rows as many cells as the first
    row has, outside quotation marks.
    """
    hint = re.match(r'\s*"?sep=(.)"?\1*[ ]*(\r\n|\r|\n|$)', text, re.IGNORECASE)
    if hint:
        return hint[1], text.count("\n", 0, hint.end()), text[hint.end() :]

    def merit(separator: str) -> tuple[object, ...]:
        rows = [row for _, row in _cells(text, separator, 0, strict=False) if any(row)]
        first = rows[0] if rows else ()
        alike = sum(len(row) == len(first) for row in rows) / (len(rows) or 1)
        blanks = sum(text.count(separator + blank) for blank in " \u00a0")
        return (len(first) > 1, len(first) == wanted and alike, alike, -blanks)

    return max(_SEPARATORS, key=merit), 0, text


def _cells(text: str, separator: str, skipped: int, *, strict: bool = True) -> list[tuple[int, tuple[str, ...]]]:
    """The rows with the numbers of their first lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict, skipinitialspace=True)
    lines, line = [], skipped + 1
    for row in reader:
        lines.append((line, tuple(cell.strip() for cell in row)))
        line = skipped + reader.line_num + 1
    return lines


def _escaped(cell: str) -> str:
    """A cell with its Markdown syntax escaped, as CSV has plain text. Its line breaks and addresses stay."""
    escaped = re.sub(r"https?://[^\s<>\"]*|[\\`*_\[\]<>&~^]", lambda match: _escaped_part(match[0]), cell)
    return "\\\n".join(line for line in (" ".join(part.split()) for part in escaped.splitlines()) if line)


def _escaped_part(text: str) -> str:
    """An address, or a sign of Markdown with a backslash; an address that Markdown would cut becomes plain text."""
    if re.fullmatch(r"https?://[^\\\[]+", text):
        return text
    return re.sub(r"[\\`*_\[\]<>&~^]|:(?=//)", r"\\\g<0>", text)


def _wrong_length(found: Rows, index: int) -> FileRefused:
    row = found.rows[index]
    message = f"{row.place} has {_count(len(row.cells), 'cell')}, but its first line has {len(found.titles)}"
    return FileRefused("row-length", message, "a cell that holds the separator needs quotation marks around it")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
