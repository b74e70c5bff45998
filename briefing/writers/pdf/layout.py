"""Lay the galley out as pages that keep to its page budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from typing import Any, ClassVar

from briefing.diagnostics import ContentError, Diagnostic
from briefing.galley import Galley
from briefing.theme.variants import tightened
from briefing.writers.drawings import as_pixels
from briefing.writers.fonts import (
    LIST_MARKERS,
    cut_font,
    face_rule,
    faces_in_use,
    in_capitals,
    letters_by_cut,
    picture_letters,
    repertoire,
)
from briefing.writers.scripts import fallback_rules, label_families

from .budget import PageUse
from .fit import FitResult, LayoutOptions, LayoutResult, fit
from .markup import print_document
from .missing_glyphs import BLANK_FAMILY, blank_font, letters_without_font, missing_glyph_warnings, missing_letters
from .page_css import stylesheet
from .pdfa import VARIANT
from .side_column import set_side_column
from .weasyprint_.engine import engine_started, release
from .weasyprint_.patches import layout_patched
from .weasyprint_.patches.line_cache import use_lines

#: The exceptions that WeasyPrint raises when a layout fails.
LAYOUT_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
LAYOUT_HELP = (
    "look for a title, a quotation or a box that is longer than a page; with a theme of your own, look at its "
    "stylesheet and templates"
)
#: The numbers of side matter: more than any brief has.
ALL_SIDE_MATTER = frozenset(range(1000))
#: The most parsed stylesheets that are cached: those of all settings of one theme, and some more.
CACHED_SHEETS = 16
#: A rule that defines a font, in any spelling.
_FONT_FACE = re.compile(r"@(?:font-face|[\w-]*\\)", re.IGNORECASE)


@contextmanager
def laid_out(galley: Galley) -> Iterator[FitResult]:
    """The pages of a galley, fitted to its page budget, with all diagnostics of the layout.

    The fonts exist only while the context is open, so the document has to be written inside it.
    """
    galley = in_capitals(galley)
    fallback = next(iter(_fonts(galley)[0].values()))
    with engine_started(fallback, galley.theme) as (weasyprint, warnings), layout_patched(warnings):
        warnings.extend(missing_glyph_warnings(galley, missing_letters(galley)))
        inputs: dict[int, _LayoutInput] = {}

        def lay_out(options: LayoutOptions) -> LayoutResult:
            try:
                if options.setting not in inputs:
                    with_setting = replace(galley, theme=tightened(galley.theme, options.setting))
                    inputs[options.setting] = _LayoutInput(weasyprint, with_setting, warnings)
                return inputs[options.setting].lay_out(options)
            except LAYOUT_FAILURES as failure:
                message = f"the page layout gives up on this brief ({type(failure).__name__})"
                raise ContentError(Diagnostic("layout", message, help=LAYOUT_HELP)) from failure

        try:
            fitted = fit(galley, lay_out)
            messages = (_as_picture_error(warning, tuple(galley.pictures)) for warning in warnings)
            yield replace(fitted, diagnostics=(*messages, *fitted.diagnostics))
        finally:
            for layout_input in inputs.values():
                release(layout_input.configuration)


def _as_picture_error(warning: Diagnostic, names: tuple[str, ...]) -> Diagnostic:
    """An error instead of WeasyPrint's warning if it cannot draw a picture that has passed the checks."""
    found = re.search(r"Failed to load image at 'picture:(\d+)'", warning.message)
    if found is None:
        return warning
    name = names[int(found[1])]
    message = f"the page layout cannot draw '{name}'"
    return Diagnostic("picture", message, label=name, help="simplify the picture, or save it as PNG")


class _LayoutInput:
    """The input that all layouts with one setting of the theme share: fonts, pictures and stylesheets."""

    _cached_sheets: ClassVar[dict[str, Any]] = {}

    def __init__(self, weasyprint: Any, galley: Galley, warnings: list[Diagnostic]) -> None:
        fonts, font_rules, faces = _fonts(galley)
        served = {url: (data, "font/ttf") for url, data in fonts.items()}
        self.picture_urls: dict[str, str] = {}
        for number, (name, picture) in enumerate(galley.pictures.items()):
            self.picture_urls[name] = f"picture:{number}"
            data, media_type = picture.data, picture.media_type
            if picture.undrawn:
                data, media_type = as_pixels(picture, galley.theme), "image/png"
            served[f"picture:{number}"] = (data, media_type)
        self.galley = galley
        self.label_families = label_families(galley.theme, faces, galley.language)
        rules = stylesheet(galley, fallback_rules(galley.theme, faces, galley.language, screen=False))
        self.css = font_rules + rules
        self.weasyprint = weasyprint
        self.fetcher = make_fetcher(served)
        self.configuration = weasyprint.text.fonts.FontConfiguration()
        use_lines(self.configuration, blake2b(b"".join((font_rules.encode(), *fonts.values()))).digest())
        self.sheets = [self._parsed(font_rules), self._parsed_or_cached(rules, warnings)]

    def _parsed(self, rules: str) -> Any:
        return self.weasyprint.CSS(string=rules, font_config=self.configuration, url_fetcher=self.fetcher)

    def _parsed_or_cached(self, rules: str, warnings: list[Diagnostic]) -> Any:
        """The theme's rules, parsed; cached, because they are the same for one brief after the other."""
        cache = self._cached_sheets
        if rules in cache:
            return cache[rules]
        sheet = self._parsed(rules)
        # Fonts belong to one layout. Warnings would be lost.
        if not _FONT_FACE.search(rules) and not any(warning.code == "page-warning" for warning in warnings):
            while len(cache) >= CACHED_SHEETS:
                del cache[next(iter(cache))]
            cache[rules] = sheet
        return sheet

    def lay_out(self, options: LayoutOptions) -> LayoutResult:
        """One layout, with its side matter moved to free places. Raises one of ``LAYOUT_FAILURES``."""
        try:
            return self._try_layout(options)
        except LAYOUT_FAILURES:  # WeasyPrint fails on some boxes of side matter that are longer than a page
            return self._try_layout(replace(options, in_text=ALL_SIDE_MATTER))

    def _try_layout(self, options: LayoutOptions) -> LayoutResult:
        urls, families = self.picture_urls, self.label_families
        source = print_document(self.galley, urls, options.in_text, families, contents=options.contents)
        html = self.weasyprint.HTML(string=source, url_fetcher=self.fetcher, media_type="print")
        document = html.render(font_config=self.configuration, stylesheets=self.sheets, pdf_variant=VARIANT)
        unplaced = set_side_column(document)
        page_use = PageUse.of(document, self.galley.page_budget, unplaced)
        return LayoutResult(options, document, source + self.css, unplaced, page_use)


def make_fetcher(served: Mapping[str, tuple[bytes, str]]) -> Any:
    """The only URL fetcher: it serves these URLs (``font:0``: bytes and media type) and refuses all others."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        """Opens no connection and reads no file, whatever a page, a stylesheet or an SVG refers to."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002 - the library's name
            if url not in served:
                raise ValueError("a brief takes nothing from addresses or files")
            data, media_type = served[url]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    return Fetcher(allowed_protocols=())


def _fonts(galley: Galley) -> tuple[dict[str, bytes], str, tuple[tuple[str, str], ...]]:
    """The fonts of a layout by URL, their CSS rules, and the faces in use, as :func:`faces_in_use` gives them."""
    cuts = letters_by_cut(galley, galley.running.parts)
    for cut, letters in picture_letters(galley).items():
        cuts[cut] = cuts.get(cut, frozenset()) | letters
    plain_hyphen = any(0x2010 not in repertoire(galley.theme, face) for face in galley.theme.faces)
    markers = (LIST_MARKERS | {"\u00a0", "\u2002"}) - ({"\u2010"} if plain_hyphen else set())
    wanted = {cut: letters if cut.beside else letters | markers for cut, letters in cuts.items()}
    fonts = {f"font:{number}": cut_font(galley.theme, *item) for number, item in enumerate(wanted.items())}
    rules = "".join(face_rule(galley.theme, cut, url) for cut, url in zip(wanted, fonts, strict=True))
    rules += 'html{hyphenate-character:"-"}\n' if plain_hyphen else ""
    if missing := letters_without_font(galley.theme, wanted):
        fonts["font:room"] = blank_font(galley.theme, missing)
        rules += f'@font-face{{font-family:"{BLANK_FAMILY}";src:url(font:room)}}\n'
    return fonts, rules, faces_in_use(cuts)
