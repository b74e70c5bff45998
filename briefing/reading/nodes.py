"""The nodes of a YAML file: they remember file, line and column, and keep scalars as they were typed.

Lines and columns count from 1, as editors do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from briefing.diagnostics import Span

__all__ = ["Items", "Node", "Pairs", "Scalar", "split_lines"]

#: The ends of lines. The three that only the parser would count are refused before it sees them.
_BREAK = re.compile("\r\n|[\r\n]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as typed. ``style`` is "" (plain), "|", ">", '"' or "'"."""

    text: str
    span: Span
    style: str = ""

    @property
    def absent(self) -> bool:
        """Whether it is a plain empty value, ``~`` or ``null``: as if it had not been written."""
        return not self.style and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True)
class Pairs:
    """A YAML mapping, in the order of the file."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span

    @cached_property
    def _index(self) -> dict[str, tuple[Scalar, Node]]:
        return {pair[0].text: pair for pair in self.pairs}

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """The pair with this key."""
        return self._index.get(key)


Node = Scalar | Items | Pairs


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends, counted as the parser counts them."""
    return _BREAK.split(text)
