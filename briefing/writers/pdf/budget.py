"""The pages of a layout: pages of the brief, words beyond its budget, and meeting sheets longer than a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Element, Galley, bare_words
from briefing.theme import Theme

from .weasyprint_.boxes import page_boxes, style_of, tree

#: Side matter that is a list.
LISTS = frozenset({"contents", "glossary"})
#: A sheet with a larger share of its words beyond its page cannot be tightened to one page: from 10.5 to 9.5 pt a page
#: takes a fifth more, and with closer spaces a third.
HOPELESS = 0.35


@dataclass(frozen=True, slots=True)
class PageUse:
    """The use of the pages of a layout.

    ``pages`` is the number of all pages, ``brief_pages`` of those with text of the brief itself, without meeting sheets
    and annexes. ``words_over`` is the number of words on those of them that exceed the budget. ``space_left`` is the
    height in CSS px that is left of the budget after side matter without a place in its column has been set in the
    text. It is an estimate, and negative if there is too little. ``sheets`` maps the ids of meeting sheets to their
    number of words on the first page and on later ones.
    """

    pages: int
    brief_pages: int
    words_over: int = 0
    space_left: float = inf
    sheets: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any, budget: int | None, unplaced: Collection[int] = ()) -> PageUse:
        """Measure a WeasyPrint document; ``unplaced`` are the numbers of side matter without room in its column."""
        words_on, lowest = Counter[int](), dict[int, float]()
        sheets: dict[str, Counter[int]] = defaultdict(Counter)
        pages = page_boxes(document)
        for number, page in enumerate(pages):
            for owner, box in _lines(page, ""):
                words = len("".join(inner.text for _, inner in tree(box) if hasattr(inner, "text")).split())
                if not owner:
                    words_on[number] += words
                    lowest[number] = max(lowest.get(number, 0.0), box.position_y + box.margin_height())
                elif owner != "annex":
                    sheets[owner][number] += words
        filled, space_left = sorted(words_on), inf
        if budget and len(filled) <= budget and unplaced:
            last = pages[filled[-1]]
            bottom = last.content_box_y() + last.height
            space_left = bottom - lowest[filled[-1]] + (budget - len(filled)) * last.height
            space_left -= sum(_height(page, unplaced) for page in pages)
        words_over = sum(words_on[number] for number in filled[budget:]) if budget else 0
        first_pages = {name: by_page[min(by_page)] for name, by_page in sheets.items()}
        split = {name: (words, sheets[name].total() - words) for name, words in first_pages.items()}
        return cls(len(pages), len(filled), words_over, space_left, split)

    def within(self, budget: int | None) -> bool:
        """Whether the brief itself keeps to its budget."""
        return budget is None or self.brief_pages <= budget

    @property
    def long_sheets(self) -> dict[str, int]:
        """The number of words by which each meeting sheet is longer than its page, if it is."""
        return {name: later for name, (_, later) in self.sheets.items() if later}


def _lines(box: Any, owner: str) -> Iterator[tuple[str, Any]]:
    """The lines and pictures of a page, each with its owner: the id of a sheet, "annex", or empty for the brief."""
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind == "MarginBox" or child.is_absolutely_positioned():
            continue
        if kind in {"LineBox", "InlineReplacedBox", "BlockReplacedBox"}:
            yield owner, child
            continue
        style = style_of(child) if child.element_tag == "section" else ""
        inner = child.element.get("id", "") if style == "meeting-sheet" else style if style == "annex" else ""
        yield from _lines(child, inner or owner)


def _height(box: Any, unplaced: Collection[int]) -> float:
    """The height in CSS px, below a box, of side matter without a place when it is set in the text."""
    total = 0.0
    for child in getattr(box, "children", ()):
        number = child.element.get("data-side") if child.element is not None else None
        if number is not None and int(number) in unplaced and child.element_tag == "div":
            # A quotation has wider lines in the text and is about half as high; a list is as high as before.
            total += child.border_height() * (1.0 if style_of(child.children[-1]) in LISTS else 0.5)
        else:
            total += _height(child, unplaced)
    return total


def movable(page_use: PageUse) -> frozenset[str]:
    """The meeting sheets that are longer than a page by no more than tightening can gain."""
    words = page_use.sheets.items()
    return frozenset(name for name, (first, later) in words if 0 < later <= HOPELESS * (first + later))


def tightened_note(galley: Galley, loose: Theme, *, for_sheets: bool) -> Diagnostic:
    """The note (``tightened``) on what was taken from the ``loose`` theme, for the brief or only ``for_sheets``."""
    budget = galley.page_budget
    goal = "keep a meeting on its page" if for_sheets or not budget else f"fit {_count(budget, 'page')}"
    size, before = galley.theme.styles["body"].size, loose.styles["body"].size
    reduced = f"spaces to {galley.theme.space * 100:.0f} per cent of theirs"
    if size < before:
        reduced += f", text from {before:g} to {size:g} pt"
    if galley.theme.front < loose.front:
        reduced += ", a smaller masthead"
    return Diagnostic("tightened", f"the brief was tightened to {goal}: {reduced}", Severity.NOTE, file=galley.name)


def over_budget(galley: Galley, page_use: PageUse) -> Diagnostic:
    """The error (``page-budget``) for a brief that is too long even at its tightest; it names the longest sections."""
    sections = [e for e in galley.body if e.tag == "section" and not e.style and e.find("h2") is not None]
    longest = sorted(((_length(section), _title(section)) for section in sections), key=lambda s: -s[0])
    named = ", ".join(f"{title} ({words} words)" for words, title in longest[:3])
    return Diagnostic(
        "page-budget",
        f"the brief is {_count(page_use.words_over, 'word')} too long for {_count(galley.page_budget or 0, 'page')}, "
        "even set as closely as its theme allows",
        help="shorten it, or raise pages under layout" + (f"; the longest sections are {named}" if named else ""),
        file=galley.name,
    )


def long_sheet_warnings(galley: Galley, page_use: PageUse) -> Iterator[Diagnostic]:
    """A warning (``sheet-length``) for each meeting sheet that is longer than its page; its label is the data-path."""
    for element in (e for top in galley.body for e in top.walk() if e.style == "meeting-sheet"):
        if words := page_use.long_sheets.get(element.get("id"), 0):
            yield Diagnostic(
                "sheet-length",
                f"the meeting sheet '{_title(element)}' is {_count(words, 'word')} longer than its page",
                Severity.WARNING,
                label=element.path,
                help="shorten it: a sheet is one page, so that nobody turns it over at the table",
                file=galley.name,
            )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _title(section: Element) -> str:
    title = section.find("h2")
    return bare_words(title) if title is not None else ""


def _length(section: Element) -> int:
    """The number of words of a section, without drawings and figures."""
    return sum(len(bare_words(e).split()) for e in section.elements if e.tag not in {"svg", "figure"})
