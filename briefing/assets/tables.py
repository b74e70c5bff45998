"""Load the rows of tables and the numbers of charts from CSV files."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic
from briefing.model import Chart, Column, InlineMarkdown, Number, PlainText, Series, Table
from briefing.model.blocks.table import misfits
from briefing.model.data_path import DataPath
from briefing.model.typed import InvalidValue
from briefing.parser.characters import bad_characters
from briefing.parser.source_map import SourceMap

from .files import FileRefused, Files

#: The largest CSV file, in bytes and in cells.
MAX_BYTES = 2_000_000
MAX_CELLS = 50_000


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The cells of a CSV file: the titles in its first line, and each row with its line number in the file."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def fill_table(table: Table, path: DataPath, source_map: SourceMap, files: Files, found: list[Diagnostic]) -> Table:
    """The table with the rows of its CSV file, if it has one; problems are added to ``found``.

    ``columns`` of the brief take precedence over the titles in the first line of the file.
    """
    if table.csv is None:
        return table
    csv_table = _csv_table(table.csv, (*path, "csv"), source_map, files, found)
    if csv_table is None:
        return table
    columns = table.columns or tuple(Column(title=InlineMarkdown(title)) for title in csv_table.titles)
    if len(columns) != len(csv_table.titles):
        found.append(
            source_map.diagnostic(
                "row-length",
                f"'{table.csv}' has {_count(len(csv_table.titles), 'column')}, but the table names {len(columns)}",
                (*path, "columns"),
                key=True,
                help="name each column of the file, in its order, or leave columns: out",
            )
        )
        return table
    filled = table.replace(
        columns=columns, rows=tuple(tuple(InlineMarkdown(_escaped(cell)) for cell in row) for _, row in csv_table.rows)
    )
    for slip in misfits(filled)[:5]:
        index = int(slip.path[1]) if len(slip.path) > 1 else 0
        line, row = csv_table.rows[index]
        found.append(
            source_map.diagnostic(
                "row-length",
                _row_length_message(table.csv, line, row, csv_table),
                (*path, "csv"),
                help="a cell that holds the separator needs quotation marks around it",
            )
        )
    return filled


def fill_chart(chart: Chart, path: DataPath, source_map: SourceMap, files: Files, found: list[Diagnostic]) -> Chart:
    """The chart with categories and series, from ``data:`` or its CSV file; problems are added to ``found``."""
    if chart.data:
        name = PlainText(chart.unit or chart.caption)
        series = (Series(name=name, values=tuple(chart.data.values())),)
        return chart.replace(categories=tuple(chart.data), series=series, data={})
    if chart.csv is None:
        return chart
    csv_table = _csv_table(chart.csv, (*path, "csv"), source_map, files, found)
    if csv_table is None:
        return chart
    if len(csv_table.titles) < 2:
        found.append(
            source_map.diagnostic(
                "no-numbers",
                f"'{chart.csv}' has one column, but a chart needs categories and numbers",
                (*path, "csv"),
                help="put the categories into the first column and a series into each other one",
            )
        )
        return chart
    columns: list[list[Number | None]] = [[] for _ in csv_table.titles[1:]]
    for line, row in csv_table.rows:
        if len(row) != len(csv_table.titles):
            found.append(
                source_map.diagnostic(
                    "row-length",
                    _row_length_message(chart.csv, line, row, csv_table),
                    (*path, "csv"),
                    help="a cell that holds the separator needs quotation marks around it",
                )
            )
            return chart
        for values, cell in zip(columns, row[1:], strict=True):
            try:
                values.append(Number.parse(cell) if cell.strip() else None)
            except InvalidValue as error:
                found.append(
                    source_map.diagnostic(
                        "number-form", f"line {line} of '{chart.csv}': {error.message}", (*path, "csv")
                    )
                )
                return chart
    loaded = tuple(
        Series(name=PlainText(title), values=tuple(values))
        for title, values in zip(csv_table.titles[1:], columns, strict=True)
    )
    return chart.replace(categories=tuple(PlainText(row[0]) for _, row in csv_table.rows), series=loaded)


def _csv_table(
    name: str, path: DataPath, source_map: SourceMap, files: Files, found: list[Diagnostic]
) -> CsvTable | None:
    try:
        return read_csv(name, files.read(name, MAX_BYTES))
    except FileRefused as refusal:
        found.append(source_map.diagnostic(refusal.code, refusal.message, path, help=refusal.advice))
        return None


def read_csv(name: str, data: bytes) -> CsvTable:
    """The cells of a CSV file. Raises Refusal for a wrong encoding, refused characters, no rows or too many cells."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("encoding", f"'{name}' is not saved as UTF-8", "in Excel, save it as 'CSV UTF-8'") from None
    bad = bad_characters(text, 1)
    if bad:
        line = text.count("\n", 0, bad[0].offset) + 1
        raise FileRefused(
            "character",
            f"line {line} of '{name}': {bad[0].name} cannot be printed",
            "delete it and type the place anew",
        )
    try:
        lines = _cells(text)
    except csv.Error as error:
        raise FileRefused("csv", f"'{name}' cannot be read as CSV: {error}", "save it again as CSV UTF-8") from None
    if len(lines) < 2:
        raise FileRefused(
            "no-rows",
            f"'{name}' has no rows below its titles",
            "put the titles into the first line and a row into each further one",
        )
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


def _row_length_message(name: str, line: int, row: tuple[str, ...], csv_table: CsvTable) -> str:
    return f"line {line} of '{name}' has {_count(len(row), 'cell')}, but its first line has {len(csv_table.titles)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
