"""Checks of the key figures and of the facts in the fact box: their dates and their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic, enumerated, once
from briefing.markup import markdown
from briefing.markup.list_numbers import is_month
from briefing.model import Fact, KeyFigure, PartialDate, Period
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
#: A day without a year.
_DAY = re.compile(r"\d{1,2}(?:\.|er|º|st|nd|rd|th)? (?:de |d’)?([^\W\d_]+)")
#: The largest age of a fact in months. A yearly figure is published within a year, and is current until the next one.
MONTHS = 24
#: Areas and lengths do not change from day to day.
_EXTENT = re.compile(
    r"\d\s*(?:[^\W\d_]{2,5}\.?\s+)?(?:km²|km2|km|m|sq\.? ?(?:km|mi|m)|square \w+|hectares|ha|км²|км|кв\. ?км|"
    r"шаршы \w+|كم²?|كيلومتر\w*)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FactText:
    """One fact or key figure with its path, its label, and its kind."""

    path: DataPath
    label: str
    fact: Fact | KeyFigure
    is_figure: bool
    is_extent: bool
    is_office: bool

    @property
    def held(self) -> PartialDate | None:
        """The date on which it held; None without a date, and for a key figure whose date is in words."""
        as_of = self.fact.as_of
        return as_of.date if isinstance(as_of, Period) else as_of

    @property
    def is_undated(self) -> bool:
        """Whether it can change, as a figure or the holder of an office can, and has no date."""
        return ((self.is_figure and not self.is_extent) or self.is_office) and self.fact.as_of is None


def as_of_after_issued(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each ``as_of``, of the brief, of a key figure or of a fact, that is later than ``issued``."""
    issued = context.brief.issued
    if issued is None:
        return
    of_facts = (((*each.path, "as_of"), each.held) for each in _facts(context))
    for path, held in ((("as_of",), context.brief.as_of), *of_facts):
        if held is not None and held.first_day > issued.first_day:
            message = f"{held} is after the day on which this brief is issued, {issued}"
            yield context.warn(message, path, help="one of the two dates is wrong")


def stale_fact(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of facts that are more than two years older than the ``as_of`` of the brief, or else than ``issued``."""
    yield from once(_stale(context))


def _stale(context: CheckContext) -> Iterator[Diagnostic]:
    day = context.brief.as_of or context.brief.issued
    if day is None:
        return
    for each in _facts(context):
        held = each.held
        if held is None or each.is_extent:
            continue
        now, then = day.first_day, held.last_day
        months = (now.year - then.year) * 12 + now.month - then.month
        if months > MONTHS:
            age = f"{months // 12} years" if months % 12 == 0 else f"more than {months // 12} years"
            message = f"'{each.label}' held in {held}, {age} before the day of this brief ({day})"
            advice = "look for a newer figure; if there is none, silence stale-fact under checks"
            yield context.warn(message, (*each.path, "as_of"), help=advice)


def undated_fact(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn once of all figures and holders of offices without ``as_of``; a capital or an area needs none.

    Those that have no source either are in the warning of :func:`unsourced_fact`, unless it is silenced.
    """
    reported = () if "unsourced-fact" in set(map(str, context.brief.checks.ignore)) else _unsourced(context)
    facts = [each for each in _facts(context) if each.is_undated and each not in reported]
    if facts:
        can = (
            "can change, but nothing says when it held"
            if len(facts) == 1
            else "can change, but nothing says when they held"
        )
        advice = "write the fact in full: value: and, below it, as_of: with a day, month or year"
        yield context.warn(f"{_labels(facts)} {can}", facts[0].path, key=True, help=advice)


def unsourced_fact(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn once of all figures and holders of offices without a source of their own or of the fact box."""
    facts = _unsourced(context)
    if not facts:
        return
    undated = [each for each in facts if each.is_undated]
    message = f"nothing says where {_labels(facts)} {'comes' if len(facts) == 1 else 'come'} from"
    in_box = any(each.path[0] == "fact_box" for each in facts)
    advice = f"add source: to the fact{' or, for all of them, to the fact box' * in_box}, with a key under sources"
    if undated:
        every = "it" if len(facts) == 1 else "they"
        message += f", or when {every if len(undated) == len(facts) else 'those that can change'} held"
        advice += "; and as_of: to each fact that can change, with a day, month or year"
    yield context.warn(message, facts[0].path, key=True, help=advice)


def _unsourced(context: CheckContext) -> tuple[FactText, ...]:
    box = context.brief.fact_box
    of_box = box.source if box is not None else ()
    return tuple(
        each
        for each in _facts(context)
        if (each.is_figure or each.is_office)
        and not (each.fact.source or markdown.citations(each.fact.value) or (of_box and each.path[0] == "fact_box"))
    )


def _labels(facts: Sequence[FactText]) -> str:
    return enumerated([f"'{each.label}'" for each in facts])


def _facts(context: CheckContext) -> Iterator[FactText]:
    """The key figures, then the facts of the fact box, in order."""
    box, offices = context.brief.fact_box, OFFICES.get(context.tongue)
    facts: list[tuple[DataPath, Fact | KeyFigure]] = [
        (("key_figures", str(label)), figure) for label, figure in context.brief.key_figures.items()
    ]
    facts += [(("fact_box", "facts", str(label)), fact) for label, fact in box.facts.items()] if box is not None else []
    for path, fact in facts:
        label, words = str(path[-1]), markdown.plain(fact.value)
        if isinstance(fact, KeyFigure) and fact.unit:
            words += f" {markdown.plain(fact.unit)}"
        quantities = "" if pattern(ADDRESSES).search(label) else _NO_QUANTITY.sub("", words)
        if (day := _DAY.fullmatch(quantities.strip())) and is_month(day[1], context.language):
            quantities = ""  # a national day
        yield FactText(
            path=path,
            label=label,
            fact=fact,
            is_figure=_has_digit(quantities),
            is_extent=bool(_EXTENT.search(words)),
            is_office=not _has_digit(words) and bool(offices and pattern(offices).search(label)),
        )


def _has_digit(words: str) -> bool:
    return any(character.isdigit() for character in words)
