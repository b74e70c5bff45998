"""The facts of the fact box, and whether they can change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model import Fact
from briefing.reading import markdown
from briefing.reading.draft import Path

from .lexicon import ADDRESSES, OFFICES, pattern
from .manuscript import Manuscript

__all__ = ["Stated", "facts_of"]

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
class Stated:
    """One fact with its path, its label, its plain text (``words``), and its kind."""

    path: Path
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


def facts_of(manuscript: Manuscript) -> Iterator[Stated]:
    """The facts of the fact box, in order."""
    box = manuscript.brief.fact_box
    for label, fact in box.facts.items() if box is not None else ():
        words = markdown.plain(fact.value)
        quantities = "" if pattern(ADDRESSES).search(label) else _NO_QUANTITY.sub("", words)
        figure = any(character.isdigit() for character in quantities)
        office = not any(c.isdigit() for c in words) and bool(
            (offices := OFFICES.get(manuscript.tongue)) and pattern(offices).search(label)
        )
        yield Stated(
            ("fact_box", "facts", str(label)), str(label), fact, words, figure, bool(_EXTENT.search(words)), office
        )
