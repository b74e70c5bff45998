"""Quotations: somebody's own words need a source that a reader can look up. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Brief, PullQuote

from . import markdown
from .draft import Places

__all__ = ["without_source"]


def without_source(brief: Brief, places: Places) -> Iterator[Diagnostic]:
    """A warning for each pull quote that names its speaker but no source, neither as a key nor in its text."""
    for part in ("sections", "annexes"):
        for index, section in enumerate(getattr(brief, part)):
            for number, block in enumerate(section.body):
                if (
                    isinstance(block, PullQuote)
                    and block.by is not None
                    and not block.source
                    and not markdown.citations(block.text)
                ):
                    yield places.diagnostic(
                        "quotation-without-source",
                        f"these are the words of {block.by}, but nothing says where they stand",
                        places.real((part, index, "body", number, "by")),
                        key=True,
                        help="add source: with a key under sources",
                        severity=Severity.WARNING,
                    )
