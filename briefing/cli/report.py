"""Report the outcomes of ``build`` and ``check``: problems, written files, a summary, and the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from briefing.diagnostics import sorted_diagnostics, warnings

from .briefs import shown
from .messages import count, plural
from .screen import Screen

if TYPE_CHECKING:
    from briefing.diagnostics import Diagnostic
    from briefing.pipeline import Outcome


def report_build(screen: Screen, outcomes: Sequence[Outcome], *, strict: bool, seconds: float) -> int:
    """Print problems, written files and the time in seconds; returns the exit code."""
    problems = _sorted_problems(outcomes)
    screen.problems(problems)
    for outcome in outcomes:
        screen.print_traceback(outcome)
        _print_files(screen, outcome, alone=len(outcomes) == 1)
    screen.data(outcomes, problems)
    made = any(outcome.files and not outcome.unchanged for outcome in outcomes)
    unchanged = sum(outcome.unchanged for outcome in outcomes)
    if made or unchanged or len(outcomes) > 1 or screen.level > 0:
        words = [tally(outcomes, seconds)] if made or not unchanged else []
        if unchanged and len(outcomes) > 1:
            words.append(f"{_counted(unchanged, 'brief')} up to date")
        if summary := "; ".join(filter(None, (*words, count(problems)))):
            screen.print_result(summary)
    elif problems_counted := count(problems):
        screen.print_result(f"{problems_counted}: nothing was written")
    return _exit_code(screen, outcomes, problems, strict=strict)


def report_check(
    screen: Screen, outcomes: Sequence[Outcome], more: Iterable[Diagnostic], *, briefs: int, strict: bool
) -> int:
    """Print the problems of the outcomes and ``more``, and the number of briefs; returns the exit code."""
    problems = _sorted_problems(outcomes, more)
    screen.problems(problems)
    for outcome in outcomes:
        screen.print_traceback(outcome)
    screen.data(outcomes, problems)
    screen.print_result(f"{briefs} {plural(briefs, 'brief')} checked: {count(problems) or 'nothing is wrong'}")
    return _exit_code(screen, outcomes, problems, strict=strict)


def _sorted_problems(outcomes: Iterable[Outcome], more: Iterable[Diagnostic] = ()) -> tuple[Diagnostic, ...]:
    return sorted_diagnostics((*(problem for outcome in outcomes for problem in outcome.diagnostics), *more))


def _exit_code(screen: Screen, outcomes: Iterable[Outcome], problems: Sequence[Diagnostic], *, strict: bool) -> int:
    """The highest exit code of the outcomes; with ``--strict`` a warning makes 0 into 1."""
    code = max((outcome.exit_code for outcome in outcomes), default=0)
    if strict and warnings(problems) and not code:
        screen.print_result("warnings count as errors here (--strict)")
        return 1
    return code


def _print_files(screen: Screen, outcome: Outcome, *, alone: bool) -> None:
    names = [shown(file.path) for file in outcome.files]
    column = max(map(len, names), default=0)
    if not outcome.unchanged:
        for name, file in zip(names, outcome.files, strict=True):
            pages = "" if file.pages is None else f", {file.pages} {plural(file.pages, 'page')}"
            screen.print_result(f"wrote  {name:<{column}}  {_readable_size(file.size)}{pages}")
    elif screen.level > 0 or alone:
        screen.print_result(f"same   {', '.join(names)}: nothing has changed")
    for path in outcome.edited:
        screen.print_result(f"kept   {shown(path)}: it was changed by hand")
    for path in outcome.older:
        screen.print_result(f"older  {shown(path)}: it is from an earlier build")
    if screen.level > 0:
        screen.print_result(f"       {outcome.job.content}: {outcome.seconds:.1f} s")


def _readable_size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def tally(outcomes: Sequence[Outcome], seconds: float) -> str:
    """A summary such as "200 briefs made: 600 files, 1,000 pages in 61 s", or "190 of 200 briefs made: …"."""
    fresh = [outcome for outcome in outcomes if outcome.files and not outcome.unchanged]
    files = [file for outcome in fresh for file in outcome.files]
    pages = sum(file.pages or 0 for file in files)
    made, asked = len(fresh), len(outcomes)
    briefs = _counted(made, "brief") if made == asked else f"{made:,} of {_counted(asked, 'brief')}"
    products = ", ".join(_counted(number, word) for number, word in ((len(files), "file"), (pages, "page")) if number)
    time = f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    return f"{briefs} made{': ' if products else ''}{products} in {time}"


def _counted(number: int, word: str) -> str:
    """The number with a noun: "1 file", "1,000 files"."""
    return f"{number:,} {plural(number, word)}"
