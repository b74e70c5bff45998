"""Positions in the content file for clicks in the preview, for each paragraph and list item.

A data-path names a field, and a field may have many paragraphs. For the preview each gets its own path: the second
paragraph of ``sections[0].body`` is ``sections[0].body¶1``. List items are counted too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.markup.markdown import starts
from briefing.model.data_path import format_path
from briefing.parser.nodes import MappingNode, Scalar, SequenceNode

from .tree import Element

if TYPE_CHECKING:
    from briefing.diagnostics import Span
    from briefing.model.data_path import DataPath
    from briefing.parser.nodes import Node as Field
    from briefing.parser.source_map import SourceMap

    from . import Galley

_NUMBERED = re.compile(r"(.*?)(?:¶(\d+))?", re.DOTALL)


def with_click_paths(galley: Galley) -> Galley:
    """A copy in which no two paragraphs or list items have the same data-path."""
    seen: Counter[str] = Counter()
    return replace(galley, body=tuple(_with_own_path(top, "", seen) for top in galley.body))


def _with_own_path(element: Element, path: str, seen: Counter[str]) -> Element:
    path, attributes = element.path or path, dict[str, str]()
    if path and (element.path or element.tag == "li"):
        attributes["data_path"] = f"{path}¶{seen[path]}" if seen[path] else path
        seen[path] += 1
    children = (
        _with_own_path(child, path, seen) if isinstance(child, Element) else child for child in element.children
    )
    return element.having(*children, **attributes)


def place_of_each(galley: Galley, source_map: SourceMap) -> dict[str, Span]:
    """For each data-path of the galley the position of its text in the content file."""
    fields = {format_path(path): path for path in _paths(source_map.root, ())}
    printed = dict.fromkeys(element.path for element in galley.walk() if element.path)
    numbered = [(path, *match.groups("0")) for path in printed if (match := _NUMBERED.fullmatch(path))]
    count = Counter(name for _, name, _ in numbered)
    return {
        path: span
        for path, name, number in numbered
        if name in fields and (span := _place(source_map, fields[name], int(number), count[name]))
    }


def _place(source_map: SourceMap, path: DataPath, number: int, count: int) -> Span | None:
    """The position of one paragraph of a field; of the first if the templates printed more or fewer than it has."""
    if not isinstance(source_map.node(path), Scalar):
        return source_map.span(path)
    text = source_map.source(path)
    offsets = starts(text) or (0,)
    offset = offsets[number if len(offsets) == count else 0]
    return source_map.span(path, text[offset:].partition("\n")[0], offset)


def _paths(node: Field | None, path: DataPath) -> Iterator[DataPath]:
    yield path
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _paths(item, (*path, index))
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield from _paths(value, (*path, key.text))
