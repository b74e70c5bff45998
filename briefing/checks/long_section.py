"""A section with most of the text."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.reading import markdown
from briefing.reading.walk import markdown_texts

from .manuscript import Manuscript

__all__ = ["check"]

#: The largest share of the text for one section.
SHARE = 0.5
#: The least sections, and characters in all of them, with which a brief is checked.
SECTIONS = 3
SIGNS = 1500


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of a section with more than half of the text of all sections."""
    if not manuscript.whole or len(manuscript.brief.sections) < SECTIONS:
        return
    lengths = [sum(len(markdown.plain(text)) for _, text in markdown_texts(part)) for part in manuscript.brief.sections]
    total = sum(lengths)
    for index, length in enumerate(lengths):
        if total > SIGNS and length > SHARE * total:
            yield manuscript.warn(
                "long-section",
                f"this section takes {round(100 * length / total)} per cent of the text of all {len(lengths)} sections",
                ("sections", index, "title"),
                help="divide it, or move a part of it into an annex",
            )
