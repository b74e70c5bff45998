"""Fit to a page budget: the loosest setting of the theme with which a brief keeps to its pages, in a few layouts.

Three things can need another layout, and they share the rounds:

- The budget. If the brief exceeds it, a binary search over settings 1 to 7 takes three layouts (4, then 2 or 6, then 1,
  3, 5 or 7). With the first layout, of the unchanged theme, that is four. A brief that fits no setting has by then been
  laid out at the tightest, where the words beyond the budget are counted.
- Side matter without room in its column. It goes into the text, where it takes room from the budget. How much is
  estimated (``PageUse.room``), and a layout that is within the budget but for that counts as one that does not fit. If
  the brief turns out to fit unchanged, it takes two layouts: this one, and the one with the piece in the text. If not,
  setting 0 joins the search: 3, then 1 or 5, then 0, 2, 4 or 6. That is four layouts again; only a brief that needs the
  tightest setting takes a fifth. A piece that has no room at one setting has none at looser ones, where everything is
  larger, so these begin with it in the text. At a tighter one it may have room again. The layout of the chosen setting
  can have a piece without room for which the text has room; then it is laid out once more, a fifth time, which is rare.
  A tighter setting would save that layout, but set the brief smaller than necessary.
- The contents list. Whether there is one is estimated before (``galley/contents.py``), with the budget in mind, and
  decided by the first layout. If the estimate was wrong, the next round has the list, or is without it. It changes only
  once: a brief that has four pages only because of its list keeps it.

A meeting sheet that is longer than a page is part of the search, unless it is so much longer that no setting can help.
If the budget can be kept but not the sheet, the budget is kept, at the loosest of the settings tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from briefing.diagnostics import Diagnostic
from briefing.galley import Galley
from briefing.galley.contents import LONG, has_contents, prints_contents
from briefing.theme.variants import SETTINGS, tightened

from .budget import PageUse, movable, over_budget, sheet_too_long, told_tightened


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """The options of a layout: the theme's setting, the side matter set in the text, and whether to list contents."""

    setting: int = 0
    in_text: frozenset[int] = frozenset()
    contents: bool = False


@dataclass(frozen=True, slots=True)
class LayoutResult:
    """A layout: the WeasyPrint document, the text it was made from, and the side matter without room in its column."""

    attempt: LayoutOptions
    document: Any
    source: str
    homeless: frozenset[int]
    extent: PageUse


@dataclass(frozen=True, slots=True)
class FitResult:
    """The chosen layout, the galley with the theme as tightened for it, and diagnostics."""

    trial: LayoutResult
    galley: Galley
    diagnostics: tuple[Diagnostic, ...] = ()


def fit(galley: Galley, lay_out: Callable[[LayoutOptions], LayoutResult]) -> FitResult:
    """Lay the brief out with the loosest setting that keeps to its page budget, and each meeting sheet to its page.

    Diagnostics: the error ``page-budget`` if there is no such setting, the warning ``sheet-length`` for a sheet that
    does not fit, and the note ``tightened`` if the theme was tightened.
    """
    return _FitSearch(galley, lay_out).run()


class _FitSearch:
    """The search for the setting of one brief."""

    def __init__(self, galley: Galley, lay_out: Callable[[LayoutOptions], LayoutResult]) -> None:
        self.galley = galley
        self.lay_out = lay_out
        self.budget = galley.page_budget
        # The hand editions take the pages that they need.
        self.hand_edition = self.budget is None and (galley.theme.scale != 1 or galley.theme.measures.outer is not None)
        self.contents = prints_contents(galley)
        self.contents_decided = not has_contents(galley)
        self.sheets: frozenset[str] = frozenset()
        self.seen: dict[int, LayoutResult] = {}

    def run(self) -> FitResult:
        first = self.at(0)
        self.sheets = frozenset() if self.hand_edition else movable(first.extent)
        if self.fits(first):
            first = self.finish(first)
        if self.fits(first):
            return self.result(first)
        self.contents, self.contents_decided = self.wants_contents(first), True
        unchanged_fails = not first.homeless or not self.within(first)
        found = self.search(0 if unchanged_fails else -1, SETTINGS)
        while found < SETTINGS:
            trial = self.finish(self.seen[found])
            if self.fits(trial):
                return self.result(trial)
            found = self.search(found, SETTINGS)
        return self.next_best()

    def at(self, setting: int) -> LayoutResult:
        """Lay out at a setting; side matter without room at this or a tighter one begins in the text."""
        known = [trial for other, trial in self.seen.items() if other >= setting]
        in_text = frozenset().union(*(trial.homeless | trial.attempt.in_text for trial in known))
        self.seen[setting] = trial = self.lay_out(LayoutOptions(setting, in_text, self.contents))
        return trial

    def finish(self, trial: LayoutResult) -> LayoutResult:
        """Repeat the layout of a setting until it is final: all side matter placed, the contents list right.

        Each round sets at least one more piece into the text, so the loop ends.
        """
        while True:
            if not self.contents_decided and self.wants_contents(trial) != self.contents:
                self.contents, self.contents_decided = not self.contents, True
            if not trial.homeless and trial.attempt.contents == self.contents:
                return trial
            trial = self.at(trial.attempt.setting)

    def wants_contents(self, trial: LayoutResult) -> bool:
        """Whether a brief is long enough for a contents list, once it has been brought within its budget."""
        if self.contents_decided:
            return self.contents
        extent = trial.extent
        saved = max(extent.filled - self.budget, 0) if self.budget else 0
        return extent.pages - saved >= LONG

    def within(self, trial: LayoutResult) -> bool:
        return trial.extent.within(self.budget) and not self.sheets & trial.extent.long_sheets.keys()

    def fits(self, trial: LayoutResult) -> bool:
        return self.within(trial) and trial.extent.room >= 0

    def search(self, low: int, high: int) -> int:
        """The loosest setting between the two that fits, or ``high``; ``low`` is known not to fit."""
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.fits(self.at(middle)) else (middle, high)
        return high

    def next_best(self) -> FitResult:
        """The result if nothing fits: the loosest setting that keeps to the budget, or else the error."""
        self.sheets = frozenset()
        for setting in sorted(self.seen):
            if self.fits(self.seen[setting]):
                trial = self.finish(self.seen[setting])
                if self.fits(trial):
                    return self.result(trial)
        # Before the error, side matter is tried in the text even though the estimate says that it has no room.
        trial = (
            self.finish(self.seen[SETTINGS - 1]) if self.within(self.seen[SETTINGS - 1]) else self.seen[SETTINGS - 1]
        )
        return self.result(trial, *(() if self.fits(trial) else (over_budget(self.galley, trial.extent),)))

    def result(self, trial: LayoutResult, *diagnostics: Diagnostic) -> FitResult:
        setting = trial.attempt.setting
        galley = replace(self.galley, theme=tightened(self.galley.theme, setting))
        notes = list(diagnostics)
        if setting and not diagnostics:
            sheets = self.seen[0].extent.within(self.budget)
            notes.append(told_tightened(galley, self.galley.theme, galley.theme, sheets=sheets))
        if not self.hand_edition:
            notes += sheet_too_long(galley, trial.extent)
        return FitResult(trial, galley, tuple(notes))
