"""The part of a chart: DrawingML, which Word draws and users can edit. Its type sizes are in 1/100 pt."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from briefing.charts import Numbers
from briefing.charts.scale import scale_of
from briefing.markup.inline import is_rtl

from .elements import XmlElement, el

#: The theme's colours in the order in which series take them.
CHART_COLOURS = ("accent1", "accent4", "accent5", "accent6")
_CATEGORIES, _VALUES = 111, 112


def chart_space(numbers: Numbers, *, size: float, language: str, workbook: str) -> XmlElement:
    """The chart: its kind, series and axes, in the theme's sans face at ``size`` pt.

    ``workbook`` is the relationship to the numbers' own workbook.
    """
    plot = el("c:plotArea", el("c:layout"), _plot(numbers), *_axes(numbers, mirrored=is_rtl(language)))
    legend = el("c:legend", *_values(legendPos="t", overlay=0)) if len(numbers.series) > 1 else None
    return el(
        "c:chartSpace",
        *_values(date1904=0, lang=language, roundedCorners=0),
        el("c:chart", *_values(autoTitleDeleted=1), plot, legend, *_values(plotVisOnly=1, dispBlanksAs="gap")),
        el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill"))),
        _text(size, language),
        el("c:externalData", *_values(autoUpdate=0), r_id=workbook),
    )


def _values(**values: str | int) -> list[XmlElement]:
    """An element for each value: its tag and its only attribute."""
    return [el(f"c:{tag}", val=value) for tag, value in values.items()]


def _text(size: float, language: str) -> XmlElement:
    face = (_fill("tx1"), el("a:latin", typeface="+mj-lt"))
    properties = el("a:pPr", el("a:defRPr", *face, sz=round(size * 100)))
    return el("c:txPr", el("a:bodyPr"), el("a:lstStyle"), el("a:p", properties, el("a:endParaRPr", lang=language)))


def _fill(colour: str) -> XmlElement:
    """A colour of the theme."""
    return el("a:solidFill", el("a:schemeClr", val=colour))


def _plot(numbers: Numbers) -> XmlElement:
    series = [_series(numbers, index) for index in range(len(numbers.series))]
    axes = (*_values(axId=_CATEGORIES), *_values(axId=_VALUES))
    if numbers.type == "line":
        return el("c:lineChart", *_values(grouping="standard", varyColors=0), *series, *_values(marker=1), *axes)
    direction, gap = ("bar", 60) if numbers.type == "bar" else ("col", 110)
    kind = _values(barDir=direction, grouping="clustered", varyColors=0)
    return el("c:barChart", *kind, *series, *_values(gapWidth=gap, overlap=0), *axes)


def _series(numbers: Numbers, index: int) -> XmlElement:
    label, values = numbers.series[index]
    column, last = ascii_uppercase[index + 1], len(numbers.categories) + 1
    title = el("c:strRef", _leaf("c:f", f"Sheet1!${column}$1"), _cache("c:strCache", [label]))
    categories = el("c:strRef", _leaf("c:f", f"Sheet1!$A$2:$A${last}"), _cache("c:strCache", numbers.categories))
    points = _cache("c:numCache", [None if value is None else f"{value:.15g}" for value in values])
    points.insert(0, _leaf("c:formatCode", number_format(numbers)))
    data = el("c:numRef", _leaf("c:f", f"Sheet1!${column}$2:${column}${last}"), points)
    colour, is_line = CHART_COLOURS[index % len(CHART_COLOURS)], numbers.type == "line"
    if is_line:
        dash, symbol = (el("a:prstDash", val="dash"), "square") if index % 2 else (None, "circle")
        line = el("c:spPr", el("a:ln", _fill(colour), dash, w=19050))
        shape = [line, el("c:marker", *_values(symbol=symbol, size=5), el("c:spPr", _fill(colour)))]
    else:
        shape = [el("c:spPr", _fill(colour)), *_values(invertIfNegative=0)]
    text = (*_values(idx=index, order=index), el("c:tx", title))
    smooth = _values(smooth=0) if is_line else ()
    return el("c:ser", *text, *shape, _value_labels(numbers), el("c:cat", categories), el("c:val", data), *smooth)


def number_format(numbers: Numbers) -> str:
    """Excel's format for values with the decimals that were typed."""
    digits = "#,##0" + (f".{'0' * numbers.digits}" if numbers.digits else "")
    return f"+{digits};-{digits};{digits}" if numbers.plus else digits


def _value_labels(numbers: Numbers) -> XmlElement:
    """Value labels at the end of bars; a line chart has none, because its axis shows the values."""
    shown = numbers.type != "line"
    digits = el("c:numFmt", formatCode=number_format(numbers), sourceLinked=0) if shown else None
    hidden = {"showCatName": 0, "showSerName": 0, "showPercent": 0, "showBubbleSize": 0}
    return el("c:dLbls", digits, *_values(showLegendKey=0, showVal=int(shown), **hidden))


def _axes(numbers: Numbers, *, mirrored: bool) -> tuple[XmlElement, XmlElement]:
    """The axes; ``mirrored`` in a language that reads from right to left, in which the first column is on the right."""
    side, across = ("r", "maxMin") if mirrored else ("l", "minMax")
    if numbers.type == "bar":
        return _category_axis("maxMin", side), _value_axis(numbers, across, "t")
    return _category_axis(across, "b"), _value_axis(numbers, "minMax", side)


def _category_axis(direction: str, side: str) -> XmlElement:
    return el(
        "c:catAx",
        *_values(axId=_CATEGORIES),
        el("c:scaling", *_values(orientation=direction)),
        *_values(delete=0, axPos=side),
        el("c:numFmt", formatCode="General", sourceLinked=0),
        *_values(majorTickMark="none", minorTickMark="none", tickLblPos="low"),
        el("c:spPr", el("a:ln", _fill("tx2"), w=9525)),
        *_values(crossAx=_VALUES, crosses="autoZero", auto=0, lblAlgn="ctr", lblOffset=100, tickLblSkip=1),
        *_values(noMultiLvlLbl=1),
    )


def _value_axis(numbers: Numbers, direction: str, side: str) -> XmlElement:
    """The axis of the values, which only a line chart shows."""
    shown = numbers.type == "line"
    scale = scale_of(numbers.values, digits=numbers.digits, from_zero=False) if shown and numbers.values else None
    limits = {"max": f"{scale.high:.15g}", "min": f"{scale.low:.15g}"} if scale else {}
    return el(
        "c:valAx",
        *_values(axId=_VALUES),
        el("c:scaling", *_values(orientation=direction, **limits)),
        *_values(delete=int(not shown), axPos=side),
        el("c:majorGridlines", el("c:spPr", el("a:ln", _fill("accent2"), w=6350))) if shown else None,
        el("c:numFmt", formatCode="#,##0.##" if numbers.digits else "#,##0", sourceLinked=0),
        *_values(majorTickMark="none", minorTickMark="none", tickLblPos="nextTo"),
        el("c:spPr", el("a:ln", el("a:noFill"))),
        *_values(crossAx=_CATEGORIES, crosses="autoZero", crossBetween="between"),
    )


def _leaf(tag: str, text: str) -> XmlElement:
    element = el(tag)
    element.text = text
    return element


def _cache(tag: str, values: Sequence[str | None]) -> XmlElement:
    """The values of the workbook's cells, from which Word draws the chart; a gap is a point left out."""
    points = [el("c:pt", _leaf("c:v", value), idx=index) for index, value in enumerate(values) if value is not None]
    return el(tag, el("c:ptCount", val=len(values)), *points)
