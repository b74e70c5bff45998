"""``briefing build``: make the outputs of one brief, several, or all."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import completion, options
from .report import report_build
from .screen import Screen

if TYPE_CHECKING:
    from briefing.pipeline import Outcome


def _formats(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``-f html,pdf -f docx`` -> ("html", "pdf", "docx"), each once; without any, all of ours."""
    from briefing.writers import WRITERS, formats

    asked = tuple(dict.fromkeys(name.strip().lower() for value in values for name in value.split(",") if name.strip()))
    # Listing the formats of other packages takes time, so it is done only for a format that is not ours.
    known = formats() if set(asked) - WRITERS.keys() else tuple(WRITERS)
    for name in asked:
        if name not in known:
            hint = " (Word is docx)" if name in {"doc", "word"} else ""
            raise click.BadParameter(f"there is no format '{name}'{hint}; formats are {', '.join(known)}")
    return asked or tuple(WRITERS)


@click.command(
    epilog="""\b
Examples:
  briefing build                              every brief in content
  briefing build content/kazakhstan.yaml      one brief
  briefing build -f docx -o drafts content    Word alone, into drafts
  briefing build --for handout                the edition for readers outside
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
    type=click.Choice(options.EDITIONS),
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
    output: str | None,
    only: str | None,
    count: int | None,
    cluster: str | None,
    time_limit: int | None,
    memory_limit: int | None,
    form: str,
    *,
    force: bool,
    explain: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
    **job_options: Any,
) -> int:
    """Make briefs: HTML, PDF and Word.

    A PATH is a content file or a folder of them. Without one, every brief in the project's content is made. A brief of
    which nothing has changed since it was made is left as it is.

    Each brief's files stand in output, under the name of its content file: all of them are written, or none. A Word
    file that somebody has changed is never overwritten: it is kept beside the new one, under a dated name.
    """
    from briefing.cache import Cache
    from briefing.diagnostics import BriefingError
    from briefing.pipeline import Job

    from .briefs import find_briefs, output_folders
    from .jobs import job_of, make_executor, run_jobs

    if cluster and count:
        raise click.UsageError("-j is for this machine; a cluster makes as many briefs at a time as its workers can")
    screen = Screen(form, -1 if quiet else int(verbose))
    job_options["only"] = only or ""
    try:
        briefs = find_briefs(paths, Path.cwd())
        folder = Path(os.path.abspath(output)) if output else None  # noqa: PTH100 - links stay
        folders = output_folders(briefs, folder, Job("", "", **job_options).suffix)
        jobs = [job_of(brief, place, **job_options) for brief, place in folders.items()]
        cache = Cache(jobs, force=force)
        stale = cache.stale
        built: list[Outcome] = []
        start = time.perf_counter()
        if stale:
            # Imported only here: if nothing has changed, no worker is needed.
            from briefing.pipeline import build as build_brief
            from briefing.workers.pool import limits

            workers = make_executor(stale, count, limits(time_limit, memory_limit), cluster)
            with screen.progress(len(stale)) as done, workers:
                built = run_jobs(build_brief, stale, workers, done)
    except BriefingError as error:
        return screen.report_error(error)
    if explain:
        for job in stale:
            screen.print_result(f"why    {job.content}: {cache.reasons[job]}")
    code = report_build(screen, cache.outcomes(built), strict=strict, seconds=time.perf_counter() - start)
    if built and not cluster:  # a cluster builds with the files of other machines; an entry would describe this one
        cache.store(built)
    return code
