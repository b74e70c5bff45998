"""The contents list: what stands in it, and whether a brief is long enough to print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from .tree import Element, bare_words, rewrite

if TYPE_CHECKING:
    from . import Galley

__all__ = ["LONG", "fill_contents", "has_contents", "prints_contents", "with_contents_if_long"]

#: A brief with so many pages has a contents list; meeting sheets and annexes count, for they are leafed through too.
LONG = 4
#: A list of fewer entries shows nothing that a glance does not.
LEAST = 3
#: Words on a page, as most briefs have them: text at 10.5/14.5 pt in a column of 116 mm, boxes and headings among it.
WORDS = 480
#: The same, as the size of the type times its leading, in square points.
TYPE = 10.5 * 14.5
#: What a picture, a chart or a page of its own takes beside its words, as a share of a page.
FIGURE = 0.2
#: Parts that begin on a page of their own, and are outside the page budget.
APART = frozenset({"meeting-sheet", "annex"})


def fill_contents(body: Sequence[Element]) -> tuple[Element, ...]:
    """Put a link to each section that has a heading and an id into the list; a list of two is left out altogether."""
    entries = tuple(
        Element("li", {}, (Element("a", {"href": f"#{section.get('id')}"}, (words,)),))
        for section in _sections(body)
        for words in [_heading(section)]
        if words and section.get("id")
    )

    def fill(element: Element) -> tuple[Element, ...] | None:
        if element.tag == "ol" and "data-headings" in element.attributes:
            kept = {name: value for name, value in element.attributes.items() if name != "data-headings"}
            return (Element("ol", kept, entries),)
        return () if element.tag == "nav" and element.style == "contents" and len(entries) < LEAST else None

    return tuple(new for element in body for new in rewrite(element, fill) if isinstance(new, Element))


def _sections(elements: Sequence[Element]) -> Iterator[Element]:
    for element in elements:
        if element.tag == "section":
            yield element
        elif element.tag in {"div", "article", "main"}:
            yield from _sections(element.elements)


def _heading(section: Element) -> str:
    title = section.find("h2")
    return bare_words(title) if title is not None else ""


def has_contents(galley: Galley) -> bool:
    """Whether the galley carries a contents list, to be printed or not."""
    return any(_is_contents(element) for top in galley.body for element in top.walk())


def prints_contents(galley: Galley) -> bool:
    """Whether the list is printed: as the pages have it that were laid out, else by the estimate of their number."""
    if not has_contents(galley):
        return False
    if galley.pages is None:
        return estimated_pages(galley) >= LONG
    names = {element.get("id") for top in galley.body for element in top.walk() if _is_contents(element)}
    # Pages without any start come from a press that does not tell.
    return bool(names & galley.starts.keys()) if galley.starts else galley.pages >= LONG


def with_contents_if_long(galley: Galley) -> Galley:
    """The galley as a press sets it: without its contents list where the brief is short."""
    if prints_contents(galley) or not has_contents(galley):
        return galley
    body = (new for top in galley.body for new in rewrite(top, lambda e: () if _is_contents(e) else None))
    return replace(galley, body=tuple(element for element in body if isinstance(element, Element)))


def estimated_pages(galley: Galley) -> int:
    """About how many pages a brief fills, from the amount of its text.

    The brief itself keeps to its page budget, for it is tightened to that. A sheet has a page, an annex whole ones.
    """
    style = galley.theme.styles["body"]
    room = WORDS * TYPE / (style.size * style.leading)
    own, apart = 0.0, 0
    for part in galley.body:
        filled = len(_words(part).split()) / room + FIGURE * sum(e.tag in {"svg", "img"} for e in part.walk())
        if part.style in APART:
            apart += max(1, round(filled))
        else:
            own += filled
    pages = max(1, ceil(own))
    return (min(pages, galley.page_budget) if galley.page_budget else pages) + apart


def _words(element: Element) -> str:
    """All words below, with a space between any two elements."""
    if element.tag == "svg" or _is_contents(element):
        return ""
    return " ".join(child if isinstance(child, str) else _words(child) for child in element.children)


def _is_contents(element: Element) -> bool:
    return element.tag == "nav" and element.style == "contents"
