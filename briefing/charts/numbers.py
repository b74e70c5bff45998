"""The numbers behind a chart, as the galley carries them for presses that can draw a chart of their own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from briefing.model import Chart, Number

__all__ = ["Numbers", "Series", "numbers_of"]


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers; None where there is no number."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A chart's numbers. ``digits`` is the number of decimals that its labels show."""

    type: Literal["bar", "column", "line"]
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    digits: int

    def to_json(self) -> str:
        """The numbers as the ``data-chart`` attribute holds them: the same text each time."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(", ", ": "))

    @staticmethod
    def from_json(text: str) -> Numbers:
        """Read a ``data-chart`` attribute. Raises ValueError or KeyError when it is not one."""
        data = json.loads(text)
        return Numbers(
            type=data["type"],
            unit=data["unit"],
            categories=tuple(data["categories"]),
            series=tuple(Series(row["name"], tuple(row["values"])) for row in data["series"]),
            digits=data["digits"],
        )


def numbers_of(chart: Chart) -> Numbers:
    """The numbers of a chart of the content file; ``data:`` is short for one series, which its unit names."""
    typed: list[tuple[str, tuple[Number | None, ...]]] = (
        [(str(chart.unit or ""), tuple(chart.data.values()))]
        if chart.data
        else [(str(series.name), series.values) for series in chart.series]
    )
    return Numbers(
        type=chart.type,
        unit=str(chart.unit or ""),
        categories=tuple(map(str, chart.data or chart.categories)),
        series=tuple(Series(name, tuple(None if v is None else float(v) for v in row)) for name, row in typed),
        digits=max((_digits(v) for _, row in typed for v in row if v is not None), default=0),
    )


def _digits(number: Number) -> int:
    exponent = number.value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
