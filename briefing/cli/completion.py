"""``briefing completion``: the shell script that completes commands, briefs, themes and formats."""

from __future__ import annotations

import os

import click

__all__ = ["VARIABLE", "answer", "completion"]

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
