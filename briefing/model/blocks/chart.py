"""The block for a chart."""

from typing import Annotated, Literal

from briefing.model.base import Issue, Model, field
from briefing.model.fields import Identifier, InlineMarkdown, PlainText
from briefing.model.numbers import Number
from briefing.model.values import ChoiceValue

from .common import BlockPart, SourceKeys, without_workbook

Type = Annotated[
    Literal["bar", "column", "line"],
    ChoiceValue(
        {
            "bar": "Bars that lie: shares, ranks, long names.",
            "column": "Columns that stand: amounts over a few years.",
            "line": "Lines: how something went over many years.",
        }
    ),
]


class Series(Model):
    """One row of numbers in a chart."""

    name: PlainText = field("What the numbers are: the name of the series.", examples=["Exports"])
    values: tuple[Number | None, ...] = field(
        "A number for each category, in their order; empty where there is none.", examples=[[46, 37]]
    )


class Chart(BlockPart):
    """A bar, column or line chart, drawn in the theme's colours."""

    examples = (
        {
            "type": "column",
            "caption": "Trade in goods",
            "unit": "US$ billion",
            "data": {"2015": 46, "2016": 37},
            "alt": "Exports fell from 46 to 37 billion dollars.",
        },
    )

    kind: Literal["chart"] = "chart"
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the chart.", examples=["trade"], default=None
    )
    type: Type = field("How the numbers are drawn; bar without it.", examples=["column"], default="bar")
    caption: InlineMarkdown = field(
        "What the chart shows; 'Figure' and its number are set before it.", examples=["Trade in goods"]
    )
    unit: PlainText | None = field("The unit of the numbers.", examples=["US$ billion"], default=None)
    categories: tuple[PlainText, ...] = field(
        "The names along the axis; each series has a number for each of them.", examples=[[2015, 2016]], default=()
    )
    series: tuple[Series, ...] = field(
        "The numbers, in one series or several.", examples=[[{"name": "Exports", "values": [46, 37]}]], default=()
    )
    data: dict[PlainText, Number | None] = field(
        "Short for one series: a name and a number each; empty where there is none.",
        examples=[{"Italy": 7.5}],
        default={},
    )
    csv: PlainText | None = field(
        "A CSV, Excel or OpenDocument file instead: categories in the first column, then a series each.",
        examples=["data/trade.csv"],
        default=None,
    )
    sheet: PlainText | None = field(
        "The sheet of the workbook; not needed if it shows only one.", examples=["Trade"], default=None
    )
    range: PlainText | None = field(
        "The part of the sheet, with its titles: cells, or a name from the workbook.", examples=["B2:E9"], default=None
    )
    alt: PlainText | None = field(
        "What the chart shows, in words, for those who cannot see it.",
        examples=["Exports fell from 46 to 37 billion dollars."],
        default=None,
    )
    note: InlineMarkdown | None = field("A note under the chart.", examples=["2016 is an estimate."], default=None)
    source: SourceKeys = field(
        "Where the numbers come from: a key under sources, or a list of keys.", examples=["factbook"], default=()
    )

    def issues(self) -> tuple[Issue, ...]:
        """Numbers that are missing or do not match the categories; none if a CSV file has still to be loaded."""
        given = [name for name, value in (("data", self.data), ("series", self.series), ("csv", self.csv)) if value]
        if len(given) > 1:
            message = f"this chart has its numbers twice: under {given[0]} and under {given[1]}"
            return (Issue((given[1],), "numbers-twice", message, "keep one of them"),)
        if not self.csv and (issues := without_workbook(sheet=self.sheet, range=self.range)):
            return issues
        rows = [tuple(self.data.values()), *(series.values for series in self.series)]
        if not given or not (self.csv or any(value is not None for row in rows for value in row)):
            advice = "add data: with name: value, or categories: and series:, or csv:"
            return (Issue((), "no-numbers", "this chart has no numbers", advice),)
        if self.csv or self.data:
            return ()
        wanted = len(self.categories)
        return tuple(
            Issue(
                ("series", index, "values"),
                "series-length",
                f"'{series.name}' has {len(series.values)} values, but the chart has {wanted} categories",
                "give one value for each category; ~ where there is none",
            )
            for index, series in enumerate(self.series)
            if len(series.values) != wanted
        )
