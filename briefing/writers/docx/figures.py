"""Figures: pictures and charts with their captions and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.galley.chart_numbers import CHART_NUMBERS, alt_with_numbers
from briefing.galley.tree import Element, Node

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement, emu
from .roundtrip import owned
from .text_runs import FIELD, plain

#: The greatest height of a picture, in mm.
_MAX_HEIGHT_MM = 110.0

SetBlocks = Callable[[Sequence[Node], BlockContext], None]


def set_figure(builder: DocxBuilder, element: Element, context: BlockContext, set_blocks: SetBlocks) -> None:
    """Build a figure in the order of the galley: a chart below its caption, a picture above it."""
    measures = builder.galley.theme.measures
    wide = "wide" in element.classes and not context.boxed
    room = context.room or (measures.full if wide else measures.text)
    style = "Figure Wide" if wide else "Figure"
    caption = element.find("figcaption")
    words = plain(caption.children) if caption is not None else ""
    if caption is None or not any(part.get("data-count") for part in caption.walk()):
        builder.await_mark(element)
    for child in _parts(element):
        if child.tag == "figcaption":
            builder.paragraph("caption", child.children, context.inside(child), label=element.get("id"))
        elif child.tag == "img":
            image = builder.galley.pictures[child.get("src").removeprefix("picture:")]
            run = builder.pictures.place(image, child.get("alt") or words, room=room, height=_MAX_HEIGHT_MM)
            builder.paragraph(style, (), context).append(owned(run, child.get(FIELD)))
            _add_height(builder, image.height / image.width * room if image.width else 0.0, context)
        elif child.tag == "svg":
            alt = alt_with_numbers(element, child.get("aria-label") or words or element.get("id") or "Figure")
            run = _drawing(builder, element, child, alt, room)
            builder.paragraph(style, (), context).append(owned(run, child.get(FIELD)))
            _add_height(builder, room * _ratio(child), context)
        elif child.style != CHART_NUMBERS:
            set_blocks((child,), context)


def _drawing(builder: DocxBuilder, figure: Element, svg: Element, alt: str, room: float) -> XmlElement:
    """A chart that Word draws from its numbers, or the drawing itself if there are none."""
    from briefing.charts import Numbers

    try:
        numbers = Numbers.from_json(figure.get("data-chart")) if figure.get("data-chart") else None
    except ValueError:
        numbers = None
    if numbers is None or not numbers.categories or not numbers.series:
        return builder.pictures.draw(svg, alt, figure.get("id") or "chart", room=room, ratio=_ratio(svg))
    # The height in mm that horizontal bars and their labels need; other charts are as high as in the galley.
    rows = len(numbers.categories) * (len(numbers.series) * 4.2 + 2.4) + 4 if numbers.type == "bar" else 20.0
    size = (emu(room), emu(max(room * _ratio(svg), rows)))
    return builder.charts.draw(numbers, alt, builder.pictures.next_id(), size)


def _ratio(svg: Element) -> float:
    """The height of a drawing divided by its width."""
    box = [float(part) for part in re.split(r"[\s,]+", svg.get("viewBox").strip()) if part]
    return box[3] / box[2] if len(box) == 4 and box[2] else 0.5


def _parts(element: Element) -> list[Element]:
    """The elements of a figure, without wrappers."""
    parts: list[Element] = []
    for child in element.elements:
        parts += _parts(child) if child.tag in {"div", "a", "span"} else [child]
    return parts


def _add_height(builder: DocxBuilder, height: float, context: BlockContext) -> None:
    """Add a height in mm to the text column, unless the figure is in a box."""
    if not context.boxed:
        builder.columns.set_text(height)
