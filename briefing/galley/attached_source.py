"""The content file as a PDF attachment (``--attach-source``).

Everyone who gets the PDF can read all of the attachment. It is therefore refused if the brief does not print all of
it, and comments are removed because no edition prints them (docs/decisions).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from briefing.diagnostics import Diagnostic, SetupError
from briefing.edition.resolve import Edition
from briefing.markup.walk import printed
from briefing.parser.comments import strip_comments

from . import Galley

#: Fields that control how a brief is built and are not part of its text.
SETTINGS = frozenset({"handout_marking", "language"})


def source_of(edition: Edition, galley: Galley) -> bytes:
    """The content file in UTF-8, without comments.

    Raises :class:`SetupError` if the galley lacks some of its words: the theme's templates may leave out a part, or a
    text may have words that Markdown does not print.
    """
    elements = [element for top in (*galley.body, *galley.running.parts) for element in top.walk()]
    galley_words = _letters_only(
        " | ".join(words for element in elements for words in (element.text, *element.attributes.values())),
        galley.properties.title,
    )
    for path, text in printed(edition.brief):
        if path[-1] in SETTINGS or not edition.source_map.real(path):
            continue  # values from the project's defaults are not in the file
        source_words = re.sub(r"\{lang=[\w-]+\}", " | ", unescape(str(text)))
        for phrase in re.findall(r"[^\W\d_]+(?:\s+[^\W\d_]+)*", source_words):
            if _letters_only(phrase) not in galley_words:
                diagnostic = edition.source_map.diagnostic(
                    "attach-source",
                    f"'{' '.join(phrase.split())}' stands in the content file and not in the brief, "
                    "so the file cannot be attached",
                    path,
                    help="take it out of the file, or build without --attach-source",
                )
                raise SetupError(diagnostic)
    return strip_comments("\n".join(edition.source_map.lines)).encode("utf-8")


def _letters_only(*texts: str) -> str:
    """Only the words, case-folded, with one space between them: numbers and punctuation differ in the galley."""
    return " ".join(re.findall(r"[^\W\d_]+", " ".join(texts).casefold()))


def may_attach(audience: str, only: str, formats: Collection[str]) -> None:
    """Raise :class:`SetupError` if an edition prints only part of the content file, or if no PDF is requested."""
    rule = "the content file is attached where all of it is printed, and "
    if audience != "internal":
        raise _refusal(rule + "a handout leaves out what is internal", "build the handout without --attach-source")
    if only:
        raise _refusal(rule + f"--only {only} leaves the rest out", "leave out --only or --attach-source")
    if "pdf" not in formats:
        raise _refusal("the content file is attached to a PDF, and none is asked for", "add pdf to --format")


def _refusal(reason: str, advice: str) -> SetupError:
    return SetupError(Diagnostic("attach-source", reason, help=advice))
