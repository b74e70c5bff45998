"""Diagnostics -> text: as rustc and ruff show them, one line each, as JSON, or as annotations on GitHub. All pure."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from briefing.diagnostics import Diagnostic, Severity, Span, errors, notes, warnings

__all__ = ["FORMS", "arrange", "as_data", "concise", "count", "full", "gathered", "github", "printable", "width_of"]

FORMS = ("full", "concise", "json", "github")

#: The widest excerpt, in columns: a line that is longer is shown around the caret.
WIDEST = 120
TAB = 4

RED, YELLOW, BLUE, BOLD, PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"

TONES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}

# They turn the text around them, so that what is shown is not what is written.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def arrange(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each problem once, by place: the errors, then the warnings; notes come last."""
    ordered = sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.order)
    return (*errors(ordered), *warnings(ordered), *notes(ordered))


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """How many problems there are, in words: "2 errors and 1 warning"; nothing when there are none."""
    parts = []
    for found, word in ((errors(diagnostics), "error"), (warnings(diagnostics), "warning")):
        if found:
            parts.append(f"{len(found)} {word}{'s' if len(found) > 1 else ''}")
    return " and ".join(parts)


def gathered(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, tuple[Span, ...]]]:
    """Each problem, with the other places where the same warning stands in that file, so that it is told once."""
    places: dict[Diagnostic, list[Span]] = {}
    first: dict[tuple[str, str, str], Diagnostic] = {}
    for diagnostic in diagnostics:
        span = diagnostic.span
        if diagnostic.severity is not Severity.WARNING or span is None:
            places[diagnostic] = []
            continue
        told = first.setdefault((diagnostic.code, diagnostic.message, span.file), diagnostic)
        if told is diagnostic:
            places[told] = []
        else:
            places[told].append(span)
    return [(diagnostic, tuple(others)) for diagnostic, others in places.items()]


def full(diagnostic: Diagnostic, also: Sequence[Span] = (), *, colour: bool = False) -> str:
    """The message, its place, the line with a caret under what is meant, and what to do; ``also`` are other places."""
    paint = _painter(colour)
    tone = TONES[diagnostic.severity]
    lines = [
        paint(f"{diagnostic.severity}[{diagnostic.code}]", tone) + paint(f": {printable(diagnostic.message)}", BOLD)
    ]
    span = diagnostic.span
    gutter = " " * len(str(span.line)) if span else " "
    if span:
        lines.append(f"{gutter}{paint('-->', BLUE)} {printable(str(span))}")
        if diagnostic.excerpt.strip():
            words, before, length = _window(diagnostic, span)
            label = f" {printable(diagnostic.label)}" if diagnostic.label else ""
            bar = paint("|", BLUE)
            lines += [
                f"{gutter} {bar}",
                f"{paint(str(span.line), BLUE)} {bar} {words}".rstrip(),
                f"{gutter} {bar} {' ' * before}{paint('^' * length + label, tone)}",
            ]
        elif diagnostic.label:
            lines.append(f"{gutter} {paint('=', BLUE)} {printable(diagnostic.label)}")
    elif diagnostic.file:
        lines.append(f"{gutter}{paint('-->', BLUE)} {printable(diagnostic.file)}")
    if also:
        lines.append(f"{gutter} {paint('=', BLUE)} also: in {_lines(also)}")
    if diagnostic.help:
        lines.append(f"{gutter} {paint('=', BLUE)} help: {printable(diagnostic.help)}")
    if diagnostic.severity is not Severity.NOTE:
        lines.append(f"{gutter} {paint('=', BLUE)} more: briefing explain {diagnostic.code}")
    return "\n".join(lines)


def _lines(spans: Sequence[Span]) -> str:
    """Such as "line 60" or "lines 60, 61 and 73"."""
    numbers = [str(line) for line in dict.fromkeys(span.line for span in spans)]
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(numbers[:-1])} and {numbers[-1]}"


def concise(diagnostic: Diagnostic) -> str:
    """One line, as editors and grep like it."""
    place = str(diagnostic.span) if diagnostic.span else diagnostic.file
    label = f" ({diagnostic.label})" if diagnostic.label else ""
    words = f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}{label}"
    return printable(f"{place}: {words}" if place else words)


def github(diagnostic: Diagnostic) -> str:
    """A workflow command that GitHub shows beside the line."""

    def escaped(text: str, *more: tuple[str, str]) -> str:
        for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *more):
            text = text.replace(character, code)
        return text

    properties = {"title": diagnostic.code}
    if diagnostic.span:
        span = diagnostic.span
        properties |= {"file": span.file, "line": str(span.line), "col": str(span.column)}
        properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}
    elif diagnostic.file:
        properties["file"] = diagnostic.file
    words = ",".join(f"{key}={escaped(value, (':', '%3A'), (',', '%2C'))}" for key, value in properties.items())
    message = ". ".join(part for part in (diagnostic.message, diagnostic.label, diagnostic.help) if part)
    level = "notice" if diagnostic.severity is Severity.NOTE else diagnostic.severity
    return f"::{level} {words}::{escaped(message)}"


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Everything that is known about the problem, for a program to read."""
    return {**asdict(diagnostic), "severity": str(diagnostic.severity)}


def as_json(value: Any) -> str:
    """JSON as it is printed."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def printable(text: str) -> str:
    """The text with what would move a terminal's cursor, colour it or turn its writing round made visible."""
    return "".join(
        " "
        if c in "\t\r\n\x85\u2028\u2029"
        else "\ufffd"
        if unicodedata.category(c) in {"Cc", "Cs"} or c in _TURNING
        else c
        for c in text
    )


def width_of(text: str) -> int:
    """How many columns a terminal takes for the text: two for wide characters, none for combining ones."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _window(diagnostic: Diagnostic, span: Span) -> tuple[str, int, int]:
    """The excerpt as it is shown, the columns before the caret, and the length of the underlining."""
    line = diagnostic.excerpt.rstrip("\r\n")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    cells = [_shown(line[:i], line[i]) for i in range(len(line))]
    first, last = 0, len(cells)
    if sum(map(width_of, cells)) > WIDEST:
        # Some words before the caret, and as many after it as there is room for.
        room = WIDEST
        while first < start and sum(map(width_of, cells[first:start])) > WIDEST // 3:
            first += 1
        last = first
        while last < len(cells) and room > 0:
            room -= width_of(cells[last])
            last += 1
        end = min(end, last)
    shown = ("…" if first else "") + "".join(cells[first:last]) + ("…" if last < len(cells) else "")
    before = (1 if first else 0) + sum(map(width_of, cells[first:start]))
    return shown, before, max(1, sum(map(width_of, cells[start:end])))


def _shown(before: str, character: str) -> str:
    """A character as it is shown: a tab runs to the next tab stop, on which the caret can rely."""
    if character == "\t":
        column = 0
        for earlier in before:
            column += TAB - column % TAB if earlier == "\t" else _columns(earlier)
        return " " * (TAB - column % TAB)
    return printable(character)


def _painter(colour: bool) -> Any:  # noqa: FBT001 - a private switch
    return (lambda text, tone: f"{tone}{text}{PLAIN}") if colour else (lambda text, _tone: text)
