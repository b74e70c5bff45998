"""The part of a workbook that a table shows: its cells by row and column, and what the file says about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .cells import Cell, Unprintable

#: The last row and column of a sheet.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells. Rows and columns count from 1; the last ones are in it."""

    top: int = 1
    left: int = 1
    bottom: int = LAST_ROW
    right: int = LAST_COLUMN

    @classmethod
    def parse(cls, text: str) -> Area | None:
        """The area of ``B2:E9`` or ``$B$2:$E$9``, or of one cell; None if the text is none."""
        match = _AREA.fullmatch(text.strip())
        if match is None:
            return None
        first = column_number(match[1]), int(match[2])
        last = (column_number(match[3]), int(match[4])) if match[3] else first
        (left, right), (top, bottom) = sorted((first[0], last[0])), sorted((first[1], last[1]))
        return cls(top, left, bottom, right) if top >= 1 and bottom <= LAST_ROW and right <= LAST_COLUMN else None

    def has(self, row: int, column: int) -> bool:
        """Whether a cell is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right

    def __str__(self) -> str:
        first, last = f"{column_name(self.left)}{self.top}", f"{column_name(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The name of a sheet, and whether the spreadsheet program shows it."""

    name: str
    hidden: bool = False


@dataclass
class Grid:
    """The cells of an area that are not empty, by row and column; what is merged, what is hidden (first and last)."""

    cells: dict[tuple[int, int], Cell | Unprintable] = field(default_factory=dict)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)


class Workbook(Protocol):
    """A file with sheets, of any kind."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its sheets, in their order."""

    @property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Its named ranges in small letters: the name of the sheet, and the area as it is written in the file."""

    def grid(self, sheet: Sheet, area: Area) -> Grid:
        """The cells of an area. Raises FileRefused."""


def column_number(letters: str) -> int:
    """The number of a column: 28 of "AB"."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """The letters of a column: "AB" of 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_reference(text: str) -> tuple[str, str]:
    """The sheet and the area of ``'Trade 2016'!$A$1:$C$9`` or ``$Trade.$A$1:.$C$9``; both empty if it is neither."""
    match = re.fullmatch(r"\$?(?:'((?:[^']|'')+)'|([^'!.$:]+))[!.](\$?[A-Z]{1,3}\$?\d+(?::.*)?)", text)
    if match is None:
        return "", ""
    first, _, last = match[3].partition(":")
    return (match[1] or match[2]).replace("''", "'"), f"{first}:{re.split('[.!]', last)[-1]}" if last else first
