"""``briefing themes``: list the themes, or copy one into the project."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.project import own_templates, project_of

from . import completion
from .briefs import require_project, shown
from .messages import aligned, printable


@click.command(
    short_help="Show the themes that there are, or copy one.",
    epilog="""\b
Examples:
  briefing themes                             which themes there are
  briefing themes --copy standard ministry    a theme of your own
""",
)
@click.option(
    "--copy",
    nargs=2,
    metavar="FROM NAME",
    shell_complete=completion.themes,
    help="Make a theme of your own: copy one into the project's templates, under a new name.",
)
def themes(copy: tuple[str, str] | None) -> int:
    """Show the themes: those of the project, and those that come with the program."""
    from briefing.theme.load import list_themes

    if copy is not None:
        return _copy(*copy, require_project(Path.cwd(), "make a folder 'content'"))
    own = own_templates(project_of(Path.cwd()))
    found = list_themes(own)
    column = max((len(name) for name, _, _ in found), default=0)
    for name, description, folder in found:
        # In a checkout the project's themes are also the program's; the path is then more useful.
        ours = any(folder.is_relative_to(templates) for templates in own)
        where = f"in {shown(folder)}" if ours else "comes with the program"
        click.echo(printable(f"{name:<{column}}  {description} ({where})"))
    return 0


def _copy(source: str, name: str, project: Path) -> int:
    """Copy a theme into the project, and print what can be done with it; returns 0."""
    from briefing.theme.copy import FONTS, SPECIMEN, copy_theme

    folder = shown(copy_theme(source, name, project / "templates"))
    specimen = f"{folder}/{SPECIMEN}"
    specimen = f'"{specimen}"' if " " in specimen else specimen
    rows = (
        (f"{folder}/theme.yaml", "logo, colours, faces and sizes: change them here"),
        (f"{folder}/{FONTS}", "how to add your own fonts"),
        (f"briefing build {specimen}", "shows every style of the theme"),
        (f"briefing build --theme {name}", "sets your briefs in it"),
    )
    for line in (f"copied the theme {source} to {folder}", *aligned(rows)):
        click.echo(printable(line))
    return 0
