"""``briefing check``: find what is wrong without making anything."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import SetupError, errors

from . import options
from .build import exit_code
from .messages import count, sorted_diagnostics
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
    from briefing.pipeline import Job
    from briefing.pipeline import check as run_check
    from briefing.reading.unused import unused_pictures
    from briefing.workers.pool import WorkerPool, limits, outcome_of

    from .briefs import find_briefs, relative_path

    screen = Screen(form, -1 if quiet else int(verbose))
    try:
        briefs = find_briefs(paths, Path.cwd())
    except SetupError as error:
        return screen.refused(error)
    debug = os.environ.get("BRIEFING_DEBUG") == "1"
    today = dt.date.today()  # noqa: DTZ011 - the date in the time zone of the user
    jobs = [
        Job(
            str(relative_path(brief.content)),
            "",
            (),
            edition,
            theme,
            str(relative_path(brief.project)),
            today=today,
            debug=debug,
        )
        for brief in briefs
        for edition in options.EDITIONS
        if only_edition in {None, edition}
    ]
    outcomes: list[Outcome] = []
    with screen.progress(len(jobs)) as done, WorkerPool(1, limits(time_limit, memory_limit)) as workers:
        futures = [workers.submit(run_check, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            outcomes.append(outcome_of(future, job))
            done(job.content)
    for outcome in [o for o in outcomes if only_edition is None and _has_no_handout(o)]:
        outcomes.remove(outcome)
        if verbose:
            screen.say(f"{outcome.job.content} has no handout")
    found = [diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics]
    if not paths:  # only then every brief was checked, and a picture that none of them uses is unused
        found += unused_pictures(relative_path(briefs[0].project))
    problems = sorted_diagnostics(found)
    screen.problems(problems)
    for outcome in outcomes:
        if outcome.traceback:
            screen.trace(outcome.traceback)
    screen.data(outcomes, problems)
    briefs_checked = f"{len(briefs)} brief{'' if len(briefs) == 1 else 's'} checked"
    screen.say(f"{briefs_checked}: {count(problems) or 'nothing is wrong'}")
    return exit_code(screen, outcomes, problems, strict=strict)


def _has_no_handout(outcome: Outcome) -> bool:
    codes = {diagnostic.code for diagnostic in errors(outcome.diagnostics)}
    return outcome.job.edition == "handout" and bool(codes) and codes <= NO_HANDOUT
