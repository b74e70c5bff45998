"""``briefing build``: make the outputs of one brief, several, or all."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import warnings

from . import completion, options
from .messages import count, sorted_diagnostics
from .screen import Screen, shown

if TYPE_CHECKING:
    from briefing.cache import Cache
    from briefing.diagnostics import Diagnostic
    from briefing.pipeline import Outcome
from collections.abc import Sequence

if TYPE_CHECKING:
    from briefing.pipeline import Outcome


def _formats(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``-f html,pdf -f docx`` -> ("html", "pdf", "docx"), each once."""
    from briefing.writers import WRITERS, formats

    asked = tuple(dict.fromkeys(name.strip().lower() for value in values for name in value.split(",") if name.strip()))
    # Listing the formats of other packages takes time, so it is done only for a format that is not ours.
    known = formats() if set(asked) - WRITERS.keys() else tuple(WRITERS)
    for name in asked:
        if name not in known:
            hint = " (Word is docx)" if name in {"doc", "word"} else ""
            raise click.BadParameter(f"there is no format '{name}'{hint}; formats are {', '.join(known)}")
    return asked


@click.command(
    epilog="""\b
Examples:
  briefing build                              every brief in content
  briefing build content/kazakhstan.yaml      one brief
  briefing build -f docx -o drafts content    Word alone, into drafts
  briefing build --for handout                what may leave the house
  briefing build --only meetings --for-notes  the sheets, with room to write
\b
"""
    + options.EXIT_CODES,
)
@options.paths_argument
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    callback=_formats,
    shell_complete=completion.formats,
    metavar="NAME,...",
    help="html, pdf, docx; all of them by default.",
)
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    help="Where to put them; the project's output by default.",
)
@options.theme_option
@click.option(
    "--for",
    "edition",
    type=click.Choice(["internal", "handout"]),
    default="internal",
    show_default=True,
    help="Which edition to make.",
)
@click.option("--large-print", is_flag=True, help="Text at 14 pt, for reading in a car.")
@click.option("--for-notes", is_flag=True, help="Wide lines, a wide margin, and room after each point to make.")
@click.option("--only", type=click.Choice(["meetings"]), help="Set the meeting sheets alone.")
@click.option("--attach-source", is_flag=True, help="Put the content file into the PDF (PDF/A-3a).")
@click.option(
    "-j",
    "--jobs",
    "count",
    metavar="N",
    type=click.IntRange(1),
    help="How many briefs to make at a time; as many as the machine has cores by default.",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="Let the workers of a running dask scheduler make them: tcp://HOST:8786."
)
@click.option("--force", is_flag=True, help="Make every brief, also where nothing has changed.")
@click.option("--explain-rebuild", "explain", is_flag=True, help="Say of each brief why it was made.")
@options.strict_option
@options.time_limit_option
@options.memory_limit_option
@options.messages_option
@options.quiet_option
@options.verbose_option
def build(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    theme: str | None,
    edition: str,
    only: str | None,
    count: int | None,
    cluster: str | None,
    time_limit: int | None,
    memory_limit: int | None,
    form: str,
    *,
    large_print: bool,
    for_notes: bool,
    attach_source: bool,
    force: bool,
    explain: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Make briefs: HTML, PDF and Word.

    A PATH is a content file or a folder of them. Without one, every brief in the project's content is made. A brief of
    which nothing has changed since it was made is left as it is.

    Each brief's files stand in output, under the name of its content file: all of them are written, or none. A Word
    file that somebody has changed is never overwritten: it is kept beside the new one, under a dated name.
    """
    from briefing.cache import Cache
    from briefing.diagnostics import BriefingError, SetupError
    from briefing.pipeline import Job
    from briefing.writers import WRITERS

    from .briefs import find_briefs, output_folders, relative_path

    if cluster and count:
        raise click.UsageError("-j is for this machine; a cluster makes as many briefs at a time as its workers can")
    screen = Screen(form, -1 if quiet else int(verbose))
    asked = Job(
        content="",
        output="",
        formats=formats or tuple(WRITERS),
        edition="handout" if edition == "handout" else "internal",
        theme=theme,
        large_print=large_print,
        for_notes=for_notes,
        only="meetings" if only == "meetings" else "",
        attach_source=attach_source,
        today=dt.date.today(),  # noqa: DTZ011 - the date in the time zone of the user
        debug=os.environ.get("BRIEFING_DEBUG") == "1",
    )
    try:
        briefs = find_briefs(paths, Path.cwd())
        folder = Path(os.path.abspath(output)) if output else None  # noqa: PTH100 - links stay
        folders = output_folders(briefs, folder, asked.suffix)
    except SetupError as error:
        return screen.refused(error)
    jobs = [
        replace(
            asked,
            content=str(relative_path(brief.content)),
            output=str(relative_path(place)),
            project=str(relative_path(brief.project)),
        )
        for brief, place in folders.items()
    ]
    cache = Cache(jobs, force=force)
    stale = cache.stale
    built: list[Outcome] = []
    start = time.perf_counter()
    if stale:
        # Imported only here: if nothing has changed, no worker is needed.
        from briefing.pipeline import build
        from briefing.workers.pool import limits

        from .jobs import make_executor, run_jobs

        try:
            workers = make_executor(stale, count, limits(time_limit, memory_limit), cluster)
        except BriefingError as error:
            return screen.refused(error)
        with screen.progress(len(stale)) as done, workers:
            built = run_jobs(build, stale, workers, done)
    if explain:
        explained(screen, cache)
    code = report(screen, cache.outcomes(built), strict=strict, seconds=time.perf_counter() - start)
    if built and not cluster:  # a cluster builds with the files of other machines; an entry would describe this one
        cache.store(built)
    return code


def explained(screen: Screen, cache: Cache) -> None:
    """Print why each brief was built."""
    for job, reason in cache.reasons.items():
        if reason:
            screen.say(f"why    {job.content}: {reason}")


def report(screen: Screen, outcomes: list[Outcome], *, strict: bool, seconds: float = 0.0) -> int:
    """Print problems, written files and the time in seconds; returns the exit code."""
    problems = sorted_diagnostics(diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics)
    screen.problems(problems)
    for outcome in outcomes:
        if outcome.traceback:
            screen.trace(outcome.traceback)
        _print_files(screen, outcome, alone=len(outcomes) == 1)
    screen.data(outcomes, problems)
    made = sum(1 for outcome in outcomes if outcome.files and not outcome.unchanged)
    same = sum(1 for outcome in outcomes if outcome.unchanged)
    found = count(problems)
    if made or same or len(outcomes) > 1 or screen.level > 0:
        words = [tally(outcomes, seconds)] if made or not same else []
        if same and len(outcomes) > 1:
            words.append(f"{counted(same, 'brief')} up to date")
        if found:
            words.append(found)
        if words:
            screen.say("; ".join(words))
    elif found:
        screen.say(f"{found}: nothing was written")
    return exit_code(screen, outcomes, problems, strict=strict)


def exit_code(screen: Screen, outcomes: list[Outcome], problems: tuple[Diagnostic, ...], *, strict: bool) -> int:
    """The highest exit code of the outcomes; with ``--strict`` a warning makes 0 into 1."""
    code = max((outcome.exit_code for outcome in outcomes), default=0)
    if strict and warnings(problems) and not code:
        screen.say("warnings count as errors here (--strict)")
        return 1
    return code


def _print_files(screen: Screen, outcome: Outcome, *, alone: bool) -> None:
    names = [shown(file.path) for file in outcome.files]
    if outcome.unchanged:
        if screen.level > 0 or alone:
            screen.say(f"same   {', '.join(names)}: nothing has changed")
        names = []
    column = max(map(len, names), default=0)
    for name, file in zip(names, outcome.files if names else (), strict=True):
        pages = "" if file.pages is None else f", {file.pages} page{'' if file.pages == 1 else 's'}"
        screen.say(f"wrote  {name:<{column}}  {_readable_size(file.size)}{pages}")
    for path in outcome.edited:
        screen.say(f"kept   {shown(path)}: it was changed by hand")
    for path in outcome.older:
        screen.say(f"older  {shown(path)}: it is from an earlier build")
    if screen.level > 0:
        screen.say(f"       {outcome.job.content}: {outcome.seconds:.1f} s")


def _readable_size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def tally(outcomes: Sequence[Outcome], seconds: float) -> str:
    """A summary such as "200 briefs made: 600 files, 1,000 pages in 61 s", or "190 of 200 briefs made: …"."""
    fresh = [outcome for outcome in outcomes if outcome.files and not outcome.unchanged]
    files = [file for outcome in fresh for file in outcome.files]
    pages = sum(file.pages or 0 for file in files)
    made, asked = len(fresh), len(outcomes)
    briefs = counted(made, "brief") if made == asked else f"{made:,} of {counted(asked, 'brief')}"
    products = ", ".join(counted(number, word) for number, word in ((len(files), "file"), (pages, "page")) if number)
    time = f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    return f"{briefs} made{': ' if products else ''}{products} in {time}"


def counted(number: int, word: str) -> str:
    """The number with a noun in the right form: "1 file", "1,000 files"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
