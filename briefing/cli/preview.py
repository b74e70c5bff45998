"""``briefing preview``: show a brief in the browser, and update it after each save."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import find_project, own_templates, project_of, shipped_templates

from . import completion, options
from .briefs import BriefPath, find_briefs
from .jobs import job_of
from .screen import Screen

if TYPE_CHECKING:
    from briefing.preview import BriefEntry

#: The packages of the extra "preview".
PACKAGES = ("starlette", "uvicorn", "watchfiles", "pypdfium2")


@click.command(
    short_help="Show a brief in the browser while it is written.",
    epilog="""\b
Examples:
  briefing preview                            the briefs of the project
  briefing preview content/kazakhstan.yaml    one to begin with
  briefing preview --theme ministry           a theme under work, all styles
\b
The page is for this machine alone. Ctrl-C ends it. Output stays as it is.
""",
)
@click.argument("file", required=False, type=click.Path(), shell_complete=completion.briefs)
@click.option("--port", metavar="N", type=click.IntRange(1, 65535), help="The port of the page; a free one by default.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--theme",
    metavar="NAME",
    shell_complete=completion.themes,
    help="Show this theme, and begin with the page that shows every style.",
)
@options.time_limit_option
@options.memory_limit_option
def preview(
    file: str | None,
    port: int | None,
    theme: str | None,
    time_limit: int | None,
    memory_limit: int | None,
    *,
    no_open: bool,
) -> int:
    """Show a brief while it is written: HTML and the pages of the PDF, side by side.

    Each save is shown at once. What is wrong is told above the last good pages. A click on a paragraph opens its line
    in the editor.
    """
    from briefing.workers.pool import limits

    serve = _import_server()
    here = Path.cwd()
    # Without a file and a theme, find_briefs() raises an error if there is no project with briefs.
    begin = find_briefs([file] if file else (), here)[0] if file or not theme else None
    project = (begin.project if begin else project_of(here)) or here
    specimen = None if theme is None else _specimen(theme, project)
    first = begin if file else None
    screen = Screen()

    def briefs() -> tuple[BriefEntry, ...]:
        return _listed(project, first, theme, specimen)

    def ready(address: str) -> None:
        screen.print_result(f"the preview is at {address} (Ctrl-C ends it)")
        if not no_open:
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(briefs, project, port, ready, limits(time_limit, memory_limit))
    return 0


def _import_server() -> Callable[..., None]:
    """Import the server. Raises :class:`SetupError` if packages of the extra "preview" are not installed."""
    from importlib.util import find_spec

    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        message = f"the preview needs packages that are not installed: {', '.join(missing)}"
        help_ = f'type: pip install "briefing[preview]" or, with pipx: pipx inject briefing {" ".join(missing)}'
        raise SetupError(Diagnostic("no-preview", message, help=help_))
    from briefing.preview import serve

    return serve


def _listed(
    project: Path, first: BriefPath | None, theme: str | None, specimen: BriefPath | None
) -> tuple[BriefEntry, ...]:
    """The briefs to list: the first to show, the theme's specimen, then the project's briefs."""
    from briefing.preview import BriefEntry

    found: dict[Path, tuple[BriefPath, str]] = {}
    if first:
        found[first.content] = first, _name(first)
    if specimen:
        found.setdefault(specimen.content, (specimen, f"all styles of {theme}"))
    for brief in _briefs_of(project):
        found.setdefault(brief.content, (brief, _name(brief)))
    templates = next(map(str, own_templates(project)), None)
    return tuple(
        BriefEntry(name, job_of(brief, theme=theme, templates=templates if brief.project != project else None))
        for brief, name in found.values()
    )


def _name(brief: BriefPath) -> str:
    return (brief.place / brief.content.name).as_posix()


def _briefs_of(project: Path) -> tuple[BriefPath, ...]:
    """The project's briefs, without symbolic links to files outside the project."""
    if project_of(project) != project:
        return ()
    try:
        briefs = find_briefs((), project)
    except (SetupError, OSError):  # the last brief or a folder has just been removed; others may be added
        return ()
    root = os.path.realpath(project)
    return tuple(brief for brief in briefs if Path(os.path.realpath(brief.content)).is_relative_to(root))


def _specimen(theme: str, project: Path) -> BriefPath:
    """The content file that shows every style: that of the theme, else that of the standard theme.

    Raises :class:`SetupError` if there is no such theme.
    """
    from briefing.theme.copy import SPECIMEN
    from briefing.theme.load import load_theme

    own = own_templates(project)
    roots = (*own, shipped_templates())
    if not any((root / theme / "theme.yaml").is_file() for root in roots):
        load_theme(theme, own)  # the error lists all themes
    specimens = (root / name / SPECIMEN for name in (theme, "standard") for root in roots)
    path = next(specimen for specimen in specimens if specimen.is_file())
    return BriefPath(path, find_project(path), Path())
