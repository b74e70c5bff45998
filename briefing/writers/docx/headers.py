"""Headers and footers of every page, the same in all sections.

Each line is a table of three cells without borders. A long text wraps in its cell and never overlaps the marking. The
outer cells reach the edges of the full width, which a tab would not do in every program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from briefing.galley import Element, Galley

from .ooxml.elements import XmlElement, el, mm
from .ooxml.parts import set_root
from .ooxml.text import TableForm, cell, paragraph, row, table
from .page_grid import outdent
from .runs import RunBuilder
from .text_runs import RunFormat, collapse_spaces, to_runs
from .watermark import watermark, watermark_words
from .word_styles import BLOCK_STYLES, style_name

if TYPE_CHECKING:
    from docx.document import Document
    from docx.parts.story import StoryPart

#: The cells' shares of the full width; the marking is in the middle.
_SHARES = (0.31, 0.38, 0.31)
#: The same in the hand editions, where the marking is larger, or the full width is smaller.
_SHARES_FOR_HAND = (0.22, 0.56, 0.22)
#: For each cell the names of its place in the galley, its alignment, and its own style in a header and in a footer.
_CELLS = (
    (("start", "inner"), "", {"header": "Running Title", "footer": "footer"}),
    (("middle",), "center", {"header": "Running Marking", "footer": "Running Marking"}),
    (("end", "outer"), "right", {"header": "Header End", "footer": "Footer End"}),
)
#: The classes that a cell's own style is for.
_CLASSES = {
    "Running Title": "running-foot",
    "footer": "running-foot",
    "Running Marking": "running-marking",
    "Header End": "running-draft",
    "Footer End": "running-foot",
}
#: The styles of these classes in other cells.
_STYLES = {"running-head": "header", "running-foot": "footer", "running-draft": "Header End"}


def running_line(
    tag: Literal["header", "footer"], galley: Galley, runs: RunBuilder, page: int, pages: int
) -> XmlElement:
    """The header or footer of the first ``page``, or of those after it. In a draft, a header has the watermark.

    ``page`` and ``pages`` are the results of Word's fields until Word has laid out the pages.
    """
    places = galley.running.line(tag, first=page == 1)
    full, shares = galley.theme.measures.full, _SHARES_FOR_HAND if galley.theme.for_hand else _SHARES
    widths = tuple(mm(full * share) for share in shares)
    indent = -mm(outdent(galley.theme)[0])
    style, rtl = runs.styles.table(BLOCK_STYLES[".running table"]), galley.direction == "rtl"
    form = TableForm(style, widths, "", header_row=False, bidi=rtl, indent=indent)
    cells = []
    for width, (names, align, own) in zip(widths, _CELLS, strict=True):
        content = [
            _paragraph(element, own[tag], align, galley, runs, {"page": page, "pages": pages})
            for name in names
            for element in places.get(name, ())
        ]
        cells.append(cell(width, content or [paragraph(runs.styles.paragraph(own[tag]))]))
    anchor = paragraph(runs.styles.paragraph("Anchor"))
    words = watermark_words(galley) if tag == "header" else ""
    if words:
        anchor.append(watermark(words, galley, page))
    return el("w:hdr" if tag == "header" else "w:ftr", table(form, [row(cells)]), anchor)


def marking_lines(galley: Galley, runs: RunBuilder) -> list[XmlElement]:
    """The marking and the draft line, as paragraphs."""
    middle = galley.running.line("header", first=False).values()
    shown = (element for place in middle for element in place if element.style in {"running-marking", "running-draft"})
    return [_paragraph(element, "Running Marking", "center", galley, runs, {}) for element in shown]


def _paragraph(
    element: Element, own: str, align: str, galley: Galley, runs: RunBuilder, counts: Mapping[str, int]
) -> XmlElement:
    """A paragraph in a cell, in the cell's ``own`` style or in that of its class, with the alignment of the cell."""
    style, character, styles = own, "", runs.styles
    if element.style not in {"", _CLASSES[own]}:
        style = _STYLES.get(element.style, style_name(element.style))
        if not styles.has(style):  # such as draft-mark, which is a style of characters
            style, character = own, style
    formatting = RunFormat(style=character, language=galley.language, rtl=galley.direction == "rtl")
    text_runs = [
        replace(part, text=str(counts.get(part.target, ""))) if part.kind == "count" else part
        for part in collapse_spaces(to_runs(element.children, formatting))
    ]
    return paragraph(styles.paragraph(style), runs.build(text_runs), align="" if style == own else align)


def set_headers(document: Document, galley: Galley, runs: RunBuilder, pages: int) -> list[XmlElement]:
    """Build the headers and footers of the first page and of all others. Returns their root elements."""
    tags: tuple[Literal["header", "footer"], ...] = ("header", "footer")
    heads = [
        (tag, place, running_line(tag, galley, runs, page, pages))
        for page, place in ((1, "first"), (2, "default"))
        for tag in tags
    ]
    place_headers(document, heads)
    return [element for *_, element in heads]


def place_headers(document: Document, stories: Sequence[tuple[str, str, XmlElement]]) -> list[StoryPart]:
    """Define headers and footers in the first section, from which later sections inherit: (kind, pages, root element).

    Returns their parts, in the same order.
    """
    section = document.sections[0]
    parts: list[StoryPart] = []
    places = {
        ("header", "default"): section.header, ("footer", "default"): section.footer,
        ("header", "first"): section.first_page_header, ("footer", "first"): section.first_page_footer,
        ("header", "even"): section.even_page_header, ("footer", "even"): section.even_page_footer,
    }  # fmt: skip
    for kind, place, element in stories:
        story = places[kind, place]
        story.is_linked_to_previous = False
        set_root(story.part, element)
        parts.append(story.part)
    return parts
