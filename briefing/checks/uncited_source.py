"""A source that is not cited."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.reading.audience import cited

from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each entry under ``sources`` without a citation; it is printed last, as further reading."""
    used = cited(manuscript.brief)
    for name in manuscript.brief.sources:
        if str(name) not in used:
            yield manuscript.warn(
                "uncited-source",
                f"nothing cites '{name}', so it stands last, as further reading",
                ("sources", str(name)),
                key=True,
                help=f"write [@{name}] behind what it bears out, or delete it; "
                "if it is meant as further reading, silence uncited-source under checks",
            )
