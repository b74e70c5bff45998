"""Which field of the content file each word comes from: told to the words, so that any setter may set them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.galley.tree import Element, Node

from .ooxml.elements import XmlElement
from .pieces import FIELD, INLINE

__all__ = ["Fields", "Owners", "owned"]

#: The fields that own a word, by their paths, from the outermost to the innermost.
Owners = tuple[str, ...]


class Fields:
    """The fields of one galley. A ``section`` is no field: it is a part of the brief, made of fields.

    ``body`` is the galley's body with the owners of its words, pictures and charts; ``table`` says which they are.
    Where nothing has a path (in an edition that leaves the house) the body is the one that was handed in.
    """

    def __init__(self, body: Iterable[Element]) -> None:
        self._numbers: dict[Owners, int] = {}
        self.body = tuple(self._block(element, ()) for element in body)

    def table(self) -> tuple[Owners, ...]:
        """All owners, by the numbers that runs carry."""
        return tuple(self._numbers)

    def _number(self, owners: Owners) -> str:
        return str(self._numbers.setdefault(owners, len(self._numbers)))

    def _block(self, element: Element, owners: Owners) -> Element:
        owners = _owners(element, owners)
        if element.tag in {"img", "svg", "pre"}:
            return _told(element, self._number(owners)) if owners else element
        children: list[Node] = []
        line: list[Node] = []
        for child in element.children:
            if isinstance(child, str) or child.tag in INLINE - {"img"}:
                line.append(child)
                continue
            children += self._line(line, owners)
            line = []
            children.append(self._block(child, owners))
        return replace(element, children=(*children, *self._line(line, owners)))

    def _line(self, nodes: list[Node], owners: Owners) -> list[Node]:
        """Words in a line inside one element that names their owners; space between blocks stays as it is."""
        if not any(isinstance(node, Element) or node.strip() for node in nodes):
            return nodes
        inside = tuple(self._inline(node, owners) for node in nodes)
        return [Element("span", {FIELD: self._number(owners)}, inside)] if owners else list(inside)

    def _inline(self, node: Node, owners: Owners) -> Node:
        """A node of a line; one that has a path of its own names its owners anew."""
        if isinstance(node, str):
            return node
        own = _owners(node, owners)
        inside = tuple(self._inline(child, own) for child in node.children)
        node = replace(node, children=inside)
        return node if own == owners else _told(node, self._number(own))


def _owners(element: Element, owners: Owners) -> Owners:
    if not element.path or element.tag == "section" or element.path in owners:
        return owners
    return (*owners, element.path)


def _told(element: Element, number: str) -> Element:
    return replace(element, attributes={**element.attributes, FIELD: number})


def owned(run: XmlElement, number: str) -> XmlElement:
    """A run that carries the number of its owners."""
    if number:
        run.set(FIELD, number)
    return run
