"""Changes to the galley for single editions and layout options, before items are numbered.

They are made to the output of the templates, in all themes alike, so writers need not know about editions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from .tree import Element, Node
from .validate import TRANSPARENT


def meeting_sheets_only(nodes: Sequence[Node]) -> tuple[Element, ...]:
    """Only the meeting sheets, after masthead and title, and before the list of sources."""
    parts = list(_unwrapped(nodes))
    opening = [part for part in parts if part.style == "masthead" or part.tag == "h1"]
    sheets = [part for part in parts if part.style == "meeting-sheet"]
    sources = [part for part in parts if part.tag == "section" and part.style == "notes"]
    return (*opening, *sheets, *sources)


def _unwrapped(nodes: Sequence[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.tag in TRANSPARENT:
                yield from _unwrapped(node.children)
            else:
                yield node


def number_paragraphs(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Number the plain paragraphs of sections and annexes consecutively through the brief: 1., 2., 3.

    Lists, boxes, tables, quotations, captions and meeting sheets have no numbers.
    """
    numbers = count(1)
    return tuple(_numbered(node, numbers, running=False) for node in nodes)


def _numbered(node: Node, numbers: Iterator[int], *, running: bool) -> Node:
    if isinstance(node, str):
        return node
    if running and node.tag == "p" and not node.style and node.text.strip():
        number = Element("span", {"class": "paragraph-number"}, (f"{next(numbers)}. ",))
        return node.having(number, *node.children, class_="numbered-paragraph")
    if node.tag == "section":
        running = node.style in {"", "annex"}
    elif node.tag not in TRANSPARENT:
        return node
    return node.having(*(_numbered(child, numbers, running=running) for child in node.children))
