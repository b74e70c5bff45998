"""What this machine has and lacks: each thing looked at, and for what is wrong the one line that mends it here.

A module for each kind of finding. A check that fails in a way nobody has thought of is a finding too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .finding import Finding
from .libraries import extras, libraries
from .machine import pango, python
from .places import fonts, output, project, schemas
from .trial import trial

__all__ = ["Finding", "examine"]


def examine(here: Path) -> Iterator[Finding]:
    """Look at one thing after the other, as somebody who stands in the folder ``here`` would meet them."""
    pages = True
    for check in (python, libraries, pango, fonts, extras, project, schemas, output):
        for finding in _guarded(check.__name__, check(here)):
            pages = pages and not (check is pango and finding.wrong)
            yield finding
    yield from _guarded("trial", trial(pages=pages))


def _guarded(name: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except Exception as fault:  # noqa: BLE001 - whatever it is, the other checks have something to say
        words = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        yield Finding("wrong", f"{name}: this could not be looked at ({words})", "install the program again")
