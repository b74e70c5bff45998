"""Checks of a translation: its figures and dates are compared with those of the original.

Figures are compared as numbers, in any language: 2,724,900 and 2 724 900 are equal, as are 18.4 and 18,4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.markup.walk import values
from briefing.model import Brief, Number, PartialDate, Period
from briefing.model.data_path import DataPath

from .context import CheckContext
from .text import every_text

_SPACES = "\u00a0\u202f\u2009 '’"
_DIGITS = re.compile(rf"\d+(?:[.,{_SPACES}]\d+)*")
#: A period of years, of which the second may lack its century: 2017–18.
_YEARS = re.compile(r"(\d\d)(\d\d)[–/-](\d\d)(?!\d)")
#: The largest number that is not compared: one language may write it as a word and the other in digits.
SMALL = 12


def figures_differ(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each figure and date that is not in the brief named by ``translation_of``, which may have others."""
    name, original = context.brief.translation_of, context.original
    if not context.whole or name is None or original is None:
        return
    known = _figures_in(original)
    reported: set[str] = set()
    for text in context.texts:
        if text.part in {"sources", "glossary", "translation_of"}:
            continue
        for typed, start, meanings in _figures(text.plain):
            if not meanings & known and typed not in reported:
                reported.add(typed)
                message = f"the figure {typed} does not stand in {name}, of which this is a translation"
                yield context.mark(message, text, (start, start + len(typed)), help="correct it here or there")
    dates = {str(date) for _, date in _dates_in(original)}
    for path, date in _dates_in(context.brief):
        if str(date) not in dates and path[-1] != "review_by":
            message = f"the date {date} does not stand in {name}, of which this is a translation"
            yield context.warn(message, path, help="correct it here or there")


def original_unreadable(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn if the file named by ``translation_of`` is missing or is not a valid brief."""
    if context.whole and context.original_problem:
        message = f"the original of this translation cannot be compared: {context.original_problem}"
        advice = "name a content file of this project, relative to this one"
        yield context.warn(message, ("translation_of",), help=advice)


def _figures(text: str) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Each figure as typed, its offset, and the numbers that it may mean, without integers up to SMALL."""
    short_years = {match.start(3): match[1] + match[3] for match in _YEARS.finditer(text)}
    for match in _DIGITS.finditer(text):
        typed = match[0]
        # A space separates either thousands or two figures.
        grouped = [typed] if re.fullmatch(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?", typed) else None
        start = match.start()
        for figure in grouped or re.split(rf"[{_SPACES}]", typed):
            meant = _meanings(figure)
            if start in short_years:
                meant |= {short_years[start]}
            if not all(value.isdigit() and int(value) <= SMALL for value in meant):
                yield figure, start, frozenset(meant)
            start += len(figure) + 1


def _meanings(figure: str) -> set[str]:
    """The numbers that a figure may mean: both if its comma or point may separate decimals or thousands."""
    unspaced = re.sub(rf"[{_SPACES}]", "", figure)
    found = set()
    for decimal, group in ((".", ","), (",", ".")):
        is_grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", unspaced)
        plain = unspaced.replace(group, "") if is_grouped else unspaced
        if re.fullmatch(rf"\d+(?:\{decimal}\d+)?", plain):
            found.add(_normalised(plain.replace(decimal, ".")))
    return found or set(re.findall(r"\d+", unspaced))


def _normalised(number: str) -> str:
    whole, _, rest = number.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def _figures_in(brief: Brief) -> frozenset[str]:
    """All numbers in the texts, charts and dates of a brief."""
    found = {number for text in every_text(brief) for _, _, meant in _figures(text.plain) for number in meant}
    for _, value in values(brief):
        if isinstance(value, Number):
            found.add(_normalised(str(abs(value.value))))
        if isinstance(value, Period):
            value = value.date  # noqa: PLW2901 - the date of a key figure or an entry
        if isinstance(value, PartialDate):
            found |= {str(value.year), *(str(part) for part in (value.month, value.day) if part)}
    return frozenset(found)


def _dates_in(brief: Brief) -> Iterator[tuple[DataPath, PartialDate]]:
    """The dates in date fields of the brief, of key figures, facts, entries and quotations."""
    for path, value in values(brief):
        if isinstance(value, Period):
            value = value.date  # noqa: PLW2901
        if isinstance(value, PartialDate) and path[0] not in {"sources", "issued", "meetings"}:
            yield path, value
