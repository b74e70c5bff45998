"""Completions for the Tab key of the shell: briefs, themes, formats, countries, languages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.project import project_of

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

__all__ = ["briefs", "countries", "formats", "languages", "themes"]


def briefs(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The content files of the project, relative to the current folder; outside a project the shell's own files."""
    from briefing.diagnostics import BriefingError

    from .briefs import find_briefs

    here = Path.cwd()
    project = project_of(here)
    found: list[str] = []
    if project is not None and not os.path.isabs(typed):  # noqa: PTH117 - the text may be incomplete
        try:
            found = [Path(os.path.relpath(each.content, here)).as_posix() for each in find_briefs((), here)]
        except (BriefingError, OSError):
            found = []
    return _matching(typed, ((name, "") for name in found)) or [_files(typed)]


def themes(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The themes of the project, and those that come with the program."""
    from briefing.diagnostics import BriefingError
    from briefing.theme.load import list_themes

    project = project_of(Path.cwd())
    own = project / "templates" if project else None
    try:
        found = list_themes((own,) if own is not None and own.is_dir() else ())
    except (BriefingError, OSError):  # a theme of the project is broken; build reports it
        found = list_themes(())
    return _matching(typed, ((name, description) for name, description, _ in found))


def formats(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The formats that fit the text after the last comma: ``html,p`` becomes ``html,pdf``."""
    from briefing.writers import formats as known

    before, comma, _ = typed.rpartition(",")
    taken = {name.strip().lower() for name in before.split(",")}
    return _matching(typed, ((f"{before}{comma}{name}", "") for name in known() if name not in taken))


def countries(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The codes of countries, with their names."""
    from briefing.starter.country import country_names

    return _matching(typed.upper(), sorted(country_names("en").items()))


def languages(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The languages of the standard theme's labels; English as en-GB and en-US."""
    from briefing.project import shipped_templates

    files = sorted((shipped_templates() / "standard" / "labels").glob("*.yaml"))
    tags = [tag for file in files for tag in (("en-GB", "en-US") if file.stem == "en" else (file.stem,))]
    return _matching(typed, ((tag, "") for tag in tags))


def _matching(typed: str, proposals: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(value, help=words or None) for value, words in proposals if value.startswith(typed)]


def _files(typed: str) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(typed, type="file")
