"""The commands in the order of use, from an idea to the finished brief and what comes after."""

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
    """A group of the commands of :data:`ORDER`. Each is in the module of its name, imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        """The names of the commands, in their order."""
        return list(ORDER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or nothing."""
        if cmd_name in ORDER and cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"briefing.cli.{cmd_name}"), cmd_name))
        return super().get_command(ctx, cmd_name)
