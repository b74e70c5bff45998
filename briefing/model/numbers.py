"""Numbers and booleans in a content file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from .typed import InvalidValue, JsonSchema, Typed
from .values import SchemaValue


@dataclass(frozen=True, slots=True)
class Number(Typed):
    """A finite decimal number that keeps its digits as typed: 1.10 does not become 1.1.

    The decimal separator is a point; there is no thousands separator. ``plus`` is True if a plus was typed, and
    ``mark`` is a percent sign or a currency beside the number, which only a cell of a table has.
    """

    value: Decimal
    plus: bool = False
    mark: str = ""

    json_schema: ClassVar[JsonSchema] = {
        "title": "A number",
        "type": ["number", "string"],
        "pattern": "^\\s*[-+\u2212]?((0|[1-9][0-9]{0,14})([.][0-9]{0,10})?|[.][0-9]{1,10})\\s*$",
        "errorMessage": "Write digits, with a point for decimals and nothing between thousands.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number in a text. Raises InvalidValue."""
        plain = text.strip().replace("\u2212", "-")
        if not re.fullmatch(r"[+-]?((0|[1-9]\d{0,14})(\.\d{0,10})?|\.\d{1,10})", plain, re.ASCII):
            rule = "digits, with a point for decimals and nothing between thousands"
            rule += ", and no 0 in front" if re.match(r"[+-]?0\d", plain) else ""
            raise InvalidValue("number-form", f"'{text.strip()[:40]}' is not a number: {rule}")
        return cls(Decimal(plain), plus=plain[0] == "+")

    @classmethod
    def parse_cell(cls, text: str) -> Self | None:
        """The number in a cell of a table, with its mark; None for an empty cell or a dash: no figure.

        Raises InvalidValue.
        """
        if text.strip() in NO_FIGURE:
            return None
        sign, mark, digits = split_mark(text)
        if not mark:
            return cls.parse(text)
        if not digits or not re.fullmatch(r"[0-9.]+", digits):
            cls.parse(text)  # raises, with the whole text
        number = cls.parse(sign + digits)
        return cls(number.value, number.plus, mark)

    @property
    def decimals(self) -> int:
        """The number of decimals that were typed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return str(self.value)


#: What a cell without a figure has. It is printed as :data:`NO_FIGURE_SIGN` in each table and chart.
NO_FIGURE = frozenset({"", "-", "\u2013", "\u2014", "\u2212"})
NO_FIGURE_SIGN = "\u2013"
_SYMBOL = "[$\u00a3\u00a5\u0e3f\u20a0-\u20cf]"
_MARK = f"%|[A-Z]{{0,3}}{_SYMBOL}|[A-Z]{{3}}|kr|z\u0142|K\u010d|Ft|lei"
_CELL = re.compile(rf"([-+\u2212]?)\s*(?:({_MARK})\s*)?([-+\u2212]?)(.*?)(?:\s*({_MARK})\.?)?", re.DOTALL)


def split_mark(text: str) -> tuple[str, str, str]:
    """The sign of a number, the percent sign or currency before or after it, and the rest; parts may be empty.

    A second sign or mark stays in the rest, so that it is no number.
    """
    match = _CELL.fullmatch(text.strip())
    if match is None or (match[1] and match[3]) or (match[2] and match[5]):
        return "", "", text.strip()
    return match[1] or match[3], match[2] or match[5] or "", match[4]


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in {"true", "yes"}:
        return True
    if isinstance(value, str) and value.strip().lower() in {"false", "no"}:
        return False
    raise InvalidValue("flag", "write true or false here")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 999:
        return value
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}", value.strip(), re.ASCII):
        return int(value)
    raise InvalidValue("count", "write a whole number from 1 to 999 here")


Flag = Annotated[
    bool,
    SchemaValue(
        _flag,
        {
            "title": "true or false",
            "type": ["boolean", "string"],
            "pattern": "^\\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])\\s*$",
            "errorMessage": "Write true or false.",
        },
    ),
]
"""The type of a boolean: true or false, yes or no, in any case."""

Count = Annotated[
    int,
    SchemaValue(
        _count,
        {
            "title": "A whole number",
            "type": ["integer", "string"],
            "minimum": 1,
            "maximum": 999,
            "pattern": "^\\s*[1-9][0-9]{0,2}\\s*$",
            "errorMessage": "Write a whole number from 1 to 999.",
        },
    ),
]
"""The type of a whole number from 1 to 999."""
