"""Diagnostics and positions as JSON data for the page, with links that open the editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing.diagnostics import Diagnostic, Span


def as_problem(diagnostic: Diagnostic, project: Path) -> dict[str, Any]:
    """A diagnostic, ready for JSON. ``end`` is the end column of its span, or None if that goes on in another line."""
    span = diagnostic.span or (Span(diagnostic.file, 1, 1, 1, 1) if diagnostic.file else None)
    end = diagnostic.span.end_column if diagnostic.span and diagnostic.span.end_line == diagnostic.span.line else None
    return {
        **{name: str(getattr(diagnostic, name)) for name in ("severity", "code", "message", "label", "help")},
        "excerpt": diagnostic.excerpt.rstrip() if diagnostic.span else "",
        "end": end,
        "place": as_place(span, project) if span else None,
    }


def as_place(span: Span, project: Path) -> dict[str, Any]:
    """A position, ready for JSON: file as messages show it, line, column, and the link that opens it in VS Code."""
    return {"file": span.file, "line": span.line, "column": span.column, "link": _link(span, project)}


def _link(span: Span, project: Path) -> str:
    """The link to VS Code; empty if there is no such file.

    Paths are relative to the current folder, those of a theme to the project.
    """
    path = next((p for p in (Path.cwd() / span.file, project / span.file) if p.is_file()), None)
    if path is None:
        return ""
    return f"vscode://file/{quote(path.as_posix().lstrip('/'), safe='/:')}:{span.line}:{span.column}"
