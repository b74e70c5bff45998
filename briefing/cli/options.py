"""The options that several commands share, so that they are spelt and explained alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .messages import FORMS

__all__ = ["messages_option", "paths_argument", "quiet_option", "strict_option", "theme_option", "verbose_option"]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

paths_argument: Decorator = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
theme_option: Decorator = click.option("--theme", metavar="NAME", help="Use this theme instead of the brief's own.")
strict_option: Decorator = click.option(
    "--strict", is_flag=True, help="Warnings count as errors, after everything has been done."
)
quiet_option: Decorator = click.option("-q", "--quiet", is_flag=True, help="Show problems only.")
verbose_option: Decorator = click.option(
    "-v", "--verbose", is_flag=True, help="Show more: each brief and how long it took."
)
messages_option: Decorator = click.option(
    "--messages", "form", type=click.Choice(FORMS), default="full", show_default=True, help="How problems are shown."
)
