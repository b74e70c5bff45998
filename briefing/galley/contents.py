"""The contents list: its entries, and whether a brief is long enough for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from .tree import Element, bare_words, rewrite_all
from .validate import TRANSPARENT

if TYPE_CHECKING:
    from . import Galley

#: The number of pages from which a brief has a contents list; meeting sheets and annexes count.
LONG = 4
#: The least number of entries: with fewer sections a reader needs no list.
LEAST = 3
#: Words on a typical page: text at 10.5/14.5 pt in a column of 116 mm, with boxes and headings.
WORDS = 480
#: Type size times leading on that page, in square points.
TYPE = 10.5 * 14.5
#: The share of a page that a picture or a chart takes.
FIGURE = 0.27
#: The share of a page that the masthead and the key figures take, whatever words they have.
MASTHEAD = 0.25
#: Parts that begin on a new page and are outside the page budget.
APART = frozenset({"meeting-sheet", "annex"})


def fill_contents(body: Sequence[Element]) -> tuple[Element, ...]:
    """Fill the list with links to all sections with a heading and an id; remove a list of fewer than LEAST."""
    entries = tuple(
        Element("li", {}, (Element("a", {"href": f"#{section.get('id')}"}, (words,)),))
        for section in _sections(body)
        if section.get("id") and (title := section.find("h2")) and (words := bare_words(title))
    )

    def fill(element: Element) -> tuple[Element, ...] | None:
        if element.tag == "ol" and "data-headings" in element.attributes:
            return (element.without("data-headings").having(*entries),)
        return () if _is_contents(element) and len(entries) < LEAST else None

    return rewrite_all(body, fill)


def _sections(elements: Sequence[Element]) -> Iterator[Element]:
    for element in elements:
        if element.tag == "section":
            yield element
        elif element.tag in TRANSPARENT:
            yield from _sections(element.elements)


def has_contents(galley: Galley) -> bool:
    """Whether the galley has a contents list, which may or may not be printed."""
    return any(map(_is_contents, galley.walk()))


def prints_contents(galley: Galley) -> bool:
    """Whether the list is printed: known from the laid-out pages, else from an estimate of their number."""
    if not has_contents(galley):
        return False
    if galley.pages is None:
        return estimated_pages(galley) >= LONG
    names = {element.get("id") for element in galley.walk() if _is_contents(element)}
    # Some writers do not report on which page an element begins.
    return bool(names & galley.starts.keys()) if galley.starts else galley.pages >= LONG


def with_contents_if_long(galley: Galley) -> Galley:
    """The galley as it is written: without its contents list if the brief is short."""
    if prints_contents(galley) or not has_contents(galley):
        return galley
    return replace(galley, body=rewrite_all(galley.body, lambda e: () if _is_contents(e) else None))


def estimated_pages(galley: Galley) -> int:
    """The approximate number of pages, from the number of words.

    The main part is at most the page budget, because it is tightened to fit. Each meeting sheet or annex takes one or
    more whole pages.
    """
    style = galley.theme.styles["body"]
    room = WORDS * TYPE / (style.size * style.leading)
    running, own_pages = 0.0, 0
    for part in galley.body:
        part_pages = len(_words(part).split()) / room + FIGURE * sum(e.tag in {"svg", "img"} for e in part.walk())
        if part.style == "masthead":
            part_pages = MASTHEAD
        if part.style in APART:
            own_pages += max(1, round(part_pages))
        else:
            running += part_pages
    pages = max(1, ceil(running))
    return (min(pages, galley.page_budget) if galley.page_budget else pages) + own_pages


def _words(element: Element) -> str:
    """The text of an element, with a space between any two elements, without drawings and contents lists."""
    if element.tag == "svg" or _is_contents(element):
        return ""
    return " ".join(child if isinstance(child, str) else _words(child) for child in element.children)


def _is_contents(element: Element) -> bool:
    return element.tag == "nav" and element.style == "contents"
