"""Better line breaks: no short last word or note call alone on a line, and breaks inside a word wider than its column.

The galley is changed before the layout, by no-break spaces and spans, because WeasyPrint chooses each line by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from briefing.galley import Element, Node
from briefing.galley.validate import INLINE

NO_BREAK_SPACE = "\u00a0"
#: Elements in which no short last word stays alone on the last line.
NO_SHORT_LAST_LINE = {"p", "li", "dd", "h1", "h2"}
#: Elements that are never inside a paragraph, but may be inside an item or a value.
BLOCKS = {"p", "ul", "ol", "dl", "table", "blockquote", "figure"}
#: A last word longer than this, in characters without a full stop or comma, may be alone on its line.
LONGEST_BOUND = 9
#: In a shorter text, in characters, the binding would harm its lines more than a short last line does.
SHORTEST_TEXT = 60
#: The same for a heading: it is larger, and a last word alone is conspicuous.
SHORTEST_HEADING = 24
#: A word of 25 characters or more may be wider than a narrow column.
LONG_WORD = re.compile(r"([^\s/–—-]{25,})")
PUNCTUATION = ".,;:!?()[]«»“”„‘’'\"…"
#: Elements that contain text directly.
TEXT_ELEMENTS = {"p", "li", "dt", "dd", "th", "td", "h1", "h2", "h3", "h4", "caption", "figcaption"} | (
    INLINE - {"br", "sup", "sub"}
)
#: Elements that may be divided before the last word, kept with its note call, as may words in another language.
DIVISIBLE = {"strong", "em"}
#: Other elements up to this length, in characters, are kept whole on one line with their note call.
SHORT_EMPHASIS = 24


def adjust_breaks(element: Element, language: str) -> Element:
    """A copy, in a text of this language, in which lines break before no short last word, and inside long words."""
    if element.tag in NO_SHORT_LAST_LINE:
        element = avoid_short_last_line(element)
    return _allow_breaks(element, element.get("lang") or language)


def _allow_breaks(element: Element, language: str) -> Element:
    """A copy in which each word that may be wider than its column is marked (``span data-long``), to break anywhere.

    A word that the patterns of its language can hyphenate is not marked. Only the word is: WeasyPrint would otherwise
    set a line that begins with it below a float beside it, unless all words of that line may break.
    """
    if element.tag not in TEXT_ELEMENTS:
        return element
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, str):
            for at, part in enumerate(LONG_WORD.split(child)):
                marked = at % 2 and not _breaks_by_rules(part, language)
                children += [Element("span", {"data-long": ""}, (part,)) if marked else part] if part else []
        else:
            children.append(child)
    return element.having(*children)


def _breaks_by_rules(word: str, language: str) -> bool:
    """Whether WeasyPrint can break a word (without the punctuation around it) by the rules of its language."""
    import pyphen

    letters, known = word.strip(PUNCTUATION), pyphen.language_fallback(language)
    if any(east_asian_width(letter) in "WF" for letter in letters):
        return True  # its lines break between characters, by rules that "anywhere" would break
    if not known or not letters.replace("\u00ad", "").isalpha():
        return False
    return "\u00ad" in letters or bool(pyphen.Pyphen(lang=known, left=3, right=3).positions(letters))


def avoid_short_last_line(element: Element) -> Element:
    """A copy in which the space before a short last word is a no-break space, if the text is long enough."""
    children = list(element.children)
    # The text of an item ends where a list in it begins.
    end = next((at for at, child in enumerate(children) if isinstance(child, Element) and child.tag in BLOCKS), None)
    text = children[:end]
    shortest = SHORTEST_HEADING if element.tag in {"h1", "h2"} else SHORTEST_TEXT
    if sum(len(child if isinstance(child, str) else child.text) for child in text) < shortest:
        return element
    return element.having(*_bind_nodes(text, 0)[0], *children[len(text) :])


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
    length = len(tail.rstrip(".,")) + after
    if not space:
        return text, length
    if 0 < length <= LONGEST_BOUND:
        return head.rstrip() + NO_BREAK_SPACE + tail + text[len(words) :], None
    return text, None


def keep_together(element: Element) -> Element:
    """A copy in which each note call is kept on the line of the word before it."""
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.style == "note-call" and children:
            children += _kept_together(children.pop(), child)
        else:
            children.append(child)
    return element.having(*children)


def _kept_together(last: Node, call: Element) -> list[Node]:
    """The node before a note call, and the call, in a span that keeps the last word and the call on one line."""
    before: list[Node] = []
    words = last if isinstance(last, str) else last.children[0] if len(last.children) == 1 else ""
    head, space, word = words.rpartition(" ") if isinstance(words, str) else ("", "", "")
    if isinstance(last, str):
        if not word or word[-1].isspace() or len(word) > SHORT_EMPHASIS:  # a long word must break in a narrow column
            return [last, call]
        if space:
            before, last = [head + space], word
    elif (last.tag in DIVISIBLE or last.attributes.keys() == {"lang"}) and not last.get("id") and head and word:
        before, last = [last.having(head + space)], last.having(word)
    elif last.style != "kept" and len(last.text) > SHORT_EMPHASIS:
        return [last, call]
    return [*before, Element("span", {"class": "kept"}, (last, call))]
