"""The nodes of a YAML file, with their positions; scalars are text as typed.

Lines and columns count from 1, as in editors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from briefing.diagnostics import Span

__all__ = ["Items", "Node", "Pairs", "Scalar", "split_lines"]

#: Line ends. The parser knows three more (U+0085, U+2028, U+2029), which are refused before.
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
        """Whether it is empty, ``~`` or ``null`` without quotation marks; then the key counts as missing."""
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
        """The pair with this key; None if there is none."""
        return self._index.get(key)


Node = Scalar | Items | Pairs


def split_lines(text: str) -> list[str]:
    """The lines of a text without their line ends, as the parser counts them."""
    return _BREAK.split(text)
