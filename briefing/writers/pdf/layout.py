"""Lay the galley out as pages: for the PDF, the page budget, and the page numbers in other formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from briefing.diagnostics import ContentError, Diagnostic
from briefing.galley import Galley
from briefing.theme.variants import tightened
from briefing.writers.fonts import cut_font, face_rule, letters_by_cut, picture_letters, present
from briefing.writers.scripts import lent_rules, lettering

from .blank_font import blank_font, blank_font_rule, letters_without_font
from .budget import PageUse
from .fetcher import make_fetcher
from .fit import LayoutOptions, LayoutResult, fit
from .markup import print_document
from .missing_glyphs import missing_glyphs, missing_letters
from .page_css import stylesheet
from .pdfa import VARIANT
from .side_column import set_side_column
from .weasyprint_.engine import engine_started, release
from .weasyprint_.patches import layout_patched
from .weasyprint_.patches.line_cache import use_lines

#: The faces in use, each with the face that it is a fallback for.
Faces: TypeAlias = tuple[tuple[str, str], ...]
#: The characters that lists put before their items, in whatever cut those are set.
FURNITURE = frozenset("•–0123456789.\u00a0\u2002")

#: The exceptions that WeasyPrint raises when a layout fails.
LAYOUT_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
#: The numbers of side matter: more than any brief has.
ALL_SIDE_MATTER = frozenset(range(1000))


@dataclass(frozen=True, slots=True)
class Pages:
    """The number of pages of a brief, the pages on which its elements begin, and diagnostics.

    ``starts`` maps the id of an element to its page, counted from 1.
    """

    count: int
    starts: dict[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


class LaidOut(NamedTuple):
    """Finished pages: the WeasyPrint document, the HTML and CSS it was made from, diagnostics, and the galley.

    The galley has the theme as tightened to the page budget.
    """

    document: Any
    source: str
    noticed: tuple[Diagnostic, ...]
    galley: Galley


def paginate(galley: Galley) -> Pages:
    """Lay the galley out and count its pages. Raises :class:`MachineError` without Pango."""
    with laid_out(galley) as pages:
        return Pages(len(pages.document.pages), starts_of(pages.document), pages.noticed)


def starts_of(document: Any) -> dict[str, int]:
    """The page, counted from 1, on which each element that has an id begins."""
    starts: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            starts.setdefault(name, number)
    return starts


@contextmanager
def laid_out(galley: Galley) -> Iterator[LaidOut]:
    """The pages of a galley, fitted to its page budget.

    The fonts exist only while the context is open, so the document has to be written inside it. No file is left on the
    disk.
    """
    fallback = _store(galley)[0]["font:0"][0]
    with engine_started(fallback, galley.theme) as (weasyprint, noticed), layout_patched(noticed):
        noticed.extend(missing_glyphs(galley, missing_letters(galley)))
        inputs: dict[int, _LayoutInput] = {}

        def lay_out(attempt: LayoutOptions) -> LayoutResult:
            if attempt.setting not in inputs:
                with_setting = replace(galley, theme=tightened(galley.theme, attempt.setting))
                try:
                    inputs[attempt.setting] = _LayoutInput(weasyprint, with_setting, noticed)
                except LAYOUT_FAILURES as fault:  # for example too deep nesting in a stylesheet
                    raise ContentError(_layout_error(fault)) from fault
            return inputs[attempt.setting].lay_out(attempt)

        try:
            fitted = fit(galley, lay_out)
            trial = fitted.trial
            messages = (_as_picture_error(diagnostic, tuple(galley.pictures)) for diagnostic in noticed)
            yield LaidOut(trial.document, trial.source, (*messages, *fitted.diagnostics), fitted.galley)
        finally:
            for layout_input in inputs.values():
                release(layout_input.configuration)


def _layout_error(fault: Exception) -> Diagnostic:
    return Diagnostic(
        "layout",
        f"the page layout gives up on this brief ({type(fault).__name__})",
        help="look for a title, a quotation or a box that is longer than a page; with a theme of your own, look at its "
        "stylesheet and templates",
    )


def _as_picture_error(diagnostic: Diagnostic, names: tuple[str, ...]) -> Diagnostic:
    """An error instead of WeasyPrint's warning if it cannot draw a picture that has passed the checks."""
    found = re.search(r"Failed to load image at 'picture:(\d+)'", diagnostic.message)
    if found is None:
        return diagnostic
    return Diagnostic(
        "picture",
        f"the page layout cannot draw '{names[int(found[1])]}'",
        label=names[int(found[1])],
        help="simplify the picture, or save it as PNG",
    )


#: The most parsed stylesheets that are cached: those of all settings of one theme, and some more.
CACHED_SHEETS = 16
_cached_sheets: dict[str, Any] = {}
#: A rule that defines a font, in any spelling.
_FONT_FACE = re.compile(r"@(?:font-face|[\w-]*\\)", re.IGNORECASE)


class _LayoutInput:
    """The input that all layouts with one setting of the theme share: fonts, pictures and stylesheets."""

    def __init__(self, weasyprint: Any, galley: Galley, noticed: list[Diagnostic]) -> None:
        stored, fonts, self.pictures, faces = _store(galley)
        self.galley = galley
        self.lettered = lettering(galley.theme, faces, galley.language)
        rules = stylesheet(galley, lent_rules(galley.theme, faces, galley.language, screen=False))
        self.css = fonts + rules
        self.weasyprint = weasyprint
        self.fetcher = make_fetcher(stored)
        self.configuration = weasyprint.text.fonts.FontConfiguration()
        use_lines(self.configuration, _digest(fonts, stored))
        font_sheet = weasyprint.CSS(string=fonts, font_config=self.configuration, url_fetcher=self.fetcher)
        self.sheets = [font_sheet, self._parsed(rules, noticed)]

    def _parsed(self, rules: str, noticed: list[Diagnostic]) -> Any:
        """The theme's rules, parsed; cached, because they are the same for one brief after the other.

        Not cached are rules with fonts, which belong to one layout, and rules with warnings, which would then be lost.
        """
        if rules in _cached_sheets:
            return _cached_sheets[rules]
        sheet = self.weasyprint.CSS(string=rules, font_config=self.configuration, url_fetcher=self.fetcher)
        if not _FONT_FACE.search(rules) and not any(found.code == "page-warning" for found in noticed):
            while len(_cached_sheets) >= CACHED_SHEETS:
                del _cached_sheets[next(iter(_cached_sheets))]
            _cached_sheets[rules] = sheet
        return sheet

    def lay_out(self, attempt: LayoutOptions) -> LayoutResult:
        """One layout, with its side matter moved to free places.

        WeasyPrint fails on some boxes that are longer than a page. If so, all side matter goes into the text. Raises
        :class:`ContentError` if that fails too.
        """
        try:
            return self._try_layout(attempt)
        except LAYOUT_FAILURES:
            try:
                return self._try_layout(replace(attempt, in_text=ALL_SIDE_MATTER))
            except LAYOUT_FAILURES as fault:
                raise ContentError(_layout_error(fault)) from fault

    def _try_layout(self, attempt: LayoutOptions) -> LayoutResult:
        source = print_document(self.galley, self.pictures, attempt.in_text, self.lettered, contents=attempt.contents)
        html = self.weasyprint.HTML(string=source, url_fetcher=self.fetcher, media_type="print")
        document = html.render(font_config=self.configuration, stylesheets=self.sheets, pdf_variant=VARIANT)
        homeless = set_side_column(document)
        extent = PageUse.of(document, self.galley.page_budget, homeless)
        return LayoutResult(attempt, document, source + self.css, homeless, extent)


def _digest(rules: str, stored: Mapping[str, tuple[bytes, str]]) -> bytes:
    """A hash of the fonts of one layout."""
    digest = blake2b(rules.encode("utf-8"), digest_size=16)
    for name, (data, _) in stored.items():
        if name.startswith("font:"):
            digest.update(data)
    return digest.digest()


def _store(galley: Galley) -> tuple[dict[str, tuple[bytes, str]], str, dict[str, str], Faces]:
    """The fonts and pictures of a layout by URL, the font rules, the pictures' URLs by name, and the faces in use."""
    stored: dict[str, tuple[bytes, str]] = {}
    rules = ""
    cuts = letters_by_cut(galley, galley.running.parts)
    for cut, letters in picture_letters(galley).items():
        cuts[cut] = cuts.get(cut, frozenset()) | letters
    wanted = {cut: letters if cut.beside else letters | FURNITURE for cut, letters in cuts.items()}
    for number, (cut, letters) in enumerate(wanted.items()):
        stored[f"font:{number}"] = (cut_font(galley.theme, cut, letters), "font/ttf")
        rules += face_rule(galley.theme, cut, f"font:{number}")
    if missing := letters_without_font(galley.theme, wanted):
        stored["font:room"] = (blank_font(galley.theme, missing), "font/ttf")
        rules += blank_font_rule("font:room")
    pictures = {}
    for number, (name, picture) in enumerate(galley.pictures.items()):
        pictures[name] = f"picture:{number}"
        stored[f"picture:{number}"] = (picture.data, picture.media_type)
    return stored, rules, pictures, present(cuts)
