"""The extent of a layout: pages of the brief, words beyond its budget, and meeting sheets longer than a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Element, Galley, bare_words
from briefing.theme import Theme

from .weasyprint_.boxes import page_boxes

#: Sections outside the budget, each on pages of its own after the brief.
APART = frozenset({"meeting-sheet", "annex"})
#: Side matter that is a list.
LISTS = frozenset({"contents", "glossary"})
#: A sheet with a larger share of its words beyond its page cannot be tightened to one page: from 10.5 to 9.5 pt a page
#: takes a fifth more, and with closer spaces a third.
HOPELESS = 0.35


@dataclass(frozen=True, slots=True)
class PageUse:
    """The extent of a layout.

    ``pages`` is the number of all pages, ``filled`` of those with text of the brief itself, without meeting sheets and
    annexes. ``beyond`` is the number of words on those of them that exceed the budget. ``room`` is the height in CSS px
    that is left of the budget after side matter without a place in its column has been set in the text. It is an
    estimate, and negative if there is too little. ``sheets`` maps the ids of meeting sheets to their number of words on
    the first page and on later ones.
    """

    pages: int
    filled: int
    beyond: int = 0
    room: float = inf
    sheets: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any, budget: int | None, homeless: Collection[int] = ()) -> PageUse:
        """Measure a WeasyPrint document, without headers, footers and side matter. ``homeless``: see ``Trial``."""
        words_on: dict[int, int] = {}
        lowest: dict[int, float] = {}
        sheets: dict[str, dict[int, int]] = {}
        boxes = page_boxes(document)
        for number, page in enumerate(boxes):
            for owner, box in _lines(page, ""):
                words = len(_text(box).split())
                if not owner:
                    words_on[number] = words_on.get(number, 0) + words
                    lowest[number] = max(lowest.get(number, 0.0), box.position_y + box.margin_height())
                elif owner != "annex":
                    by_page = sheets.setdefault(owner, {})
                    by_page[number] = by_page.get(number, 0) + words
        filled, room = sorted(words_on), inf
        if budget and len(filled) <= budget and homeless:
            last = boxes[filled[-1]]
            bottom = last.content_box_y() + last.height
            room = bottom - lowest[filled[-1]] + (budget - len(filled)) * last.height
            room -= sum(_height(page, homeless) for page in boxes)
        beyond = sum(words_on[number] for number in filled[budget:]) if budget else 0
        split = {
            name: (by_page[min(by_page)], sum(by_page.values()) - by_page[min(by_page)])
            for name, by_page in sheets.items()
        }
        return cls(len(boxes), len(filled), beyond, room, split)

    def within(self, budget: int | None) -> bool:
        """Whether the brief itself keeps to its budget."""
        return budget is None or self.filled <= budget

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
        else:
            style = _style(child) if child.element_tag == "section" else ""
            inner = {"annex": "annex", "meeting-sheet": child.element.get("id", "")}[style] if style in APART else ""
            yield from _lines(child, inner or owner)


def _height(box: Any, homeless: Collection[int]) -> float:
    """The height in CSS px, below a box, of side matter without a place when it is set in the text.

    A quotation has wider lines there and is about half as high; the height of a list stays the same.
    """
    total = 0.0
    for child in getattr(box, "children", ()):
        number = child.element.get("data-side") if child.element is not None else None
        if number is not None and int(number) in homeless and child.element_tag == "div":
            total += child.border_height() * (1.0 if _style(child.children[-1]) in LISTS else 0.5)
        else:
            total += _height(child, homeless)
    return total


def _style(box: Any) -> str:
    return next(iter((box.element.get("class") or "").split()), "") if box.element is not None else ""


def _text(box: Any) -> str:
    if hasattr(box, "text"):
        return str(box.text)
    return "".join(_text(child) for child in getattr(box, "children", ()))


def movable(extent: PageUse) -> frozenset[str]:
    """The meeting sheets that are longer than a page by no more than tightening can gain."""
    return frozenset(name for name, (first, later) in extent.sheets.items() if 0 < later <= HOPELESS * (first + later))


def told_tightened(galley: Galley, loose: Theme, tight: Theme, *, sheets: bool) -> Diagnostic:
    """The note (``tightened``) on the reduced spaces and type sizes, and the reason.

    ``sheets`` says that the brief had kept to its budget, but a meeting sheet had not kept to its page.
    """
    budget = galley.page_budget
    aim = "keep a meeting on its page" if sheets or not budget else f"fit {budget} {'page' if budget == 1 else 'pages'}"
    size, before = tight.styles["body"].size, loose.styles["body"].size
    taken = f"spaces to {tight.space:.0%} of theirs".replace("%", " per cent")
    if size < before:
        taken += f", text from {before:g} to {size:g} pt"
    return Diagnostic("tightened", f"the brief was tightened to {aim}: {taken}", Severity.NOTE, file=galley.name)


def over_budget(galley: Galley, extent: PageUse) -> Diagnostic:
    """The error (``page-budget``) for a brief that no setting brings within its budget.

    ``extent`` is that of the tightest layout. The message names the longest sections, where the author can cut most.
    """
    budget = galley.page_budget or 0
    longest = sorted(((len(_words(e).split()), _title(e)) for e in galley.body if _is_section(e)), key=lambda s: -s[0])
    named = ", ".join(f"{title} ({words} words)" for words, title in longest[:3])
    return Diagnostic(
        "page-budget",
        f"the brief is {_count(extent.beyond)} too long for {budget} {'page' if budget == 1 else 'pages'}, "
        "even set as closely as its theme allows",
        help="shorten it, or raise pages under layout" + (f"; the longest sections are {named}" if named else ""),
        file=galley.name,
    )


def sheet_too_long(galley: Galley, extent: PageUse) -> tuple[Diagnostic, ...]:
    """A warning (``sheet-length``) for each meeting sheet that is longer than its page; its label is the data-path."""
    found = []
    for element in (e for top in galley.body for e in top.walk()):
        beyond = extent.long_sheets.get(element.get("id"), 0) if element.style == "meeting-sheet" else 0
        if beyond:
            found.append(
                Diagnostic(
                    "sheet-length",
                    f"the meeting sheet '{_title(element)}' is {_count(beyond)} longer than its page",
                    Severity.WARNING,
                    label=element.path,
                    help="shorten it: a sheet is one page, so that nobody turns it over at the table",
                    file=galley.name,
                )
            )
    return tuple(found)


def _count(words: int) -> str:
    return f"{words} word{'' if words == 1 else 's'}"


def _is_section(element: Element) -> bool:
    return element.tag == "section" and not element.style and element.find("h2") is not None


def _title(section: Element) -> str:
    title = section.find("h2")
    return bare_words(title) if title is not None else ""


def _words(section: Element) -> str:
    return " ".join(bare_words(e) for e in section.elements if e.tag not in {"svg", "figure"})
