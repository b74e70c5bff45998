"""Check the installation: each check yields findings, with the fix for this system if something is wrong.

``machine`` checks Python, libraries and Pango, ``places`` the project and its folders, ``sample_build`` builds a brief.
A ``finding`` is the result. An unexpected exception in a check becomes one, so that the other checks still run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .finding import Finding
from .machine import extras, libraries, pango, python
from .places import fonts, labels, output, project, schemas
from .sample_build import trial

__all__ = ["Finding", "examine"]


def examine(here: Path) -> Iterator[Finding]:
    """Run all checks for the current folder ``here``; yields their findings."""
    has_pango = True
    for check in (python, libraries, pango, fonts, labels, extras, project, schemas, output):
        for finding in _findings_of(check.__name__, check(here)):
            has_pango = has_pango and not (check is pango and finding.state == "wrong")
            yield finding
    yield from _findings_of("trial", trial(pages=has_pango))


def _findings_of(name: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except Exception as error:  # noqa: BLE001 - the other checks must still run
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Finding("wrong", f"{name}: this could not be looked at ({reason})", "install the program again")
