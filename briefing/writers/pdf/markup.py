"""The galley as an HTML document for print: header and footer texts, and changes that paper needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import count

from briefing.galley import Element, Galley, Node, rewrite, to_markup
from briefing.galley.chart_numbers import CHART_NUMBERS, alt_with_numbers
from briefing.model.paper import PAPER_SIZES

from .line_breaks import NO_BREAK_SPACE, allow_breaks, avoid_short_last_line
from .running import running_elements

#: Elements in which no short last word stays alone on the last line.
NO_SHORT_LAST_LINE = {"p", "li", "dd", "h1", "h2"}
#: The tallest picture as wide as its column, in mm; a taller one would leave a gap on the page before.
TALLEST_MM = 88.0
#: Emphasised words up to this length, in characters, are kept on one line with their note call.
SHORT_EMPHASIS = 24


UNLIMITED = 1_000_000
#: The most abbreviations in a list in the side column; a longer list is set in the text.
SHORT_GLOSSARY = 10


def print_document(
    galley: Galley,
    pictures: Mapping[str, str],
    in_text: frozenset[int] = frozenset(),
    lettered: str = "",
    *,
    contents: bool = False,
) -> str:
    """The HTML document that is laid out.

    ``pictures`` maps the name of each picture to its URL. Side matter is numbered (``data-side``); the numbers in
    ``in_text`` are set in the text instead. ``lettered`` is the ``font-family`` of labels in charts. Without
    ``contents`` the contents list is left out, but keeps its number.
    """
    numbers, side = count(), bool(galley.theme.measures.side)
    measures, room = galley.theme.measures, entries_beside(galley)

    def change(element: Element) -> tuple[Node, ...] | None:
        if element.tag == "img":
            name = element.get("src").removeprefix("picture:")
            return (element.having(src=pictures.get(name, "picture:missing")),)
        if element.tag == "figure" and element.find("table", CHART_NUMBERS) is not None:
            element = _with_numbers(element)
        if element.tag == "svg":
            return (_with_title(element.having(*element.children, **{"font-family": lettered} if lettered else {})),)
        if element.tag == "nav" and element.style == "contents" and not contents:
            return (Element("div", {"class": "left-out"}),)
        if element.style == "backlink" or (element.tag == "span" and element.attributes.keys() == {"data-path"}):
            # A back link is useless on paper; and a screen reader would pause at a span that only marks a field.
            return element.children if element.tag == "span" else ()
        if element.style == "picture":
            element = _mark_tall(element, measures.full if "wide" in element.get("class").split() else measures.text)
        if element.tag in NO_SHORT_LAST_LINE:
            element = avoid_short_last_line(element)
        elif element.tag == "blockquote":
            element = _without_no_break_spaces(element)  # its column is narrow: lines may break anywhere between words
        element = allow_breaks(element)
        return (join_spaces(keep_calls(move_to_side(element, numbers, in_text, side=side, room=room))),)

    whole = Element("main", {}, tuple(node for element in galley.body for node in rewrite(element, change)))
    body = to_markup(move_to_side(whole, numbers, in_text, side=side, room=room))
    running = "".join(
        f'<div class="running" style="position:running({name});text-align:{side}">{markup}</div>'
        for (markup, side), name in running_elements(galley).items()
    )
    return (
        f'<!doctype html><html lang="{escape(galley.language)}" dir="{galley.direction}"><head><meta charset="utf-8"/>'
        f"<title>{escape(galley.properties.title)}</title></head>"
        f"<body>{running}{body}</body></html>"
    )


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
    element: Element, numbers: Iterator[int], in_text: frozenset[int], *, side: bool = True, room: int = UNLIMITED
) -> Element:
    """A copy with side matter in a numbered ``div class="side"``, together with a portion mark before it.

    Side matter in ``in_text``, and a contents list of more than ``room`` entries, is in a ``div class="in-text"``
    instead; without a ``side`` column all of it is.
    """
    children: list[Node] = []
    text_before = False
    for child in element.children:
        if isinstance(child, Element) and belongs_beside(child, text_before=text_before or not side):
            piece: list[Node] = [child]
            if child.style == "left-out":
                next(numbers)
                continue
            while children and isinstance(children[-1], str) and not children[-1].strip():
                children.pop()
            if children and isinstance(children[-1], Element) and children[-1].style == "portion-mark":
                piece.insert(0, children.pop())
            number = next(numbers)
            long = child.style == "contents" and sum(e.tag == "li" for e in child.walk()) > room
            aside = side and number not in in_text and not long
            attributes = {"class": "side", "data-side": str(number)} if aside else {"class": "in-text"}
            children.append(Element("div", attributes, tuple(piece)))
        else:
            children.append(child)
        text_before = text_before or (isinstance(child, Element) and child.tag == "section" and not child.style)
    return element.having(*children)


def belongs_beside(element: Element, *, text_before: bool = False) -> bool:
    """Whether an element may stand in the side column.

    A fact box before the text floats there by itself, beside the summary. One that a template puts after the text
    (``text_before``) has to be placed like other side matter.
    """
    if element.style in {"contents", "left-out"}:
        return True
    if element.style == "glossary":
        return len([e for e in element.walk() if e.tag == "dt"]) <= SHORT_GLOSSARY
    if element.style == "fact-box":
        return text_before
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
            shapes = (one for one in child.children if not (isinstance(one, Element) and one.tag == "title"))
            children.append(_with_title(Element("svg", {**child.attributes, "aria-label": label}, tuple(shapes))))
        elif not (isinstance(child, Element) and child.style == CHART_NUMBERS):
            children.append(child)
    return figure.having(*children)


def _with_title(svg: Element) -> Element:
    """A copy of a drawing with its label as its title, from which WeasyPrint takes the alternative text of the tag."""
    label = svg.get("aria-label")
    if not label or svg.find("title") is not None:
        return svg
    return svg.having(Element("title", {}, (label,)), *svg.children)


def keep_calls(element: Element) -> Element:
    """A copy in which each note call is kept on the line of the word before it."""
    if not any(isinstance(child, Element) and child.style == "note-call" for child in element.children):
        return element
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.style == "note-call" and children:
            children += _keep_with(children.pop(), child)
        else:
            children.append(child)
    return element.having(*children)


def _keep_with(last: Node, call: Element) -> list[Node]:
    if isinstance(last, str) and last and not last[-1].isspace():
        head, space, word = last.rpartition(" ")
        if not head:
            return [Element("span", {"class": "kept"}, (last, call))]
        return [head + space, Element("span", {"class": "kept"}, (word, call))]
    if isinstance(last, Element) and (last.style == "kept" or len(last.text) <= SHORT_EMPHASIS):
        return [Element("span", {"class": "kept"}, (last, call))]
    return [last, call]


def join_spaces(element: Element) -> Element:
    """A copy in which no text node between two inline elements is only a space.

    WeasyPrint leaves such a space out of the PDF's text, so that copied words would run together. The space moves to
    the words after it, or else before it.
    """
    children = list(element.children)
    for at in range(1, len(children) - 1):
        space, before, after = children[at], children[at - 1], children[at + 1]
        if isinstance(space, str) and space.isspace() and isinstance(before, Element) and isinstance(after, Element):
            if (spaced := _after_space(after)) is not None:
                children[at : at + 2] = ["", spaced]
            elif before.children and isinstance(before.children[-1], str):
                children[at - 1 : at + 1] = [before.having(*before.children[:-1], before.children[-1] + " "), ""]
    return (
        element.having(*(child for child in children if child != "")) if children != list(element.children) else element
    )


def _after_space(element: Element) -> Element | None:
    """A copy with a space before its first words; None if it does not begin with words."""
    if not element.children:
        return None
    first, *others = element.children
    spaced = " " + first.lstrip() if isinstance(first, str) else _after_space(first)
    return None if spaced is None else element.having(spaced, *others)


def _without_no_break_spaces(element: Element) -> Element:
    """A copy without no-break spaces."""
    children = (
        c.replace(NO_BREAK_SPACE, " ") if isinstance(c, str) else _without_no_break_spaces(c) for c in element.children
    )
    return element.having(*children)
