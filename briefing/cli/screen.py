"""What the user sees: problems on the error channel, what was written on the other; colours only on a terminal."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from briefing.diagnostics import errors, warnings

from . import messages
from .briefs import shorten

if TYPE_CHECKING:
    from briefing.diagnostics import BriefingError, Diagnostic
    from briefing.press import Outcome

__all__ = ["Screen", "any_console"]

#: From how many steps on a pipe is told how far the work has come.
MANY = 20


def any_console() -> None:
    """Make both channels take every character: a console that lacks one shows a question mark, not a traceback."""
    # Who starts a program with its channels closed wants to hear nothing.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - to the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Screen:
    """``form`` is one of :data:`messages.FORMS`; ``level`` is -1 (problems only), 0 or 1 (more detail)."""

    form: str = "full"
    level: int = 0

    @property
    def talks(self) -> bool:
        """Whether there is anything but problems to be seen."""
        return self.level >= 0 and self.form not in {"json", "github"}

    def say(self, words: str) -> None:
        """One line for people."""
        if self.talks:
            print(messages.printable(words))  # noqa: T201

    def tell(self, words: str) -> None:
        """One line on the error channel."""
        print(messages.printable(words), file=sys.stderr)  # noqa: T201

    def trace(self, words: str) -> None:
        """Where a fault of the program happened, for whoever mends it."""
        print(words, file=sys.stderr)  # noqa: T201

    def problems(self, diagnostics: Sequence[Diagnostic]) -> None:
        """All problems, in the order in which they are handed in; notes too, unless problems alone are asked for."""
        if self.level < 0:
            diagnostics = (*errors(diagnostics), *warnings(diagnostics))
        if self.form == "github":
            for diagnostic in diagnostics:
                print(messages.github(diagnostic))  # noqa: T201
        elif self.form == "concise":
            for diagnostic in diagnostics:
                print(messages.concise(diagnostic), file=sys.stderr)  # noqa: T201
        elif self.form == "full":
            colour = has_colour(sys.stderr)
            for diagnostic, also in messages.gathered(diagnostics):
                print(messages.full(diagnostic, also, colour=colour), end="\n\n", file=sys.stderr)  # noqa: T201

    def refused(self, error: BriefingError) -> int:
        """The call itself is wrong: say so in the form that was asked for. The exit code."""
        self.problems(error.diagnostics)
        self.data((), error.diagnostics)
        return error.exit_code

    def data(self, outcomes: Sequence[Outcome], diagnostics: Sequence[Diagnostic]) -> None:
        """Everything as one JSON object, for a program to read."""
        if self.form == "json":
            print(  # noqa: T201
                messages.as_json(
                    {
                        "diagnostics": [messages.as_data(diagnostic) for diagnostic in diagnostics],
                        "files": [
                            {"path": shown(file.path), "format": file.format, "bytes": file.size, "pages": file.pages}
                            for outcome in outcomes
                            for file in outcome.files
                        ],
                        "edited": [shown(path) for outcome in outcomes for path in outcome.edited],
                        "older": [shown(path) for outcome in outcomes for path in outcome.older],
                    }
                )
            )

    @contextlib.contextmanager
    def progress(self, steps: int) -> Iterator[Callable[[str], None]]:
        """A bar on a terminal while several briefs are made; in a pipe a line now and then, where there are many.

        What it yields is called as each is done.
        """
        if not self.talks or steps < 3 or not (sys.stderr.isatty() or steps >= MANY):
            yield lambda _name: None
            return
        if not sys.stderr.isatty():
            yield self._lines(steps)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=steps)

            def done(name: str) -> None:
                bar.update(task, description=messages.printable(name), advance=1)

            yield done

    def _lines(self, steps: int) -> Callable[[str], None]:
        """Tells of each tenth as it is done."""
        counted = itertools.count(1)

        def done(_name: str) -> None:
            count = next(counted)
            if count * 10 // steps > (count - 1) * 10 // steps:
                self.say(f"{count} of {steps} done")
                sys.stdout.flush()

        return done


def has_colour(stream: TextIO) -> bool:
    """Colours on a terminal that wants them."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and _ansi()


def _ansi() -> bool:
    """Whether the console understands colours: an old one of Windows has to be asked first."""
    if sys.platform == "win32":
        return bool(os.environ.get("WT_SESSION") or os.environ.get("TERM_PROGRAM") or os.environ.get("ANSICON"))
    return True


def shown(path: str) -> str:
    """A path as seen from the current folder."""
    return shorten(Path(path)).as_posix()
