"""The numbers of a chart, independent of the content model: they are drawn, and put into the data sheet in Word."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from briefing.model import Chart

ChartType: TypeAlias = Literal["bar", "column", "line"]
Values: TypeAlias = tuple[float | None, ...]

_TYPES: dict[str, ChartType] = {"bar": "bar", "column": "column", "line": "line"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a chart. ``series`` has pairs of a name and the values for all categories, None for a gap.

    ``digits`` is the number of decimals of all values: the most that were typed. ``unit`` may be empty.
    ``plus`` is True if a number was typed with a plus: then all numbers above zero have one.
    Raises :class:`ValueError` if a series has more or fewer values than there are categories.
    """

    type: ChartType
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, Values], ...]
    digits: int = 0
    plus: bool = False

    def __post_init__(self) -> None:
        for name, values in self.series:
            if len(values) != len(self.categories):
                raise ValueError(f"'{name}' has {len(values)} values for {len(self.categories)} categories")

    @property
    def values(self) -> tuple[float, ...]:
        """All values without gaps, series by series."""
        return tuple(value for _, values in self.series for value in values if value is not None)

    def to_json(self) -> str:
        """The value of ``data-chart``, as docs/galley.md describes it; the same numbers give the same text."""
        series = [{"name": name, "values": list(values)} for name, values in self.series]
        data = {"type": self.type, "unit": self.unit, "categories": list(self.categories), "series": series}
        rest = {"digits": self.digits, **({"plus": True} if self.plus else {})}
        return json.dumps({**data, **rest}, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Numbers:
        """Parse ``data-chart``. Raises :class:`ValueError` for text that :meth:`to_json` does not write."""
        data = json.loads(text)
        try:
            series = tuple((str(one["name"]), tuple(_value(v) for v in one["values"])) for one in data["series"])
            categories = tuple(str(category) for category in data["categories"])
            digits, plus = int(data["digits"]), bool(data.get("plus"))
            return cls(_TYPES[data["type"]], str(data["unit"]), categories, series, digits, plus)
        except (KeyError, TypeError) as error:
            raise ValueError(f"these are not the numbers of a chart: {error}") from None


def _value(value: Any) -> float | None:
    return None if value is None else float(value)


def numbers_of(chart: Chart) -> Numbers:
    """The numbers of a chart block. A CSV file must already have been read into its categories and series.

    Short rows are filled up with gaps; values after the last category are left out, with a warning by the reader.
    """
    if chart.data and not chart.series:  # the short form of one series, whose name is the caption
        categories = tuple(map(_label, chart.data))
        rows = [(plain_words(chart.caption) or chart.unit or "", tuple(chart.data.values()))]
    else:
        categories = tuple(map(_label, chart.categories))
        rows = [(series.name, tuple(series.values)) for series in chart.series]
    size = len(categories)
    filled = [(_label(name), (*values, *[None] * size)[:size]) for name, values in rows]
    digits = max((value.decimals for _, values in filled for value in values if value is not None), default=0)
    series = tuple((name, tuple(map(_value, values))) for name, values in filled)
    plus = any(value.plus for _, values in filled for value in values if value is not None)
    return Numbers(chart.type, str(chart.unit or ""), categories, series, digits, plus)


def _label(text: object) -> str:
    """The text of a label in a drawing, which shows a soft hyphen as it is."""
    return str(text).replace("\u00ad", "")


def plain_words(markdown: str) -> str:
    """The words of a line of Markdown, without citations, link targets and emphasis."""
    words = re.sub(r"\s*\[@[^\]]*\]", "", markdown)
    words = re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", words)
    return re.sub(r"[*_`\u00ad]|\[\[|\]\]", "", words).strip()
