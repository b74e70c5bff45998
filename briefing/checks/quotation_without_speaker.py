"""A quotation without a speaker."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import PullQuote

from .blocks import blocks_of
from .manuscript import Manuscript
from .quoted import quoted_in

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of quotations whose sentence does not attribute them, and of pull quotes with details but without ``by``."""
    for quoted in quoted_in(manuscript):
        if not quoted.is_attributed:
            yield manuscript.mark(
                "quotation-without-speaker",
                f"these words are quoted, but the sentence does not say whose they are: “{_truncated(quoted.words)}”",
                quoted.passage,
                quoted.start,
                quoted.end,
                help="name the speaker in the sentence, or say it in your own words, without quotation marks",
            )
    for path, block in blocks_of(manuscript.brief, PullQuote):
        given = next((key for key in ("role", "occasion", "date", "source") if getattr(block, key)), "")
        if block.by is None and given:
            yield manuscript.warn(
                "quotation-without-speaker",
                f"this pull quote has {given}:, as a quotation has, but nobody is named who said it",
                (*path, given),
                key=True,
                help=f"add by: with the speaker; an extract from this brief has no {given}:",
            )


def _truncated(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
