"""A section that outweighs all the others."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.reading import markdown
from briefing.reading.walk import markdown_texts

from .manuscript import Manuscript

__all__ = ["check"]

#: A section may take half of the text. Of few sections, or of little text, nothing is said.
SHARE = 0.5
SECTIONS = 3
SIGNS = 1500


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A section with more than half of the words of all sections."""
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
