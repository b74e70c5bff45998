"""Markdown strings -> well-formed XHTML in the galley's vocabulary.

CommonMark with a few things left out: raw HTML stays text, there are no pictures, no reference definitions, no indented
code and no underlined headings. Words stay as typed. Three inline rules come before links: ``[@key]`` cites, ``[[id]]``
refers, ``[text]{lang=kk}`` marks foreign text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from .gates import clean
from .inline import install

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["bullets", "citations", "line", "parser", "plain", "prose", "references", "starts", "words_of"]

#: Languages written from right to left, and scripts that are.
_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})


#: Levels of lists, quotations and emphasis that are parsed at all; the checks of a text allow far fewer.
_NESTING = 100


@cache
def parser() -> MarkdownIt:
    """The Markdown parser, built once and shared by all that read Markdown."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING})
    md.disable(["reference", "lheading", "code", "html_block", "html_inline"])
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # the link gate judges, and says why  # noqa: ARG005
    install(md)
    return md


def prose(text: str, *, base_heading: int = 3) -> str:
    """Paragraphs, lists, quotations and sub-headings; ``#`` becomes ``h3``, or what ``base_heading`` says."""
    return _Setter(base_heading).blocks(parser().parse(text))


def line(text: str) -> str:
    """Inline Markdown alone: what looks like the beginning of a list or a heading is text."""
    return _Setter(3).inline(_inline_tokens(text))


def bullets(text: str) -> str:
    """A list; inline Markdown alone is a list of one."""
    tokens = parser().parse(text)
    if tokens and not any(token.type in {"bullet_list_open", "ordered_list_open"} for token in tokens):
        return f"<ul><li>{line(text.strip())}</li></ul>"
    return _Setter(3).blocks(tokens)


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[str, ...]:
    """The keys that ``[@key]`` cites, in order, as often as they are cited."""
    return tuple(key for token in inline_tokens(text) if token.type == "citation" for key in token.meta["keys"])


@lru_cache(maxsize=4096)
def references(text: str) -> tuple[str, ...]:
    """The ids that ``[[id]]`` and links to ``#id`` refer to, in order."""
    found: list[str] = []
    for token in inline_tokens(text):
        if token.type == "reference":
            found.append(token.meta["id"])
        elif token.type == "link_open" and str(token.attrs["href"]).startswith("#"):
            found.append(str(token.attrs["href"])[1:])
    return tuple(found)


@lru_cache(maxsize=4096)  # from one save to the next hardly a text has changed
def plain(text: str) -> str:
    """The words as printed, without notes and references; blocks are parted by line breaks."""
    pieces: list[str] = []
    for token in parser().parse(text):
        if token.type == "inline":
            pieces.append(words_of(token.children or []))
        elif token.type == "fence":
            pieces.append(token.content)
    return "\n".join(pieces)


@lru_cache(maxsize=4096)
def starts(text: str) -> tuple[int, ...]:
    """Where each block and each item of a list begins, in reading order: offsets into the text."""
    rows = text.split("\n")
    begin = [0, *accumulate(len(row) + 1 for row in rows)]
    found = (
        token.map[0]
        for token in parser().parse(text)
        if token.map and token.nesting >= 0 and (token.level == 0 or token.type == "list_item_open")
    )
    return tuple(begin[row] + len(rows[row]) - len(rows[row].lstrip()) for row in found)


def inline_tokens(text: str) -> Iterator[Token]:
    """All inline tokens of a text, of whichever kind it is."""
    for token in parser().parse(text):
        yield from token.children or ()


def _inline_tokens(text: str) -> Sequence[Token]:
    return [child for token in parser().parseInline(text.strip()) for child in token.children or ()]


def words_of(tokens: Sequence[Token]) -> str:
    """The printed words of inline tokens."""
    out = ""
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            out += token.content
        elif token.type in {"softbreak", "hardbreak"}:
            out += " "
        elif token.type == "citation":
            out = out.rstrip()
    return out


def _escape(text: str) -> str:
    """Text for XML; a character reference may have brought in what no XML can hold."""
    return html.escape(clean(text), quote=True)


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    parts = language.split("-")
    return any(part in _RTL_SCRIPTS for part in parts[1:]) or (parts[0] in _RTL and not any(len(p) == 4 for p in parts))


class _Setter:
    """Sets tokens as XHTML."""

    def __init__(self, base_heading: int) -> None:
        self.base_heading = base_heading

    def blocks(self, tokens: Sequence[Token]) -> str:
        bare = _bare_paragraphs(tokens)
        return "".join(self._block(token, index in bare) for index, token in enumerate(tokens))

    def _block(self, token: Token, bare: bool) -> str:  # noqa: FBT001
        match token.type:
            case "inline":
                return self.inline(token.children or [])
            case "paragraph_open" | "paragraph_close":
                return "" if bare else f"<{'/' if token.nesting < 0 else ''}p>"
            case "heading_open" | "heading_close":
                level = min(self.base_heading + int(token.tag[1]) - 1, 4)
                return f"<{'/' if token.nesting < 0 else ''}h{level}>"
            case "fence":
                return f"<pre><code>{_escape(token.content)}</code></pre>"
            case "hr":
                return "<hr/>"
            case "ordered_list_open" if "start" in token.attrs:
                return f'<ol start="{int(token.attrs["start"])}">'
            case _:
                return f"<{'/' if token.nesting < 0 else ''}{token.tag}>"

    def inline(self, tokens: Sequence[Token]) -> str:  # noqa: C901 - one case for each kind of token
        out = ""
        for token in tokens:
            match token.type:
                case "text":
                    out += _escape(token.content)
                case "softbreak":
                    out += " "
                case "hardbreak":
                    out += "<br/>"
                case "code_inline":
                    out += f"<code>{_escape(token.content)}</code>"
                case "citation":
                    # A note's number stands close to the word or the full stop that it belongs to.
                    out = out.rstrip() + "".join(
                        f'<a class="note-call" data-note="{_escape(key)}"/>' for key in token.meta["keys"]
                    )
                case "reference":
                    out += f'<a class="reference" data-reference="{_escape(token.meta["id"])}"/>'
                case "foreign_open":
                    direction = ' dir="rtl"' if is_rtl(token.meta["lang"]) else ""
                    out += f'<span lang="{_escape(token.meta["lang"])}"{direction}>'
                case "foreign_close":
                    out += "</span>"
                case "link_open":
                    out += f'<a href="{_escape(str(token.attrs["href"]))}">'
                case "image":  # refused by the checks of a text; its words stay if it comes here all the same
                    out += self.inline(token.children or [])
                case _:
                    out += f"<{'/' if token.nesting < 0 else ''}{token.tag}>"
        return out


def _bare_paragraphs(tokens: Sequence[Token]) -> set[int]:
    """The paragraphs that are the only block of a list's item, beside lists below it: they are set without ``p``.

    Markdown tells tight lists from loose ones by blank lines; a reader of the finished page sees no such difference.
    """
    bare: set[int] = set()
    items: list[tuple[int, list[int]]] = []
    for index, token in enumerate(tokens):
        if token.type == "list_item_open":
            items.append((token.level, []))
        elif token.type == "list_item_close":
            paragraphs = items.pop()[1]
            if len(paragraphs) == 2:  # its beginning and its end
                bare.update(paragraphs)
        elif items and token.level == items[-1][0] + 1 and token.tag not in {"ul", "ol"}:
            items[-1][1].append(index)
    return bare
