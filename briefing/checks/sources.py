"""A source that is not cited."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.edition.visibility import cited

from .context import CheckContext


def uncited_source(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each entry under ``sources`` without a citation; it is printed last, as further reading."""
    used = cited(context.brief)
    for name in context.brief.sources:
        if str(name) not in used:
            yield context.warn(
                "uncited-source",
                f"nothing cites '{name}', so it stands last, as further reading",
                ("sources", str(name)),
                key=True,
                help=f"write [@{name}] behind what it bears out, or delete it; "
                "if it is meant as further reading, silence uncited-source under checks",
            )


def original_unreadable(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn if the file named by ``translation_of`` is missing or is not a valid brief."""
    if context.whole and context.original_problem:
        yield context.warn(
            "original-unreadable",
            f"the original of this translation cannot be compared: {context.original_problem}",
            ("translation_of",),
            help="name a content file of this project, relative to this one",
        )
