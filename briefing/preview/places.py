"""Places in files, as the page in the browser needs them: what is wrong where, and the link that opens an editor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing.diagnostics import Diagnostic, Severity, Span

__all__ = ["arrange", "as_place", "as_problem"]


def arrange(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each problem once: the errors first, notes last, all by their place."""
    gravity = list(Severity)
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (gravity.index(d.severity), d.order)))


def as_problem(diagnostic: Diagnostic, project: Path) -> dict[str, Any]:
    """A problem, for the page to show: its words, its line with what is meant in it, and where to open it."""
    span = diagnostic.span or (Span(diagnostic.file, 1, 1, 1, 1) if diagnostic.file else None)
    end = diagnostic.span.end_column if diagnostic.span and diagnostic.span.end_line == diagnostic.span.line else None
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.help,
        "excerpt": diagnostic.excerpt.rstrip() if diagnostic.span else "",
        "end": end,
        "place": as_place(span, project) if span else None,
    }


def as_place(span: Span, project: Path) -> dict[str, Any]:
    """A place in a file: its name as messages show it, line and column, and the link that opens it in VS Code."""
    return {"file": span.file, "line": span.line, "column": span.column, "link": _link(span, project)}


def _link(span: Span, project: Path) -> str:
    """Files are named as seen from the current folder; those of a theme as seen from the project."""
    path = next((p for p in (Path.cwd() / span.file, project / span.file) if p.is_file()), None)
    if path is None:
        return ""
    return f"vscode://file/{quote(path.as_posix().lstrip('/'), safe='/:')}:{span.line}:{span.column}"
