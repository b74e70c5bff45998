"""The renderer of Markdown tokens: XHTML without line feeds between the tags."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from briefing.parser.characters import clean

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
