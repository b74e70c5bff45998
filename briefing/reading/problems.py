"""What a text of a brief must not hold, told with the place in the text: one problem for one mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from .gates import bad_characters, link_refusal
from .markdown import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Kind", "Problem", "problems"]

Kind = Literal["words", "line", "prose", "bullets", "address"]

#: Lists and quotations inside each other, counted in Markdown's own levels (two for a list).
_MAX_LEVEL = 16

#: Square brackets that may be open in one paragraph.
_MAX_BRACKETS = 20
#: The longest text of each kind, in characters: what is longer stands in the wrong field, or was made to hurt.
_LONGEST: dict[Kind, int] = {"words": 4_000, "address": 2_000, "line": 20_000, "prose": 200_000, "bullets": 200_000}
_BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")

_CITATION_LIKE = re.compile(r"(?<!\\)\[@[^\]\n]*\]?")
_REFERENCE_LIKE = re.compile(r"(?<!\\)\[\[[^\]\n]*\]?\]?")
_FOREIGN_LIKE = re.compile(r"\]\{[^}\n]*\}?")


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a text: the words that are wrong and where they begin, what is wrong, what to do."""

    offset: int
    fragment: str
    code: str
    message: str
    help: str = ""


@lru_cache(maxsize=4096)  # from one save to the next hardly a text has changed
def problems(text: str, kind: Kind) -> tuple[Problem, ...]:
    """What is wrong with a text of this kind, in its order."""
    found = [*_too_long(text, kind), *_characters(text), *_brackets(text)]
    if kind == "address" and not found:
        found.extend(_address(text))
    elif kind != "words" and not found:
        found.extend(_markdown(text, kind))
    return tuple(sorted(found, key=lambda problem: problem.offset))


def _too_long(text: str, kind: Kind) -> Iterator[Problem]:
    if len(text) > _LONGEST[kind]:
        yield Problem(
            0,
            text.split("\n", 1)[0][:40],
            "too-long",
            f"this text has {len(text):,} characters; {_LONGEST[kind]:,} are the most that this field takes",
            "put running text into the body of a section, and long tables into a CSV file",
        )


def _characters(text: str) -> Iterator[Problem]:
    for bad in bad_characters(text):
        yield Problem(
            bad.offset, bad.character, "character", f"{bad.name} cannot be printed", "delete it and type the place anew"
        )


def _brackets(text: str) -> Iterator[Problem]:
    """Brackets that are opened and opened: the parser would try each with each."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] == "[" else max(depth - 1, 0) if match[0] == "]" else 0
        if depth > _MAX_BRACKETS:
            yield Problem(
                match.start(), "[", "brackets", "too many square brackets are open here", "close each [ with a ]"
            )
            return


def _address(text: str) -> Iterator[Problem]:
    plain = text.strip()
    refusal = link_refusal(plain) or ("" if plain.lower().startswith("http") else "is not the address of a web page")
    if refusal:
        yield Problem(
            text.find(plain),
            plain,
            "link",
            f"the address '{_short(plain)}' {refusal}",
            "write it in full, beginning with https://",
        )


def _markdown(text: str, kind: Kind) -> Iterator[Problem]:
    tokens = parser().parse(text)
    form = _form(text, tokens, kind)
    if form is not None:
        yield form
    where = _Finder(text)
    for token in tokens:
        if token.map is not None:
            where.line = token.map[0]
        if token.level >= _MAX_LEVEL:
            yield where.problem(
                where.line_text(),
                "markdown-depth",
                "lists stand too deep in each other here",
                "three levels are as many as a reader can follow",
            )
            return
        if token.type == "heading_open" and kind == "prose" and int(token.tag[1]) > 2:
            yield where.problem(
                "#" * int(token.tag[1]),
                "heading-level",
                "this heading is too deep: a section has two levels below its own",
                "write # or ##",
            )
        if token.type == "hr":
            yield where.problem(
                where.line_text(), "rule", "a line of dashes or stars is not set", "delete it, or begin a new section"
            )
        if token.type == "inline":
            yield from _inline(token.children or [], where)


def _inline(tokens: list[Token], where: _Finder) -> Iterator[Problem]:
    for token in tokens:
        if token.type == "image":
            yield where.problem(
                "![",
                "picture-in-text",
                "a picture cannot stand inside a text",
                "make it a block of its own: - figure: with image: and alt:",
            )
        elif token.type == "link_open":
            address = str(token.attrs["href"])
            refusal = link_refusal(address)
            if refusal:
                yield where.problem(
                    address,
                    "link",
                    f"the link '{_short(address)}' {refusal}",
                    "links begin with https://, http://, mailto: or tel:, or with # and an id of this brief",
                )
        elif token.type == "text":
            yield from _slips(token.content, where)


def _slips(text: str, where: _Finder) -> Iterator[Problem]:
    """What was meant as one of the three rules of ours but is not written so."""
    for match in _meant(_CITATION_LIKE, text, where):
        yield where.problem(
            match[0],
            "citation-form",
            f"'{_short(match[0])}' is not a citation",
            "write [@key], or [@first; @second], with keys that stand under sources",
        )
    for match in _meant(_REFERENCE_LIKE, text, where):
        yield where.problem(
            match[0],
            "reference-form",
            f"'{_short(match[0])}' is not a reference",
            "write [[id]] with the id of a section, table, chart or figure; ids have small letters, digits and hyphens",
        )
    for match in _meant(_FOREIGN_LIKE, text, where):
        if "lang" in match[0]:
            yield where.problem(
                match[0][1:],
                "foreign-form",
                f"'{_short(match[0][1:])}' does not name a language",
                "write [text]{lang=kk}, with a tag such as kk, ru or zh-Hant",
            )


def _meant(pattern: re.Pattern[str], text: str, where: _Finder) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(text) if not where.is_escaped(match[0]))


def _form(text: str, tokens: list[Token], kind: Kind) -> Problem | None:
    """A block where inline text is wanted, or something else than a list where a list is wanted."""
    if kind == "prose" or "\n" not in text.strip():
        return None
    top = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.type != "inline"]
    if len(top) == 1 and top[0].type == "paragraph_open":
        return None
    if kind == "bullets" and all(token.type in {"bullet_list_open", "ordered_list_open"} for token in top):
        return None
    lists = {"bullet_list_open", "ordered_list_open"}
    if kind == "bullets" and top[0].type in lists:
        second = next(token for token in top if token.type not in lists)
    else:
        second = top[1] if len(top) > 1 and top[0].type == "paragraph_open" else top[0]
    lines = text.split("\n")
    row = second.map[0] if second.map else 0
    fragment = lines[row].strip() if row < len(lines) else ""
    offset = text.find(fragment, sum(len(text_line) + 1 for text_line in lines[:row]))
    if kind == "line":
        return Problem(
            offset,
            fragment,
            "block-in-line",
            "one paragraph is wanted here, without lists, headings and empty lines",
            "join the lines, or move the rest into the body of a section",
        )
    return Problem(
        offset,
        fragment,
        "not-a-list",
        "a list is wanted here, and this is not a part of it",
        "begin each point with '- ' and indent its further lines by two spaces",
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


class _Finder:
    """Finds fragments in a text, each after the one before: Markdown knows the line of a paragraph, not more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for text_line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(text_line) + 1)
        self.line = 0
        self.last = 0

    def line_text(self) -> str:
        """The line at which a block begins."""
        return self.text[self.starts[self.line] : self.starts[self.line + 1]].strip()

    def is_escaped(self, fragment: str) -> bool:
        """Whether a backslash says that these signs are meant as they stand."""
        loose = "".join(rf"\\?{re.escape(letter)}" for letter in fragment)
        found = re.compile(loose).search(self.text, max(self.starts[self.line], self.last))
        return found is not None and found[0].startswith("\\")

    def problem(self, fragment: str, code: str, message: str, advice: str) -> Problem:
        begin = max(self.starts[self.line], self.last)
        offset = self.text.find(fragment, begin)
        if offset < 0:
            return Problem(begin, "", code, message, advice)
        self.last = offset + len(fragment)
        return Problem(offset, fragment, code, message, advice)
