"""Fit to a page budget: the loosest setting of the theme with which a brief keeps to its pages, in a few layouts.

Three things want another layout, and share the rounds:

- the budget: over it, the settings from 1 to 7 are searched by halves, which takes three layouts (4, then 2 or 6, then
  1, 3, 5 or 7). The first, with the theme as it is, makes four; a brief that no setting fits has been laid out at
  the tightest, where its words are counted;
- side matter without room in its column: it goes into the text, where it takes room from the budget. How much is
  estimated (``Extent.room``), and a layout that is within the budget but for that counts as one that does not fit.
  If the brief fits all the same as it is, it takes two layouts, this one and the one with the piece in the text. If
  not, setting 0 is searched with the others, 3, then 1 or 5, then 0, 2, 4 or 6: four again, and only what needs the
  very tightest takes a fifth. A piece that has no room at one setting has none at looser ones, where all is larger; so
  these begin with it in the text. At a tighter one there may be room again. Where the setting that is chosen in the
  end is the very one whose layout had a piece without room, though the text has room for it, it is laid out once more:
  a fifth time, and rarely so. To pass over it for a tighter one would keep to four, and set the brief smaller than
  it has to be;
- the contents list: whether there is one is estimated before (``galley/contents.py``), with the budget in mind, and
  settled by the first layout: with the list when that was without, or the other way round, in the round that comes
  next. It is changed once: a brief that has four pages only because of its list keeps it.

A meeting sheet that is longer than a page is part of the search, unless it is so much longer that no setting can help.
Where the budget can be kept and the sheet not, the budget is kept, at the loosest of the settings that were tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from briefing.diagnostics import Diagnostic
from briefing.galley import Galley
from briefing.galley.contents import LONG, has_contents, prints_contents
from briefing.theme.adjust import SETTINGS, tightened

from .budget import Extent, over_budget, sheet_too_long, told_tightened, yielding

__all__ = ["Attempt", "Fitted", "Trial", "fit"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How to lay a brief out: the setting of its theme, the side matter set in the text, whether a contents list."""

    setting: int = 0
    in_text: frozenset[int] = frozenset()
    contents: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """A layout: the WeasyPrint document, what it was made from, and the side matter that found no room."""

    attempt: Attempt
    document: Any
    source: str
    homeless: frozenset[int]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Fitted:
    """The layout that was chosen, the galley with the theme as it was tightened for it, and what to tell of it."""

    trial: Trial
    galley: Galley
    diagnostics: tuple[Diagnostic, ...] = ()


def fit(galley: Galley, lay_out: Callable[[Attempt], Trial]) -> Fitted:
    """Lay the brief out with the loosest setting that keeps to its page budget and each meeting sheet on its page.

    ``page-budget`` is an error when there is none, ``sheet-length`` a warning for a sheet that does not fit,
    ``tightened`` a note of what was done.
    """
    return _Search(galley, lay_out).run()


class _Search:
    def __init__(self, galley: Galley, lay_out: Callable[[Attempt], Trial]) -> None:
        self.galley = galley
        self.lay_out = lay_out
        self.budget = galley.page_budget
        # What is set for the hand takes the pages that it needs.
        self.for_the_hand = self.budget is None and (galley.theme.scale != 1 or galley.theme.measures.outer is not None)
        self.contents = prints_contents(galley)
        self.settled = not has_contents(galley)
        self.sheets: frozenset[str] = frozenset()
        self.seen: dict[int, Trial] = {}

    def run(self) -> Fitted:
        first = self.at(0)
        self.sheets = frozenset() if self.for_the_hand else yielding(first.extent)
        if self.fits(first):
            first = self.settle(first)
        if self.fits(first):
            return self.chosen(first)
        self.contents, self.settled = self.wanted(first), True
        refuted = not first.homeless or not self.within(first)
        found = self.search(0 if refuted else -1, SETTINGS)
        while found < SETTINGS:
            trial = self.settle(self.seen[found])
            if self.fits(trial):
                return self.chosen(trial)
            found = self.search(found, SETTINGS)
        return self.next_best()

    def at(self, setting: int) -> Trial:
        """Lay out at a setting, with what had no room in the side column of this or a tighter one in the text."""
        known = [trial for other, trial in self.seen.items() if other >= setting]
        in_text = frozenset().union(*(trial.homeless | trial.attempt.in_text for trial in known))
        self.seen[setting] = trial = self.lay_out(Attempt(setting, in_text, self.contents))
        return trial

    def settle(self, trial: Trial) -> Trial:
        """Lay a setting out until it is as it will be printed: all side matter placed, the contents list right.

        Each round sets at least one more piece into the text, so this ends.
        """
        while True:
            if not self.settled and self.wanted(trial) != self.contents:
                self.contents, self.settled = not self.contents, True
            if not trial.homeless and trial.attempt.contents == self.contents:
                return trial
            trial = self.at(trial.attempt.setting)

    def wanted(self, trial: Trial) -> bool:
        """Whether a brief is long enough for a contents list, once it has been brought within its budget."""
        if self.settled:
            return self.contents
        extent = trial.extent
        saved = max(extent.filled - self.budget, 0) if self.budget else 0
        return extent.pages - saved >= LONG

    def within(self, trial: Trial) -> bool:
        return trial.extent.within(self.budget) and not self.sheets & trial.extent.long_sheets.keys()

    def fits(self, trial: Trial) -> bool:
        return self.within(trial) and trial.extent.room >= 0

    def search(self, low: int, high: int) -> int:
        """The loosest setting between two that fits, or ``high``; ``low`` is known not to."""
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.fits(self.at(middle)) else (middle, high)
        return high

    def next_best(self) -> Fitted:
        """Nothing fits altogether: the loosest setting that keeps to the budget, else the error."""
        self.sheets = frozenset()
        for setting in sorted(self.seen):
            if self.fits(self.seen[setting]):
                trial = self.settle(self.seen[setting])
                if self.fits(trial):
                    return self.chosen(trial)
        # What has room in the text by no estimate is tried all the same, before the brief is refused.
        trial = (
            self.settle(self.seen[SETTINGS - 1]) if self.within(self.seen[SETTINGS - 1]) else self.seen[SETTINGS - 1]
        )
        return self.chosen(trial, *(() if self.fits(trial) else (over_budget(self.galley, trial.extent),)))

    def chosen(self, trial: Trial, *diagnostics: Diagnostic) -> Fitted:
        setting = trial.attempt.setting
        galley = replace(self.galley, theme=tightened(self.galley.theme, setting))
        told = list(diagnostics)
        if setting and not diagnostics:
            sheets = self.seen[0].extent.within(self.budget)
            told.append(told_tightened(galley, self.galley.theme, galley.theme, sheets=sheets))
        if not self.for_the_hand:
            told += sheet_too_long(galley, trial.extent)
        return Fitted(trial, galley, tuple(told))
