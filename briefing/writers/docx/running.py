"""Headers and footers of every page, the same in all sections.

Each line is a table of three cells without borders. A long text wraps in its cell and never overlaps the marking. The
outer cells reach the edges of the full width, which a tab would not do in every program.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.galley import Galley

from .languages import word_language
from .ooxml.elements import XmlElement, el, mm
from .ooxml.text import TableForm, cell, field, paragraph, row, run, table
from .page_grid import outdent
from .watermark import watermark, watermark_words
from .word_styles import Styles

#: The cells' shares of the full width; the marking is in the middle.
_SHARES = (0.31, 0.38, 0.31)
#: The same in the hand editions, where the marking is larger, or the full width is smaller.
_SHARES_FOR_HAND = (0.22, 0.56, 0.22)


class _LineBuilder:
    """Builds header and footer text in the brief's language and direction."""

    def __init__(self, galley: Galley, styles: Styles) -> None:
        self.galley, self.styles = galley, styles
        self.rtl = galley.direction == "rtl"

    def words(self, text: str, style: str = "") -> XmlElement:
        language = word_language(self.galley.language) if self.rtl else ""
        return run(text, self.styles.character(style) if style else "", language=language, rtl=self.rtl)

    def marking(self, style: str) -> list[XmlElement]:
        """The marking, and the draft line below it, as paragraphs."""
        running = self.galley.running
        lines = [[self.words(running.marking)]] if running.marking else []
        lines += [[self.words(running.draft, "Draft Mark")]] if running.draft else []
        return [paragraph(self.styles.paragraph(style), line) for line in lines or [[]]]

    def line(
        self, start: Sequence[XmlElement], middle: Sequence[XmlElement], end: Sequence[XmlElement]
    ) -> list[XmlElement]:
        full = self.galley.theme.measures.full
        shares = _SHARES_FOR_HAND if self.galley.theme.for_hand else _SHARES
        widths = tuple(mm(full * share) for share in shares)
        indent = -mm(outdent(self.galley.theme)[0])
        style = self.styles.table("Running Line")
        form = TableForm(style, widths, "", header_row=False, bidi=self.rtl, indent=indent)
        cells = [cell(width, content) for width, content in zip(widths, (start, middle, end), strict=True)]
        return [table(form, [row(cells)]), paragraph(self.styles.paragraph("Anchor"))]


def marking_lines(galley: Galley, styles: Styles, style: str) -> list[XmlElement]:
    """The marking and the draft line as paragraphs in that style."""
    return _LineBuilder(galley, styles).marking(style)


def running_head(galley: Galley, styles: Styles, *, number: int) -> XmlElement:
    """The header: the marking in the middle, the country in the outer corner, and the title after the first page.

    ``number`` counts the headers of the document from 1, the first page's header. A draft has its watermark here.
    """
    builder = _LineBuilder(galley, styles)
    country = [builder.words(galley.running.country)] if galley.running.country else []
    title = [builder.words(galley.properties.title)] if number > 1 else []
    start = [paragraph(styles.paragraph("Running Title"), title)]
    end = [paragraph(styles.paragraph("Header End"), country)]
    *line, anchor = builder.line(start, builder.marking("Running Marking"), end)
    words = watermark_words(galley)
    if words:
        anchor.append(watermark(words, galley, number))
    return el("w:hdr", *line, anchor)


def running_foot(galley: Galley, styles: Styles, *, page: int, pages: int) -> XmlElement:
    """The footer: series and reference, the marking in the middle, and Word fields for the page and number of pages.

    ``page`` and ``pages`` are the fields' results until Word has laid out the pages.
    """
    builder = _LineBuilder(galley, styles)
    before, between, after = galley.running.folio
    folio = [
        *([builder.words(before)] if before else []),
        *field("PAGE", [builder.words(str(page))]),
        *([builder.words(between)] if between else []),
        *field("NUMPAGES", [builder.words(str(pages))]),
        *([builder.words(after)] if after else []),
    ]
    start = [paragraph(styles.paragraph("footer"), [builder.words(galley.running.footer)])]
    end = [paragraph(styles.paragraph("Footer End"), folio)]
    return el("w:ftr", *builder.line(start, builder.marking("Running Marking"), end))
