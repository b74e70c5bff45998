"""What can be wrong, as data: a place, a severity, plain words, and what to do.

Every room of the program reports problems as :class:`Diagnostic` values; only the command line turns them into text
on a screen. An exception is for leaving a room early, and carries the same data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "BriefingError",
    "ContentError",
    "Diagnostic",
    "MachineError",
    "SetupError",
    "Severity",
    "Span",
    "errors",
    "notes",
    "warnings",
]


class Severity(StrEnum):
    """How bad it is: an error stops the brief, a warning does not (unless ``--strict``).

    A note is no problem: it tells what the program has decided where its user may want to know.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1, as editors do; the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, told once.

    ``message`` says what is wrong, ``label`` stands beside the caret ("did you mean 'pull_quote'?"), ``help`` says
    what to do, ``excerpt`` is the line of the file that the span starts on, ``file`` names a file when no place is.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    span: Span | None = None
    label: str = ""
    help: str = ""
    excerpt: str = ""
    file: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort by place, then by code: two runs show the same list."""
        if self.span is None:
            return (self.file, 0, 0, self.code, self.message)
        return (self.span.file, self.span.line, self.span.column, self.code, self.message)


class BriefingError(Exception):
    """Base of all errors that the program raises on purpose.

    ``exit_code`` is as in the manual: 1 content, 2 call or set-up, 3 machine.
    """

    exit_code = 1

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(d.message for d in diagnostics))
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[BriefingError], tuple[Diagnostic, ...]]:
        return (type(self), self.diagnostics)


class ContentError(BriefingError):
    """The content is wrong."""

    exit_code = 1


class SetupError(BriefingError):
    """The call, the project or the theme is wrong."""

    exit_code = 2


class MachineError(BriefingError):
    """The machine lacks something: disk, fonts, Pango."""

    exit_code = 3


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors among the diagnostics, in their order."""
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def warnings(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The warnings among the diagnostics, in their order."""
    return tuple(d for d in diagnostics if d.severity is Severity.WARNING)


def notes(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The notes among the diagnostics, in their order."""
    return tuple(d for d in diagnostics if d.severity is Severity.NOTE)
