"""The table of writers. A writer is ``Galley -> Output``; it opens nothing but the theme's own fonts and base files.

A package of its own can add one with the entry-point group ``briefing.writers``; the name of the entry point is the
name of the format and the ending of its files. ``html``, ``pdf`` and ``docx`` are writers; ``output`` has the result of
a writer. ``fonts`` subsets the theme's fonts to the letters used, ``font_files`` writes them, and ``scripts`` knows
which face other scripts use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from briefing.diagnostics import Diagnostic, SetupError

from .output import Output

if TYPE_CHECKING:
    from briefing.galley import Galley

__all__ = ["WRITERS", "Output", "Writer", "find_writer", "formats"]

Writer: TypeAlias = "Callable[[Galley], Output]"

#: Name of the format -> module and function. Imported when asked for, so that no format loads another's engine.
WRITERS = {
    "html": "briefing.writers.html:write_html",
    "pdf": "briefing.writers.pdf:write_pdf",
    "docx": "briefing.writers.docx:write_docx",
}


@cache
def _added() -> dict[str, str]:
    from importlib.metadata import entry_points

    found = entry_points(group="briefing.writers")
    return {point.name: point.value for point in sorted(found) if point.name not in WRITERS}


def formats() -> tuple[str, ...]:
    """The names of all formats: ours first, then those that other packages add."""
    return (*WRITERS, *_added())


def find_writer(name: str) -> Writer:
    """The writer of a format. Raises :class:`SetupError` when there is none of that name."""
    place = WRITERS.get(name) or _added().get(name)
    if place is None:
        known = ", ".join(formats())
        raise SetupError(Diagnostic("unknown-format", f"there is no format '{name}'", help=f"formats are: {known}"))
    module, _, function = place.partition(":")
    writer: Writer = getattr(import_module(module), function)
    return writer
