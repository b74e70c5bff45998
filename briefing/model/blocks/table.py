"""The table of a brief, as a content file describes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from briefing.model.base import Part
from briefing.model.fields import Flag, Identifier, Line, Words

from .common import BlockPart, SourceKeys


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
    rows: tuple[tuple[Line, ...], ...] = Field(
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
