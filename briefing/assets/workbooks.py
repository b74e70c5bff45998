"""Read a table from an Excel or OpenDocument workbook, as it is shown there."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from briefing.parser.characters import RETYPE_CHARACTER, bad_characters

from .archives import MAX_CELLS, Archive
from .cells import Cell, Unprintable
from .files import FileRefused
from .ods import Ods
from .rows import Row, Rows, without_blanks
from .sheets import LAST_COLUMN, Area, Grid, Sheet, Workbook, column_name
from .xlsx import Xlsx

#: The largest workbook, in bytes.
MAX_BYTES = 8_000_000
#: The kinds of workbook that are read.
KINDS: dict[str, Callable[[Archive, str], Workbook]] = {"xlsx": Xlsx, "ods": Ods}
#: The kinds that are not, and what to do.
OTHER_KINDS = {
    **dict.fromkeys(("xls", "xlt", "xlsb", "numbers", "fods", "sxc", "ots", "xltx"), "save it as .xlsx or .ods"),
    **dict.fromkeys(("xlsm", "xltm", "xlam"), "save it as .xlsx, without macros"),
}


def is_workbook(name: str) -> bool:
    """Whether the name of a file is that of a workbook, of a kind that is read or not."""
    return _kind(name) in KINDS or _kind(name) in OTHER_KINDS


def read_workbook(
    name: str, data: bytes, sheet: str, area: str, language: str, report: Callable[[FileRefused], None], wanted: int = 0
) -> Rows:
    """The cells of a sheet, or of an area of it, without empty rows and columns. Raises FileRefused.

    ``sheet`` and ``area`` are as the brief names them, or empty. ``wanted`` is the number of columns that the brief
    names, or 0. Of up to five cells that cannot be printed, all but the last are reported, and that one is raised.
    """
    if _kind(name) not in KINDS:
        raise FileRefused("workbook", f"'{name}' is a workbook of a kind that is not read", OTHER_KINDS[_kind(name)])
    book = KINDS[_kind(name)](Archive(name, data), language)
    found, rectangle = _wanted(name, book, sheet, area)
    grid = book.grid(found, rectangle)
    shown, remark = _without_hidden(name, grid)
    _refuse_merged(name, grid, rectangle, shown)
    problems = [FileRefused(c.code, c.message, c.advice) for c in shown.values() if isinstance(c, Unprintable)]
    problems += [
        FileRefused("character", f"{cell.place}: {bad.message}", RETYPE_CHARACTER)
        for cell in shown.values()
        if isinstance(cell, Cell)
        for bad in bad_characters(cell.text, 1)
    ]
    if problems:
        *others, last = problems[:5]
        for problem in others:
            report(problem)
        raise last
    cells = {place: cell for place, cell in shown.items() if isinstance(cell, Cell)}
    rows = without_blanks(name, _rows(name, cells, rectangle, grid.hidden_columns), wanted)
    return Rows(name, rows.titles, rows.rows, remark=remark)


def _kind(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _wanted(name: str, book: Workbook, sheet: str, area: str) -> tuple[Sheet, Area]:
    """The sheet and the area that the brief names. Raises FileRefused."""
    sheets = {found.name: found for found in book.sheets}
    rectangle = Area.parse(area) if area else Area()
    if rectangle is None:
        reference = book.names.get(area.lower())
        rectangle = Area.parse(reference[1]) if reference else None
        if reference is None or rectangle is None or reference[0] not in sheets:
            message = f"'{name}' has no range '{area}'"
            advice = "write cells, as B2:E9" + (f", or one of its ranges: {_listed(book.names)}" if book.names else "")
            raise FileRefused("range", message, advice, "range")
        if sheet and sheet != reference[0]:
            message = f"the range '{area}' is on the sheet '{reference[0]}', not on '{sheet}'"
            raise FileRefused("range", message, "leave sheet: out", "range")
        sheet = reference[0]
    if sheet:
        if sheet not in sheets:
            message = f"'{name}' has no sheet '{sheet}'"
            near = difflib.get_close_matches(sheet, sheets, n=1)
            advice = f"did you mean '{near[0]}'?" if near else f"its sheets are {_listed(sheets)}"
            raise FileRefused("sheet", message, advice, "sheet")
        return sheets[sheet], rectangle
    shown = [found for found in book.sheets if not found.hidden]
    if len(shown) != 1:
        message = f"'{name}' has {len(shown) or 'no'} sheets, and the brief does not say which"
        raise FileRefused("sheet", message, f"add sheet: with one of {_listed(f.name for f in shown or book.sheets)}")
    return shown[0], rectangle


def _without_hidden(name: str, grid: Grid) -> tuple[dict[tuple[int, int], Cell | Unprintable], str]:
    """The cells that the spreadsheet program shows, and a remark on the rows and columns that it hides."""
    rows = _covered({row for row, _ in grid.cells}, grid.hidden_rows)
    columns = _covered({column for _, column in grid.cells}, grid.hidden_columns)
    hidden = (("row", [str(row) for row in sorted(rows)]), ("column", [column_name(c) for c in sorted(columns)]))
    parts = [f"{noun}{'s' * (len(found) > 1)} {_listed(found)}" for noun, found in hidden if found]
    are = "is" if len(rows) + len(columns) == 1 else "are"
    remark = f"{' and '.join(parts)} of '{name}' {are} hidden there, and left out" if parts else ""
    return {(r, c): cell for (r, c), cell in grid.cells.items() if r not in rows and c not in columns}, remark


def _covered(numbers: set[int], groups: list[tuple[int, int]]) -> set[int]:
    """The numbers that are in one of the groups, of which the first and the last are given."""
    found, reach, waiting = set(), 0, sorted(groups, reverse=True)
    for number in sorted(numbers):
        while waiting and waiting[-1][0] <= number:
            reach = max(reach, waiting.pop()[1])
        if number <= reach:
            found.add(number)
    return found


def _refuse_merged(name: str, grid: Grid, area: Area, shown: dict[tuple[int, int], Cell | Unprintable]) -> None:
    """Raise FileRefused if cells of the table are merged. Merged cells beside the table do not matter."""
    for merged in grid.merged:
        if merged.meets(area) and any(merged.has(row, column) for row, column in shown):
            message = f"the cells {merged} of '{name}' are merged into one"
            advice = "divide them and fill in each; or name only the cells of the table, as range: B2:E9"
            raise FileRefused("merged-cells", message, advice)


def _rows(name: str, cells: dict[tuple[int, int], Cell], area: Area, hidden: list[tuple[int, int]]) -> list[Row]:
    """The rows that have cells, all of the same length, without hidden columns."""
    rows = sorted({row for row, _ in cells})
    used = {column for _, column in cells}
    first = area.left if area.left > 1 else min(used, default=1)
    last = area.right if area.right < LAST_COLUMN else max(used, default=1)
    among = set(range(first, last + 1))
    columns = sorted(among - _covered(among, hidden))
    if len(rows) * len(columns) > MAX_CELLS:
        message = f"'{name}' has more than {MAX_CELLS:,} cells"
        raise FileRefused("workbook", message, "name the cells that the brief shows, as range: B2:E9")
    blank = Cell("")
    return [Row(f"row {row} of '{name}'", tuple(cells.get((row, column), blank) for column in columns)) for row in rows]


def _listed(names: Iterable[str]) -> str:
    """Up to six names, with commas."""
    found = [name[:40] for name in names]
    return ", ".join(found[:6]) + (" and others" if len(found) > 6 else "")
