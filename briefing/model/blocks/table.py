"""The table of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from briefing.model.base import Part, Slip
from briefing.model.fields import Flag, Identifier, Line, Words

from .common import BlockPart, SourceKeys


def _blank(value: object) -> object:
    return "" if value is None else value


Cell = Annotated[Line, BeforeValidator(_blank), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]
"""A cell of a table; it may be empty."""


class Column(Part):
    """A column of a table: its title, and how its cells are set."""

    short: ClassVar[str] = "title"

    title: Line = Field(description="The head of the column.", examples=["Since"])
    align: Literal["left", "right", "centre"] | None = Field(
        None, description="left, right or centre; numbers stand right by default.", examples=["right"]
    )
    unit: Words | None = Field(None, description="The unit, set beside the title.", examples=["US$ billion"])
    format: Literal["text", "number", "date"] = Field(
        "text",
        description="number sets digits as the brief's language does; date sets a date in full.",
        examples=["number"],
    )


class Table(BlockPart):
    """A table with a caption. Rows stand here, or in a CSV file whose first line names the columns."""

    kind: Literal["table"] = "table"
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["memberships"])
    caption: Line = Field(description="What the table shows; the number is set before it.", examples=["Memberships"])
    columns: tuple[Column, ...] = Field(
        (),
        description="The columns: titles, or mappings with title, align, unit, format.",
        examples=[["Body", "Since"]],
    )
    rows: tuple[tuple[Cell, ...], ...] = Field(
        (), description="The rows, each a list of cells.", examples=[[["CIS", 1991]]]
    )
    csv: Words | None = Field(
        None, description="A CSV file beside the content file, instead of rows.", examples=["data/trade.csv"]
    )
    note: Line | None = Field(None, description="A note under the table.", examples=["Figures are rounded."])
    source: SourceKeys = Field((), description="Keys under sources.", examples=["factbook"])
    wide: Flag = Field(False, description="true sets the table over the full width of the page.", examples=[True])
    row_headers: Flag = Field(
        True, description="false when the first column is not the name of its row.", examples=[False]
    )

    def slips(self) -> tuple[Slip, ...]:
        """Rows that do not fit the columns; a table that waits for its CSV file has none to look at yet."""
        if self.csv is not None and self.rows:
            return (Slip(("csv",), "rows-and-csv", "this table has rows and a CSV file", "keep one of the two"),)
        if self.csv is not None:
            return ()
        if not self.columns:
            return (Slip((), "no-columns", "this table has no columns", "add columns: with a list of titles"),)
        if not self.rows:
            return (
                Slip(
                    (),
                    "no-rows",
                    "this table has no rows",
                    "add rows: with a list of lists, or csv: with the name of a file",
                ),
            )
        return misfits(self)


def misfits(table: Table) -> tuple[Slip, ...]:
    """The rows with more or fewer cells than there are columns."""
    wanted = len(table.columns)
    columns = "1 column" if wanted == 1 else f"{wanted} columns"
    lengths = {len(row) for row in table.rows}
    if len(table.rows) > 1 and len(lengths) == 1 and lengths != {wanted}:
        what = f"the table has {columns}, but each of its rows has {lengths.pop()}"
        return (Slip(("columns",), "row-length", what, "name a column for each cell of a row"),)
    return tuple(
        Slip(
            ("rows", index),
            "row-length",
            f"row {index + 1} has {len(row)} {'cell' if len(row) == 1 else 'cells'}, but the table has {columns}",
            "a cell with a comma needs quotation marks; an empty cell is written ''",
        )
        for index, row in enumerate(table.rows)
        if len(row) != wanted
    )
