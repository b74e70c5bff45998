"""The content file as a PDF attachment (``--attach-source``).

Everyone who gets the PDF can read all of the attachment. It is therefore refused if the brief does not print all of
it, and comments are removed because no edition prints them (docs/decisions).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

from briefing.diagnostics import Diagnostic, SetupError
from briefing.edition.resolve import Edition
from briefing.markup.walk import printed

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


def strip_comments(text: str) -> str:
    """The text of a valid YAML file without its comments; the data stay the same.

    Lines with nothing but a comment are removed. A ``#`` inside a text is no comment and stays.
    """
    kept, position = [], 0
    for start, end in _comments(text):
        line = text.rfind("\n", 0, start) + 1
        if text[line:start].strip():
            kept.append(text[position:start].rstrip(" \t"))
            position = end
        else:
            kept.append(text[position:line])
            position = min(end + 1, len(text))
    return "".join((*kept, text[position:])).strip("\n") + "\n"


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The start and end offset of each comment. Between the tokens of a file there are only comments and spaces."""
    import yaml

    position = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        if start > position:
            yield from _comments_between(text, position, start)
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            # The token of a block scalar includes its first line, which may end with a comment.
            yield from _comments_between(text, start, text.find("\n", start))
        position = max(position, end)


def _comments_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The start and end offset of each comment between two tokens."""
    while (start := text.find("#", start, end)) >= 0:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        yield start, line_end
        start = line_end
