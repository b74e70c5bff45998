"""Text runs as WordprocessingML: character styles, languages, links, references and note calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from briefing.diagnostics import Diagnostic, Severity

from .languages import word_language
from .ooxml.elements import XmlElement
from .ooxml.text import bookmark, hyperlink, line_break, run
from .ooxml.text import field as word_field
from .roundtrip import with_owners
from .text_runs import RunFormat, TextRun
from .word_styles import Styles, emphasis_style

if TYPE_CHECKING:
    from .bookmarks import Bookmarks
    from .notes import Notes

_ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
#: The names of caption series in Word's fields: fixed in every language, so that no content becomes part of a field's
#: code.
_SERIES = {"table": "Table", "figure": "Figure"}
_PAGES = {"page": "PAGE", "pages": "NUMPAGES"}


@dataclass(slots=True)
class RunBuilder:
    """Builds the runs of a part, the document or its footnotes.

    ``relate`` adds the relationship of a URL and returns its id; ``build_picture`` builds the runs of a picture.
    ``notes`` is None in the footnotes, which have no notes of their own.
    """

    styles: Styles
    bookmarks: Bookmarks
    language: str
    relate: Callable[[str], str]
    build_picture: Callable[[TextRun], list[XmlElement]] = lambda _: []
    notes: Notes | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def build(self, text_runs: Sequence[TextRun], *, label: str = "") -> list[XmlElement]:
        """The runs of a line. ``label`` is the id by which references name a caption's label."""
        built: list[XmlElement] = []
        for href, linked in groupby(text_runs, key=lambda text_run: text_run.format.href):
            group = list(linked)
            built += self._link(group, href) if href else self._runs(group, label)
        return built

    def _runs(self, text_runs: Iterable[TextRun], label: str = "") -> list[XmlElement]:
        return [element for text_run in text_runs for element in self._run(text_run, label)]

    def _link(self, group: Sequence[TextRun], href: str) -> list[XmlElement]:
        anchor = self.bookmarks.name(href[1:]) if href.startswith("#") else ""
        if anchor or _ADDRESS.match(href):
            styled = [
                replace(part, format=replace(part.format, style=part.format.style or "Hyperlink")) for part in group
            ]
            runs = self._runs(styled)
            return [hyperlink(runs, anchor=anchor) if anchor else hyperlink(runs, relation=self.relate(href))]
        if not href.startswith("#"):
            message = (
                f"the Word file leaves out the link to '{href[:60]}': only http, https, mailto and tel can be followed"
            )
            self.diagnostics.append(
                Diagnostic("link-left-out", message, Severity.WARNING, help="write the address in full")
            )
        return self._runs(group)

    def _run(self, text_run: TextRun, label: str) -> list[XmlElement]:
        match text_run.kind:
            case "break":
                return [line_break()]
            case "picture":
                return [with_owners(part, text_run.format.field) for part in self.build_picture(text_run)]
            case "call":
                return self.notes.call(text_run.target, text_run.text) if self.notes is not None else []
            case "count":
                return self._count(text_run, label)
            case "reference":
                return self._reference(text_run)
        return [self._text(text_run.text, text_run.format)]

    def _count(self, text_run: TextRun, label: str) -> list[XmlElement]:
        """The page or number of pages as a field. A caption's label with its number as one, so that Word counts on."""
        if text_run.target in _PAGES:
            style = self._style(text_run.format)[0]
            return word_field(_PAGES[text_run.target], [self._text(text_run.text, text_run.format)], style)
        found = re.fullmatch(r"(.*?)(\d+)(.*)", text_run.text, re.DOTALL)
        series = _SERIES.get(text_run.target)
        if found is None or series is None:
            runs = [self._text(text_run.text, text_run.format)]
        else:
            before, number, after = ([self._text(text, text_run.format)] if text else [] for text in found.groups())
            style = self._style(text_run.format)[0]
            runs = [*before, *word_field(f"SEQ {series} \\* ARABIC", number, style), *after]
        mark = self.bookmarks.name(label) if label else ""
        return bookmark(self.bookmarks.next_id(), mark, runs) if mark else runs

    def _reference(self, text_run: TextRun) -> list[XmlElement]:
        """A reference as a field if it repeats the text of its bookmark, or else as a link."""
        mark = self.bookmarks.name(text_run.target)
        runs = [self._text(text_run.text, text_run.format)]
        if not mark:
            return runs
        if self.bookmarks.enclosed_text(text_run.target) == text_run.text:
            return word_field(f"REF {mark} \\h \\* MERGEFORMAT", runs)
        return [hyperlink(runs, anchor=mark)]

    def _text(self, text: str, formatting: RunFormat) -> XmlElement:
        style, bold, italic = self._style(formatting)
        foreign = formatting.language and formatting.language != self.language
        language = word_language(formatting.language or self.language) if foreign or formatting.rtl else ""
        built = run(text, style, language=language, rtl=formatting.rtl, bold=bold, italic=italic)
        return with_owners(built, formatting.field)

    def _style(self, formatting: RunFormat) -> tuple[str, bool, bool]:
        """The character style, and bold and italic if they do not fit into it, because a run has only one style."""
        bold, italic = formatting.bold, formatting.italic or formatting.cited
        if formatting.style:
            return self.styles.character(formatting.style), bold, italic
        emphasis = emphasis_style(bold=bold, italic=formatting.italic, cited=formatting.cited)
        return self.styles.character(emphasis) if emphasis else "", False, False
