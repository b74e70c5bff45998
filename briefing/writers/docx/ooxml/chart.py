"""The part of a chart: DrawingML, which Word draws and users can edit. Its type sizes are in 1/100 pt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from briefing.charts import Numbers
from briefing.charts.scale import scale_of

from .elements import XmlElement, el

#: The theme's colours in the order in which series take them.
CHART_COLOURS = ("accent1", "accent4", "accent5", "accent6")
_CATEGORIES, _VALUES = 111, 112


def chart_space(numbers: Numbers, *, size: float, language: str, workbook: str) -> XmlElement:
    """The chart: its kind, series and axes, in the theme's sans face at ``size`` pt.

    ``workbook`` is the relationship to the numbers' own workbook.
    """
    several = len(numbers.series) > 1
    plot = el("c:plotArea", el("c:layout"), _chart(numbers), *_axes(numbers))
    chart = el("c:chart", el("c:autoTitleDeleted", val=1), plot)
    if several:
        chart.append(el("c:legend", el("c:legendPos", val="t"), el("c:overlay", val=0)))
    chart.extend([el("c:plotVisOnly", val=1), el("c:dispBlanksAs", val="gap")])
    return el(
        "c:chartSpace",
        el("c:date1904", val=0),
        el("c:lang", val=language),
        el("c:roundedCorners", val=0),
        chart,
        el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill"))),
        _text(size, language),
        el("c:externalData", el("c:autoUpdate", val=0), r_id=workbook),
    )


def _text(size: float, language: str) -> XmlElement:
    face = (el("a:solidFill", el("a:schemeClr", val="tx1")), el("a:latin", typeface="+mj-lt"))
    properties = el("a:pPr", el("a:defRPr", *face, sz=round(size * 100)))
    return el("c:txPr", el("a:bodyPr"), el("a:lstStyle"), el("a:p", properties, el("a:endParaRPr", lang=language)))


def _chart(numbers: Numbers) -> XmlElement:
    series = [_series(numbers, index) for index in range(len(numbers.series))]
    axes = (el("c:axId", val=_CATEGORIES), el("c:axId", val=_VALUES))
    if numbers.type == "line":
        head = (el("c:grouping", val="standard"), el("c:varyColors", val=0))
        return el("c:lineChart", *head, *series, el("c:marker", val=1), *axes)
    bars = (
        el("c:barDir", val="bar" if numbers.type == "bar" else "col"),
        el("c:grouping", val="clustered"),
        el("c:varyColors", val=0),
    )
    shape = (el("c:gapWidth", val=60 if numbers.type == "bar" else 110), el("c:overlap", val=0))
    return el("c:barChart", *bars, *series, *shape, *axes)


def _series(numbers: Numbers, index: int) -> XmlElement:
    name, values = numbers.series[index]
    column, last = ascii_uppercase[index + 1], len(numbers.categories) + 1
    title = el("c:strRef", _formula(f"Sheet1!${column}$1"), _cache("c:strCache", [name]))
    categories = el("c:strRef", _formula(f"Sheet1!$A$2:$A${last}"), _cache("c:strCache", numbers.categories))
    points = _cache("c:numCache", [None if value is None else f"{value:.15g}" for value in values])
    points.insert(0, _words("c:formatCode", number_format(numbers)))
    data = el("c:numRef", _formula(f"Sheet1!${column}$2:${column}${last}"), points)
    colour = el("a:solidFill", el("a:schemeClr", val=CHART_COLOURS[index % len(CHART_COLOURS)]))
    parts = [el("c:idx", val=index), el("c:order", val=index), el("c:tx", title)]
    if numbers.type == "line":
        line = el("a:ln", colour, *([el("a:prstDash", val="dash")] if index % 2 else []), w=19050)
        marker = el("c:spPr", el("a:solidFill", el("a:schemeClr", val=CHART_COLOURS[index % len(CHART_COLOURS)])))
        parts += [
            el("c:spPr", line),
            el("c:marker", el("c:symbol", val="square" if index % 2 else "circle"), el("c:size", val=5), marker),
        ]
    else:
        parts += [el("c:spPr", colour), el("c:invertIfNegative", val=0)]
    parts.append(_labels(numbers))
    parts += [el("c:cat", categories), el("c:val", data)]
    if numbers.type == "line":
        parts.append(el("c:smooth", val=0))
    return el("c:ser", *parts)


def number_format(numbers: Numbers) -> str:
    """Excel's format for values with the decimals that were typed."""
    return "#,##0" + (f".{'0' * numbers.digits}" if numbers.digits else "")


def _labels(numbers: Numbers) -> XmlElement:
    """Value labels at the end of bars; a line chart has none, because its axis shows the values."""
    shown = int(_labelled(numbers))
    form = (el("c:numFmt", formatCode=number_format(numbers), sourceLinked=0),) if shown else ()
    flags = (
        el("c:showLegendKey", val=0),
        el("c:showVal", val=shown),
        *(el(f"c:{flag}", val=0) for flag in ("showCatName", "showSerName", "showPercent", "showBubbleSize")),
    )
    return el("c:dLbls", *form, *flags)


def _labelled(numbers: Numbers) -> bool:
    return numbers.type != "line"


def _axes(numbers: Numbers) -> Iterator[XmlElement]:
    lying = numbers.type == "bar"
    no_ticks = (el("c:majorTickMark", val="none"), el("c:minorTickMark", val="none"))
    rule = el("c:spPr", el("a:ln", el("a:solidFill", el("a:schemeClr", val="tx2")), w=9525))
    yield el(
        "c:catAx",
        el("c:axId", val=_CATEGORIES),
        el("c:scaling", el("c:orientation", val="maxMin" if lying else "minMax")),
        el("c:delete", val=0),
        el("c:axPos", val="l" if lying else "b"),
        el("c:numFmt", formatCode="General", sourceLinked=0),
        *no_ticks,
        el("c:tickLblPos", val="low"),
        rule,
        el("c:crossAx", val=_VALUES),
        el("c:crosses", val="autoZero"),
        el("c:auto", val=0),
        el("c:lblAlgn", val="ctr"),
        el("c:lblOffset", val=100),
        el("c:tickLblSkip", val=1),
        el("c:noMultiLvlLbl", val=1),
    )
    grid = el("c:majorGridlines", el("c:spPr", el("a:ln", el("a:solidFill", el("a:schemeClr", val="accent2")), w=6350)))
    shown = not _labelled(numbers)
    scale = scale_of(numbers.values, digits=numbers.digits, from_zero=False) if shown and numbers.values else None
    limits = (el("c:max", val=f"{scale.high:.15g}"), el("c:min", val=f"{scale.low:.15g}")) if scale else ()
    yield el(
        "c:valAx",
        el("c:axId", val=_VALUES),
        el("c:scaling", el("c:orientation", val="minMax"), *limits),
        el("c:delete", val=int(not shown)),
        el("c:axPos", val="t" if lying else "l"),
        *([grid] if shown else []),
        el("c:numFmt", formatCode="#,##0.##" if numbers.digits else "#,##0", sourceLinked=0),
        el("c:majorTickMark", val="none"),
        el("c:minorTickMark", val="none"),
        el("c:tickLblPos", val="nextTo"),
        el("c:spPr", el("a:ln", el("a:noFill"))),
        el("c:crossAx", val=_CATEGORIES),
        el("c:crosses", val="autoZero"),
        el("c:crossBetween", val="between"),
    )


def _formula(reference: str) -> XmlElement:
    return _words("c:f", reference)


def _words(tag: str, text: str) -> XmlElement:
    element = el(tag)
    element.text = text
    return element


def _cache(tag: str, values: Sequence[str | None]) -> XmlElement:
    """The values of the workbook's cells, from which Word draws the chart; a gap is a point left out."""
    points = [el("c:pt", _words("c:v", value), idx=index) for index, value in enumerate(values) if value is not None]
    return el(tag, el("c:ptCount", val=len(values)), *points)
