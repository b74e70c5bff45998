"""Figures: pictures and charts with their captions and notes."""

from __future__ import annotations

import re

from briefing.galley.chart_numbers import CHART_NUMBERS, alt_with_numbers
from briefing.galley.tree import Element

from .builder import BlockContext, DocxBuilder
from .ooxml.elements import XmlElement, emu
from .ooxml.text import end_kept
from .roundtrip import with_owners
from .text_runs import FIELD, text_of, unwrapped
from .word_styles import BLOCK_STYLES

#: The greatest height of a picture, in mm.
_MAX_HEIGHT_MM = 110.0
#: A taller chart would not fit on a page with its caption.
_TALLEST_CHART_MM = 205.0


def build_figure(builder: DocxBuilder, element: Element, context: BlockContext) -> None:
    """Build a figure in the order of the galley: a chart below its caption, a picture above it."""
    width = builder.width(element, context)
    style = BLOCK_STYLES["figure.wide" if context.is_wide(element) else "figure"]
    caption = element.find("figcaption")
    title = text_of(caption.children) if caption is not None else ""
    if caption is None or not any(part.get("data-count") for part in caption.walk()):
        builder.add_pending_bookmark(element)

    def add_drawing(run: XmlElement, drawing: Element, ratio: float) -> None:
        builder.paragraph(style, (), context).append(with_owners(run, drawing.get(FIELD)))
        builder.add_height(ratio * width, context)

    for child in unwrapped(element, ("div", "a", "span")):
        if child.tag == "figcaption":
            builder.paragraph(BLOCK_STYLES["caption"], child.children, context.inside(child), label=element.get("id"))
        elif child.tag == "img":
            image = builder.galley.pictures[child.get("src").removeprefix("picture:")]
            run = builder.pictures.place(image, child.get("alt") or title, width=width, max_height=_MAX_HEIGHT_MM)
            add_drawing(run, child, image.height / image.width if image.width else 0.0)
        elif child.tag == "svg":
            alt = alt_with_numbers(element, child.get("aria-label") or title or element.get("id") or "Figure")
            add_drawing(_drawing(builder, element, child, alt, width), child, _ratio(child))
        elif child.style != CHART_NUMBERS:
            builder.build_blocks((child,), context)
    # Otherwise figures in a row would be one block, and Word would leave the page before it empty.
    if builder.blocks:
        end_kept(builder.blocks[-1])


def _drawing(builder: DocxBuilder, figure: Element, svg: Element, alt: str, width: float) -> XmlElement:
    """A chart that Word draws from its numbers, or the drawing itself if there are none."""
    from briefing.charts import Numbers

    try:
        numbers = Numbers.from_json(figure.get("data-chart")) if figure.get("data-chart") else None
    except ValueError:
        numbers = None
    if numbers is None or not numbers.categories or not numbers.series:
        return builder.pictures.draw(svg, alt, figure.get("id") or "chart", width=width, ratio=_ratio(svg))
    # The height in mm that horizontal bars and their labels need; other charts are as high as in the galley.
    least = len(numbers.categories) * (len(numbers.series) * 4.2 + 2.4) + 4 if numbers.type == "bar" else 20.0
    size = (emu(width), emu(min(max(width * _ratio(svg), least), _TALLEST_CHART_MM)))
    return builder.charts.draw(numbers, alt, builder.pictures.next_id(), size)


def _ratio(svg: Element) -> float:
    """The height of a drawing divided by its width."""
    box = [float(part) for part in re.split(r"[\s,]+", svg.get("viewBox").strip()) if part]
    return box[3] / box[2] if len(box) == 4 and box[2] else 0.5
