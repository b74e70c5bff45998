"""``briefing preview``: show a brief in the browser, and update it after each save."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import Diagnostic, SetupError
from briefing.project import find_project, project_of

from . import completion, options
from .briefs import BriefPath, find_briefs, relative_path
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
    listed = _BriefList(project, begin if file else None, theme)
    screen = Screen()

    def ready(address: str) -> None:
        screen.say(f"the preview is at {address} (Ctrl-C ends it)")
        if not no_open:
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(listed, project, port, ready, limits(time_limit, memory_limit))
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


class _BriefList:
    """Returns the briefs to list when called: the first to show, the theme's specimen, then the project's briefs."""

    def __init__(self, project: Path, begin: BriefPath | None, theme: str | None) -> None:
        self.project, self.begin, self.theme = project, begin, theme
        templates = project / "templates"
        self.templates = str(templates) if templates.is_dir() else None
        if theme is not None:
            self.specimen = _specimen(theme, templates)

    def __call__(self) -> tuple[BriefEntry, ...]:
        found: dict[Path, str] = {}
        if self.begin:
            found[self.begin.content] = (self.begin.place / self.begin.content.name).as_posix()
        if self.theme is not None:
            found.setdefault(self.specimen, f"all styles of {self.theme}")
        for brief in self._of_project():
            found.setdefault(brief.content, (brief.place / brief.content.name).as_posix())
        return tuple(self._entry(content, name) for content, name in found.items())

    def _of_project(self) -> tuple[BriefPath, ...]:
        """The project's briefs, without symbolic links to files outside the project."""
        if project_of(self.project) != self.project:
            return ()
        try:
            briefs = find_briefs((), self.project)
        except (SetupError, OSError):  # the last brief or a folder has just been removed; others may be added
            return ()
        root = os.path.realpath(self.project)
        return tuple(one for one in briefs if Path(os.path.realpath(one.content)).is_relative_to(root))

    def _entry(self, content: Path, name: str) -> BriefEntry:
        from briefing.pipeline import Job
        from briefing.preview import BriefEntry

        project = find_project(content)
        debug = os.environ.get("BRIEFING_DEBUG") == "1"
        return BriefEntry(
            name,
            Job(
                str(relative_path(content)),
                "",
                theme=self.theme,
                project=str(relative_path(project)),
                today=dt.datetime.now().astimezone().date(),
                debug=debug,
                templates=self.templates if project != self.project else None,
            ),
        )


def _specimen(theme: str, templates: Path) -> Path:
    """The content file that shows every style: that of the theme, else that of the standard theme.

    Raises :class:`SetupError` if there is no such theme.
    """
    from briefing.project import shipped_templates
    from briefing.theme.copy import SPECIMEN
    from briefing.theme.load import load_theme

    roots = (templates, shipped_templates())
    if not any((root / theme / "theme.yaml").is_file() for root in roots):
        load_theme(theme, tuple(root for root in roots[:1] if root.is_dir()))  # the error lists all themes
    specimens = (root / name / SPECIMEN for name in (theme, "standard") for root in roots)
    return next(specimen for specimen in specimens if specimen.is_file())
