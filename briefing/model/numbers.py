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

    The decimal separator is a point; there is no thousands separator.
    """

    value: Decimal

    json_schema: ClassVar[JsonSchema] = {
        "title": "A number",
        "type": ["number", "string"],
        "pattern": "^\\s*[-+\u2212]?([0-9]{1,15}([.][0-9]{0,10})?|[.][0-9]{1,10})\\s*$",
        "errorMessage": "Write digits, with a point for decimals and nothing between thousands.",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number in a text. Raises InvalidValue."""
        plain = text.strip().replace("\u2212", "-")
        if not re.fullmatch(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", plain, re.ASCII):
            rule = "digits, with a point for decimals and nothing between thousands"
            raise InvalidValue("number-form", f"'{text.strip()[:40]}' is not a number: {rule}")
        return cls(Decimal(plain))

    @property
    def decimals(self) -> int:
        """The number of decimals that were typed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return str(self.value)


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
