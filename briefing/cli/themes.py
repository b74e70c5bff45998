"""``briefing themes``: which themes there are."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.project import project_of

from .briefs import shorten
from .messages import printable

__all__ = ["themes"]


@click.command(short_help="Show the themes that there are.")
def themes() -> int:
    """Show the themes: those of the project, and those that come with the program."""
    from briefing.theme.load import list_themes

    project = project_of(Path.cwd())
    own = project / "templates" if project else None
    found = list_themes((own,) if own is not None and own.is_dir() else ())
    column = max((len(name) for name, _, _ in found), default=0)
    for name, description, folder in found:
        # In a checkout the project's folder is also the program's; where it stands is then the better answer.
        ours = own is not None and folder.is_relative_to(own)
        where = f"in {shorten(folder).as_posix()}" if ours else "comes with the program"
        click.echo(printable(f"{name:<{column}}  {description} ({where})"))
    return 0
