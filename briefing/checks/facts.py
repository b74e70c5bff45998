"""The facts of the fact box, and which of them can change."""

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
#: Dates, clock times and codes are digits that say no quantity.
_NO_QUANTITY = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\.? [^\W\d]+,? {_YEAR}|"
    rf"[^\W\d]+ \d{{1,2}}, {_YEAR}|(?<!\d){_YEAR}(?:[–/-]\d{{2,4}})?(?!\d|[.,  ]\d)|(?:UTC|GMT)\s?[+−-]?\d+|"
    r"\+\d[\d ]*|\d{1,2}:\d\d|[^\W\d]+-\d+"
)
#: The size of a country is no matter of the day.
_EXTENT = re.compile(
    r"\d\s*(?:km²|km2|km|m|sq\.? ?(?:km|mi|m)|square \w+|hectares|ha|км²|км|кв\. ?км|шаршы \w+)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact: its path, its label, and what sort of thing it says."""

    path: Path
    label: str
    fact: Fact
    words: str
    is_figure: bool
    is_extent: bool
    is_office: bool

    @property
    def can_change(self) -> bool:
        """Whether it holds on a day only: a figure, or who holds an office."""
        return (self.is_figure and not self.is_extent) or self.is_office


def facts_of(manuscript: Manuscript) -> Iterator[Stated]:
    """The facts of the fact box, in their order."""
    box = manuscript.brief.fact_box
    for label, fact in box.facts.items() if box is not None else ():
        words = markdown.plain(fact.value)
        bare = "" if pattern(ADDRESSES).search(label) else _NO_QUANTITY.sub("", words)
        figure = any(character.isdigit() for character in bare)
        office = not any(c.isdigit() for c in words) and bool(
            (offices := OFFICES.get(manuscript.tongue)) and pattern(offices).search(label)
        )
        yield Stated(
            ("fact_box", "facts", str(label)), str(label), fact, words, figure, bool(_EXTENT.search(words)), office
        )
