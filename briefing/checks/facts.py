"""The facts of the fact box, and whether they can change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic
from briefing.markup import markdown
from briefing.model import Fact
from briefing.model.data_path import DataPath

from .context import CheckContext
from .word_lists import ADDRESSES, OFFICES, pattern

_YEAR = r"(?:1[0-9]|20|21)\d\d"
#: Digits that are no quantity: dates, times of day, codes, phone numbers.
_NO_QUANTITY = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\.? [^\W\d]+,? {_YEAR}|"
    rf"[^\W\d]+ \d{{1,2}}, {_YEAR}|(?<!\d){_YEAR}(?:[–/-]\d{{2,4}})?(?!\d|[.,  ]\d)|(?:UTC|GMT)\s?[+−-]?\d+|"
    r"\+\d[\d ]*|\d{1,2}:\d\d|[^\W\d]+-\d+"
)
#: Areas and lengths do not change from day to day.
_EXTENT = re.compile(
    r"\d\s*(?:km²|km2|km|m|sq\.? ?(?:km|mi|m)|square \w+|hectares|ha|км²|км|кв\. ?км|шаршы \w+)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FactText:
    """One fact with its path, its label, its plain text (``words``), and its kind."""

    path: DataPath
    label: str
    fact: Fact
    words: str
    is_figure: bool
    is_extent: bool
    is_office: bool

    @property
    def can_change(self) -> bool:
        """Whether it can change, as a figure or the holder of an office can."""
        return (self.is_figure and not self.is_extent) or self.is_office


def facts_of(context: CheckContext) -> Iterator[FactText]:
    """The facts of the fact box, in order."""
    box = context.brief.fact_box
    for label, fact in box.facts.items() if box is not None else ():
        words = markdown.plain(fact.value)
        quantities = "" if pattern(ADDRESSES).search(label) else _NO_QUANTITY.sub("", words)
        figure = any(character.isdigit() for character in quantities)
        office = not any(c.isdigit() for c in words) and bool(
            (offices := OFFICES.get(context.tongue)) and pattern(offices).search(label)
        )
        yield FactText(
            ("fact_box", "facts", str(label)), str(label), fact, words, figure, bool(_EXTENT.search(words)), office
        )


def as_of_after_issued(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each ``as_of``, of the brief or of a fact, that is later than ``issued``."""
    issued = context.brief.issued
    if issued is None:
        return
    dated = [(("as_of",), context.brief.as_of), *(((*s.path, "as_of"), s.fact.as_of) for s in facts_of(context))]
    for path, held in dated:
        if held is not None and held.first_day > issued.first_day:
            yield context.warn(
                "as-of-after-issued",
                f"{held} is after the day on which this brief is issued, {issued}",
                path,
                help="one of the two dates is wrong",
            )


#: The largest age in months. A yearly figure is published within a year, and is current until the next one.
MONTHS = 24


def stale_fact(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each fact that is more than MONTHS older than the ``as_of`` of the brief, or else than ``issued``."""
    day = context.brief.as_of or context.brief.issued
    if day is None:
        return
    for stated in facts_of(context):
        held = stated.fact.as_of
        if held is None or stated.is_extent:
            continue
        since = held.last_day
        months = (day.first_day.year - since.year) * 12 + day.first_day.month - since.month
        if months > MONTHS:
            yield context.warn(
                "stale-fact",
                f"'{stated.label}' held in {held}, {_duration(months)} before the day of this brief ({day})",
                (*stated.path, "as_of"),
                help="look for a newer figure; if there is none, silence stale-fact under checks",
            )


def _duration(months: int) -> str:
    years = months // 12
    return f"{years} years" if months % 12 == 0 else f"more than {years} years"


def undated_fact(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each figure and each holder of an office without ``as_of``; a capital or an area needs none."""
    for stated in facts_of(context):
        if stated.can_change and stated.fact.as_of is None:
            kind = "names the holder of an office" if stated.is_office else "is a figure"
            yield context.warn(
                "undated-fact",
                f"'{stated.label}' {kind}, but nothing says when it held",
                stated.path,
                key=True,
                help="write the fact in full: value: and, below it, as_of: with a day, month or year",
            )


def unsourced_fact(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each figure and each holder of an office without a source of its own or of the fact box."""
    box = context.brief.fact_box
    if box is None or box.source:
        return
    for stated in facts_of(context):
        if not stated.is_figure and not stated.is_office:
            continue
        if not stated.fact.source and not markdown.citations(stated.fact.value):
            yield context.warn(
                "unsourced-fact",
                f"nothing says where '{stated.label}' comes from",
                stated.path,
                key=True,
                help="add source: to the fact or, for all of them, to the fact box, with a key under sources",
            )
