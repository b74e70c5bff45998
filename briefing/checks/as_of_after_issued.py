"""Facts dated after the day of issue."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .facts import facts_of
from .manuscript import Manuscript

__all__ = ["check"]


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each ``as_of``, of the brief or of a fact, that is later than ``issued``."""
    issued = manuscript.brief.issued
    if issued is None:
        return
    dated = [(("as_of",), manuscript.brief.as_of), *(((*s.path, "as_of"), s.fact.as_of) for s in facts_of(manuscript))]
    for path, held in dated:
        if held is not None and held.first_day > issued.first_day:
            yield manuscript.warn(
                "as-of-after-issued",
                f"{held} is after the day on which this brief is issued, {issued}",
                path,
                help="one of the two dates is wrong",
            )
