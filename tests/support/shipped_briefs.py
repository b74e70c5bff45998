"""The briefs in content/, each laid out and written as PDF once for all tests of the pages, the tags and the fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

import pytest

from briefing.edition import resolve
from briefing.galley import Galley
from briefing.galley.set import set_galley
from briefing.reading import load_draft
from briefing.theme.load import load_theme
from briefing.writers.output import Output
from briefing.writers.pdf import layout, write_pdf, writer
from briefing.writers.pdf.fit import FitResult, LayoutOptions, LayoutResult
from tests.support.page_geometry import Sheet, sheets_of
from tests.support.project import ROOT

BRIEFS = sorted(path.relative_to(ROOT / "content").as_posix() for path in (ROOT / "content").rglob("*.yaml"))
THEMES = sorted(path.parent.name for path in (ROOT / "templates").glob("*/theme.yaml"))
PAPERS = ("A4", "Letter")


@dataclass(frozen=True)
class Printed:
    """A brief that was written as PDF: the output, its pages, and how many pages of the brief each layout had."""

    output: Output
    pages: tuple[Sheet, ...]
    layouts: tuple[int, ...]


@cache
def shipped(name: str, theme: str, paper: str = "A4") -> Galley:
    """The galley of a brief."""
    galley = set_galley(resolve(load_draft(ROOT / "content" / name), "internal"), load_theme(theme))
    return replace(galley, paper=paper)


@cache
def printed(name: str, theme: str, paper: str = "A4") -> Printed:
    """What is printed of a brief. The real layouts are noted, and nothing is put in their place."""
    made: list[int] = []
    pages: list[Sheet] = []
    lay_out, laid_out = layout._LayoutInput.lay_out, writer.laid_out

    def noted(self: layout._LayoutInput, options: LayoutOptions) -> LayoutResult:
        result = lay_out(self, options)
        made.append(result.page_use.brief_pages)
        return result

    @contextmanager
    def kept(galley: Galley) -> Iterator[FitResult]:
        with laid_out(galley) as fitted:
            yield fitted
            pages.extend(sheets_of(fitted.layout.document))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout._LayoutInput, "lay_out", noted)
        patch.setattr(writer, "laid_out", kept)
        output = write_pdf(shipped(name, theme, paper))
    return Printed(output, tuple(pages), tuple(made))
