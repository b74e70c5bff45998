"""Filters and functions for templates: dates, numbers, labels, note calls, pictures, charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from briefing.cldr import comma
from briefing.model import Chart, Moment, PartialDate, Period
from briefing.model.numbers import Number
from briefing.theme import Theme

from .locale import Locale, fill_in
from .view import Text, View, with_attributes

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture

#: A picture that may be wider than this, in mm, is never too small.
_WIDEST_MM = 200


class Helpers:
    """The filters and functions for one galley."""

    def __init__(self, language: Locale, theme: Theme, pictures: Mapping[str, Picture]) -> None:
        self.language, self.theme, self.pictures = language, theme, pictures

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters, by their names in templates."""
        date, calls, cell = self.language.date, self.calls, self.cell
        return {"date": date, "calls": calls, "styled": styled, "cell": cell, "iso": iso, "of": of}

    def functions(self) -> dict[str, Any]:
        """The functions and constants, by their names in templates."""
        return {
            "label": self.label,
            "comma": comma(self.language.tag),
            "option": self.theme.chosen,
            "picture": self.picture,
            "chart": self.chart,
            "numbers": self.numbers,
            "letter": letter,
            "country": self.language.country,
        }

    def label(self, key: str, **values: Any) -> Markup:
        """The label for a key, with values filled in; a value that is markup stays markup. ValueError: unknown key."""
        if key not in self.language.labels:
            raise ValueError(f"there is no label '{key}'; the keys of labels/en.yaml are what there is")
        escaped = {name: escape(value) for name, value in values.items()}
        return Markup(fill_in(str(escape(self.language.labels[key])), escaped))  # noqa: S704 - both are escaped

    def calls(self, sources: tuple[Text, ...]) -> Markup:
        """A note call for each source."""
        call = Markup('<a class="note-call" data-note="{}"/>')
        return Markup("").join(call.format(str(source)) for source in sources)

    def picture(self, name: Text, alt: object) -> Markup:
        """An ``img`` element for a picture of the brief, with its natural size in CSS px.

        The alternative text of a drawing that becomes pixels has its words too.
        """
        image, told = self.pictures[str(name)], str(alt)
        if image.undrawn and image.words and told:
            told = f"{told.rstrip('.')}. {image.words}"
        small = Markup(' data-widest="{:.1f}"').format(image.widest) if image.widest < _WIDEST_MM else ""
        return Markup('<img src="picture:{}" alt="{}" width="{}" height="{}"{}/>').format(
            str(name), told, round(image.width) or 1, round(image.height) or 1, small
        )

    def cell(self, text: Text, column: View | None) -> Markup | Text:
        """The text of a table cell in its column's format: numbers and dates are localised, all else is as typed."""
        column_format = column.format if column is not None else "text"
        with suppress(ValueError):
            if column_format == "number":
                core = str(escape(str(text).strip()))
                shown = escape(self.language.cell(Number.parse_cell(str(text))))
                return Markup(str(text.__html__()).replace(core, shown, 1)) if core else shown  # noqa: S704
            if column_format == "date":
                return escape(self.language.date(PartialDate.parse(str(text))))
        return text

    def numbers(self, chart: View) -> str:
        """The numbers of a chart, as JSON for the ``data-chart`` attribute."""
        from briefing.charts import numbers_of

        return numbers_of(_chart(chart)).to_json()

    def chart(self, chart: View) -> Markup:
        """A chart in the theme's colours, and a table of its numbers for screen readers.

        It is drawn for a smaller width and then enlarged, so its text is as large as the note below it.
        """
        from briefing.charts import draw, numbers_of, plain_words
        from briefing.charts.text_width import SIZE

        from .chart_numbers import numbers_table

        lettering = self.theme.style("figure-note")
        numbers, title = numbers_of(_chart(chart)), plain_words(str(chart.caption))

        def shown(value: float, digits: int) -> str:
            return ("+" if numbers.plus and value > 0 else "") + self.language.number(value, digits)

        drawn = draw(
            numbers,
            title=title,
            description=str(chart.alt or title),  # the table has the numbers
            format_number=shown,
            direction=self.language.direction,
            colours=self.theme.colours,
            face=self.theme.faces["sans"].family,
            width=self.theme.measures.text * SIZE / max(SIZE, lettering.size if lettering else SIZE),
            unit_shown=False,  # it is in the caption
        )
        table = numbers_table(numbers, title, shown)
        return Markup(f"{drawn}\n{table}")  # noqa: S704 - both are well-formed, with all words escaped


def _chart(view: View) -> Chart:
    part = view._part  # noqa: SLF001 - views hide their part from templates only
    if not isinstance(part, Chart):
        raise TypeError("chart() and numbers() take a chart")
    return part


def styled(text: Text, style: str) -> Markup:
    """The markup of a field, with a class on each of its top-level elements."""
    return Markup(with_attributes(str(text.__html__()), class_=style))  # noqa: S704 - it was markup before


def of(words: object, at: Markup) -> Markup:
    """Inline text in a span with the ``data-path`` attribute ``at`` of its field; without a span if that is empty."""
    return Markup("<span{}>{}</span>").format(at, words) if at else escape(words)


def iso(value: PartialDate | Moment | Period) -> str:
    """The ISO 8601 date for a ``datetime`` attribute; empty for a period in words."""
    if isinstance(value, Period):
        return "" if value.date is None else str(value.date)
    return str(value).replace(" ", "T")


def letter(number: int) -> str:
    """The letters for a number, as spreadsheets count columns: A for 1, Z for 26, AA for 27."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
