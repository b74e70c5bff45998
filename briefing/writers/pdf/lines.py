"""Words and lines: a short last word is not left alone on its line, and a word longer than its column is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.galley import Element, Node

__all__ = ["NO_BREAK_SPACE", "bind_last_words", "free_long_words"]

NO_BREAK_SPACE = "\u00a0"
#: What no paragraph holds, and an item or a value may hold.
BLOCKS = {"p", "ul", "ol", "dl", "table", "blockquote", "figure"}
#: A last word longer than this may stand alone.
LONGEST_BOUND = 9
#: In a text shorter than this, binding would spoil the lines more than a short last line does.
SHORTEST_TEXT = 60
#: A heading is set larger, and its last word alone is seen at once.
SHORTEST_HEADING = 24
#: A word of so many letters and more may be wider than a narrow column, and is broken where it has to be.
LONG_WORD = re.compile(r"[^\s/–—-]{25,}")
#: Elements that words stand in.
HOLDS_WORDS = {"p", "li", "dt", "dd", "th", "td", "h1", "h2", "h3", "h4", "caption", "figcaption"} | {
    "em",
    "strong",
    "a",
    "cite",
    "span",
    "abbr",
    "bdi",
    "time",
    "code",
}


def free_long_words(element: Element) -> Element:
    """A copy in which each word that may be wider than its column is marked (``span data-long``): it breaks anywhere.

    The word alone is marked. WeasyPrint would set a line that begins with it below a float beside it, unless it may
    break all words of that line.
    """
    if element.tag not in HOLDS_WORDS or not any(
        isinstance(child, str) and LONG_WORD.search(child) for child in element.children
    ):
        return element
    return element.having(*(part for child in element.children for part in _parted(child)))


def _parted(child: Node) -> list[Node]:
    if not isinstance(child, str):
        return [child]
    parts: list[Node] = []
    at = 0
    for word in LONG_WORD.finditer(child):
        parts += [child[at : word.start()], Element("span", {"data-long": ""}, (word[0],))]
        at = word.end()
    return [part for part in (*parts, child[at:]) if part != ""]


def bind_last_words(element: Element) -> Element:
    """A copy in which the last space is a no-break space, where the last word is short and words stand before it.

    The words of an item end where a list in it begins.
    """
    children = list(element.children)
    end = next((at for at, child in enumerate(children) if isinstance(child, Element) and child.tag in BLOCKS), None)
    run = children[:end]
    shortest = SHORTEST_HEADING if element.tag in {"h1", "h2"} else SHORTEST_TEXT
    if len("".join(child if isinstance(child, str) else child.text for child in run)) < shortest:
        return element
    return element.having(*_bound(run, 0)[0], *children[len(run) :])


def _bound(nodes: Sequence[Node], after: int) -> tuple[list[Node], int | None]:
    """The nodes with their last space bound, and how long what follows it is so far; None when that is settled.

    ``after`` is the length of the last word's end, which stands after these nodes.
    """
    bound = list(nodes)
    for at in range(len(bound) - 1, -1, -1):
        node = bound[at]
        if isinstance(node, Element):
            if node.style in {"note-call", "note-separator"}:
                continue
            inner, so_far = _bound(node.children, after)
            bound[at] = node.having(*inner)
        else:
            bound[at], so_far = _bound_text(node, after)
        if so_far is None:
            return bound, None
        after = so_far
    return bound, after


def _bound_text(text: str, after: int) -> tuple[str, int | None]:
    words = text if after else text.rstrip()
    head, space, tail = words.replace("\n", " ").rpartition(" ")
    length = len(tail) + after
    if not space:
        return text, length
    if 0 < length <= LONGEST_BOUND:
        return head.rstrip() + NO_BREAK_SPACE + tail + text[len(words) :], None
    return text, None
