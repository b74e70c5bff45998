"""The numbers of a chart for screen readers: a table in the galley, which each writer uses in its own way.

HTML has the table itself, visually hidden. A figure in PDF and a chart in Word have one alternative text, which ends
with the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from briefing.charts import Numbers
from briefing.model.numbers import NO_FIGURE_SIGN

from .tree import Element

CHART_NUMBERS = "chart-numbers"


def numbers_table(numbers: Numbers, title: str, format_number: Callable[[float, int], str]) -> str:
    """The table as markup: a row for each category, a column for each series, the unit in the caption."""
    caption = escape(f"{title} ({numbers.unit})" if numbers.unit else title)
    heads = "".join(f'<th scope="col">{escape(name or title)}</th>' for name, _ in numbers.series)
    rows = ""
    for category, *values in zip(numbers.categories, *(values for _, values in numbers.series), strict=True):
        texts = (NO_FIGURE_SIGN if value is None else format_number(value, numbers.digits) for value in values)
        cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
        rows += f'<tr><th scope="row">{escape(category)}</th>{cells}</tr>'
    return (
        f'<table class="{CHART_NUMBERS}"><caption>{caption}</caption><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def alt_with_numbers(figure: Element, label: str) -> str:
    """The alternative text of a chart: its label, and the numbers of its table unless the label has them all.

    One series: ``Poland 12.5; Denmark 9.0``. Several: ``2013: Exports 84.7, Imports 48.8; 2014: …``.
    """
    table = figure.find("table", CHART_NUMBERS)
    if table is None:
        return label
    heads = [cell.text for cell in table.walk() if cell.tag == "th" and cell.get("scope") == "col"]
    rows = [[cell.text for cell in row.elements] for row in table.walk() if row.tag == "tr"][1:]
    words = label.split()
    if all(any(value == word.strip(".,;:()") for word in words) for _, *values in rows for value in values):
        return label
    if len(heads) == 1:
        numbers = [f"{name} {' '.join(values)}" for name, *values in rows]
    else:
        numbers = [
            f"{name}: {', '.join(f'{head} {value}' for head, value in zip(heads, values, strict=True))}"
            for name, *values in rows
        ]
    end = "" if label.rstrip().endswith((".", "!", "?", "…")) else "."
    return f"{label.rstrip()}{end} {'; '.join(numbers)}."
