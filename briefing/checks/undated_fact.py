"""A fact that can change and has no date."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .facts import facts_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each figure and each holder of an office without ``as_of``; a capital or an area needs none."""
    for stated in facts_of(manuscript):
        if stated.can_change and stated.fact.as_of is None:
            kind = "names the holder of an office" if stated.is_office else "is a figure"
            yield manuscript.warn(
                "undated-fact",
                f"'{stated.label}' {kind}, but nothing says when it held",
                stated.path,
                key=True,
                help="write the fact in full: value: and, below it, as_of: with a day, month or year",
            )
