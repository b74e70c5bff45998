"""``briefing check``: find what is wrong without making anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import SetupError, errors

from . import options
from .report import report_check
from .screen import Screen

if TYPE_CHECKING:
    from briefing.pipeline import Outcome

#: Errors that mean only that a brief has no handout. ``build --for handout`` reports them; here they are dropped.
NO_HANDOUT = {"handout-marking", "nothing-to-set"}


@click.command(
    epilog="""\b
Examples:
  briefing check                              every brief in content
  briefing check content/kazakhstan.yaml      one brief
  briefing check --strict --for handout       a warning counts as an error
  briefing check --messages github            in a pipeline
\b
"""
    + options.EXIT_CODES,
)
@options.paths_argument
@options.theme_option
@click.option("--for", "only_edition", type=click.Choice(options.EDITIONS), help="Check one edition; both by default.")
@options.strict_option
@options.time_limit_option
@options.memory_limit_option
@options.messages_option
@options.quiet_option
@options.verbose_option
def check(
    paths: tuple[str, ...],
    theme: str | None,
    only_edition: str | None,
    time_limit: int | None,
    memory_limit: int | None,
    form: str,
    *,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Find what is wrong with briefs, without making them.

    A PATH is a content file or a folder of them. Without one, every brief in the project's content is checked.

    Both editions are looked at. What only a page can show (too many pages, a missing character) is told by build.
    """
    from briefing.pipeline import check as check_brief
    from briefing.reading.unused import unused_pictures
    from briefing.workers.pool import WorkerPool, limits

    from .briefs import find_briefs, relative_path
    from .jobs import job_of, run_jobs

    screen = Screen(form, -1 if quiet else int(verbose))
    try:
        briefs = find_briefs(paths, Path.cwd())
    except SetupError as error:
        return screen.report_error(error)
    editions = (only_edition,) if only_edition else options.EDITIONS
    jobs = [job_of(brief, formats=(), edition=edition, theme=theme) for brief in briefs for edition in editions]
    with screen.progress(len(jobs)) as done, WorkerPool(1, limits(time_limit, memory_limit)) as workers:
        outcomes = run_jobs(check_brief, jobs, workers, done)
    without_handout = [o for o in outcomes if only_edition is None and _has_no_handout(o)]
    if verbose:
        for outcome in without_handout:
            screen.print_result(f"{outcome.job.content} has no handout")
    outcomes = [outcome for outcome in outcomes if outcome not in without_handout]
    # Only if every brief was checked, a picture that none of them uses is unused.
    unused = () if paths else unused_pictures(relative_path(briefs[0].project))
    return report_check(screen, outcomes, unused, briefs=len(briefs), strict=strict)


def _has_no_handout(outcome: Outcome) -> bool:
    codes = {diagnostic.code for diagnostic in errors(outcome.diagnostics)}
    return outcome.job.edition == "handout" and bool(codes) and codes <= NO_HANDOUT
