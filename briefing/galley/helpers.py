"""Filters and functions for templates: dates, numbers, labels, note calls, pictures, charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from briefing.charts.text_width import SIZE
from briefing.charts.text_width import width as text_width
from briefing.cldr import comma
from briefing.markup.walk import blocks_of
from briefing.model import Chart, Map, Model, Moment, PartialDate, Period
from briefing.model.country_map import LocatorMap
from briefing.model.data_path import DataPath
from briefing.model.numbers import Number
from briefing.theme import Theme

from .locale import Locale, capitals, fill_in
from .maps import Maps
from .tree import Element, Node, parse_markup, rewrite, to_markup
from .view import Text, View, with_attributes

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture

#: The share of the full width that a place at the side of a header or footer has.
RUNNING_SHARE = 0.31
#: The share of the text column that the country's name may take beside its flag.
_NAME_SHARE = 0.8
#: The map of the masthead in mm; the height of a map by its width, and at most, in mm.
_LOCATOR_MM = (50.0, 35.0)
_MAP_HEIGHT, _TALLEST_MAP_MM = 0.69, 90.0
#: What ends a lead-in.
_LEAD_IN_ENDS = (":", "\uff1a", ".", "\u3002", "\u06d4", "\u0964", "!", "?")
#: A picture that may be wider than this, in mm, is never too small.
_WIDEST_MM = 200


class Helpers:
    """The filters and functions for one galley."""

    def __init__(self, language: Locale, theme: Theme, pictures: Mapping[str, Picture], maps: Maps) -> None:
        self.language, self.theme, self.pictures, self.maps = language, theme, pictures, maps

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters, by their names in templates."""
        date, calls, cell = self.language.date, self.calls, self.cell
        return {
            "date": date,
            "calls": calls,
            "styled": styled,
            "cell": cell,
            "iso": iso,
            "of": of,
            "lead_ins": lead_ins,
        }

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
            "measured": self.measured,
            "headline": self.headline,
            "shortened": self.shortened,
            "name_style": self.name_style,
            "flag": self.flag,
            "locator": self.locator,
            "country_map": self.country_map,
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
        """An ``img`` element for a picture that the brief names."""
        return self.picture_named(str(name), alt)

    def picture_named(self, name: str, alt: object) -> Markup:
        """An ``img`` element for a picture of the brief, with its natural size in CSS px.

        The alternative text of a drawing that becomes pixels has its words too.
        """
        image, told = self.pictures[name], str(alt)
        if image.undrawn and image.words and told:
            told = f"{told.rstrip('.')}. {image.words}"
        small = Markup(' data-widest="{:.1f}"').format(image.widest) if image.widest < _WIDEST_MM else ""
        return Markup('<img src="picture:{}" alt="{}" width="{}" height="{}"{}/>').format(
            name, told, round(image.width) or 1, round(image.height) or 1, small
        )

    def flag(self, code: object) -> Markup:
        """The country's flag in the masthead, as an ``img`` element; empty if the brief has none."""
        name = self.maps.edition.drawn.flag
        if name not in self.pictures:
            return Markup("")
        alt = self.label("flag_of", country=self.language.country(str(code)))
        return Markup(str(self.picture_named(name, str(alt))).replace("<img ", '<img class="flag" ', 1))  # noqa: S704

    def locator(self, box_map: View | None = None, alt: object = "") -> Markup:
        """The map of the masthead or, with its view, that of the fact box, as ``img`` or ``svg``; empty without one."""
        measures, part = self.theme.measures, _part(box_map) if box_map is not None else None
        if box_map is not None and box_map.file:
            return self.picture_named(str(box_map.file), str(alt))
        if box_map is None and not self.maps.edition.drawn.map:
            return Markup("")
        content = part if isinstance(part, LocatorMap) else LocatorMap()
        path: DataPath = ("fact_box", "map") if box_map is not None else ("country",)
        width = measures.side or measures.text / 3
        size = (width, width * 0.82) if box_map is not None else _LOCATOR_MM
        drawn = self.maps.draw(content, path, size, alt=str(alt))
        return Markup(drawn.svg) if drawn is not None else Markup("")  # noqa: S704 - well-formed, with words escaped

    def country_map(self, block: View) -> Markup:
        """The map of a block, as an ``svg`` element; empty if there can be none."""
        part = _part(block)
        if not isinstance(part, Map):
            raise TypeError("country_map() takes a map")
        path = next(path for path, other in blocks_of(self.maps.edition.brief, Map) if other is part)
        width = self.theme.measures.full if part.wide else self.theme.measures.text
        size = (width, min(width * _MAP_HEIGHT, _TALLEST_MAP_MM))
        drawn = self.maps.draw(part, (*path, "map"), size, tuple(map(str, part.of)), str(part.alt or ""))
        return Markup(drawn.svg) if drawn is not None else Markup("")  # noqa: S704 - well-formed, with words escaped

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

    def headline(self, title: Text, country: object) -> Markup:
        """The title without the country at its beginning, which the masthead shows."""
        name, words = self.language.country(str(country)) if country else "", title.plain
        before, colon, rest = words.partition(":")
        rest = rest.strip()
        if not (colon and rest and name and before.strip().casefold() == name.casefold()):
            return title.markup
        return escape(capitals(rest[0], self.language.tag) + rest[1:])

    def name_style(self, name: str) -> str:
        """The type style for the country's name in the masthead: the largest in which it takes one line."""
        for name_of_style in ("country", "country-long"):
            style = self.theme.style(name_of_style)
            room = self.theme.measures.text * 72 / 25.4 * SIZE / (style.size if style else SIZE)
            if text_width(name, semibold=True) <= room * _NAME_SHARE:
                return name_of_style
        return "country-longest"

    def shortened(self, text: object) -> str:
        """A text for a place at the side of a header, with an ellipsis if it would take more than one line."""
        style, words = self.theme.style("running-head"), str(text)
        room = self.theme.measures.full * RUNNING_SHARE * 72 / 25.4 * SIZE / (style.size if style else SIZE)
        if text_width(words, semibold=True) <= room:
            return words
        while words and text_width(f"{words.rstrip()}…", semibold=True) > room:
            words = words[:-1]
        return f"{words.rstrip(' ,;:–-')}…"

    def measured(self, figure: View) -> Markup:
        """The value of a key figure and its unit.

        A currency at the beginning of the unit stands where the brief's language puts it, before or after the value.
        """
        value, unit = figure.value, figure.unit
        if not unit:
            return Markup("{}").format(value)
        part = Markup('<span class="figure-unit"{}>{}</span>').format
        sign, rest = self.language.currency_before(unit.plain)
        if not sign or unit.markup != escape(unit.plain):
            return Markup("{}\u00a0{}").format(value, part(unit.at, unit))
        after = Markup("\u00a0{}").format(part("", rest)) if rest else ""
        return Markup("{}\u00a0{}{}").format(part(unit.at, sign), value, after)

    def numbers(self, chart: View) -> str:
        """The numbers of a chart, as JSON for the ``data-chart`` attribute."""
        from briefing.charts import numbers_of

        return numbers_of(_chart(chart)).to_json()

    def chart(self, chart: View) -> Markup:
        """A chart in the theme's colours, and a table of its numbers for screen readers.

        It is drawn for a smaller width and then enlarged, so its text is as large as the note below it.
        """
        from briefing.charts import draw, numbers_of, plain_words

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
    part = _part(view)
    if not isinstance(part, Chart):
        raise TypeError("chart() and numbers() take a chart")
    return part


def _part(view: View) -> Model | None:
    return view._part  # noqa: SLF001 - views hide their part from templates only


def styled(text: Text, style: str) -> Markup:
    """The markup of a field, with a class on each of its top-level elements."""
    return Markup(with_attributes(str(text.__html__()), class_=style))  # noqa: S704 - it was markup before


def lead_ins(text: Text) -> Markup:
    """A list whose items begin with their lead-ins: emphasis at the beginning, up to a colon or a full stop."""

    def change(element: Element) -> tuple[Node, ...] | None:
        first = next((child for child in element.children if not isinstance(child, str) or child.strip()), None)
        if element.tag == "p" or not isinstance(first, Element):
            return None
        if element.tag == "li" and first.tag in {"em", "strong"} and _is_lead_in(first, element):
            lead = Element("strong", {**first.attributes, "class": "lead-in"}, first.children)
            return (element.having(*(lead if child is first else child for child in element.children)),)
        return None

    nodes = (node for top in parse_markup(str(text.__html__())) for node in rewrite(top, change))
    return Markup("".join(map(to_markup, nodes)))  # noqa: S704 - it was markup before


def _is_lead_in(first: Element, item: Element) -> bool:
    """Whether the emphasis at the beginning of an item ends a phrase; it may be only a name or a title."""
    after = item.text.strip().removeprefix(first.text.strip())
    return first.text.rstrip().endswith(_LEAD_IN_ENDS) or after.startswith(_LEAD_IN_ENDS[:2])


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
