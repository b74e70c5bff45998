"""The command line: the only package that prints and that returns exit codes.

Each command has a module. ``options`` has the shared options, ``completion`` the proposals of the Tab key. ``briefs``
finds the briefs and the folders of their outputs, ``jobs`` runs them, ``report`` says what became of them, ``messages``
turns problems into text, and ``screen`` shows them.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import TextIO

import click

from briefing import __version__
from briefing.diagnostics import BriefingError, Diagnostic

from .screen import Screen, any_console

__all__ = ["ORDER", "InOrder", "commands", "run"]

#: The commands in the order of the help, which is the order of use.
ORDER = ("new", "preview", "check", "explain", "build", "themes", "clean", "doctor", "schema", "completion")


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


@click.group(
    name="briefing",
    cls=InOrder,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  briefing new --project desk norway          a project, with a brief about Norway
  briefing new kazakhstan                     another brief: content/kazakhstan.yaml
  briefing build                              every brief, in HTML, PDF and Word
  briefing build content/kazakhstan.yaml      one brief
  briefing build --for handout -f pdf         the edition for readers outside
  briefing check                              what is wrong, without making anything
  briefing explain unknown-block              what a message means, and what to do
\b
Exit codes: 0 fine, 1 the content is wrong, 2 the call or the set-up is wrong,
3 the machine lacks something.
\b
Environment: NO_COLOR=1 takes the colours away.
""",
)
@click.version_option(__version__, message="briefing %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Make country briefs: one content file becomes HTML, PDF and Word."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


class _Terminated(BaseException):
    """SIGTERM was received. It is no Exception, so that no handler on the way treats it as an error."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit code. No traceback is shown, unless ``BRIEFING_DEBUG`` is 1."""
    any_console()
    with contextlib.suppress(ValueError):  # only the main thread can set signal handlers
        signal.signal(signal.SIGTERM, _terminate)
    try:
        # Not commands.main(): it handles signals and closed pipes differently.
        with commands.make_context("briefing", list(arguments), obj=tuple(arguments)) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except BriefingError as error:
        Screen().problems(error.diagnostics)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        code = 130
    except _Terminated:
        code = 143
    except BrokenPipeError:
        # The reader of the pipe has closed it: print nothing more, also when Python flushes stdout at exit.
        _discard_output(sys.stdout)
        code = 141
    except Exception as fault:
        if os.environ.get("BRIEFING_DEBUG") == "1":
            raise
        _discard_output(sys.stdout)
        Screen().problems([_unexpected_error(fault)])
        code = 3
    if code in {130, 143}:
        Screen().print_note("stopped; no file is half written")
    return code if isinstance(code, int) else 0


def _unexpected_error(fault: Exception) -> Diagnostic:
    """The diagnostic for an unexpected exception: often an error of the system, such as a deleted current folder."""
    if isinstance(fault, FileNotFoundError) and fault.filename is None:
        message = "the current folder is not there any more"
        return Diagnostic("no-folder", message, help="go to another one, and run again")
    if isinstance(fault, OSError):
        message = f"the program cannot go on: {fault.strerror or fault}"
        return Diagnostic("system", message, help="see to that, and run again")
    advice = "please report it with the command; BRIEFING_DEBUG=1 shows where it happened"
    return Diagnostic("internal", f"the program cannot go on: {type(fault).__name__}", help=advice)


def _discard_output(channel: TextIO) -> None:
    """Redirect a stream that cannot be written any more to the null device: Python would report it at exit."""
    try:
        channel.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), channel.fileno())


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise _Terminated
