"""``briefing doctor``: check the installation, and print a fix for each problem."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .messages import printable
from .screen import has_colour

TONES = {"ok": "green", "note": "blue", "wrong": "red"}


@click.command(
    short_help="Tell what this machine lacks, and how to mend it.",
    epilog="""\b
Examples:
  briefing doctor                             after installing, or in doubt
\b
Exit codes: 0 nothing is wrong, 3 something has to be mended.
""",
)
def doctor() -> int:
    """Tell what this machine has and lacks.

    Python, libraries, Pango, fonts, extras, the project and its output folder are looked at, and a small brief is made.
    Each thing is ok, a note, or wrong; below it stands the line to type.
    """
    from briefing.doctor import examine

    colour, wrong = has_colour(sys.stdout), 0
    for finding in examine(Path.cwd()):
        state = f"{finding.state:<5}"
        click.echo(
            (click.style(state, fg=TONES[finding.state]) if colour else state) + "  " + printable(finding.message)
        )
        if finding.fix:
            click.echo(f"       {printable(finding.fix)}")
        wrong += finding.state == "wrong"
    if not wrong:
        click.echo("nothing is wrong")
        return 0
    click.echo(f"{wrong} thing{'s are' if wrong > 1 else ' is'} wrong: the line below each says what to type or to do")
    return 3
