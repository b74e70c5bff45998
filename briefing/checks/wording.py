"""The words of a brief as a reader sees them, and the way from there back to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.model import Brief, Bullets, Line, Prose
from briefing.reading import markdown
from briefing.reading.draft import Path
from briefing.reading.walk import markdown_texts, printed

__all__ = ["Passage", "citations_around", "every_text", "origin", "paragraphs", "running_text", "sentence_around"]

#: Parts that are no running text of the writer's own.
_APART = frozenset({"sources", "glossary"})
#: Fields whose signs are not those of the language.
_NOT_WORDS = frozenset({"pronounced", "contact", "reference", "version", "copy"})

#: What is typed but not printed, in the order in which it has to be looked for.
_TYPED = re.compile(
    r"\[\s*@[^\]\n]*\]|\[\[[^\]\n]*\]\]|\]\([^)\s]*\)|\]\{[^}\n]*\}|^[ \t]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]|[*_`\[\]\\]",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"[.!?…][”’»\")]*(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a brief: where it stands, what was typed, and the words that are printed."""

    path: Path
    typed: str
    plain: str

    @property
    def is_label(self) -> bool:
        """Whether it is a key of the file: the label of a fact, an abbreviation."""
        return bool(self.path) and str(self.path[-1]) == self.typed

    @property
    def native(self) -> str:
        """The printed words, with those of other languages, code and addresses made invisible, sign by sign."""
        return _native(self.typed) if isinstance(self.typed, Line | Prose | Bullets) else self.plain

    @property
    def part(self) -> str:
        """The part of the brief that it belongs to: "key_points", "sections"."""
        return str(self.path[0])


def running_text(brief: Brief) -> Iterator[Passage]:
    """The writer's own texts in Markdown, in the order of the page; not the sources, nor what others have said."""
    for path, text in markdown_texts(brief):
        if path[0] not in _APART and not _is_quotation(brief, path):
            yield Passage(path, text, markdown.plain(text))


def every_text(brief: Brief) -> Iterator[Passage]:
    """All words of a brief that are words of its language."""
    for path, text in printed(brief):
        if path[-1] not in _NOT_WORDS:
            yield Passage(path, text, markdown.plain(text) if isinstance(text, Line | Prose | Bullets) else text)


@lru_cache(maxsize=4096)
def _native(typed: str) -> str:
    pieces: list[str] = []
    for token in markdown.parser().parse(typed):
        if token.type == "fence":
            pieces.append(_hidden(token.content))
        elif token.type == "inline":
            out, foreign = "", 0
            for child in token.children or ():
                foreign += {"foreign_open": 1, "foreign_close": -1}.get(child.type, 0)
                words = markdown.words_of([child])
                is_code = child.type == "code_inline" or "://" in words
                # A call of a note takes the space before it away.
                out = (
                    out.rstrip()
                    if child.type == "citation"
                    else out + (_hidden(words) if foreign or is_code else words)
                )
            pieces.append(out)
    return "\n".join(pieces)


def _hidden(words: str) -> str:
    return re.sub(r"\S", "\x1a", words)


def _is_quotation(brief: Brief, path: Path) -> bool:
    match path:
        case ("sections" | "annexes" as part, int(index), "body", int(number), "text"):
            return getattr(getattr(brief, part)[index].body[number], "kind", "") == "pull_quote"
    return False


def origin(passage: Passage, start: int, end: int) -> tuple[int, str]:
    """Where printed words stand in what was typed: the offset and the words as typed."""
    if passage.typed.startswith(passage.plain[start:end], start):
        return start, passage.typed[start:end]
    ways = _ways(passage.typed, passage.plain)
    if end <= start or end > len(ways):
        return -1, ""
    first, last = ways[start], ways[end - 1]
    return first, passage.typed[first : last + 1]


@lru_cache(maxsize=64)
def _ways(typed: str, plain: str) -> tuple[int, ...]:
    """For each printed character its offset in what was typed; line breaks of the one are spaces of the other."""
    seen = _TYPED.sub(lambda match: "\0" * len(match[0]), typed)
    ways: list[int] = []
    at = 0
    for character in plain:
        if character.isspace():
            found = next((i for i in range(at, min(at + 400, len(seen))) if seen[i].isspace()), -1)
        else:
            found = seen.find(character, at)
        if found >= 0:
            at = found + 1
        ways.append(max(at - 1, 0))
    return tuple(ways)


def sentence_around(plain: str, start: int, end: int) -> str:
    """The sentence that some words stand in."""
    begin, stop = 0, len(plain)
    for match in _SENTENCE.finditer(plain):
        if match.end() <= start:
            begin = match.end()
        elif match.start() >= end:
            stop = match.end()
            break
    return plain[begin:stop].strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or an item of a list: its words, where they begin in the printed text, and the lists around it."""

    plain: str
    typed: str
    start: int
    depth: int
    opens_item: bool


@lru_cache(maxsize=4096)  # from one save to the next hardly a text has changed
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a Markdown text, in the order in which :func:`briefing.reading.markdown.plain` sets them."""
    found: list[Paragraph] = []
    start, depth, opens = 0, 0, False
    for token in markdown.parser().parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type == "list_item_open":
            opens = True
        elif token.type == "inline":
            words = markdown.words_of(token.children or [])
            found.append(Paragraph(words, token.content, start, depth, opens))
            start, opens = start + len(words) + 1, False
        elif token.type == "fence":
            start += len(token.content) + 1
    return tuple(found)


def citations_around(text: str, plain_offset: int) -> tuple[str, ...]:
    """The sources that the paragraph around some printed words cites."""
    for paragraph in paragraphs(text):
        if paragraph.start <= plain_offset <= paragraph.start + len(paragraph.plain):
            return markdown.citations(paragraph.typed)
    return ()
