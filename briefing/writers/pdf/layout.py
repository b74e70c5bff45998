"""Galley to pages: a room of its own, for the PDF, the page budget, and the page numbers of other formats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from briefing.diagnostics import Diagnostic
from briefing.galley import Galley
from briefing.writers.fonts import cut_font, face_rule, letters_by_cut, picture_letters, present
from briefing.writers.scripts import lent_rules, lettering

from .actual_text import letters_told
from .archival import VARIANT
from .engine import engine_started
from .fetcher import make_fetcher
from .glyphs import missing_glyphs, missing_letters
from .labels import whole_labels
from .markup import print_document
from .page import stylesheet
from .side_column import set_side_column

__all__ = ["Pages", "laid_out", "paginate", "starts_of"]


#: Faces that are there, each with the face that it is lent to.
Faces: TypeAlias = tuple[tuple[str, str], ...]
#: What lists put before their items, in whatever cut those are set.
FURNITURE = frozenset("•–0123456789.\u00a0\u2002")


@dataclass(frozen=True, slots=True)
class Pages:
    """A brief cut into pages.

    ``starts`` is the page, counted from 1, on which each element that has an id begins.
    """

    count: int
    starts: dict[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def paginate(galley: Galley) -> Pages:
    """Lay the galley out and count. Raises :class:`MachineError` without Pango."""
    with laid_out(galley) as (document, _, noticed):
        return Pages(len(document.pages), starts_of(document), tuple(noticed))


def starts_of(document: Any) -> dict[str, int]:
    """The page, counted from 1, on which each element that has an id begins."""
    starts: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            starts.setdefault(name, number)
    return starts


@contextmanager
def laid_out(galley: Galley) -> Iterator[tuple[Any, str, list[Diagnostic]]]:
    """The WeasyPrint document of a galley, what it was made from, and what was noticed.

    The fonts are there as long as the context is open, so the document has to be written in it. Nothing stays on the
    disk.
    """
    stored, fonts, pictures, faces = _store(galley)
    lettered = lettering(galley.theme, faces, galley.language)
    lacking = missing_letters(galley)
    with (
        engine_started(stored["font:0"][0], galley.theme, lacking) as (weasyprint, noticed),
        whole_labels(),
        letters_told(),
    ):
        noticed.extend(missing_glyphs(galley, lacking))
        fetcher = make_fetcher(stored)
        css = fonts + stylesheet(galley, lent_rules(galley.theme, faces, galley.language, screen=False))
        configuration = weasyprint.text.fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=css, font_config=configuration, url_fetcher=fetcher)

        def lay_out(in_text: frozenset[int]) -> tuple[Any, str]:
            document = print_document(galley, pictures, in_text, lettered)
            html = weasyprint.HTML(string=document, url_fetcher=fetcher, media_type="print")
            return html.render(font_config=configuration, stylesheets=[sheet], pdf_variant=VARIANT), document

        in_text: frozenset[int] = frozenset()
        while True:
            pages, document = lay_out(in_text)
            homeless = set_side_column(pages)
            if not homeless:
                break
            # Once more, with these in the text. Each round sets at least one more piece there, so this ends.
            in_text |= homeless
        yield pages, document + css, noticed


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
    for number, (cut, letters) in enumerate(cuts.items()):
        wanted = letters if cut.beside else letters | FURNITURE
        stored[f"font:{number}"] = (cut_font(galley.theme, cut, wanted), "font/ttf")
        rules += face_rule(galley.theme, cut, f"font:{number}")
    pictures = {}
    for number, (name, picture) in enumerate(galley.pictures.items()):
        pictures[name] = f"picture:{number}"
        stored[f"picture:{number}"] = (picture.data, picture.media_type)
    return stored, rules, pictures, present(cuts)
