"""The printed text of a brief, and the offsets in the typed text from which it came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.markup import markdown
from briefing.markup.list_numbers import SHIELD, shielded
from briefing.markup.walk import markdown_texts, printed
from briefing.model import Brief, InlineMarkdown, Markdown, MarkdownList
from briefing.model.data_path import DataPath

_MARKDOWN = (InlineMarkdown, Markdown, MarkdownList)
#: Parts that are not running text.
_APART = frozenset({"sources", "glossary"})
#: Fields whose text is not in the brief's language.
_NOT_WORDS = frozenset({"pronounced", "contact", "reference", "version", "copy"})

#: Markdown syntax, which is not printed; the order of the alternatives matters.
_SYNTAX = re.compile(
    r"\[\s*@[^\]\n]*\]|\[\[[^\]\n]*\]\]|\]\([^)\s]*\)|\]\{[^}\n]*\}|^[ \t]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]|[*_`\[\]\\~^]",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"[.!?…][”’»\")]*(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class TextField:
    """One text of a brief: its path, and its source."""

    path: DataPath
    typed: str

    @property
    def plain(self) -> str:
        """The printed words."""
        return markdown.plain(self.typed) if isinstance(self.typed, _MARKDOWN) else self.typed

    @property
    def is_label(self) -> bool:
        """Whether it is a key in the file, such as the label of a fact or an abbreviation."""
        return bool(self.path) and str(self.path[-1]) == self.typed

    @property
    def native(self) -> str:
        """The printed words, in which each character of code, addresses and other languages is U+001A."""
        return _native(self.typed) if isinstance(self.typed, _MARKDOWN) else self.typed

    @property
    def part(self) -> str:
        """The top-level field of the brief that it is in, such as "key_points" or "sections"."""
        return str(self.path[0])


def running_text(brief: Brief) -> Iterator[TextField]:
    """The texts in Markdown in the order of the page, without sources, glossary and pull quotes."""
    for path, text in markdown_texts(brief):
        if path[0] not in _APART and not _is_pull_quote(brief, path):
            yield TextField(path, text)


def every_text(brief: Brief) -> Iterator[TextField]:
    """All printed texts of a brief that are in its language."""
    return (TextField(path, text) for path, text in printed(brief) if path[-1] not in _NOT_WORDS)


@lru_cache(maxsize=4096)
def _native(typed: str) -> str:
    pieces: list[str] = []
    for token in markdown.parser().parse(typed):
        if token.type == "fence":
            pieces.append(_hidden(token.content))
        elif token.type == "inline":
            printed_words, foreign = "", 0
            for child in token.children or ():
                foreign += {"foreign_open": 1, "foreign_close": -1}.get(child.type, 0)
                words = markdown.words_of([child])
                if child.type == "citation":  # a note call removes the space before it
                    printed_words = printed_words.rstrip()
                is_hidden = foreign or child.type == "code_inline" or "://" in words
                printed_words += _hidden(words) if is_hidden else words
            pieces.append(printed_words)
    return "\n".join(pieces)


def _hidden(words: str) -> str:
    return re.sub(r"\S", "\x1a", words)


def _is_pull_quote(brief: Brief, path: DataPath) -> bool:
    match path:
        case ("sections" | "annexes" as part, int(index), "body", int(number), "text"):
            return getattr(getattr(brief, part)[index].body[number], "kind", "") == "pull_quote"
    return False


def origin(text: TextField, start: int, end: int) -> tuple[int, str]:
    """The offset of printed words in the typed text, and the words as typed; -1 and "" if they are not found."""
    if text.typed.startswith(text.plain[start:end], start):
        return start, text.typed[start:end]
    offsets = _typed_offsets(text.typed, text.plain)
    if end <= start or end > len(offsets):
        return -1, ""
    first, last = offsets[start], offsets[end - 1]
    return first, text.typed[first : last + 1]


@lru_cache(maxsize=64)
def _typed_offsets(typed: str, plain: str) -> tuple[int, ...]:
    """For each printed character its offset in the typed text; a line break matches a space."""
    without_syntax = _SYNTAX.sub(lambda match: "\0" * len(match[0]), shielded(typed)).replace(SHIELD, ".")
    offsets: list[int] = []
    at = 0
    for character in plain:
        if character.isspace():
            found = next((i for i in range(at, min(at + 400, len(without_syntax))) if without_syntax[i].isspace()), -1)
        else:
            found = without_syntax.find(character, at)
        if found >= 0:
            at = found + 1
        offsets.append(max(at - 1, 0))
    return tuple(offsets)


def sentence_around(plain: str, start: int, end: int) -> str:
    """The sentence that contains the words from ``start`` to ``end``."""
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
    """A paragraph, list item or heading: its printed and typed text, its offset in the printed text, its list depth.

    ``level`` is that of a heading, else 0.
    """

    plain: str
    typed: str
    start: int
    depth: int
    opens_item: bool
    level: int


@lru_cache(maxsize=4096)  # in the preview most texts are unchanged from one save to the next
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a Markdown text, in the order of :func:`briefing.markup.markdown.plain`."""
    found: list[Paragraph] = []
    start, depth, opens, level = 0, 0, False, 0
    for token in markdown.parser().parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type == "list_item_open":
            opens = True
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            words = markdown.words_of(token.children or [])
            found.append(Paragraph(words, token.content, start, depth, opens, level))
            start, opens, level = start + len(words) + 1, False, 0
        elif token.type == "fence":
            start += len(token.content) + 1
    return tuple(found)


def citations_around(text: str, plain_offset: int) -> tuple[str, ...]:
    """The sources that are cited in the paragraph with this offset in the printed text."""
    for paragraph in paragraphs(text):
        if paragraph.start <= plain_offset <= paragraph.start + len(paragraph.plain):
            return markdown.citations(paragraph.typed)
    return ()
