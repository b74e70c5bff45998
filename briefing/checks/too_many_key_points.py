"""Too many key points."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .key_points import key_points_of
from .manuscript import Manuscript

__all__ = ["check"]

#: Guides to writing briefs recommend four to six.
MOST = 6


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of more than MOST key points."""
    count = len(list(key_points_of(manuscript.brief)))
    if count > MOST:
        yield manuscript.warn(
            "too-many-key-points",
            f"there are {count} key points; four to six are as many as a reader keeps in mind",
            ("key_points",),
            key=True,
            help="join some, or leave the lesser ones to the sections",
        )
