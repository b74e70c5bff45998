"""A quotation without a source."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import PullQuote
from briefing.reading import markdown

from .blocks import blocks_of
from .manuscript import Manuscript
from .quoted import quoted_in

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of pull quotes with a speaker but no source, and of quotations in paragraphs without citations."""
    for path, block in blocks_of(manuscript.brief, PullQuote):
        if block.by is not None and not block.source and not markdown.citations(block.text):
            yield manuscript.warn(
                "quotation-without-source",
                f"these are the words of {block.by}, but nothing says where they stand",
                manuscript.places.real((*path, "by")),
                key=True,
                help="add source: with a key under sources",
            )
    for quoted in quoted_in(manuscript):
        if quoted.passage.part != "summary" and not quoted.sources:
            yield manuscript.mark(
                "quotation-without-source",
                "words are quoted here, but their paragraph cites no source",
                quoted.passage,
                quoted.start,
                quoted.end,
                help="add [@key] behind the sentence, with a key under sources",
            )
