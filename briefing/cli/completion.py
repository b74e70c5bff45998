"""``briefing completion``: the shell script that completes commands, briefs, themes and formats."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.project import own_templates, project_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: The environment variable in which the shell script passes its request; the name is given by click.
VARIABLE = "_BRIEFING_COMPLETE"


@click.command(
    short_help="Print the script that completes commands in your shell.",
    epilog="""\b
Examples:
  briefing completion bash                    shows the script
\b
To switch it on for good, type once, and open a new shell:
  bash   briefing completion bash >> ~/.bashrc
  zsh    briefing completion zsh >> ~/.zshrc
  fish   briefing completion fish > ~/.config/fish/completions/briefing.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that completes commands, options, briefs, themes and formats with the Tab key."""
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows all three
    # Not the class's own source(): that of bash starts a bash first, to check its version.
    script = ShellComplete.source(kind(context.find_root().command, {}, "briefing", VARIABLE))
    # The script for fish would split "html,pdf"; only the first comma separates the type from the value.
    click.echo(script.replace('string split ","', 'string split -m 1 ","'))
    return 0


def answer() -> int:
    """Print the completions that the shell requests through :data:`VARIABLE`; returns 1 after an error."""
    from click.shell_completion import shell_complete

    from . import commands

    try:
        return shell_complete(commands, {}, "briefing", VARIABLE, os.environ[VARIABLE])
    except Exception:  # noqa: BLE001 - a message would appear in the command that is being typed
        return 1


def briefs(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The content files of the project, relative to the current folder; outside a project the shell's own files."""
    from click.shell_completion import CompletionItem

    from briefing.diagnostics import BriefingError

    from .briefs import find_briefs

    here = Path.cwd()
    found: list[str] = []
    if not os.path.isabs(typed):  # noqa: PTH117 - the text may be incomplete
        with suppress(BriefingError, OSError):  # for example outside a project
            found = [Path(os.path.relpath(each.content, here)).as_posix() for each in find_briefs((), here)]
    return matching(typed, ((name, "") for name in found)) or [CompletionItem(typed, type="file")]


def themes(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The themes of the project, and those that come with the program."""
    from briefing.diagnostics import BriefingError
    from briefing.theme.load import list_themes

    try:
        found = list_themes(own_templates(project_of(Path.cwd())))
    except (BriefingError, OSError):  # a theme of the project is broken; build reports it
        found = list_themes(())
    return matching(typed, ((name, description) for name, description, _ in found))


def formats(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The formats that fit the text after the last comma: ``html,p`` becomes ``html,pdf``."""
    from briefing.writers import formats as known

    before, comma, _ = typed.rpartition(",")
    taken = {name.strip().lower() for name in before.split(",")}
    return matching(typed, ((f"{before}{comma}{name}", "") for name in known() if name not in taken))


def countries(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The codes of countries, with their names."""
    from briefing.starter.country import country_names

    return matching(typed.upper(), sorted(country_names("en").items()))


def languages(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The languages of the standard theme's labels; English as en-GB and en-US."""
    from briefing.project import shipped_templates

    files = sorted((shipped_templates() / "standard" / "labels").glob("*.yaml"))
    tags = [tag for file in files for tag in (("en-GB", "en-US") if file.stem == "en" else (file.stem,))]
    return matching(typed, ((tag, "") for tag in tags))


def matching(typed: str, proposals: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """The proposals (a value and its description) that begin with the typed text."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(value, help=words or None) for value, words in proposals if value.startswith(typed)]
