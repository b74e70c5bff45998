"""Figures: pictures and charts with their captions and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefing.galley.chart_numbers import CHART_NUMBERS, told
from briefing.galley.tree import Element, Node

from .fields import owned
from .forme import Context, Forme
from .ooxml.elements import XmlElement, emu
from .pieces import FIELD, plain

__all__ = ["set_figure"]

#: The greatest height of a picture, in mm.
_MAX_HEIGHT_MM = 110.0

SetBlocks = Callable[[Sequence[Node], Context], None]


def set_figure(forme: Forme, element: Element, context: Context, set_blocks: SetBlocks) -> None:
    """Build a figure in the order of the galley: a chart below its caption, a picture above it."""
    measures = forme.galley.theme.measures
    wide = "wide" in element.classes and not context.boxed
    room = context.room or (measures.full if wide else measures.text)
    style = "Figure Wide" if wide else "Figure"
    caption = element.find("figcaption")
    words = plain(caption.children) if caption is not None else ""
    if caption is None or not any(part.get("data-count") for part in caption.walk()):
        forme.await_mark(element)
    for child in _parts(element):
        if child.tag == "figcaption":
            forme.paragraph("caption", child.children, context.inside(child), label=element.get("id"))
        elif child.tag == "img":
            image = forme.galley.pictures[child.get("src").removeprefix("picture:")]
            run = forme.pictures.place(image, child.get("alt") or words, room=room, height=_MAX_HEIGHT_MM)
            forme.paragraph(style, (), context).append(owned(run, child.get(FIELD)))
            _add_height(forme, image.height / image.width * room if image.width else 0.0, context)
        elif child.tag == "svg":
            alt = told(element, child.get("aria-label") or words or element.get("id") or "Figure")
            run = _drawing(forme, element, child, alt, room)
            forme.paragraph(style, (), context).append(owned(run, child.get(FIELD)))
            _add_height(forme, room * _ratio(child), context)
        elif child.style != CHART_NUMBERS:
            set_blocks((child,), context)


def _drawing(forme: Forme, figure: Element, svg: Element, alt: str, room: float) -> XmlElement:
    """A chart that Word draws from its numbers, or the drawing itself if there are none."""
    from briefing.charts import Numbers

    try:
        numbers = Numbers.from_json(figure.get("data-chart")) if figure.get("data-chart") else None
    except ValueError:
        numbers = None
    if numbers is None or not numbers.categories or not numbers.series:
        return forme.pictures.draw(svg, alt, figure.get("id") or "chart", room=room, ratio=_ratio(svg))
    # The height in mm that horizontal bars and their labels need; other charts are as high as in the galley.
    rows = len(numbers.categories) * (len(numbers.series) * 4.2 + 2.4) + 4 if numbers.type == "bar" else 20.0
    size = (emu(room), emu(max(room * _ratio(svg), rows)))
    return forme.charts.draw(numbers, alt, forme.pictures.next_id(), size)


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


def _add_height(forme: Forme, height: float, context: Context) -> None:
    """Add a height in mm to the text column, unless the figure is in a box."""
    if not context.boxed:
        forme.columns.set_text(height)
