"""Load the rows of tables and the numbers of charts from CSV files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from briefing.model import Chart, Column, InlineMarkdown, Number, PlainText, Series, Table
from briefing.model.blocks.table import invalid_cells, misfits
from briefing.parser.characters import RETYPE_CHARACTER, bad_characters

from .columns import decimal_signs, read_dates, read_numbers
from .files import FileRefused, Files

#: The largest CSV file, in bytes and in cells.
MAX_BYTES = 2_000_000
MAX_CELLS = 50_000
#: The separators of a CSV file: the first of them if several fit equally well. A comma is often a decimal sign.
_SEPARATORS = "\t;|,"
_Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The cells of a CSV file: the titles in its first line, and each row with its line number in the file.

    ``decimal`` is the decimal sign that its separator suggests: Excel writes ``;`` where the comma is the decimal sign.
    """

    name: str
    titles: tuple[str, ...]
    rows: tuple[_Row, ...]
    decimal: str = ""

    def column(self, index: int) -> list[tuple[str, str]]:
        """The cells of a column, each with its place as messages name it."""
        return [(f"line {line} of '{self.name}'", row[index]) for line, row in self.rows]


def fill_table(table: Table, files: Files, language: str, report: Callable[[FileRefused], None]) -> Table:
    """The table with the rows of its CSV file, if it has one. Raises FileRefused; reports rows of a wrong length.

    ``columns`` of the brief take precedence over the titles in the first line of the file.
    """
    if table.csv is None:
        return table
    csv_table = read_csv(table.csv, files.read(table.csv, MAX_BYTES), len(table.columns))
    columns = table.columns or tuple(Column(title=InlineMarkdown(_escaped(title))) for title in csv_table.titles)
    if len(columns) != len(csv_table.titles):
        count = _count(len(csv_table.titles), "column")
        message = f"'{table.csv}' has {count}, but the table names {len(columns)}"
        advice = "name each column of the file, in its order, or leave columns: out"
        raise FileRefused("row-length", message, advice, "columns")
    rows = tuple(tuple(InlineMarkdown(_escaped(cell)) for cell in row) for _, row in csv_table.rows)
    filled = table.replace(columns=columns, rows=rows)
    wrong = misfits(filled)
    for issue in wrong[:5]:
        report(_wrong_length(csv_table, int(issue.path[1]) if len(issue.path) > 1 else 0))
    return filled if wrong else _with_values(filled, csv_table, language, report)


def _with_values(table: Table, csv_table: CsvTable, language: str, report: Callable[[FileRefused], None]) -> Table:
    """The table with its numbers and dates as a content file has them; reports columns that cannot be read."""
    cells = [list(row) for row in table.rows]
    numbers = [index for index, column in enumerate(table.columns) if column.format == "number"]
    evidence = _evidence(csv_table, numbers)
    for index, column in enumerate(table.columns):
        try:
            if column.format == "number":
                values = read_numbers(csv_table.column(index), language, evidence)
            elif column.format == "date":
                values = read_dates(csv_table.column(index), language)
            else:
                continue
        except FileRefused as refusal:
            report(refusal)
            return table
        for row, value in zip(cells, values, strict=True):
            row[index] = InlineMarkdown(value)
    filled = table.replace(rows=tuple(map(tuple, cells)))
    for issue in list(invalid_cells(filled))[:5]:
        line = csv_table.rows[int(issue.path[1])][0]
        report(FileRefused(issue.code, f"line {line} of '{csv_table.name}': {issue.message}", issue.help))
    return filled


def _evidence(csv_table: CsvTable, numbers: list[int]) -> str:
    """The decimal sign that the columns of numbers show, or else the separator; empty if neither does."""
    signs = [decimal_signs([text for _, text in csv_table.column(index)]) for index in numbers]
    settled = {next(iter(found)) for found in signs if len(found) == 1}
    return settled.pop() if len(settled) == 1 else csv_table.decimal


def fill_chart(chart: Chart, files: Files, language: str) -> Chart:
    """The chart with categories and series, from ``data:`` or its CSV file. Raises FileRefused."""
    if chart.data:
        name = PlainText(chart.unit or chart.caption)
        values = tuple(chart.data.values())
        return chart.replace(categories=tuple(chart.data), series=(Series(name=name, values=values),), data={})
    if chart.csv is None:
        return chart
    csv_table = read_csv(chart.csv, files.read(chart.csv, MAX_BYTES))
    width = len(csv_table.titles)
    if width < 2:
        message = f"'{chart.csv}' has one column, but a chart needs categories and numbers"
        advice = "put the categories into the first column and a series into each other one"
        raise FileRefused("no-numbers", message, advice)
    for index, (_, row) in enumerate(csv_table.rows):
        if len(row) != width:
            raise _wrong_length(csv_table, index)
    evidence = _evidence(csv_table, list(range(1, width)))
    columns = [read_numbers(csv_table.column(index), language, evidence) for index in range(1, width)]
    numbers = [[Number.parse_cell(text) for text in column] for column in columns]
    marks = {number.mark for column in numbers for number in column if number is not None}
    unit = chart.unit or PlainText(min(marks, default="")) or None
    if len(marks) > 1 or any(mark not in (unit or "") for mark in marks):
        found = " and ".join(f"'{mark}'" if mark else "none" for mark in sorted(marks))
        message = f"the numbers of '{chart.csv}' have {found} beside them, but the chart's unit is '{unit or ''}'"
        raise FileRefused("number-form", message, "put the same sign beside all numbers, or none and write unit:")
    series = tuple(
        Series(name=PlainText(title), values=tuple(number and Number(number.value, number.plus) for number in column))
        for title, column in zip(csv_table.titles[1:], numbers, strict=True)
    )
    categories = tuple(PlainText(" ".join(row[0].split())) for _, row in csv_table.rows)
    return chart.replace(categories=categories, series=series, unit=unit)


def read_csv(name: str, data: bytes, wanted: int = 0) -> CsvTable:
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
    table = without_blanks(name, lines, wanted)
    return CsvTable(name, table.titles, table.rows, {";": ",", ",": "."}.get(separator, ""))


def without_blanks(name: str, lines: list[_Row], wanted: int) -> CsvTable:
    """The table from the lines of a file, without empty rows and columns. Raises FileRefused if it has no rows.

    An empty column stays if the brief names just as many columns as the file has.
    """
    lines = [(number, row) for number, row in lines if any(row)]
    if len(lines) < 2:
        advice = "put the titles into the first line and a row into each further one"
        raise FileRefused("no-rows", f"'{name}' has no rows below its titles", advice)
    if sum(len(row) for _, row in lines) > MAX_CELLS:
        raise FileRefused("csv", f"'{name}' has more than {MAX_CELLS:,} cells", "a brief shows a part of such a table")
    width = max(len(row) for _, row in lines)
    empty = {index for index in range(width) if not any(any(row[index : index + 1]) for _, row in lines)}
    if len(lines[0][1]) == wanted:
        empty = {index for index in empty if index >= wanted}
    rows = [(number, tuple(cell for index, cell in enumerate(row) if index not in empty)) for number, row in lines]
    return CsvTable(name, rows[0][1], tuple(rows[1:]))


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


def _cells(text: str, separator: str, skipped: int, *, strict: bool = True) -> list[_Row]:
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


def _wrong_length(csv_table: CsvTable, index: int) -> FileRefused:
    line, row = csv_table.rows[index]
    name, width = csv_table.name, len(csv_table.titles)
    message = f"line {line} of '{name}' has {_count(len(row), 'cell')}, but its first line has {width}"
    return FileRefused("row-length", message, "a cell that holds the separator needs quotation marks around it")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
