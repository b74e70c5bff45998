"""A fact that is too old on the day of the brief."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic

from .facts import facts_of
from .manuscript import Manuscript

__all__ = ["check"]

#: The largest age in months. A yearly figure is published within a year, and is current until the next one.
MONTHS = 24


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each fact that is more than MONTHS older than the ``as_of`` of the brief, or else than ``issued``."""
    day = manuscript.brief.as_of or manuscript.brief.issued
    if day is None:
        return
    for stated in facts_of(manuscript):
        held = stated.fact.as_of
        if held is None or stated.is_extent:
            continue
        since = held.last_day
        months = (day.first_day.year - since.year) * 12 + day.first_day.month - since.month
        if months > MONTHS:
            yield manuscript.warn(
                "stale-fact",
                f"'{stated.label}' held in {held}, {_duration(months)} before the day of this brief ({day})",
                (*stated.path, "as_of"),
                help="look for a newer figure; if there is none, silence stale-fact under checks",
            )


def _duration(months: int) -> str:
    years = months // 12
    return f"{years} years" if months % 12 == 0 else f"more than {years} years"
