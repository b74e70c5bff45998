"""The galley as an HTML document for print: header and footer texts, and changes that paper needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import count

from briefing.galley import Element, Galley, Node, rewrite, to_markup
from briefing.galley.chart_numbers import CHART_NUMBERS, alt_with_numbers
from briefing.galley.fit_tables import NARROW_GAP
from briefing.model.paper import PAPER_SIZES
from briefing.writers.drawings import limited

from .line_breaks import adjust_breaks, keep_together
from .running import running_elements

#: The tallest picture as wide as its column, in mm; a taller one would leave a gap on the page before.
TALLEST_MM = 88.0
#: The most abbreviations in a list in the side column; a longer list is set in the text.
SHORT_GLOSSARY = 10
UNLIMITED = 1_000_000


def print_document(
    galley: Galley,
    picture_urls: Mapping[str, str],
    in_text: frozenset[int] = frozenset(),
    label_families: str = "",
    *,
    contents: bool = False,
) -> str:
    """The HTML document that is laid out.

    ``picture_urls`` maps the name of each picture to its URL. Side matter is numbered (``data-side``); the numbers in
    ``in_text`` are set in the text instead. ``label_families`` is the ``font-family`` of labels in charts. Without
    ``contents`` the contents list is left out, but keeps its number.
    """
    numbers, measures = count(), galley.theme.measures
    side, limit = bool(measures.side), entries_beside(galley)

    def change(element: Element) -> tuple[Node, ...] | None:
        if element.tag == "img":
            name = element.get("src").removeprefix("picture:")
            return (element.having(src=picture_urls.get(name, "picture:missing")),)
        if element.tag == "figure" and element.find("table", CHART_NUMBERS) is not None:
            element = _with_numbers(element)
        if element.tag == "figure":
            element = limited(element)
        if element.tag == "svg":
            family = {"font-family": label_families} if label_families else {}
            return (_with_title(element.having(*element.children, **family)),)
        if element.tag == "nav" and element.style == "contents" and not contents:
            return (Element("div", {"class": "left-out"}),)
        if element.style == "backlink":  # useless on paper
            return element.children if element.tag == "span" else ()
        if element.tag == "span" and element.attributes.keys() == {"data-path"}:
            return element.children  # a screen reader would pause at a span that only marks a field
        element = _with_styles(element, galley)
        if element.style == "picture":
            element = _mark_tall(element, measures.full if "wide" in element.classes else measures.text)
        return (
            keep_together(
                move_to_side(adjust_breaks(element, galley.language), numbers, in_text, side=side, limit=limit)
            ),
        )

    whole = Element("main", {}, tuple(node for element in galley.body for node in rewrite(element, change)))
    body = to_markup(move_to_side(whole, numbers, in_text, side=side, limit=limit))
    running = "".join(
        f'<div class="running" style="position:running({name});text-align:{side}">{markup}</div>'
        for (markup, side), name in running_elements(galley).items()
    )
    return (
        f'<!doctype html><html lang="{escape(galley.language)}" dir="{galley.direction}"><head><meta charset="utf-8"/>'
        f"<title>{escape(galley.properties.title)}</title></head>"
        f"<body>{running}{body}</body></html>"
    )


def _with_styles(element: Element, galley: Galley) -> Element:
    """A list with its first number as CSS, because WeasyPrint reads no attribute of a list; a table in its own size."""
    if element.tag == "table" and element.get("data-fit"):
        return _in_smaller_type(element, galley)
    if element.tag != "ol" or not element.get("start"):
        return element
    return element.having(*element.children, style=f"counter-reset: list-item {int(element.get('start')) - 1}")


def _in_smaller_type(table: Element, galley: Galley) -> Element:
    """A table in the smaller type that fits it to the paper, with less space between its columns."""
    scale = int(table.get("data-fit")) / 100

    def change(cell: Element) -> tuple[Node, ...] | None:
        style = galley.theme.style("table-head" if cell.get("scope") == "col" else "table-text")
        if cell.tag not in {"td", "th"} or style is None:
            return None
        gap = f"padding-inline:0 {NARROW_GAP}mm" if "number" not in cell.classes else f"padding-inline:{NARROW_GAP}mm 0"
        size = f"font-size:{style.size * scale:.2f}pt;line-height:{style.leading * scale:.2f}pt"
        return (cell.having(*cell.children, style=f"{size};{gap}"),)

    (changed,) = rewrite(table, change)
    return changed if isinstance(changed, Element) else table


def entries_beside(galley: Galley) -> int:
    """The most entries of a contents list that the side column holds: one line for each must fit on a page.

    The limit saves a long brief one layout, which would show the same.
    """
    measures, style = galley.theme.measures, galley.theme.style("contents")
    if style is None:
        return UNLIMITED
    height = PAPER_SIZES[galley.paper][1] - min(measures.top, measures.top_first) - measures.bottom
    return int((height / 25.4 * 72 + style.after) / (style.leading + style.after))


def move_to_side(
    element: Element, numbers: Iterator[int], in_text: frozenset[int], *, side: bool = True, limit: int = UNLIMITED
) -> Element:
    """A copy with side matter in a numbered ``div class="side"``, together with a portion mark before it.

    Side matter in ``in_text``, and a contents list of more than ``limit`` entries, is in a ``div class="in-text"``
    instead; without a ``side`` column all of it is.
    """
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, str) or not belongs_beside(child):
            children.append(child)
        elif child.style == "left-out":
            next(numbers)
            continue
        else:
            block: list[Node] = [child]
            while children and isinstance(children[-1], str) and not children[-1].strip():
                children.pop()
            if children and isinstance(children[-1], Element) and children[-1].style == "portion-mark":
                block.insert(0, children.pop())
            number = next(numbers)
            long = child.style == "contents" and sum(e.tag == "li" for e in child.walk()) > limit
            beside = side and number not in in_text and not long
            attributes = {"class": "side", "data-side": str(number)} if beside else {"class": "in-text"}
            children.append(Element("div", attributes, tuple(block)))
    return element.having(*children)


def belongs_beside(element: Element) -> bool:
    """Whether an element may stand in the side column."""
    match element.style:
        case "contents" | "fact-box" | "left-out":
            return True
        case "glossary":
            return sum(e.tag == "dt" for e in element.walk()) <= SHORT_GLOSSARY
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def _mark_tall(figure: Element, width: float) -> Element:
    """A copy that is marked (``data-tall``) if its picture, at the width of its column in mm, would be too tall."""
    image = figure.find("img")
    if image is None or float(image.get("height") or 0) * width <= float(image.get("width") or 1) * TALLEST_MM:
        return figure
    return figure.having(*figure.children, data_tall="")


def _with_numbers(figure: Element) -> Element:
    """A copy of a chart whose label contains its numbers, without the table: a drawing has no table inside."""
    children: list[Node] = []
    for child in figure.children:
        if isinstance(child, Element) and child.tag == "svg":
            label = alt_with_numbers(figure, child.get("aria-label"))
            shapes = (e for e in child.children if isinstance(e, str) or e.tag != "title")
            children.append(_with_title(Element("svg", {**child.attributes, "aria-label": label}, tuple(shapes))))
        elif isinstance(child, str) or child.style != CHART_NUMBERS:
            children.append(child)
    return figure.having(*children)


def _with_title(svg: Element) -> Element:
    """A copy of a drawing with its label as its title, from which WeasyPrint takes the alternative text of the tag."""
    label = svg.get("aria-label")
    if not label or svg.find("title") is not None:
        return svg
    return svg.having(Element("title", {}, (label,)), *svg.children)
