"""Running matter: what stands above and below every page, in every section."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.galley import Galley

from .languages import word_language
from .ooxml import XmlElement, el, field, paragraph, run, tab
from .styles import Styles

__all__ = ["running_foot", "running_head"]


class _Setter:
    def __init__(self, galley: Galley, styles: Styles) -> None:
        self.galley, self.styles = galley, styles
        self.rtl = galley.direction == "rtl"

    def words(self, text: str, style: str = "") -> XmlElement:
        language = word_language(self.galley.language) if self.rtl else ""
        return run(text, self.styles.character(style) if style else "", language=language, rtl=self.rtl)

    def draft(self, style: str) -> list[XmlElement]:
        draft = self.galley.running.draft
        return [paragraph(style, [tab(), self.words(draft, "Draft Mark")])] if draft else []

    def marking(self) -> list[XmlElement]:
        marking = self.galley.running.marking
        return [self.words(marking, "Running Marking")] if marking else []


def running_head(galley: Galley, styles: Styles) -> XmlElement:
    """The head: the marking in the middle, the country in the outer corner, the draft line below."""
    setter, style = _Setter(galley, styles), styles.paragraph("header")
    country = [setter.words(galley.running.country)] if galley.running.country else []
    line = paragraph(style, [tab(), *setter.marking(), tab(), *country])
    return el("w:hdr", line, *setter.draft(style))


def running_foot(galley: Galley, styles: Styles, *, page: int, pages: int) -> XmlElement:
    """The foot: series and reference, the marking in the middle, the page and the number of pages as Word's own fields.

    ``page`` and ``pages`` are what the fields show until Word has laid out the pages.
    """
    setter, style = _Setter(galley, styles), styles.paragraph("footer")
    before, between, after = galley.running.folio
    folio: Sequence[XmlElement] = [
        *([setter.words(before)] if before else []),
        *field("PAGE", [setter.words(str(page))]),
        *([setter.words(between)] if between else []),
        *field("NUMPAGES", [setter.words(str(pages))]),
        *([setter.words(after)] if after else []),
    ]
    line = paragraph(style, [setter.words(galley.running.footer), tab(), *setter.marking(), tab(), *folio])
    return el("w:ftr", *setter.draft(style), line)
