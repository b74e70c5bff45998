"""The commands in the order of use, from an idea to the finished brief and what comes after."""

from __future__ import annotations

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
    """A group of commands that lists them as :data:`ORDER` has them; whoever is not in it stands at the end."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in their order."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
