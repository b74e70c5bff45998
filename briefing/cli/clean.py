"""``briefing clean``: remove files that the program has written, and no others."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.diagnostics import Diagnostic, MachineError, SetupError
from briefing.pipeline import SUFFIXES
from briefing.project import CONTENT_SUFFIXES, find_project, project_of

from . import options
from .briefs import require_project, shown
from .messages import plural, printable

if TYPE_CHECKING:
    from briefing.publish.clean import Cleaned, Target

#: The suffixes of the editions in the names of outputs, as a regular expression.
EDITIONS = "".join(f"(-{name})?" for name in SUFFIXES)


@click.command(
    short_help="Remove outputs that can be made again.",
    epilog="""\b
Examples:
  briefing clean --dry-run                    what would be removed
  briefing clean                              the outputs of all briefs
  briefing clean content/norway.yaml          those of one brief
  briefing clean drafts                       what build -o drafts made
""",
)
@options.paths_argument
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be removed, and change nothing.")
@options.quiet_option
def clean(paths: tuple[str, ...], *, dry_run: bool, quiet: bool) -> int:
    """Remove outputs that can be made again.

    A PATH is a content file, a folder of them, or a folder of outputs; without one, the project's output is meant.
    Only what the program wrote goes. A file that somebody has changed since stays, and is named; so does every file
    that the program does not know.
    """
    from briefing.publish.clean import clean as remove

    return _report(remove(_targets(paths), dry=dry_run), dry=dry_run, quiet=quiet)


def _targets(paths: tuple[str, ...]) -> list[Target]:
    """The output folders of the paths, with the names of one brief's outputs if a path is a content file.

    Raises :class:`SetupError` if a path does not exist, or there is no project.
    """
    from briefing.publish.clean import Target

    here = Path.cwd()
    if not paths:
        project = require_project(here, "name a folder")
        return [Target(_require_no_link(project / "output", project))]
    targets = []
    for name in paths:
        path = Path(os.path.normpath(here / name))
        if path.suffix.lower() in CONTENT_SUFFIXES and not path.is_dir():
            # The content file itself may have been deleted: its outputs can still be removed.
            project = find_project(path)
            content = project / "content"
            place = path.parent.relative_to(content) if path.is_relative_to(content) else Path()
            outputs = re.compile(re.escape(path.stem) + EDITIONS)
            targets.append(Target(_require_no_link(project / "output" / place, project), outputs.fullmatch))
        elif path.is_dir():
            targets.append(Target(_output_folder(path)))
        else:
            message = f"there is no file or folder '{name}'"
            raise SetupError(Diagnostic("no-content", message, help="name a content file, or a folder of outputs"))
    return targets


def _output_folder(folder: Path) -> Path:
    """The output folder of a folder of content; any other folder is taken as one of outputs."""
    project = project_of(folder)
    if project is not None and (folder == project or folder.is_relative_to(project / "content")):
        place = Path() if folder == project else folder.relative_to(project / "content")
        return _require_no_link(project / "output" / place, project)
    return _require_no_link(folder, folder.parent)


def _require_no_link(folder: Path, top: Path) -> Path:
    """The folder itself. Raises :class:`SetupError` if it, or a folder between it and ``top``, is a symbolic link.

    A link may lead to files that are not the project's.
    """
    for step in (folder, *folder.parents):
        if step == top:
            break
        if step.is_symlink():
            message = f"{shown(step)} is a symbolic link, so nothing was removed"
            raise SetupError(Diagnostic("not-a-file", message, help="name the folder that it leads to"))
    return folder


def _report(cleaned: Cleaned, *, dry: bool, quiet: bool) -> int:
    """Print what was removed and what was kept; returns 0. Raises :class:`MachineError` if a removal failed."""
    word = "would remove" if dry else "removed"
    lines = [] if quiet else [f"{word}  {shown(path)}" for path in cleaned.removed]
    lines += [f"{'kept':<{len(word)}}  {shown(path)}: it was changed by hand" for path in cleaned.kept]
    if not quiet:
        count = len(cleaned.removed)
        files = f"{count} {plural(count, 'file')}" if count else "nothing"
        kept = f"; {len(cleaned.kept)} kept" if cleaned.kept else ""
        unknown = f"; {len(cleaned.unknown)} left alone: the program did not write them" if cleaned.unknown else ""
        lines.append(f"{files} {'would be removed' if dry else 'removed'}{kept}{unknown}")
    for line in lines:
        click.echo(printable(line))
    if cleaned.failed:
        messages = (f"{shown(path)} cannot be removed: {why}" for path, why in cleaned.failed)
        raise MachineError(*(Diagnostic("cannot-remove", message, help="then run again") for message in messages))
    return 0
