"""``briefing new``: create a content file, or a project with one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import click

from briefing.project import project_of

from .completion import countries, languages
from .messages import aligned, printable


@click.command(
    short_help="Begin a brief, or a whole project.",
    epilog="""\b
Examples:
  briefing new norway                         a brief about Norway
  briefing new visits/oslo -c NO --meeting    with a meeting sheet
  briefing new kazakhstan.ru -c KZ -l ru      in Russian
  briefing new --project desk                 a project, with a first brief
  briefing new --project desk norway          the same, the brief about Norway
""",
)
@click.argument("name", required=False)
@click.option(
    "-c",
    "--country",
    metavar="CODE",
    shell_complete=countries,
    help="What it is about, as KZ or NO; by default the country that NAME is called like.",
)
@click.option(
    "-l",
    "--language",
    metavar="TAG",
    shell_complete=languages,
    help="The language of the brief, as ru or en-GB; the project's by default.",
)
@click.option("--meeting", is_flag=True, help="Put a meeting sheet into it.")
@click.option(
    "--project",
    "folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    help="Begin a project in this folder: settings, editor, folders, and a first brief.",
)
def new(name: str | None, country: str | None, language: str | None, folder: str | None, *, meeting: bool) -> int:
    """Begin a brief: content/NAME.yaml, with every key explained.

    NAME may have folders in it, as in visits/oslo. A brief that is called like a country is about that country.

    What is known of the country is filled in; TODO stands where something must be looked up. It can be built at once.
    Nothing that is there is overwritten.
    """
    from briefing.starter import begin_all, begin_brief, seen_from

    here, today = Path.cwd(), dt.datetime.now().astimezone().date()
    if folder is not None:
        root = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay
        begun, made = begin_all(root, name, today, country, language, meeting=meeting)
        lines = [f"wrote  {seen_from(path, here)}" for path in (*begun.written, made.path)]
        lines += [f"kept   {seen_from(path, here)}: it was there already" for path in begun.kept]
    elif name is not None:
        root = None
        made = begin_brief(project_of(here) or here, name, today, country, language, meeting=meeting, typed=here)
        lines = [f"wrote  {seen_from(path, here)}" for path in (made.path, made.schema) if path is not None]
        if made.country is not None and not country:
            lines[0] += f"  about {made.country.name} ({made.country.code})"
    else:
        raise click.UsageError("say how the brief is to be called, as in: briefing new norway")
    for line in (*lines, *_next_commands(made.path, root)):
        click.echo(printable(line))
    return 0


def _next_commands(brief: Path, project: Path | None) -> Iterator[str]:
    """The next commands to type, a line each."""
    from briefing.starter import seen_from

    here = Path.cwd()
    typed = seen_from(brief, project or here)
    rows = [
        (f"briefing preview {typed}", "shows it while you write"),
        (f"briefing build {typed}", "makes HTML, PDF and Word"),
    ]
    if project and project != here:
        place = seen_from(project, here)
        rows.insert(0, (f'cd "{place}"' if " " in place else f"cd {place}", "everything else is typed there"))
    yield "next:"
    yield from aligned(rows)
