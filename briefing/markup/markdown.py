"""Markdown strings -> well-formed XHTML in the galley's vocabulary.

The syntax is CommonMark without raw HTML (it stays text), pictures, reference definitions, indented code and underlined
headings. Text is not changed typographically. Three inline rules take precedence over links: ``[@key]`` is a citation,
``[[id]]`` a reference, ``[text]{lang=kk}`` foreign text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from .inline import install
from .list_numbers import SHIELD, interrupts_paragraph, shielded
from .signs import SIGNS, signs_shielded

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from briefing.parser.characters import clean

_UNSHIELDED = str.maketrans({SHIELD: ".", **{shield: sign for sign, shield in SIGNS.items()}})
#: Nesting levels of lists, quotations and emphasis that are parsed; ``validate`` allows far fewer.
_NESTING = 100


@cache
def parser() -> MarkdownIt:
    """The Markdown parser; it is built once."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}, renderer_cls=XhtmlRenderer)
    md.disable(["reference", "lheading", "code", "html_block", "html_inline"])
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # links.py checks them, with a reason  # noqa: ARG005
    md.block.ruler.before("list", "numbered_list", interrupts_paragraph, {"alt": ["paragraph"]})
    md.core.ruler.before("block", "shield", _shield)
    md.core.ruler.after("block", "unshield", _unshield)
    md.core.ruler.push("list_paragraphs", hide_list_paragraphs)
    install(md)
    return md


def _shield(state: StateCore) -> None:
    """Keep numbers and signs that begin no block, such as those of dates, from the parser of blocks."""
    if not state.inlineMode:
        state.src = signs_shielded(shielded(state.src, state.env.get("language", "")))


def _unshield(state: StateCore) -> None:
    for token in state.tokens:
        token.content = token.content.translate(_UNSHIELDED)


def prose(text: str, *, base_heading: int = 3, language: str = "") -> str:
    """XHTML of block Markdown: paragraphs, lists, quotations and sub-headings. ``#`` becomes ``h{base_heading}``.

    ``language`` is that of the brief, here and below: it decides which numbers belong to dates.
    """
    return str(parser().render(text, {"base_heading": base_heading, "language": language}))


def line(text: str) -> str:
    """XHTML of inline Markdown; the syntax of lists and headings stays text."""
    return str(parser().renderInline(text.strip()))


def bullets(text: str, language: str = "") -> str:
    """XHTML of a Markdown list; text without a list becomes a list with one item."""
    tokens = parser().parse(text, {"language": language})
    if tokens and not any(token.type in {"bullet_list_open", "ordered_list_open"} for token in tokens):
        return f"<ul><li>{line(text)}</li></ul>"
    return str(parser().renderer.render(tokens, parser().options, {}))


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[str, ...]:
    """The keys of all citations ``[@key]``, in order, with repetitions."""
    return tuple(str(token.attrs["data-note"]) for token in _inline_tokens(text) if token.type == "citation")


@lru_cache(maxsize=4096)
def references(text: str) -> tuple[str, ...]:
    """The ids of all references ``[[id]]`` and links to ``#id``, in order."""
    found: list[str] = []
    for token in _inline_tokens(text):
        if token.type == "reference":
            found.append(str(token.attrs["data-reference"]))
        elif token.type == "link_open" and (address := str(token.attrs["href"])).startswith("#"):
            found.append(address[1:])
    return tuple(found)


@lru_cache(maxsize=4096)  # the preview renders again after each save, and most texts are the same
def plain(text: str, language: str = "") -> str:
    """The plain text as printed, without citations and references; blocks are separated by line feeds."""
    pieces: list[str] = []
    for token in parser().parse(text, {"language": language}):
        if token.type == "inline":
            pieces.append(words_of(token.children or []))
        elif token.type == "fence":
            pieces.append(token.content)
    return "\n".join(pieces)


@lru_cache(maxsize=4096)
def plain_line(text: str) -> str:
    """The plain text of inline Markdown as printed: signs of lists, headings and quotations stay."""
    return words_of(parser().parseInline(text.strip())[0].children or [])


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


def without_code(text: str) -> str:
    """The plain text as printed, without code."""
    return "\n".join(
        words_of([t for t in token.children or () if t.type != "code_inline"]) for token in parser().parse(text)
    )


def _inline_tokens(text: str) -> Iterator[Token]:
    """All inline tokens of a text, which may have blocks."""
    for token in parser().parse(text):
        yield from token.children or ()


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


_SPACE_BEFORE_NOTE_CALL = re.compile(r'\s+(?=<a class="note-call")')


class XhtmlRenderer(RendererHTML):
    """Renders tokens in the vocabulary of the galley.

    ``base_heading`` in the environment is the level of ``#``; it is 3 by default.
    """

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """The XHTML of block tokens, without characters that XML refuses: character references may add some."""
        return _SPACE_BEFORE_NOTE_CALL.sub("", clean(super().render(tokens, options, env)))

    def renderToken(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:  # noqa: N802 - the library's name
        """The tag of a token that has no rule below."""
        token = tokens[idx]
        start, end = "</" if token.nesting < 0 else "<", ">" if token.nesting else "/>"
        return "" if token.hidden else f"{start}{token.tag}{self.renderAttrs(token)}{end}"

    def heading_open(self, tokens: Sequence[Token], idx: int, _: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """The tag of a heading; h4 is the lowest level."""
        level = min(env.get("base_heading", 3) + int(tokens[idx].tag[1]) - 1, 4)
        return f"<h{level}>" if tokens[idx].nesting > 0 else f"</h{level}>"

    heading_close = heading_open

    def link_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """The tag of a link, without its title."""
        return f'<a href="{escapeHtml(str(tokens[idx].attrs["href"]))}">'

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """The text of a picture; ``validate`` refuses pictures."""
        return self.renderInline(tokens[idx].children or [], options, env)

    def fence(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """A block of code, without its language."""
        return f"<pre><code>{escapeHtml(tokens[idx].content)}</code></pre>"

    def softbreak(self, *_: Any) -> str:
        """A line feed in a paragraph."""
        return " "

    def hardbreak(self, *_: Any) -> str:
        """A line break."""
        return "<br/>"


def hide_list_paragraphs(state: StateCore) -> None:
    """Hide the ``p`` tags of list items that have one paragraph and no other blocks but lists.

    Markdown distinguishes tight and loose lists by blank lines; on the page they should look the same.
    """
    items: list[tuple[int, list[Token]]] = []
    for token in state.tokens:
        if token.type == "list_item_open":
            items.append((token.level + 1, []))
        elif token.type == "list_item_close":
            _, blocks = items.pop()
            for block in blocks:
                # One paragraph is two tokens, for its start and its end.
                block.hidden = block.tag == "p" and len(blocks) == 2
        elif items and token.level == items[-1][0] and token.tag not in {"ul", "ol"}:
            items[-1][1].append(token)
