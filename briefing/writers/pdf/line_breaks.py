"""Line breaks: no short last word alone on its line, and breaks inside a word that is wider than its column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.galley import Element, Node

NO_BREAK_SPACE = "\u00a0"
#: Elements that are never inside a paragraph, but may be inside an item or a value.
BLOCKS = {"p", "ul", "ol", "dl", "table", "blockquote", "figure"}
#: A last word longer than this, in characters, may be alone on its line.
LONGEST_BOUND = 9
#: In a shorter text, in characters, the binding would harm its lines more than a short last line does.
SHORTEST_TEXT = 60
#: The same for a heading: it is larger, and a last word alone is conspicuous.
SHORTEST_HEADING = 24
#: A word of 25 characters or more may be wider than a narrow column.
LONG_WORD = re.compile(r"[^\s/–—-]{25,}")
#: Elements that contain text directly.
TEXT_ELEMENTS = {"p", "li", "dt", "dd", "th", "td", "h1", "h2", "h3", "h4", "caption", "figcaption"} | {
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


def allow_breaks(element: Element) -> Element:
    """A copy in which each word that may be wider than its column is marked (``span data-long``), to break anywhere.

    Only the word is marked. WeasyPrint would otherwise set a line that begins with it below a float beside it, unless
    all words of that line may break.
    """
    if element.tag not in TEXT_ELEMENTS or not any(
        isinstance(child, str) and LONG_WORD.search(child) for child in element.children
    ):
        return element
    return element.having(*(part for child in element.children for part in _with_marked_words(child)))


def _with_marked_words(child: Node) -> list[Node]:
    if not isinstance(child, str):
        return [child]
    parts: list[Node] = []
    at = 0
    for word in LONG_WORD.finditer(child):
        parts += [child[at : word.start()], Element("span", {"data-long": ""}, (word[0],))]
        at = word.end()
    return [part for part in (*parts, child[at:]) if part != ""]


def avoid_short_last_line(element: Element) -> Element:
    """A copy in which the space before a short last word is a no-break space, if the text is long enough.

    The text of an item ends where a list in it begins.
    """
    children = list(element.children)
    end = next((at for at, child in enumerate(children) if isinstance(child, Element) and child.tag in BLOCKS), None)
    run = children[:end]
    shortest = SHORTEST_HEADING if element.tag in {"h1", "h2"} else SHORTEST_TEXT
    if len("".join(child if isinstance(child, str) else child.text for child in run)) < shortest:
        return element
    return element.having(*_bind_nodes(run, 0)[0], *children[len(run) :])


def _bind_nodes(nodes: Sequence[Node], after: int) -> tuple[list[Node], int | None]:
    """The nodes with their last space bound, and the length of the word after it so far; None if that is decided.

    ``after`` is the length in characters of the end of the last word, which follows these nodes.
    """
    bound = list(nodes)
    for at in range(len(bound) - 1, -1, -1):
        node = bound[at]
        if isinstance(node, Element):
            if node.style in {"note-call", "note-separator"}:
                continue
            inner, length = _bind_nodes(node.children, after)
            bound[at] = node.having(*inner)
        else:
            bound[at], length = _bind_text(node, after)
        if length is None:
            return bound, None
        after = length
    return bound, after


def _bind_text(text: str, after: int) -> tuple[str, int | None]:
    words = text if after else text.rstrip()
    head, space, tail = words.replace("\n", " ").rpartition(" ")
    length = len(tail) + after
    if not space:
        return text, length
    if 0 < length <= LONGEST_BOUND:
        return head.rstrip() + NO_BREAK_SPACE + tail + text[len(words) :], None
    return text, None
