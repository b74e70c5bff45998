"""The block for a table."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from briefing.model.base import Issue, Model, field
from briefing.model.fields import TEXT, Identifier, InlineMarkdown, PartialDate, PlainText
from briefing.model.numbers import NO_FIGURE, Flag, Number
from briefing.model.typed import InvalidValue
from briefing.model.values import ChoiceValue, SchemaValue

from .common import BlockPart, SourceKeys, without_workbook


def _blank(value: object) -> object:
    return "" if value is None else value


Cell = Annotated[
    InlineMarkdown,
    SchemaValue(_blank, {"title": "A cell", **TEXT, "if": {"type": ["array", "object"]}}),
]
"""The type of a table cell, which may be empty."""

Align = Annotated[
    Literal["left", "right", "centre"],
    ChoiceValue({"left": "As text stands.", "right": "As numbers stand.", "centre": "In the middle of the column."}),
]
Form = Annotated[
    Literal["text", "number", "date"],
    ChoiceValue(
        {
            "text": "As it was typed.",
            "number": "Digits as the language of the brief sets them; type 1234.5, with a point and no spaces.",
            "date": "A date in full; type 2016-10-01.",
        }
    ),
]


class Column(Model):
    """A column of a table: its title, and how its cells are set."""

    short: ClassVar[str] = "title"

    title: InlineMarkdown = field("The head of the column.", examples=["Since"])
    align: Align | None = field(
        "Where the cells stand; without it numbers stand right and all else left.", examples=["right"], default=None
    )
    unit: PlainText | None = field(
        "The unit of the numbers; it stands beside the title.", examples=["US$ billion"], default=None
    )
    format: Form = field("How the cells are set; text without it.", examples=["number"], default="text")


class Table(BlockPart):
    """A table with a caption. Rows stand here, or in a CSV file or workbook whose first line names the columns."""

    examples = ({"caption": "Memberships", "columns": ["Body", "Since"], "rows": [["CIS", 1991], ["EAEU", 2015]]},)

    kind: Literal["table"] = "table"
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the table.", examples=["memberships"], default=None
    )
    caption: InlineMarkdown = field(
        "What the table shows; 'Table' and its number are set before it.", examples=["Memberships"]
    )
    columns: tuple[Column, ...] = field(
        "The columns: titles alone, or each with title, align, unit and format.",
        examples=[["Body", "Since"]],
        default=(),
    )
    rows: tuple[tuple[Cell, ...], ...] = field(
        "The rows, each a list of its cells. Two hyphens begin a row and its first cell.",
        examples=[[["CIS", 1991]]],
        default=(),
    )
    csv: PlainText | None = field(
        "A CSV, Excel or OpenDocument file instead of rows, beside this file; its first line names the columns.",
        examples=["data/trade.csv"],
        default=None,
    )
    sheet: PlainText | None = field(
        "The sheet of the workbook; not needed if it shows only one.", examples=["Trade"], default=None
    )
    range: PlainText | None = field(
        "The part of the sheet, with its titles: cells, or a name from the workbook.", examples=["B2:E9"], default=None
    )
    note: InlineMarkdown | None = field("A note under the table.", examples=["Figures are rounded."], default=None)
    source: SourceKeys = field(
        "Where the table comes from: a key under sources, or a list of keys.", examples=["factbook"], default=()
    )
    wide: Flag = field("Whether the table takes the full width of the page.", examples=[True], default=False)
    row_headers: Flag = field(
        "Whether the first column names its row; false when it does not.", examples=[False], default=True
    )

    def issues(self) -> tuple[Issue, ...]:
        """Rows that do not match the columns; none if a CSV file has still to be loaded."""
        if self.csv is not None and self.rows:
            return (Issue(("csv",), "rows-and-csv", "this table has rows and a file", "keep one of the two"),)
        if self.csv is not None:
            return ()
        if issues := without_workbook(sheet=self.sheet, range=self.range):
            return issues
        if not self.columns:
            return (Issue((), "no-columns", "this table has no columns", "add columns: with a list of titles"),)
        if not self.rows:
            advice = "add rows: with a list of lists, or csv: with the name of a file"
            return (Issue((), "no-rows", "this table has no rows", advice),)
        return misfits(self) or tuple(invalid_cells(self))


def invalid_cells(table: Table) -> Iterator[Issue]:
    """A problem for each cell that is not what the format of its column says. Emphasis and citations do not count."""
    for index, column in enumerate(table.columns):
        numbers: dict[int, Number] = {}
        for number, row in enumerate(table.rows):
            text = re.sub(r"\s*\[@[^\]]*\]|[*_]|\\(?=[^\w\s])", "", row[index]).strip()
            path = ("rows", number, index)
            try:
                if column.format == "number" and (value := Number.parse_cell(text)) is not None:
                    numbers[number] = value
                elif column.format == "date" and text not in NO_FIGURE:
                    PartialDate.parse(text)
            except InvalidValue as invalid:
                yield Issue(path, invalid.code, invalid.message, AS_TYPED[column.format])
        percent = [row for row, value in numbers.items() if value.mark == "%"]
        plain = [row for row, value in numbers.items() if value.mark != "%"]
        if percent and plain:
            odd = min(percent, plain, key=len)[0]
            yield _two_readings(("rows", odd, index), str(table.rows[odd][index]), numbers[odd])


def _two_readings(path: tuple[str | int, ...], cell: str, number: Number) -> Issue:
    """The problem of a percentage in a column of other numbers, or of another number in a column of percentages."""
    is_percent, value = number.mark == "%", number.value
    share = f"{value / 100:f}" if is_percent else f"{(value * 100).normalize():f}%"
    readings = f"{value}% or {share}" if number.mark in {"", "%"} else f"{cell} or a percentage"
    message = f"'{cell}' may be {readings}: other cells of its column are {'no ' * is_percent}percentages"
    advice = f"type {readings}" if not is_percent else f"type {share}, or put % behind the other numbers too"
    return Issue(path, "number-form", message, f"{advice}; in a column with format: text, cells are printed as typed")


#: What to do about a cell that its column does not take, by the format of the column.
AS_TYPED = {
    "number": "type \u2013 where there is no figure; in a column with format: text, cells are printed as typed",
    "date": "leave the cell empty if there is no date; in a column with format: text, cells are printed as typed",
}


def misfits(table: Table) -> tuple[Issue, ...]:
    """One problem for each row with a wrong number of cells; a single one if all rows have the same wrong number."""
    wanted = len(table.columns)
    columns = "1 column" if wanted == 1 else f"{wanted} columns"
    lengths = {len(row) for row in table.rows}
    if len(table.rows) > 1 and len(lengths) == 1 and lengths != {wanted}:
        message = f"the table has {columns}, but each of its rows has {lengths.pop()}"
        return (Issue(("columns",), "row-length", message, "name a column for each cell of a row"),)
    return tuple(
        Issue(
            ("rows", index),
            "row-length",
            f"row {index + 1} has {len(row)} {'cell' if len(row) == 1 else 'cells'}, but the table has {columns}",
            "a cell with a comma needs quotation marks; an empty cell is written ''",
        )
        for index, row in enumerate(table.rows)
        if len(row) != wanted
    )
