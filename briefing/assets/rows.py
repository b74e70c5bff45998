"""The rows of a spreadsheet, from a file of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .archives import MAX_CELLS
from .cells import Cell
from .files import FileRefused


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and its place as messages name it: "line 2 of 'trade.csv'"."""

    place: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of a spreadsheet: the titles in its first row, and the other rows.

    ``decimal`` is the decimal sign that the separator of a CSV file suggests: Excel writes ``;`` where the comma is the
    decimal sign. ``remark`` is what the user should know about the file, if anything.
    """

    name: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal: str = ""
    remark: str = ""

    def column(self, index: int) -> list[Cell]:
        """The cells of a column, each with its place."""
        return [cell if (cell := row.cells[index]).place else Cell(cell.text, row.place) for row in self.rows]


def without_blanks(name: str, rows: Sequence[Row], wanted: int) -> Rows:
    """The rows of a file, without empty rows and columns. Raises FileRefused if there are only titles.

    An empty column stays if the brief names just as many columns as the file has.
    """
    rows = [row for row in rows if any(cell.text for cell in row.cells)]
    if len(rows) < 2:
        advice = "put the titles into the first line and a row into each further one"
        raise FileRefused("no-rows", f"'{name}' has no rows below its titles", advice)
    if sum(len(row.cells) for row in rows) > MAX_CELLS:
        raise FileRefused("csv", f"'{name}' has more than {MAX_CELLS:,} cells", "a brief shows a part of such a table")
    used = {index for row in rows for index, cell in enumerate(row.cells) if cell.text}
    if len(rows[0].cells) == wanted:
        used |= set(range(wanted))
    kept = [Row(row.place, tuple(cell for i, cell in enumerate(row.cells) if i in used)) for row in rows]
    return Rows(name, tuple(cell.text for cell in kept[0].cells), tuple(kept[1:]))
