"""Record which field of the content file each text comes from, in attributes that all builders pass on."""

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
    """The fields of one galley. A ``section`` is not a field: it is a part of the brief that consists of fields.

    ``body`` is the galley's body with the owners of its text, pictures and charts. ``table`` resolves their numbers. If
    no element has a path, as in an edition for readers outside the organisation, ``body`` is the one passed in.
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
            return _with_number(element, self._number(owners)) if owners else element
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
        """Inline nodes wrapped in one element with the number of their owners; space between blocks is unchanged."""
        if not any(isinstance(node, Element) or node.strip() for node in nodes):
            return nodes
        inside = tuple(self._inline(node, owners) for node in nodes)
        return [Element("span", {FIELD: self._number(owners)}, inside)] if owners else list(inside)

    def _inline(self, node: Node, owners: Owners) -> Node:
        """An inline node; if it has a path of its own, it carries the number of its own owners."""
        if isinstance(node, str):
            return node
        own = _owners(node, owners)
        inside = tuple(self._inline(child, own) for child in node.children)
        node = replace(node, children=inside)
        return node if own == owners else _with_number(node, self._number(own))


def _owners(element: Element, owners: Owners) -> Owners:
    if not element.path or element.tag == "section" or element.path in owners:
        return owners
    return (*owners, element.path)


def _with_number(element: Element, number: str) -> Element:
    return replace(element, attributes={**element.attributes, FIELD: number})


def owned(run: XmlElement, number: str) -> XmlElement:
    """The run, with the number of its owners as an attribute."""
    if number:
        run.set(FIELD, number)
    return run
