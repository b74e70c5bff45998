"""Markdown strings -> well-formed XHTML in the galley's vocabulary.

The syntax is CommonMark without raw HTML (it stays text), pictures, reference definitions, indented code and underlined
headings. Text is not changed typographically. Three inline rules take precedence over links: ``[@key]`` is a citation,
``[[id]]`` a reference, ``[text]{lang=kk}`` foreign text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from briefing.parser.characters import clean

from .inline import install

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: Languages and ISO 15924 scripts written from right to left.
_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})

#: Nesting levels of lists, quotations and emphasis that are parsed; ``problems.py`` allows far fewer.
_NESTING = 100


@cache
def parser() -> MarkdownIt:
    """The Markdown parser; it is built once."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING})
    md.disable(["reference", "lheading", "code", "html_block", "html_inline"])
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # gates.py checks links, with a reason  # noqa: ARG005
    install(md)
    return md


def prose(text: str, *, base_heading: int = 3) -> str:
    """XHTML of block Markdown: paragraphs, lists, quotations and sub-headings. ``#`` becomes ``h{base_heading}``."""
    return _XhtmlWriter(base_heading).blocks(parser().parse(text))


def line(text: str) -> str:
    """XHTML of inline Markdown; the syntax of lists and headings stays text."""
    return _XhtmlWriter(3).inline(_inline_tokens(text))


def bullets(text: str) -> str:
    """XHTML of a Markdown list; text without a list becomes a list with one item."""
    tokens = parser().parse(text)
    if tokens and not any(token.type in {"bullet_list_open", "ordered_list_open"} for token in tokens):
        return f"<ul><li>{line(text.strip())}</li></ul>"
    return _XhtmlWriter(3).blocks(tokens)


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[str, ...]:
    """The keys of all citations ``[@key]``, in order, with repetitions."""
    return tuple(key for token in inline_tokens(text) if token.type == "citation" for key in token.meta["keys"])


@lru_cache(maxsize=4096)
def references(text: str) -> tuple[str, ...]:
    """The ids of all references ``[[id]]`` and links to ``#id``, in order."""
    found: list[str] = []
    for token in inline_tokens(text):
        if token.type == "reference":
            found.append(token.meta["id"])
        elif token.type == "link_open" and str(token.attrs["href"]).startswith("#"):
            found.append(str(token.attrs["href"])[1:])
    return tuple(found)


@lru_cache(maxsize=4096)  # the preview renders again after each save, and most texts are the same
def plain(text: str) -> str:
    """The plain text as printed, without citations and references; blocks are separated by line feeds."""
    pieces: list[str] = []
    for token in parser().parse(text):
        if token.type == "inline":
            pieces.append(words_of(token.children or []))
        elif token.type == "fence":
            pieces.append(token.content)
    return "\n".join(pieces)


@lru_cache(maxsize=4096)
def starts(text: str) -> tuple[int, ...]:
    """The offset of the start of each block and each list item, in reading order."""
    rows = text.split("\n")
    offsets = [0, *accumulate(len(row) + 1 for row in rows)]
    found = (
        token.map[0]
        for token in parser().parse(text)
        if token.map and token.nesting >= 0 and (token.level == 0 or token.type == "list_item_open")
    )
    return tuple(offsets[row] + len(rows[row]) - len(rows[row].lstrip()) for row in found)


def inline_tokens(text: str) -> Iterator[Token]:
    """All inline tokens of a text, which may have blocks."""
    for token in parser().parse(text):
        yield from token.children or ()


def _inline_tokens(text: str) -> Sequence[Token]:
    return [child for token in parser().parseInline(text.strip()) for child in token.children or ()]


def words_of(tokens: Sequence[Token]) -> str:
    """The plain text of inline tokens, as printed."""
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
    """Text escaped for XML; invalid characters may come from character references."""
    return html.escape(clean(text), quote=True)


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    parts = language.split("-")
    return any(part in _RTL_SCRIPTS for part in parts[1:]) or (parts[0] in _RTL and not any(len(p) == 4 for p in parts))


class _XhtmlWriter:
    """Writes tokens as XHTML."""

    def __init__(self, base_heading: int) -> None:
        self.base_heading = base_heading

    def blocks(self, tokens: Sequence[Token]) -> str:
        unwrapped = _unwrapped_paragraphs(tokens)
        return "".join(self._block(token, index in unwrapped) for index, token in enumerate(tokens))

    def _block(self, token: Token, unwrapped: bool) -> str:  # noqa: FBT001
        match token.type:
            case "inline":
                return self.inline(token.children or [])
            case "paragraph_open" | "paragraph_close":
                return "" if unwrapped else f"<{'/' if token.nesting < 0 else ''}p>"
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
                    # There is no space before the number of a note.
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
                case "image":  # problems.py refuses pictures; otherwise their text stays
                    out += self.inline(token.children or [])
                case _:
                    out += f"<{'/' if token.nesting < 0 else ''}{token.tag}>"
        return out


def _unwrapped_paragraphs(tokens: Sequence[Token]) -> set[int]:
    """The indexes of paragraph tokens without a ``p`` tag: those whose list item has no other blocks but lists.

    Markdown distinguishes tight and loose lists by blank lines; on the page they should look the same.
    """
    unwrapped: set[int] = set()
    items: list[tuple[int, list[int]]] = []
    for index, token in enumerate(tokens):
        if token.type == "list_item_open":
            items.append((token.level, []))
        elif token.type == "list_item_close":
            paragraphs = items.pop()[1]
            if len(paragraphs) == 2:  # one opening and one closing token
                unwrapped.update(paragraphs)
        elif items and token.level == items[-1][0] + 1 and token.tag not in {"ul", "ol"}:
            items[-1][1].append(index)
    return unwrapped
