"""Find typographic faults on laid-out pages: lines, headings, rows, fill of the page, overlaps.

It reads the boxes of WeasyPrint's layout after the side column has been placed. All lengths are in CSS px.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from briefing.galley import Galley
from briefing.writers.pdf.layout import laid_out

__all__ = ["Line", "Sheet", "faults", "sheets", "sheets_of"]

MM = 96 / 25.4
#: Classes of headings: the text that they belong to must follow on the same page.
LEADING = {"block-title", "sidebar-title", "key-points-title", "fact-box-title", "portion-mark", "side-title"}
#: Classes of parts that begin on a new page.
APART = {"meeting-sheet", "annex"}
#: Classes of boxes that are not words of a line: a note call, and a number in the margin of a paragraph.
HANGING = {"note-call", "paragraph-number"}
#: How much higher a text begins than a smaller label on the same baseline, in CSS px.
BASELINE = 3
#: The least filled share of a page that is followed by another one without a forced break.
FULL = 0.58
#: A last word of at most SHORT letters may not be alone on a line of a column of at least MEASURE CSS px.
SHORT, MEASURE = 9, 100 * MM


@dataclass(frozen=True)
class Line:
    """A line of words: its block, the edges of its words, and the left and right edge of its column."""

    page: int
    block: Any
    text: str
    left: float
    right: float
    top: float
    bottom: float
    column: tuple[float, float]
    flowing: bool


@dataclass(frozen=True)
class Sheet:
    """A page: its lines, the ids of its table rows, the edges of its content box, and its filled share."""

    number: int
    lines: tuple[Line, ...]
    rows: frozenset[int]
    tall_rows: frozenset[int]
    top: float
    bottom: float
    left: float
    right: float
    filled: float
    begins_apart: bool
    broken: bool


def sheets(galley: Galley) -> list[Sheet]:
    """The pages of a galley."""
    with laid_out(galley) as pages:
        return sheets_of(pages.layout.document)


def sheets_of(document: Any) -> list[Sheet]:
    """The pages of a layout."""
    return [_sheet(page._page_box, number) for number, page in enumerate(document.pages, 1)]


def _sheet(page: Any, number: int) -> Sheet:
    lines: list[Line] = []
    rows: set[int] = set()
    tall: set[int] = set()
    filled = page.content_box_y()
    classes: set[str] = set()
    broken = False
    for box, flowing in _boxes(page):
        kind = type(box).__name__
        classes |= _classes(box)
        broken = broken or box.element_tag == "hr"
        if kind == "TableRowBox" and getattr(box._above, "element_tag", "") != "thead":
            rows.add(id(box.element))
            if box.height > page.height * FULL:
                tall.add(id(box.element))
        if kind == "LineBox":
            lines += _line(box, number, flowing=flowing)
        if flowing and kind in {"LineBox", "InlineReplacedBox", "BlockReplacedBox"}:
            filled = max(filled, box.position_y + box.margin_height())
    top, left = page.content_box_y(), page.content_box_x()
    return Sheet(
        number, tuple(lines), frozenset(rows), frozenset(tall), top, top + page.height, left, left + page.width,
        (filled - top) / page.height, bool(classes & APART) and _first_apart(page), broken,
    )  # fmt: skip


def _first_apart(page: Any) -> bool:
    """Whether the page's first part is a meeting sheet or an annex."""
    main = next(box for box, _ in _boxes(page) if box.element_tag == "main")
    first = next((child for child in main.children if child.is_in_normal_flow()), None)
    return first is not None and bool(_classes(first) & APART)


def _classes(box: Any) -> set[str]:
    element = getattr(box, "element", None)
    return set((element.get("class") or "").split()) if element is not None and "::" not in box.element_tag else set()


def _boxes(box: Any, *, flowing: bool = True) -> Iterator[tuple[Any, bool]]:
    """Every box in the page area (not in its margin boxes), and whether it is in the normal flow."""
    for child in getattr(box, "children", ()):
        real = getattr(child, "_box", child)
        if type(real).__name__ == "MarginBox":
            continue
        tag = getattr(real, "element_tag", None) or ""
        inside = flowing and real.is_in_normal_flow() and "::marker" not in tag
        real.__dict__.setdefault("_above", box)
        yield real, inside
        yield from _boxes(real, flowing=inside)


def _line(line: Any, page: int, *, flowing: bool) -> list[Line]:
    words = list(_words(line))
    block = line._above
    if not words or "::" in (line.element_tag or "") or _nested(line):
        return []
    text = "".join(word.text for word in words)
    left, right = (
        min(w.position_x for w in words),
        max(w.position_x + w.width for w in words if w.text.strip() or w is words[0]),
    )
    return [
        Line(page, block.element, text, left, right, line.position_y, line.position_y + line.height,
             (block.content_box_x(), block.content_box_x() + block.width), flowing)
    ]  # fmt: skip


def _nested(line: Any) -> bool:
    """Whether a line is inside another one, as that of an inline block is."""
    above = line._above
    while above is not None:
        if type(above).__name__ == "LineBox":
            return True
        above = above.__dict__.get("_above")
    return False


def _words(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        real = getattr(child, "_box", child)
        if "::" in (real.element_tag or ""):
            continue  # a mark before a list item, a page number after it
        if hasattr(real, "text"):
            yield real
        elif not (getattr(real, "element", None) is not None and _classes(real) & HANGING):
            yield from _words(real)


def faults(pages: list[Sheet]) -> list[str]:
    """The faults of the pages as texts, each with its page number."""
    return [
        fault
        for look in (_lonely_lines, _last_headings, _cut_rows, _holes, _last_words, _meetings, _strays)
        for fault in look(pages)
    ]


def _by_block(pages: list[Sheet]) -> dict[int, list[Line]]:
    blocks: dict[int, list[Line]] = {}
    for line in (line for page in pages for line in page.lines):
        blocks.setdefault(id(line.block), []).append(line)
    return {key: lines for key, lines in blocks.items() if lines[0].block is not None}


def _lonely_lines(pages: list[Sheet]) -> Iterator[str]:
    for lines in _by_block(pages).values():
        if lines[0].block.tag not in {"p", "li", "dd", "figcaption"}:
            continue
        for number in (numbers := sorted({line.page for line in lines})):
            here = [line for line in lines if line.page == number]
            if len(numbers) > 1 and len(here) == 1:
                yield f"page {number}: a line alone: '{here[0].text}'"


def _last_headings(pages: list[Sheet]) -> Iterator[str]:
    for page, after in pairwise(pages):
        flowing = [line for line in page.lines if line.flowing]
        last = max(flowing, key=lambda line: (round(line.top), line.block.tag != "dt"), default=None)
        if last is None or after.begins_apart:
            continue
        begin = min(line.top for line in flowing if line.block is last.block)
        if last.block.tag == "dt" and any(line.block.tag == "dd" and line.top > begin - BASELINE for line in flowing):
            continue  # the text beside it is there, and shorter, or higher on the same baseline
        style = set((last.block.get("class") or "").split())
        if last.block.tag in {"h1", "h2", "h3", "h4", "caption", "dt"} or style & LEADING:
            yield f"page {page.number}: a heading at the foot: '{last.text}'"


def _cut_rows(pages: list[Sheet]) -> Iterator[str]:
    for page, after in pairwise(pages):
        for _ in page.rows & after.rows - page.tall_rows - after.tall_rows:
            yield f"page {page.number}: a row goes on on the next page"


def _holes(pages: list[Sheet]) -> Iterator[str]:
    for page, after in pairwise(pages):
        if page.filled < FULL and not after.begins_apart and not page.broken:
            yield f"page {page.number}: filled to {page.filled:.0%} alone"


def _last_words(pages: list[Sheet]) -> Iterator[str]:
    for lines in _by_block(pages).values():
        last = lines[-1]
        one_word = " " not in "".join(line.text for line in lines).strip()
        wide = last.column[1] - last.column[0] >= MEASURE
        if lines[0].block.tag not in {"p", "li"} or len(lines) < 2 or one_word or not wide:
            continue
        if " " not in (text := last.text.strip()).replace("\u00a0", " ") and len(text.strip("., ")) <= SHORT:
            yield f"page {last.page}: '{text}' stands alone on its line"


def _meetings(pages: list[Sheet]) -> Iterator[str]:
    for page in pages:
        lines = sorted(page.lines, key=lambda line: line.top)
        for at, one in enumerate(lines):
            for other in lines[at + 1 :]:
                if other.top >= one.bottom - 1.5:
                    break
                if other.block is not one.block and min(one.right, other.right) - max(one.left, other.left) > 1.5:
                    yield f"page {page.number}: '{one.text}' meets '{other.text}'"


def _strays(pages: list[Sheet]) -> Iterator[str]:
    for page in pages:
        for line in page.lines:
            if page.number == 1 and line.bottom < page.top and (line.block.get("class") or "") == "running-marking":
                continue  # the marking of the first page, which is text
            if line.left < page.left - 1 or line.right > page.right + 1:
                yield f"page {page.number}: '{line.text}' leaves the page"
            elif line.left < line.column[0] - 1 or line.right > line.column[1] + 1:
                yield f"page {page.number}: '{line.text}' leaves its column"
            if line.bottom > page.bottom + 1.5 or line.top < page.top - 1.5:
                yield f"page {page.number}: '{line.text}' stands in the margin"
