"""Fit to a page budget: the loosest setting of the theme with which a brief keeps to its pages, in a few layouts.

Three things can need another layout, and they share the rounds (docs/decisions/0012):

- The budget. A binary search over settings 1 to 7 takes three layouts after the first. A brief that fits no setting has
  by then been laid out at the tightest, where the words beyond the budget are counted.
- Side matter without room in its column. It goes into the text. The room that it takes there is estimated
  (``PageUse.space_left``); without enough, the layout does not fit. A block that has no room at one setting has none at
  looser ones, so these begin with it in the text. If only side matter keeps the unchanged theme from fitting, the
  search includes setting 0. A fifth layout is rare: a tighter setting would save it, but set the brief too small.
- The contents list. It is estimated before (``galley/contents.py``) and decided by the first layout. It changes only
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

from .budget import PageUse, long_sheet_warnings, movable, over_budget, tightened_note


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """The options of a layout: the theme's setting, the side matter set in the text, and whether to list contents."""

    setting: int = 0
    in_text: frozenset[int] = frozenset()
    contents: bool = False


@dataclass(frozen=True, slots=True)
class LayoutResult:
    """A WeasyPrint document, its HTML and CSS, and the numbers of side matter without room in its column."""

    options: LayoutOptions
    document: Any
    source: str
    unplaced: frozenset[int]
    page_use: PageUse


@dataclass(frozen=True, slots=True)
class FitResult:
    """The chosen layout, the galley with the theme as tightened for it, and diagnostics."""

    layout: LayoutResult
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
        self.layouts: dict[int, LayoutResult] = {}

    def run(self) -> FitResult:
        first = self.lay_out_at(0)
        self.sheets = frozenset() if self.hand_edition else movable(first.page_use)
        if self.fits(first):
            first = self.finish(first)
        if self.fits(first):
            return self.result(first)
        self.contents, self.contents_decided = self.wants_contents(first), True
        unchanged_fails = not first.unplaced or not self.within(first)
        setting = self.search(0 if unchanged_fails else -1, SETTINGS)
        while setting < SETTINGS:
            layout = self.finish(self.layouts[setting])
            if self.fits(layout):
                return self.result(layout)
            setting = self.search(setting, SETTINGS)
        return self.next_best()

    def lay_out_at(self, setting: int) -> LayoutResult:
        """Lay out at a setting; side matter without room at this or a tighter one begins in the text."""
        known = [layout for other, layout in self.layouts.items() if other >= setting]
        in_text = frozenset().union(*(layout.unplaced | layout.options.in_text for layout in known))
        self.layouts[setting] = layout = self.lay_out(LayoutOptions(setting, in_text, self.contents))
        return layout

    def finish(self, layout: LayoutResult) -> LayoutResult:
        """Repeat the layout of a setting until it is final: all side matter placed, the contents list right."""
        while True:  # each round sets at least one more block into the text, so the loop ends
            if not self.contents_decided and self.wants_contents(layout) != self.contents:
                self.contents, self.contents_decided = not self.contents, True
            if not layout.unplaced and layout.options.contents == self.contents:
                return layout
            layout = self.lay_out_at(layout.options.setting)

    def wants_contents(self, layout: LayoutResult) -> bool:
        """Whether a brief is long enough for a contents list, once it has been brought within its budget."""
        if self.contents_decided:
            return self.contents
        saved = max(layout.page_use.brief_pages - self.budget, 0) if self.budget else 0
        return layout.page_use.pages - saved >= LONG

    def within(self, layout: LayoutResult) -> bool:
        return layout.page_use.within(self.budget) and not self.sheets & layout.page_use.long_sheets.keys()

    def fits(self, layout: LayoutResult) -> bool:
        return self.within(layout) and layout.page_use.space_left >= 0

    def search(self, low: int, high: int) -> int:
        """The loosest setting between the two that fits, or ``high``; ``low`` is known not to fit."""
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.fits(self.lay_out_at(middle)) else (middle, high)
        return high

    def next_best(self) -> FitResult:
        """The result if nothing fits: the loosest setting that keeps to the budget, or else the error."""
        self.sheets = frozenset()
        for setting in sorted(self.layouts):
            if self.fits(self.layouts[setting]):
                layout = self.finish(self.layouts[setting])
                if self.fits(layout):
                    return self.result(layout)
        # Before the error, side matter is tried in the text even though the estimate says that it has no room.
        tightest = self.layouts[SETTINGS - 1]
        layout = self.finish(tightest) if self.within(tightest) else tightest
        return self.result(layout, *(() if self.fits(layout) else (over_budget(self.galley, layout.page_use),)))

    def result(self, layout: LayoutResult, *diagnostics: Diagnostic) -> FitResult:
        setting = layout.options.setting
        galley = replace(self.galley, theme=tightened(self.galley.theme, setting))
        notes = list(diagnostics)
        if setting and not diagnostics:
            for_sheets = self.layouts[0].page_use.within(self.budget)
            notes.append(tightened_note(galley, self.galley.theme, for_sheets=for_sheets))
        if not self.hand_edition:
            notes += long_sheet_warnings(galley, layout.page_use)
        return FitResult(layout, galley, tuple(notes))
