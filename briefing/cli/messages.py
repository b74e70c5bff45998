"""Format diagnostics: in full as rustc does, one line each, as JSON, or as GitHub annotations; nothing is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple
from typing import Any

from briefing.diagnostics import Diagnostic, Severity, Span, errors, warnings

FORMS = ("full", "concise", "json", "github")

#: The widest excerpt, in columns; of a longer line the part around the caret is shown.
WIDEST = 120
#: Columns from one tab stop to the next.
TAB = 4

RED, YELLOW, BLUE, BOLD, PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"

TONES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}

# Bidirectional controls: they reorder the text around them, so that it looks different from the file.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plural(number: int, word: str) -> str:
    """The noun in the form that belongs to the number: "file" or "files"."""
    return word if number == 1 else f"{word}s"


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """The number of problems as text, such as "2 errors and 1 warning"; empty if there are none."""
    numbers = {"error": len(errors(diagnostics)), "warning": len(warnings(diagnostics))}
    return " and ".join(f"{number} {plural(number, word)}" for word, number in numbers.items() if number)


def grouped(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, tuple[Span, ...]]]:
    """Each diagnostic with the other positions of the same warning in its file, which is shown only once."""
    others: dict[Diagnostic, list[Span]] = {}
    first: dict[tuple[str, str, str], Diagnostic] = {}
    for diagnostic in diagnostics:
        span, earlier = diagnostic.span, diagnostic
        if diagnostic.severity is Severity.WARNING and span is not None:
            earlier = first.setdefault((diagnostic.code, diagnostic.message, span.file), diagnostic)
        if earlier is diagnostic or span is None:
            others[diagnostic] = []
        else:
            others[earlier].append(span)
    return [(diagnostic, tuple(spans)) for diagnostic, spans in others.items()]


def full(diagnostic: Diagnostic, also: Sequence[Span] = (), *, colour: bool = False) -> str:
    """The message, its position, the line with a caret, and the help text; ``also`` are other positions."""
    paint = (lambda text, tone: f"{tone}{text}{PLAIN}") if colour else (lambda text, _tone: text)
    tone = TONES[diagnostic.severity]
    lines = [
        paint(f"{diagnostic.severity}[{diagnostic.code}]", tone) + paint(f": {printable(diagnostic.message)}", BOLD)
    ]
    span, notes = diagnostic.span, list[str]()
    gutter = " " * len(str(span.line)) if span else " "
    if span:
        lines.append(f"{gutter}{paint('-->', BLUE)} {printable(str(span))}")
        if diagnostic.excerpt.strip():
            words, before, length = _visible_part(diagnostic, span)
            label = f" {printable(diagnostic.label)}" if diagnostic.label else ""
            bar = paint("|", BLUE)
            lines += [
                f"{gutter} {bar}",
                f"{paint(str(span.line), BLUE)} {bar} {words}".rstrip(),
                f"{gutter} {bar} {' ' * before}{paint('^' * length + label, tone)}",
            ]
        elif diagnostic.label:
            notes.append(printable(diagnostic.label))
    elif diagnostic.file:
        lines.append(f"{gutter}{paint('-->', BLUE)} {printable(diagnostic.file)}")
    if also:
        notes.append(f"also: in {_lines(also)}")
    if diagnostic.help:
        notes.append(f"help: {printable(diagnostic.help)}")
    if diagnostic.severity is not Severity.NOTE:
        notes.append(f"more: briefing explain {diagnostic.code}")
    return "\n".join((*lines, *(f"{gutter} {paint('=', BLUE)} {note}" for note in notes)))


def _lines(spans: Sequence[Span]) -> str:
    """The line numbers as text, such as "line 60" or "lines 60, 61 and 73"."""
    *numbers, last = (str(line) for line in dict.fromkeys(span.line for span in spans))
    return f"lines {', '.join(numbers)} and {last}" if numbers else f"line {last}"


def concise(diagnostic: Diagnostic) -> str:
    """The diagnostic in one line, as editors and grep can read it."""
    place = str(diagnostic.span) if diagnostic.span else diagnostic.file
    label = f" ({diagnostic.label})" if diagnostic.label else ""
    words = f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}{label}"
    return printable(f"{place}: {words}" if place else words)


def github(diagnostic: Diagnostic) -> str:
    """The diagnostic as a GitHub workflow command, which shows it beside the line of the file."""

    def escaped(text: str, *more: tuple[str, str]) -> str:
        for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *more):
            text = text.replace(character, code)
        return text

    properties = {"title": diagnostic.code}
    if span := diagnostic.span:
        names = ("file", "line", "col", "endLine", "endColumn")
        properties |= dict(zip(names, map(str, astuple(span)), strict=True))
    elif diagnostic.file:
        properties["file"] = diagnostic.file
    words = ",".join(f"{key}={escaped(value, (':', '%3A'), (',', '%2C'))}" for key, value in properties.items())
    message = ". ".join(part for part in (diagnostic.message, diagnostic.label, diagnostic.help) if part)
    level = "notice" if diagnostic.severity is Severity.NOTE else diagnostic.severity
    return f"::{level} {words}::{escaped(message)}"


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """All fields of the diagnostic, ready for JSON."""
    return {**asdict(diagnostic), "severity": str(diagnostic.severity)}


def aligned(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each item and its note, with the notes below one another."""
    rows = list(rows)
    column = max(len(item) for item, _ in rows)
    return (f"  {item:<{column}}  {note}" for item, note in rows)


def printable(text: str) -> str:
    """The text in one line, with control characters, surrogates and bidirectional controls as U+FFFD."""
    text = re.sub("[\t\r\n\x85\u2028\u2029]", " ", text)
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cs"} or c in _BIDI_CONTROLS else c for c in text)


def width_of(text: str) -> int:
    """The width of the text in a terminal, in columns: 2 for a wide character, 0 for a combining one."""
    visible = (character for character in text if unicodedata.category(character) not in {"Mn", "Me", "Cf"})
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in visible)


def _visible_part(diagnostic: Diagnostic, span: Span) -> tuple[str, int, int]:
    """The visible part of the excerpt, the columns before the caret, and the columns to underline."""
    line = diagnostic.excerpt.rstrip("\r\n")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    cells = _cells(line)
    first, last = 0, len(cells)
    if sum(map(width_of, cells)) > WIDEST:
        # At most a third of the width before the caret, the rest after it.
        while first < start and sum(map(width_of, cells[first:start])) > WIDEST // 3:
            first += 1
        last = first
        while last < len(cells) and sum(map(width_of, cells[first:last])) < WIDEST:
            last += 1
        end = min(end, last)
    shown = ("…" if first else "") + "".join(cells[first:last]) + ("…" if last < len(cells) else "")
    before = (1 if first else 0) + sum(map(width_of, cells[first:start]))
    return shown, before, max(1, sum(map(width_of, cells[start:end])))


def _cells(line: str) -> list[str]:
    """The printable characters; a tab becomes spaces up to the next tab stop, so that the caret is in its column."""
    cells: list[str] = []
    column = 0
    for character in line:
        cells.append(" " * (TAB - column % TAB) if character == "\t" else printable(character))
        column += len(cells[-1]) if character == "\t" else width_of(character)
    return cells
