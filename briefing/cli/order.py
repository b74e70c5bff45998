"""The order of the commands in the help: that in which they are used. Their modules are imported when needed."""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["ORDER", "InOrder"]

ORDER = (
    "new",
    "preview",
    "check",
    "explain",
    "build",
    "themes",
    "clean",
    "doctor",
    "schema",
    "completion",
)


class InOrder(click.Group):
    """The group of the commands of :data:`ORDER`; each is imported from the module of its name when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives the signature
        """The names of the commands, in the order of :data:`ORDER`."""
        return list(ORDER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None if there is none."""
        if cmd_name in ORDER and cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"briefing.cli.{cmd_name}"), cmd_name))
        return super().get_command(ctx, cmd_name)
