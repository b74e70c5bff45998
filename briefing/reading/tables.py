"""Rows and numbers: from the brief, or from a CSV file beside it."""

from __future__ import annotations

from briefing.diagnostics import Diagnostic
from briefing.model import Chart, Series, Table, Words

from .draft import Path, Places
from .files import Files

__all__ = ["fill_chart", "fill_table"]


def fill_table(table: Table, path: Path, places: Places, files: Files, found: list[Diagnostic]) -> Table:
    """The table with its rows; rows that do not fit the columns are reported."""
    return table


def fill_chart(chart: Chart, path: Path, places: Places, files: Files, found: list[Diagnostic]) -> Chart:
    """The chart with its numbers."""
    if chart.data and not chart.series:
        return chart.model_copy(update={
            "categories": tuple(chart.data), "data": {},
            "series": (Series(name=Words(chart.unit or chart.caption), values=tuple(chart.data.values())),),
        })
    return chart
