"""Number notes, tables and figures, resolve references, and normalise white space.

This is done after the templates have run, in the order of the galley. A template that moves the fact box therefore
moves its notes too, and all formats have the same numbers, including Word's own numbering.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .locale import Locale
from .tree import Element, Node, bare_words, rewrite
from .validate import INLINE

#: Elements in which white space is significant.
_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "th", "td", "caption", "figcaption", *INLINE})
_TITLES = ("h2", "h3", "p", "caption", "figcaption")


@dataclass
class _Numbers:
    """The numbers given so far.

    ``notes`` maps a source to its number, ``calls`` to how often it was called. ``counts`` has the last number of each
    kind of item. ``names`` has the text of a reference to each id, and ``printed`` the ids that can be linked to.
    """

    notes: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()


def number_items(
    body: tuple[Node, ...], language: Locale, printed: tuple[Node, ...] | None = None
) -> tuple[Element, ...]:
    """The body with all numbers and references filled in. A reference without a target prints its id.

    If only a part of the body is ``printed``, that part is numbered by itself. A reference from it to another part
    prints the name of its target in the whole brief, without a link.
    """
    numbers = _Numbers()
    numbered = _with_labels(body, numbers, language)
    if printed is not None:
        names = numbers.names
        numbers = _Numbers()
        numbered = _with_labels(printed, numbers, language)
        numbers.names = {**names, **numbers.names}
    numbers.printed = frozenset(e.get("id") for element in numbered for e in element.walk())
    replaced = [new for element in numbered for new in rewrite(element, lambda e: _replacement(e, numbers, language))]
    return tuple(
        space
        for element in replaced
        if isinstance(element, Element)
        for space in [_with_normal_space(element)]
        if space is not None
    )


def _with_labels(body: tuple[Node, ...], numbers: _Numbers, language: Locale) -> list[Element]:
    """The elements with note calls and captions numbered; the text of a reference to each id goes to ``numbers``."""
    numbered = [_with_numbers(node, numbers, language) for node in body if isinstance(node, Element)]
    for element in numbered:
        _collect_names(element, numbers)
    return numbered


def _with_numbers(element: Element, numbers: _Numbers, language: Locale) -> Element:
    """The element with its note calls and captions numbered in reading order, parents before children."""
    key = element.get("data-note")
    if element.tag == "a" and key:
        number = numbers.notes.setdefault(key, len(numbers.notes) + 1)
        numbers.calls[key] = numbers.calls.get(key, 0) + 1
        link = Element(
            "a", {"href": f"#source-{key}", "id": f"call-{key}-{numbers.calls[key]}", "data-note": key}, (str(number),)
        )
        return Element("sup", {"class": "note-call"}, (link,))
    kind = element.get("data-count")
    if kind:
        numbers.counts[kind] = numbers.counts.get(kind, 0) + 1
        return element.having(language.label(kind, number=numbers.counts[kind]))
    children = tuple(
        _with_numbers(child, numbers, language) if isinstance(child, Element) else child for child in element.children
    )
    return Element(element.tag, element.attributes, _with_note_separators(children))


def _with_note_separators(children: tuple[Node, ...]) -> tuple[Node, ...]:
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
    return tuple(out)


def _collect_names(element: Element, numbers: _Numbers) -> None:
    """Collect the text of a reference to each element with an id: its label ("Table 1") or its title."""
    for e in element.walk():
        identity = e.get("id")
        if identity and identity not in numbers.names:
            label = e.find("span", "caption-label") if e.tag in {"table", "figure"} else None
            title = next(
                (t for t in e.walk() if t.tag in _TITLES and (t.tag[0] == "h" or t.style.endswith("-title"))), None
            )
            name = label.text if label else e.get("data-title") or (bare_words(title) if title else "")
            if name:
                numbers.names[identity] = name


def _replacement(element: Element, numbers: _Numbers, language: Locale) -> tuple[Node, ...] | None:
    target = element.get("data-reference")
    if target:
        name = numbers.names.get(target)
        if name and target in numbers.printed:
            return (element.having(name, href=f"#{target}"),)
        return (name or target,)
    if element.tag == "a" and element.get("href")[:1] == "#" and not element.get("data-note"):
        return None if element.get("href")[1:] in numbers.printed else element.children
    if element.tag == "section" and element.style in {"notes", "further-reading"}:
        return _source_list(element, numbers, language)
    return None


def _source_list(section: Element, numbers: _Numbers, language: Locale) -> tuple[Node, ...]:
    """The list of cited sources in the order of their numbers, or of uncited ones; nothing if it is empty."""
    cited = section.style == "notes"

    def entries(e: Element) -> tuple[Node, ...] | None:
        if e.tag not in {"ol", "ul"}:
            return None
        items = [item for item in e.elements if (item.get("data-source") in numbers.notes) == cited]
        if cited:
            items = [
                _with_backlink(item, language)
                for item in sorted(items, key=lambda i: numbers.notes[i.get("data-source")])
            ]
        items = [
            Element(i.tag, {k: v for k, v in i.attributes.items() if k != "data-source"}, i.children) for i in items
        ]
        return (e.having(*items),) if items else ()

    new = rewrite(section, lambda e: None if e is section else entries(e))
    return new if any(isinstance(n, Element) and n.find("li") for n in new) else ()


def _with_backlink(item: Element, language: Locale) -> Element:
    """A source entry with an id and a link back to its first call."""
    key = item.get("data-source")
    label: Mapping[str, str] = {"class": "backlink", "href": f"#call-{key}-1", "aria-label": language.label("back")}
    return item.having(*item.children, " ", Element("a", label, ("↑",)), id=f"source-{key}")


def _with_normal_space(element: Element) -> Element | None:
    """The element with no white space between blocks, one space between words, and none at the edges of a block."""
    if element.tag in {"svg", "pre"}:
        return element
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element):
            spaced = _with_normal_space(child)
            children.extend([] if spaced is None else [spaced])
        elif element.tag in _TEXT:
            children.append(re.sub(r"[ \t\r\n]+", " ", child))
        elif child.strip(" \t\r\n"):
            children.append(re.sub(r"[ \t\r\n]+", " ", child).strip(" "))
    if element.tag in _TEXT - INLINE:
        children = _trimmed(children)
    return Element(element.tag, element.attributes, tuple(children))


def _trimmed(children: list[Node]) -> list[Node]:
    """The children without spaces at the edges of a block, beside a block inside it, or after another space."""
    out: list[Node] = []
    for index, child in enumerate(children):
        if isinstance(child, str):
            after = children[index + 1] if index + 1 < len(children) else None
            before = out[-1] if out else None
            words = child
            if before is None or (isinstance(before, Element) and before.tag not in INLINE) or _ends_with_space(before):
                words = words.lstrip(" ")
            if after is None or (isinstance(after, Element) and after.tag not in INLINE):
                words = words.rstrip(" ")
            if words:
                out.append(words)
        else:
            out.append(child)
    return out


def _ends_with_space(node: Node) -> bool:
    return node.endswith(" ") if isinstance(node, str) else node.text.endswith(" ") or node.tag == "br"
