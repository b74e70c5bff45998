"""The galley as a document for print: head, running matter, and the small changes that paper asks for."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from briefing.galley import Element, Galley, Node, rewrite, to_markup

__all__ = ["print_document"]

#: Elements whose last two words are bound together, so that no short word stands alone on the last line.
BOUND = {"p", "li", "dd", "h1"}
NO_BREAK_SPACE = "\u00a0"
#: A last word longer than this may stand alone.
LONGEST_BOUND = 8
#: In a text shorter than this, binding would spoil the lines more than a short last line does.
SHORTEST_TEXT = 60


#: A list of abbreviations longer than this is set in the text; a shorter one in the side column, beside the sources.
SHORT_GLOSSARY = 10


def print_document(galley: Galley, pictures: Mapping[str, str], in_text: frozenset[int] = frozenset()) -> str:
    """The HTML document that is laid out.

    ``pictures`` gives each picture's name its address. Side matter is numbered (``data-side``); what ``in_text`` names is set
    in the text instead.
    """
    numbers = iter(range(10_000))

    def change(element: Element) -> tuple[Node, ...] | None:
        if element.tag == "img":
            name = element.get("src").removeprefix("picture:")
            return (element.having(src=pictures.get(name, "picture:missing")),)
        if element.tag == "blockquote":
            # A narrow measure: its lines break as they fall.
            element = _loosened(element)
        if is_side_matter(element):
            number = next(numbers)
            if number not in in_text:
                return (element.having(*element.children, class_=f"{element.get('class')} side", data_side=str(number)),)
            return (element,)
        if element.tag == "svg" and element.get("aria-label") and element.find("title") is None:
            # The alternative text of a drawing in a tagged PDF is the drawing's title.
            return (element.having(Element("title", {}, (element.get("aria-label"),)), *element.children),)
        if element.tag in BOUND:
            return (bind_last_words(element),)
        return None

    body = "".join(to_markup(node) for element in galley.body for node in rewrite(element, change))
    running = galley.running
    before, between, after = galley.running.folio
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
        f"<body{attributes}>{lines}<main>{body}</main></body></html>"
    )


def is_side_matter(element: Element) -> bool:
    """Whether an element may stand in the side column."""
    if element.style == "glossary":
        return len([e for e in element.walk() if e.tag == "dt"]) <= SHORT_GLOSSARY
    return element.tag == "blockquote" and element.style in {"pull-quote", "extract"}


def _loosened(element: Element) -> Element:
    """A copy in which no words are bound."""
    children = (c.replace(NO_BREAK_SPACE, " ") if isinstance(c, str) else _loosened(c) for c in element.children)
    return element.having(*children)


def bind_last_words(element: Element) -> Element:
    """A copy in which the last space is a no-break space, where the last word is short and words stand before it."""
    children = list(element.children)
    if any(isinstance(child, Element) and child.tag in {"p", "ul", "ol", "dl", "table"} for child in children):
        return element
    for at in range(len(children) - 1, -1, -1):
        child = children[at]
        if isinstance(child, Element):
            if child.tag in {"sup", "a"} and at > 0 and len(child.text) <= 3:
                continue
            return element
        words = child.rstrip()
        head, space, tail = words.rpartition(" ")
        if space and len(element.text) >= SHORTEST_TEXT and 0 < len(tail) <= LONGEST_BOUND:
            children[at] = head + NO_BREAK_SPACE + tail + child[len(words) :]
            return element.having(*children)
        if words:
            return element
    return element
