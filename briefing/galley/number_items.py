"""Number notes, tables and figures, resolve references, and normalise white space.

This is done after the templates have run, in the order of the galley. A template that moves the fact box therefore
moves its notes too, and all formats have the same numbers, including Word's own numbering.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .locale import Locale
from .tree import Element, Node, bare_words, rewrite, rewrite_all
from .validate import INLINE

#: Elements in which white space is significant.
_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "th", "td", "caption", "figcaption", *INLINE})
_TITLES = ("h2", "h3", "p", "caption", "figcaption")


@dataclass
class _Numbers:
    """The numbers given so far, and the language of their labels.

    ``notes`` maps a source to its number, ``calls`` to how often it was called. ``counts`` has the last number of each
    kind of item. ``names`` has the text of a reference to each id, and ``printed`` the ids that can be linked to.
    """

    language: Locale
    notes: dict[str, int] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()


def number_items(
    body: tuple[Node, ...], language: Locale, printed: tuple[Node, ...] | None = None
) -> tuple[Element, ...]:
    """The body with all numbers and references filled in. A reference without a target prints its id.

    If only a part of the body is ``printed``, that part is numbered by itself. A reference from it to another part
    prints the name of its target in the whole brief, without a link.
    """
    numbers = _Numbers(language)
    numbered = _with_labels(body, numbers)
    if printed is not None:
        names = numbers.names
        numbers = _Numbers(language)
        numbered = _with_labels(printed, numbers)
        numbers.names = {**names, **numbers.names}
    numbers.printed = frozenset(e.get("id") for element in numbered for e in element.walk())
    replaced = rewrite_all(numbered, lambda e: _replacement(e, numbers))
    return tuple(map(_with_normal_space, replaced))


def _with_labels(body: tuple[Node, ...], numbers: _Numbers) -> list[Element]:
    """The elements with note calls and captions numbered; the text of a reference to each id goes to ``numbers``."""
    numbered = [_with_numbers(node, numbers) for node in body if isinstance(node, Element)]
    for element in (element for top in numbered for element in top.walk()):
        if (identity := element.get("id")) and (name := _reference_text(element)):
            numbers.names.setdefault(identity, name)
    return numbered


def _with_numbers(element: Element, numbers: _Numbers) -> Element:
    """The element with its note calls and captions numbered in reading order, parents before children."""
    key = element.get("data-note")
    if element.tag == "a" and key:
        number = numbers.notes.setdefault(key, len(numbers.notes) + 1)
        numbers.calls[key] += 1
        attributes = {"href": f"#source-{key}", "id": f"call-{key}-{numbers.calls[key]}", "data-note": key}
        return Element("sup", {"class": "note-call"}, (Element("a", attributes, (str(number),)),))
    kind = element.get("data-count")
    if kind:
        numbers.counts[kind] += 1
        return element.having(numbers.language.label(kind, number=numbers.counts[kind]))
    children = (_with_numbers(child, numbers) if isinstance(child, Element) else child for child in element.children)
    return element.having(*_with_note_separators(children))


def _with_note_separators(children: Iterable[Node]) -> list[Node]:
    """The children without spaces before note calls, and with a comma between two adjacent calls.

    A number that is already in the row of calls is left out: a caption may cite what its table names as its source.
    """
    out: list[Node] = []
    row_numbers: set[str] = set()
    for child in children:
        if isinstance(child, Element) and child.tag == "sup" and child.style == "note-call":
            if out and isinstance(out[-1], str):
                trimmed = re.sub(r"[ \t\r\n]+$", "", out[-1])
                out[-1:] = [trimmed] if trimmed else []
            before = out[-1] if out else None
            follows = isinstance(before, Element) and before.style == "note-call"
            if follows and child.text in row_numbers:
                continue
            row_numbers = {*row_numbers, child.text} if follows else {child.text}
            if follows:
                out.append(Element("sup", {"class": "note-separator"}, (",",)))
        out.append(child)
    return out


def _reference_text(element: Element) -> str:
    """The text of a reference to an element: its label ("Table 1") or its title; empty if it has neither."""
    label = element.find("span", "caption-label") if element.tag in {"table", "figure"} else None
    titles = (e for e in element.walk() if e.tag in _TITLES and (e.tag[0] == "h" or e.style.endswith("-title")))
    return label.text if label else element.get("data-title") or next(map(bare_words, titles), "")


def _replacement(element: Element, numbers: _Numbers) -> tuple[Node, ...] | None:
    target = element.get("data-reference")
    if target:
        name = numbers.names.get(target)
        if name and target in numbers.printed:
            return (element.having(name, href=f"#{target}"),)
        return (name or target,)
    if element.tag == "a" and element.get("href")[:1] == "#" and not element.get("data-note"):
        return None if element.get("href")[1:] in numbers.printed else element.children
    if element.tag == "section" and element.style in {"notes", "further-reading"}:
        return _source_list(element, numbers)
    return None


def _source_list(section: Element, numbers: _Numbers) -> tuple[Node, ...]:
    """The list of cited sources in the order of their numbers, or of uncited ones; nothing if it is empty."""
    cited = section.style == "notes"

    def entries(e: Element) -> tuple[Node, ...] | None:
        if e.tag not in {"ol", "ul"}:
            return None
        items = [item for item in e.elements if (item.get("data-source") in numbers.notes) == cited]
        if cited:
            items.sort(key=lambda item: numbers.notes[item.get("data-source")])
            items = [_with_backlink(item, numbers.language) for item in items]
        items = [item.without("data-source") for item in items]
        return (e.having(*items),) if items else ()

    new = rewrite(section, lambda e: None if e is section else entries(e))
    return new if any(isinstance(n, Element) and n.find("li") for n in new) else ()


def _with_backlink(item: Element, language: Locale) -> Element:
    """A source entry with an id and a link back to its first call."""
    key = item.get("data-source")
    attributes = {"class": "backlink", "href": f"#call-{key}-1", "aria-label": language.label("back")}
    return item.having(*item.children, " ", Element("a", attributes, ("↑",)), id=f"source-{key}")


def _with_normal_space(element: Element) -> Element:
    """The element with no white space between blocks, one space between words, and none at the edges of a block."""
    if element.tag in {"svg", "pre"}:
        return element
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element):
            children.append(_with_normal_space(child))
        elif element.tag in _TEXT:
            children.append(re.sub(r"[ \t\r\n]+", " ", child))
        elif child.strip(" \t\r\n"):
            children.append(re.sub(r"[ \t\r\n]+", " ", child).strip(" "))
    if element.tag in _TEXT - INLINE:
        children = _trimmed(children)
    return element.having(*children)


def _trimmed(children: list[Node]) -> list[Node]:
    """The children without spaces at the edges of a block, beside a block inside it, or after another space."""
    out: list[Node] = []
    for child, after in zip(children, [*children[1:], None], strict=False):
        if isinstance(child, Element):
            out.append(child)
            continue
        before = out[-1] if out else None
        words = child.lstrip(" ") if _is_edge(before) or _ends_with_space(before) else child
        words = words.rstrip(" ") if _is_edge(after) else words
        if words:
            out.append(words)
    return out


def _ends_with_space(node: Node | None) -> bool:
    if isinstance(node, Element):
        return node.text.endswith(" ") or node.tag == "br"
    return node is not None and node.endswith(" ")


def _is_edge(neighbour: Node | None) -> bool:
    """Whether text beside this neighbour is at the edge of a block."""
    return neighbour is None or (isinstance(neighbour, Element) and neighbour.tag not in INLINE)
