"""Figures in texts of several languages, read as numbers: 2,724,900 and 2 724 900, 18.4 and 18,4 are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.model import Brief, Number, PartialDate
from briefing.reading.draft import Path
from briefing.reading.walk import values

from .wording import every_text

__all__ = ["dates_in", "figures_in", "readings"]

_SPACES = "\u00a0\u202f\u2009 '’"
_DIGITS = re.compile(rf"\d+(?:[.,{_SPACES}]\d+)*")
#: A year behind a dash may lack its century: 2017–18.
_SPAN = re.compile(r"(\d\d)(\d\d)[–/-](\d\d)(?!\d)")
#: Up to twelve, one language writes the word and the other the digit.
SMALL = 12


def readings(text: str) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Each figure as typed, where it begins, and what it may mean; small whole numbers are left out."""
    spans = {match.start(3): match[1] + match[3] for match in _SPAN.finditer(text)}
    for match in _DIGITS.finditer(text):
        typed = match[0]
        # A space parts thousands; else it parts two figures.
        pieces = [typed] if re.fullmatch(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?", typed) else None
        start = match.start()
        for piece in pieces or re.split(rf"[{_SPACES}]", typed):
            meant = _meanings(piece)
            if start in spans:
                meant |= {spans[start]}
            if not all(value.isdigit() and int(value) <= SMALL for value in meant):
                yield piece, start, frozenset(meant)
            start += len(piece) + 1


def _meanings(piece: str) -> set[str]:
    """A comma or a point parts decimals or thousands; where both can be meant, both are."""
    bare = re.sub(rf"[{_SPACES}]", "", piece)
    found = set()
    for decimal, group in ((".", ","), (",", ".")):
        plain = (
            bare.replace(group, "") if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", bare) else bare
        )
        if re.fullmatch(rf"\d+(?:\{decimal}\d+)?", plain):
            found.add(_normal(plain.replace(decimal, ".")))
    return found or set(re.findall(r"\d+", bare))


def _normal(number: str) -> str:
    whole, _, rest = number.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def figures_in(brief: Brief) -> frozenset[str]:
    """All figures of a brief, in its texts, charts and dates."""
    found: set[str] = set()
    for passage in every_text(brief):
        for _, _, meant in readings(passage.plain):
            found |= meant
    for _, value in values(brief):
        if isinstance(value, Number):
            found.add(_normal(str(abs(value.value))))
        elif isinstance(value, PartialDate):
            found |= {str(value.year), *(str(part) for part in (value.month, value.day) if part)}
    return frozenset(found)


def dates_in(brief: Brief) -> Iterator[tuple[Path, PartialDate]]:
    """The dates that are typed as such: of the brief, of facts, of quotations."""
    for path, value in values(brief):
        if isinstance(value, PartialDate) and path[0] not in {"sources", "issued", "meetings"}:
            yield path, value
