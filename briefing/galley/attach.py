"""What is attached to a PDF when its source is asked for: the content file, as far as the brief prints it.

A file that carries its source carries every word in it to whoever gets the file. So the source is refused where the
brief does not print all of it, and comments, which no edition prints, are left out (docs/decisions).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from briefing.diagnostics import Diagnostic, SetupError
from briefing.reading.comments import without_comments
from briefing.reading.resolve import Edition
from briefing.reading.walk import printed

from . import Galley

__all__ = ["may_attach", "source_of"]

#: What steers the making of a brief, and is no part of what it says.
SETTINGS = frozenset({"handout_marking", "language"})


def source_of(edition: Edition, galley: Galley) -> bytes:
    """The content file as it is attached: UTF-8, without comments.

    Raises :class:`SetupError` when something in it is not in the galley: a part that the theme's templates leave out,
    or words in a text that Markdown does not print.
    """
    running = galley.running
    shown = _letters(
        " | ".join(words for top in galley.body for e in top.walk() for words in (e.text, *e.attributes.values())),
        galley.properties.title,
        running.footer,
        running.marking,
    )
    for path, text in printed(edition.brief):
        if path[-1] in SETTINGS or not edition.places.real(path):
            continue  # what a project's defaults bring does not stand in the file
        said = re.sub(r"\{lang=[\w-]+\}", " | ", unescape(str(text)))
        for phrase in re.findall(r"[^\W\d_]+(?:\s+[^\W\d_]+)*", said):
            if _letters(phrase) not in shown:
                place = edition.places.diagnostic(
                    "attach-source",
                    f"'{' '.join(phrase.split())}' stands in the content file and not in the brief, "
                    "so the file cannot be attached",
                    path,
                    help="take it out of the file, or build without --attach-source",
                )
                raise SetupError(place)
    return without_comments("\n".join(edition.places.lines)).encode("utf-8")


def _letters(*texts: str) -> str:
    """Words alone, one space between them: numbers, signs and the numbers of notes differ between file and page."""
    return " ".join(re.findall(r"[^\W\d_]+", " ".join(texts).casefold()))


def may_attach(audience: str, only: str, formats: Collection[str]) -> None:
    """Raise :class:`SetupError` when an edition prints a share of the content file, or no PDF is there to carry it."""
    whole = "the content file is attached where all of it is printed, and "
    if audience != "internal":
        raise _refusal(whole + "a handout leaves out what is internal", "build the handout without --attach-source")
    if only:
        raise _refusal(whole + f"--only {only} leaves the rest out", "leave out --only or --attach-source")
    if "pdf" not in formats:
        raise _refusal("the content file is attached to a PDF, and none is asked for", "add pdf to --format")


def _refusal(reason: str, advice: str) -> SetupError:
    return SetupError(Diagnostic("attach-source", reason, help=advice))
