"""Galley to pages: a room of its own, for the PDF, the page budget, and the page numbers of other formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from briefing.diagnostics import ContentError, Diagnostic
from briefing.galley import Galley
from briefing.theme.adjust import tightened
from briefing.writers.fonts import cut_font, face_rule, letters_by_cut, picture_letters, present
from briefing.writers.scripts import lent_rules, lettering

from .archival import VARIANT
from .budget import Extent
from .fetcher import make_fetcher
from .fit import Attempt, Trial, fit
from .glyphs import missing_glyphs, missing_letters
from .markup import print_document
from .page import stylesheet
from .side_column import set_side_column
from .vacant import letters_without_font, room_font, room_rule
from .weasyprint_.engine import engine_started, release
from .weasyprint_.patches import layout_patched
from .weasyprint_.patches.line_cache import use_lines

__all__ = ["LaidOut", "Pages", "laid_out", "paginate", "starts_of"]


#: Faces that are there, each with the face that it is lent to.
Faces: TypeAlias = tuple[tuple[str, str], ...]
#: What lists put before their items, in whatever cut those are set.
FURNITURE = frozenset("•–0123456789.\u00a0\u2002")

#: What the library raises when it has lost its way in a layout.
GIVING_UP = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
#: More pieces of side matter than any brief has.
ALL_SIDE_MATTER = frozenset(range(1000))


@dataclass(frozen=True, slots=True)
class Pages:
    """A brief cut into pages.

    ``starts`` is the page, counted from 1, on which each element that has an id begins.
    """

    count: int
    starts: dict[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


class LaidOut(NamedTuple):
    """Finished pages: the WeasyPrint document, what it was made from, what was noticed, and the galley.

    The theme of the galley is the one that was tightened to the page budget.
    """

    document: Any
    source: str
    noticed: tuple[Diagnostic, ...]
    galley: Galley


def paginate(galley: Galley) -> Pages:
    """Lay the galley out and count. Raises :class:`MachineError` without Pango."""
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

    The fonts are there as long as the context is open, so the document has to be written in it. Nothing stays on the
    disk.
    """
    fallback = _store(galley)[0]["font:0"][0]
    with engine_started(fallback, galley.theme) as (weasyprint, noticed), layout_patched(noticed):
        noticed.extend(missing_glyphs(galley, missing_letters(galley)))
        formes: dict[int, _Forme] = {}

        def lay_out(attempt: Attempt) -> Trial:
            if attempt.setting not in formes:
                set_so = replace(galley, theme=tightened(galley.theme, attempt.setting))
                try:
                    formes[attempt.setting] = _Forme(weasyprint, set_so, noticed)
                except GIVING_UP as fault:  # a stylesheet that is nested deeper than the library goes
                    raise ContentError(_gave_up(fault)) from fault
            return formes[attempt.setting].lay_out(attempt)

        try:
            fitted = fit(galley, lay_out)
            trial = fitted.trial
            told = (_picture_told(diagnostic, tuple(galley.pictures)) for diagnostic in noticed)
            yield LaidOut(trial.document, trial.source, (*told, *fitted.diagnostics), fitted.galley)
        finally:
            for forme in formes.values():
                release(forme.configuration)


def _gave_up(fault: Exception) -> Diagnostic:
    return Diagnostic(
        "layout",
        f"the page layout gives up on this brief ({type(fault).__name__})",
        help="look for a title, a quotation or a box that is longer than a page; with a theme of your own, look at its "
        "stylesheet and templates",
    )


def _picture_told(diagnostic: Diagnostic, names: tuple[str, ...]) -> Diagnostic:
    """A picture that has passed the gate and cannot be drawn all the same is missing: an error, no mere warning."""
    found = re.search(r"Failed to load image at 'picture:(\d+)'", diagnostic.message)
    if found is None:
        return diagnostic
    return Diagnostic(
        "picture",
        f"the page layout cannot draw '{names[int(found[1])]}'",
        label=names[int(found[1])],
        help="simplify the picture, or save it as PNG",
    )


#: So many stylesheets are kept as they were parsed: the settings of one theme, and some.
SHEETS = 16
_SHEETS: dict[str, Any] = {}
#: A rule that brings a font, in any spelling.
_FONT_FACE = re.compile(r"@(?:font-face|[\w-]*\\)", re.IGNORECASE)


class _Forme:
    """All that the layouts of one setting share: its fonts, its pictures and its stylesheet."""

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
        own = weasyprint.CSS(string=fonts, font_config=self.configuration, url_fetcher=self.fetcher)
        self.sheets = [own, self._parsed(rules, noticed)]

    def _parsed(self, rules: str, noticed: list[Diagnostic]) -> Any:
        """The theme's rules, which are the same for one brief after the other.

        They are kept, unless they bring fonts, which belong to one layout, or something has to be said of them.
        """
        if rules in _SHEETS:
            return _SHEETS[rules]
        sheet = self.weasyprint.CSS(string=rules, font_config=self.configuration, url_fetcher=self.fetcher)
        if not _FONT_FACE.search(rules) and not any(found.code == "page-warning" for found in noticed):
            while len(_SHEETS) >= SHEETS:
                del _SHEETS[next(iter(_SHEETS))]
            _SHEETS[rules] = sheet
        return sheet

    def lay_out(self, attempt: Attempt) -> Trial:
        """One layout, its side matter placed where there is room.

        The library gives up on some boxes that are longer than a page: then all side matter goes into the text. Raises
        :class:`ContentError` when that does not help.
        """
        try:
            return self._laid_out(attempt)
        except GIVING_UP:
            try:
                return self._laid_out(replace(attempt, in_text=ALL_SIDE_MATTER))
            except GIVING_UP as fault:
                raise ContentError(_gave_up(fault)) from fault

    def _laid_out(self, attempt: Attempt) -> Trial:
        source = print_document(self.galley, self.pictures, attempt.in_text, self.lettered, contents=attempt.contents)
        html = self.weasyprint.HTML(string=source, url_fetcher=self.fetcher, media_type="print")
        document = html.render(font_config=self.configuration, stylesheets=self.sheets, pdf_variant=VARIANT)
        homeless = set_side_column(document)
        extent = Extent.of(document, self.galley.page_budget, homeless)
        return Trial(attempt, document, source + self.css, homeless, extent)


def _digest(rules: str, stored: Mapping[str, tuple[bytes, str]]) -> bytes:
    """What tells the fonts of one layout from those of another."""
    digest = blake2b(rules.encode("utf-8"), digest_size=16)
    for name, (data, _) in stored.items():
        if name.startswith("font:"):
            digest.update(data)
    return digest.digest()


def _store(galley: Galley) -> tuple[dict[str, tuple[bytes, str]], str, dict[str, str], Faces]:
    """What the layout may fetch, fonts and pictures, by addresses of our own; and the faces that are there."""
    stored: dict[str, tuple[bytes, str]] = {}
    rules = ""
    running = galley.running
    extra = {
        "running-marking": (running.marking,),
        "draft-mark": (running.draft,),
        "running-head": (running.country, galley.properties.title),
        "running-foot": (running.footer, *running.folio, "0123456789"),
    }
    cuts = letters_by_cut(galley, extra)
    for cut, letters in picture_letters(galley).items():
        cuts[cut] = cuts.get(cut, frozenset()) | letters
    wanted = {cut: letters if cut.beside else letters | FURNITURE for cut, letters in cuts.items()}
    for number, (cut, letters) in enumerate(wanted.items()):
        stored[f"font:{number}"] = (cut_font(galley.theme, cut, letters), "font/ttf")
        rules += face_rule(galley.theme, cut, f"font:{number}")
    if lacking := letters_without_font(galley.theme, wanted):
        stored["font:room"] = (room_font(galley.theme, lacking), "font/ttf")
        rules += room_rule("font:room")
    pictures = {}
    for number, (name, picture) in enumerate(galley.pictures.items()):
        pictures[name] = f"picture:{number}"
        stored[f"picture:{number}"] = (picture.data, picture.media_type)
    return stored, rules, pictures, present(cuts)
