"""Options that several commands share, with one name and one help text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from .completion import briefs, themes
from .messages import FORMS

if TYPE_CHECKING:
    from briefing.model.audience import EditionKind

#: The end of the help of commands that read content.
EXIT_CODES = """\b
Exit codes: 0 fine, 1 the content is wrong, 2 the call or the set-up is wrong,
3 the machine lacks something.
"""

#: The editions of ``--for``.
EDITIONS: tuple[EditionKind, ...] = ("internal", "handout")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

paths_argument: Decorator = click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(), shell_complete=briefs
)
theme_option: Decorator = click.option(
    "--theme", metavar="NAME", shell_complete=themes, help="Use this theme instead of the brief's own."
)
strict_option: Decorator = click.option(
    "--strict", is_flag=True, help="Warnings count as errors, after everything has been done."
)
quiet_option: Decorator = click.option("-q", "--quiet", is_flag=True, help="Show problems only.")
verbose_option: Decorator = click.option(
    "-v", "--verbose", is_flag=True, help="Show more: each brief and how long it took."
)
time_limit_option: Decorator = click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.IntRange(0, 86_400),
    help="Processor time that one brief may take; 30 by default, 0 for no limit.",
)
memory_limit_option: Decorator = click.option(
    "--memory-limit",
    metavar="MIB",
    type=click.IntRange(0, 1_048_576),
    help="Memory that one brief may take; 1024 by default, 0 for no limit.",
)
messages_option: Decorator = click.option(
    "--messages", "form", type=click.Choice(FORMS), default="full", show_default=True, help="How problems are shown."
)
