"""The galley as a document for print: head, running matter, and the small changes that paper asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import count

from briefing.galley import Element, Galley, Node, rewrite, to_markup
from briefing.galley.chart_numbers import CHART_NUMBERS, told

from .lines import NO_BREAK_SPACE, bind_last_words, free_long_words

__all__ = ["print_document"]

#: Elements whose last two words are bound together, so that no short word stands alone on the last line.
BOUND = {"p", "li", "dd", "h1", "h2"}
#: A picture as wide as its column may be so tall, in mm; what is taller would leave a hole on the page before.
TALLEST = 88.0
#: Emphasised words up to this length are kept on one line with their note call.
SHORT = 24


#: The height of the paper in mm.
HEIGHT = {"A4": 297.0, "Letter": 279.4}
UNLIMITED = 1_000_000
#: A list of abbreviations longer than this is set in the text; a shorter one in the side column, beside the sources.
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

    ``pictures`` gives each picture's name its address. Side matter is numbered (``data-side``); what ``in_text``
    names is set in the text instead. ``lettered`` are the families that the labels of charts are set in; ``contents``
    keeps the contents list, which has its number even where it is left out.
    """
    numbers, side = count(), bool(galley.theme.measures.side)
    measures, room = galley.theme.measures, entries_beside(galley)

    def change(element: Element) -> tuple[Node, ...] | None:
        if element.tag == "img":
            name = element.get("src").removeprefix("picture:")
            return (element.having(src=pictures.get(name, "picture:missing")),)
        if element.tag == "figure" and element.find("table", CHART_NUMBERS) is not None:
            element = _numbered(element)
        if element.tag == "svg":
            return (_titled(element.having(*element.children, **{"font-family": lettered} if lettered else {})),)
        if element.tag == "nav" and element.style == "contents" and not contents:
            return (Element("div", {"class": "left-out"}),)
        if element.style == "backlink" or (element.tag == "span" and element.attributes.keys() == {"data-path"}):
            # Nobody follows an arrow on paper; and a screen reader would stop at what only tells a field apart.
            return element.children if element.tag == "span" else ()
        if element.style == "picture":
            element = _measured(element, measures.full if "wide" in element.get("class").split() else measures.text)
        if element.tag in BOUND:
            element = bind_last_words(element)
        elif element.tag == "blockquote":
            element = _loosened(element)  # a narrow measure: its lines break as they fall
        element = free_long_words(element)
        return (join_spaces(keep_calls(set_aside(element, numbers, in_text, side=side, room=room))),)

    whole = Element("main", {}, tuple(node for element in galley.body for node in rewrite(element, change)))
    body = to_markup(set_aside(whole, numbers, in_text, side=side, room=room))
    running = galley.running
    before, between, after = running.folio
    words = {
        "country": running.country,
        "footer": running.footer,
        "before": before,
        "between": between,
        "after": after,
        "title": galley.properties.title,
    }
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in words.items())
    draft = f'<span class="draft-mark">{escape(running.draft)}</span>' if running.draft else ""
    marking = f'<span class="running-marking">{escape(running.marking)}</span>' if running.marking else ""
    lines = "".join(
        f'<div class="marking-line {place}">{marking}{draft}</div>' for place in ("top", "bottom") if marking or draft
    )
    return (
        f'<!doctype html><html lang="{escape(galley.language)}" dir="{galley.direction}"><head><meta charset="utf-8"/>'
        f"<title>{escape(galley.properties.title)}</title></head>"
        f"<body{attributes}>{lines}{body}</body></html>"
    )


def entries_beside(galley: Galley) -> int:
    """No side column holds a contents list of more entries: a line for each is higher than a page.

    So nobody has to lay out a long brief to see that, and to do it again.
    """
    measures, look = galley.theme.measures, galley.theme.style("contents")
    if look is None:
        return UNLIMITED
    height = HEIGHT[galley.paper] - min(measures.top, measures.top_first) - measures.bottom
    return int((height / 25.4 * 72 + look.after) / (look.leading + look.after))


def set_aside(
    element: Element, numbers: Iterator[int], in_text: frozenset[int], *, side: bool = True, room: int = UNLIMITED
) -> Element:
    """A copy in which side matter stands in a numbered ``div class="side"``, a portion mark before it included.

    What ``in_text`` names stands in a ``div class="in-text"`` instead, and so does a contents list of more entries than
    there is ``room`` for; all of it, where there is no ``side`` column.
    """
    children: list[Node] = []
    text_before = False
    for child in element.children:
        if isinstance(child, Element) and is_side_matter(child, text_before=text_before or not side):
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


def is_side_matter(element: Element, *, text_before: bool = False) -> bool:
    """Whether an element may stand in the side column.

    A fact box does so by itself beside the summary; one that a template puts behind the text (``text_before``) needs a
    place to be found.
    """
    if element.style in {"contents", "left-out"}:
        return True
    if element.style == "glossary":
        return len([e for e in element.walk() if e.tag == "dt"]) <= SHORT_GLOSSARY
    if element.style == "fact-box":
        return text_before
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def _measured(figure: Element, width: float) -> Element:
    """A copy that is marked (``data-tall``) where its picture, as wide as its column (in mm), would be too tall."""
    image = figure.find("img")
    if image is None or float(image.get("height") or 0) * width <= float(image.get("width") or 1) * TALLEST:
        return figure
    return figure.having(*figure.children, data_tall="")


def _numbered(figure: Element) -> Element:
    """A chart whose label says its numbers; a drawing has no table inside."""
    children: list[Node] = []
    for child in figure.children:
        if isinstance(child, Element) and child.tag == "svg":
            label = told(figure, child.get("aria-label"))
            shapes = (one for one in child.children if not (isinstance(one, Element) and one.tag == "title"))
            children.append(_titled(Element("svg", {**child.attributes, "aria-label": label}, tuple(shapes))))
        elif not (isinstance(child, Element) and child.style == CHART_NUMBERS):
            children.append(child)
    return figure.having(*children)


def _titled(svg: Element) -> Element:
    """A drawing with its label as its title: that is where the alternative text of a tagged PDF comes from."""
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
            children += _kept(children.pop(), child)
        else:
            children.append(child)
    return element.having(*children)


def _kept(last: Node, call: Element) -> list[Node]:
    if isinstance(last, str) and last and not last[-1].isspace():
        head, space, word = last.rpartition(" ")
        if not head:
            return [Element("span", {"class": "kept"}, (last, call))]
        return [head + space, Element("span", {"class": "kept"}, (word, call))]
    if isinstance(last, Element) and (last.style == "kept" or len(last.text) <= SHORT):
        return [Element("span", {"class": "kept"}, (last, call))]
    return [last, call]


def join_spaces(element: Element) -> Element:
    """A copy in which no space stands alone between two inline elements.

    WeasyPrint leaves such a space out of the PDF's text, and a reader who copies the words would find them run
    together. It goes to the words after it, or before it.
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
    """A copy whose first words have a space before them; None where it has no words at its beginning."""
    if not element.children:
        return None
    first, *others = element.children
    spaced = " " + first.lstrip() if isinstance(first, str) else _after_space(first)
    return None if spaced is None else element.having(spaced, *others)


def _loosened(element: Element) -> Element:
    """A copy in which no words are bound."""
    children = (c.replace(NO_BREAK_SPACE, " ") if isinstance(c, str) else _loosened(c) for c in element.children)
    return element.having(*children)
