"""Terminal output: problems on stderr, results on stdout; colours only on a terminal."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from briefing.diagnostics import errors, warnings

from . import messages
from .briefs import shown

if TYPE_CHECKING:
    from briefing.diagnostics import BriefingError, Diagnostic
    from briefing.pipeline import Outcome

#: The number of steps from which progress is printed also if stderr is no terminal.
MANY = 20


def any_console() -> None:
    """Set stdout and stderr up for every character: one that the console lacks becomes a question mark."""
    # Python sets a stream to None if the program was started with it closed.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open until exit
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Screen:
    """Prints results and problems.

    ``form`` is one of :data:`messages.FORMS`; ``level`` is -1 (problems only), 0 or 1 (more detail).
    """

    form: str = "full"
    level: int = 0

    @property
    def prints_results(self) -> bool:
        """Whether more than problems is printed."""
        return self.level >= 0 and self.form not in {"json", "github"}

    def print_result(self, words: str) -> None:
        """Print one line on stdout, unless only problems or machine-readable output are wanted."""
        if self.prints_results:
            print(messages.printable(words))  # noqa: T201

    def print_note(self, words: str) -> None:
        """Print one line on stderr."""
        print(messages.printable(words), file=sys.stderr)  # noqa: T201

    def print_traceback(self, outcome: Outcome) -> None:
        """Print the traceback of an outcome, if it has one, on stderr, for developers."""
        if outcome.traceback:
            print(outcome.traceback, file=sys.stderr)  # noqa: T201

    def problems(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Print diagnostics in the given order; notes only if ``level`` is not -1. With "json", see :meth:`data`."""
        if self.level < 0:
            diagnostics = (*errors(diagnostics), *warnings(diagnostics))
        lines: Iterable[str] = ()
        if self.form == "github":
            lines = map(messages.github, diagnostics)
        elif self.form == "concise":
            lines = map(messages.concise, diagnostics)
        elif self.form == "full":
            colour = has_colour(sys.stderr)
            lines = (f"{messages.full(d, also, colour=colour)}\n" for d, also in messages.grouped(diagnostics))
        for line in lines:
            print(line, file=sys.stdout if self.form == "github" else sys.stderr)

    def report_error(self, error: BriefingError) -> int:
        """Print the error of a wrong call in the selected form; returns its exit code."""
        self.problems(error.diagnostics)
        self.data((), error.diagnostics)
        return error.exit_code

    def data(self, outcomes: Sequence[Outcome], diagnostics: Sequence[Diagnostic]) -> None:
        """Print files and diagnostics as one JSON object if ``form`` is "json"."""
        if self.form != "json":
            return
        data = {
            "diagnostics": [messages.as_data(diagnostic) for diagnostic in diagnostics],
            "files": [
                {"path": shown(file.path), "format": file.format, "bytes": file.size, "pages": file.pages}
                for outcome in outcomes
                for file in outcome.files
            ],
            "edited": [shown(path) for outcome in outcomes for path in outcome.edited],
            "older": [shown(path) for outcome in outcomes for path in outcome.older],
        }
        print(json.dumps(data, indent=2, ensure_ascii=False))  # noqa: T201

    @contextlib.contextmanager
    def progress(self, steps: int) -> Iterator[Callable[[str], None]]:
        """Show a progress bar on a terminal from 3 steps on; elsewhere up to 10 lines, from :data:`MANY` steps on.

        Yields a function to call with the name of each finished step.
        """
        if not self.prints_results or steps < 3 or not (sys.stderr.isatty() or steps >= MANY):
            yield lambda _name: None
            return
        if not sys.stderr.isatty():
            yield self._print_tenths(steps)
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

    def _print_tenths(self, steps: int) -> Callable[[str], None]:
        """Returns a function that counts its calls and prints a line for each tenth of the steps."""
        counted = itertools.count(1)

        def done(_name: str) -> None:
            count = next(counted)
            if count * 10 // steps > (count - 1) * 10 // steps:
                self.print_result(f"{count} of {steps} done")
                sys.stdout.flush()

        return done


def has_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and the user has not switched them off."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    # The old console of Windows does not interpret colours by default.
    return sys.platform != "win32" or any(map(os.environ.get, ("WT_SESSION", "TERM_PROGRAM", "ANSICON")))
