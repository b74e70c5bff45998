"""Diagnostics: problems as data, with a position, a severity, a message, and help.

All packages report problems as :class:`Diagnostic` values; only the command line formats them. Exceptions carry the
same values, and are raised if work cannot go on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

#: The words that one message names.
_NAMED = 8


class Severity(StrEnum):
    """The severity: an error stops the brief, a warning does not; with ``--strict`` it makes the exit code 1.

    A note is not a problem: it reports a decision of the program that the user may want to know.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range in a file. Lines and columns count from 1, as in editors; the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem or note.

    ``message`` says what is wrong, ``label`` is shown beside the caret ("did you mean 'pull_quote'?"), ``help`` says
    what to do. ``excerpt`` is the first line of the span. ``file`` is the file if there is no span.
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
        """The sort key: position, then code and message, so that the order is the same in each run."""
        if self.span is None:
            return (self.file, 0, 0, self.code, self.message)
        return (self.span.file, self.span.line, self.span.column, self.code, self.message)


class BriefingError(Exception):
    """The base of all errors that the program raises on purpose.

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
    """The machine lacks something, such as disk space, fonts or Pango."""

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


def sorted_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics without duplicates: errors, then warnings, then notes, each sorted by position."""
    severities = list(Severity)
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (severities.index(d.severity), d.order)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A label that suggests the most similar known word; empty if none is similar."""
    folded = {name.lower().replace("-", "_"): name for name in known}
    near = difflib.get_close_matches(word.lower().replace("-", "_").replace(" ", "_"), folded, n=1, cutoff=0.65)
    return f"did you mean '{folded[near[0]]}'?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Words sorted and joined with commas."""
    return ", ".join(sorted(words))


def enumerated(words: Sequence[str]) -> str:
    """Words as a list, "a, b and c"; of a long one the first, "a, b and 7 more"."""
    named = [*words] if len(words) <= _NAMED + 1 else [*words[:_NAMED], f"{len(words) - _NAMED} more"]
    return " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)


def once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first of some warnings of one kind, with the lines of the others: a brief has each warning once."""
    warnings = sorted(found, key=lambda warning: warning.order)
    lines = list(dict.fromkeys(str(other.span.line) for other in warnings[1:] if other.span is not None))
    more = f"; the same in {'line' if len(lines) == 1 else 'lines'} {enumerated(lines)}" if lines else ""
    yield from (replace(first, message=first.message + more) for first in warnings[:1])
