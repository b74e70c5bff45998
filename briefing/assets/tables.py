"""Load the rows of tables and the numbers of charts from CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from briefing.model import Chart, Column, InlineMarkdown, Number, PlainText, Series, Table
from briefing.model.blocks.table import misfits
from briefing.model.typed import InvalidValue
from briefing.parser.characters import RETYPE_CHARACTER, bad_characters

from .files import FileRefused, Files

#: The largest CSV file, in bytes and in cells.
MAX_BYTES = 2_000_000
MAX_CELLS = 50_000


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The cells of a CSV file: the titles in its first line, and each row with its line number in the file."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def fill_table(table: Table, files: Files, report: Callable[[FileRefused], None]) -> Table:
    """The table with the rows of its CSV file, if it has one. Raises FileRefused; reports rows of a wrong length.

    ``columns`` of the brief take precedence over the titles in the first line of the file.
    """
    if table.csv is None:
        return table
    csv_table = read_csv(table.csv, files.read(table.csv, MAX_BYTES))
    columns = table.columns or tuple(Column(title=InlineMarkdown(title)) for title in csv_table.titles)
    if len(columns) != len(csv_table.titles):
        count = _count(len(csv_table.titles), "column")
        message = f"'{table.csv}' has {count}, but the table names {len(columns)}"
        advice = "name each column of the file, in its order, or leave columns: out"
        raise FileRefused("row-length", message, advice, "columns")
    rows = tuple(tuple(InlineMarkdown(_escaped(cell)) for cell in row) for _, row in csv_table.rows)
    filled = table.replace(columns=columns, rows=rows)
    for issue in misfits(filled)[:5]:
        report(_wrong_length(table.csv, csv_table, int(issue.path[1]) if len(issue.path) > 1 else 0))
    return filled


def fill_chart(chart: Chart, files: Files) -> Chart:
    """The chart with categories and series, from ``data:`` or its CSV file. Raises FileRefused."""
    if chart.data:
        name = PlainText(chart.unit or chart.caption)
        values = tuple(chart.data.values())
        return chart.replace(categories=tuple(chart.data), series=(Series(name=name, values=values),), data={})
    if chart.csv is None:
        return chart
    csv_table = read_csv(chart.csv, files.read(chart.csv, MAX_BYTES))
    if len(csv_table.titles) < 2:
        message = f"'{chart.csv}' has one column, but a chart needs categories and numbers"
        advice = "put the categories into the first column and a series into each other one"
        raise FileRefused("no-numbers", message, advice)
    rows: list[list[Number | None]] = []
    for index, (line, row) in enumerate(csv_table.rows):
        if len(row) != len(csv_table.titles):
            raise _wrong_length(chart.csv, csv_table, index)
        try:
            rows.append([Number.parse(cell) if cell.strip() else None for cell in row[1:]])
        except InvalidValue as error:
            raise FileRefused("number-form", f"line {line} of '{chart.csv}': {error.message}") from None
    columns = zip(csv_table.titles[1:], zip(*rows, strict=True), strict=True)
    series = tuple(Series(name=PlainText(title), values=values) for title, values in columns)
    return chart.replace(categories=tuple(PlainText(row[0]) for _, row in csv_table.rows), series=series)


def read_csv(name: str, data: bytes) -> CsvTable:
    """The cells of a CSV file. Raises FileRefused."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("encoding", f"'{name}' is not saved as UTF-8", "in Excel, save it as 'CSV UTF-8'") from None
    for bad in bad_characters(text, 1):
        line = text.count("\n", 0, bad.offset) + 1
        raise FileRefused("character", f"line {line} of '{name}': {bad.message}", RETYPE_CHARACTER)
    try:
        lines = _cells(text)
    except csv.Error as error:
        raise FileRefused("csv", f"'{name}' cannot be read as CSV: {error}", "save it again as CSV UTF-8") from None
    if len(lines) < 2:
        advice = "put the titles into the first line and a row into each further one"
        raise FileRefused("no-rows", f"'{name}' has no rows below its titles", advice)
    if sum(len(row) for _, row in lines) > MAX_CELLS:
        raise FileRefused("csv", f"'{name}' has more than {MAX_CELLS:,} cells", "a brief shows a part of such a table")
    return CsvTable(lines[0][1], tuple(lines[1:]))


def _cells(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows that are not empty, with line numbers. The separator is the most frequent one in the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [
        (reader.line_num, tuple(cell.strip() for cell in row)) for row in reader if any(cell.strip() for cell in row)
    ]


def _escaped(cell: str) -> str:
    """A cell with its Markdown syntax escaped: cells of a CSV file are plain text."""
    escaped = "".join("\\" + letter if letter in "\\`*_[]<>&" else letter for letter in cell)
    return " ".join(escaped.split())


def _wrong_length(name: str, csv_table: CsvTable, index: int) -> FileRefused:
    line, row = csv_table.rows[index]
    message = f"line {line} of '{name}' has {_count(len(row), 'cell')}, but its first line has {len(csv_table.titles)}"
    return FileRefused("row-length", message, "a cell that holds the separator needs quotation marks around it")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
