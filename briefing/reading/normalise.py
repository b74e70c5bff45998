"""Nodes -> plain data for the model, in which each block of a body has a ``kind``.

A body is a string, or a list of strings and one-key mappings. Unknown blocks and second keys are reported here, so that
one mistake gives one message.
"""

from __future__ import annotations

import re
from typing import Any

from briefing.diagnostics import Diagnostic, Severity, did_you_mean, listed
from briefing.model import BLOCKS
from briefing.model.data_path import DataPath
from briefing.model.typed import is_blank
from briefing.parser.nodes import MappingNode, Node, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap


class PositionedStr(str):
    """A string with the node it was read from, so that checks called by the model know its position."""

    __slots__ = ("node",)
    node: Scalar

    @classmethod
    def of(cls, node: Scalar) -> PositionedStr:
        """The text of a node."""
        text = cls(node.text)
        text.node = node
        return text


class Normaliser:
    """Turns nodes into data, and collects diagnostics about blocks."""

    def __init__(self, source_map: SourceMap) -> None:
        self.source_map = source_map
        self.diagnostics: list[Diagnostic] = []

    def data(self, root: MappingNode) -> dict[str, Any]:
        """The data of a file, without the keys that have no value."""
        out: dict[str, Any] = {}
        for key, node in root.pairs:
            if _absent(node):
                continue
            if key.text in {"sections", "annexes"} and isinstance(node, SequenceNode):
                out[key.text] = [self._section(item, (key.text, index)) for index, item in enumerate(node.items)]
            else:
                out[key.text] = _plain(node)
        return out

    def _section(self, node: Node, path: DataPath) -> Any:
        if not isinstance(node, MappingNode):
            return _plain(node)
        return {
            PositionedStr.of(key): self._body(value, (*path, "body")) if key.text == "body" else _plain(value)
            for key, value in node.pairs
            if not _absent(value)
        }

    def _body(self, node: Node, path: DataPath) -> Any:
        if isinstance(node, Scalar):
            return [{"kind": "paragraphs", "text": PositionedStr.of(node)}]
        if isinstance(node, MappingNode):
            advice = "put '- ' before each block, two spaces further in"
            if not any(key.text in BLOCKS for key, _ in node.pairs):
                advice = "put a bar after the colon, and leave the text as it is: body: |"
            self._invalid("body-form", "a body is text, or a list of text and blocks", path, advice, key=True)
            return []
        if len(node.items) > 1 and all(_is_plain_text(item) for item in node.items):
            message = "each of these items becomes a paragraph, not an item of a list"
            advice, severity = "for a list, put a bar after the colon: body: |", Severity.WARNING
            found = self.source_map.diagnostic("folded-list", message, (*path, 0), help=advice, severity=severity)
            self.diagnostics.append(found)
        return [self._block(item, (*path, index)) for index, item in enumerate(node.items)]

    def _block(self, node: Node, path: DataPath) -> dict[str, Any]:
        if isinstance(node, Scalar):
            return self._text_or_name(node, path)
        if isinstance(node, SequenceNode) or not node.pairs:
            message = "a list stands here where text or a block is wanted"
            return self._invalid("body-form", message, path, "blocks are " + listed(BLOCKS))
        key, value = node.pairs[0]
        if len(node.pairs) > 1 and any(key.text in BLOCKS for key, _ in node.pairs):
            return self._two_keys(node, path)
        if key.text in BLOCKS:
            return self._fields(key.text, value, (*path, key.text))
        if isinstance(value, Scalar) and not key.style and not re.fullmatch(r"[a-z_-]+", key.text):
            message = f"the colon makes a key and a value of this line: '{key.text[:60]}' and what follows"
            advice = "use the bar: '- |' and the text below, indented; or put the line after '- ' in quotation marks"
            return self._invalid("colon-in-item", message, path, advice)
        message, label = f"a section's body has no block '{key.text[:60]}'", did_you_mean(key.text, BLOCKS)
        advice = "blocks are " + listed(BLOCKS)
        return self._invalid("unknown-block", message, (*path, key.text), advice, key=True, label=label)

    def _text_or_name(self, node: Scalar, path: DataPath) -> dict[str, Any]:
        """A paragraph, or a page break, which is written without a colon."""
        if not node.style and node.text in BLOCKS:
            if node.text == "page_break":
                return {"kind": "page_break"}
            message, advice = f"the block '{node.text}' has nothing in it", f"write '{node.text}:' and its keys below"
            return self._invalid("empty-block", message, path, advice)
        if _absent(node):
            advice = "delete the hyphen, or write something after it"
            return self._invalid("empty-item", "this item of the list is empty", path, advice)
        return {"kind": "paragraphs", "text": PositionedStr.of(node)}

    def _two_keys(self, node: MappingNode, path: DataPath) -> dict[str, Any]:
        name = next(key.text for key, _ in node.pairs if key.text in BLOCKS)
        other = next(key.text for key, _ in node.pairs if key.text != name)
        if other in BLOCKS:
            message = f"two blocks stand in one item: '{name}' and '{other}'"
            advice = f"begin a new item: '- {other}:'"
        elif other in BLOCKS[name].fields:
            message = f"'{other}' stands beside '{name}' but belongs inside it"
            advice = f"indent '{other}:' by four more spaces than '- {name}:'"
        else:
            message = f"a second key stands beside the block '{name}': '{other}'"
            advice = "one item of a body holds one block"
        return self._invalid("two-blocks", message, (*path, other), advice, key=True)

    def _fields(self, name: str, node: Node, path: DataPath) -> dict[str, Any]:
        model = BLOCKS[name]
        keys = "it takes " + listed(set(model.fields) - {"kind"})
        if _absent(node):
            if name == "page_break":
                return {"kind": name}
            return self._invalid("empty-block", f"the block '{name}' has nothing in it", path, keys, key=True)
        if not isinstance(node, MappingNode):
            if model.short and name != "page_break":
                return {"kind": name, model.short: _plain(node)}
            return self._invalid("block-form", f"the block '{name}' needs keys below it", path, keys)
        fields: dict[str, Any] = {}
        for key, value in node.pairs:
            if key.text == "kind":
                self._invalid("unknown-key", f"'kind' is not a key of {name}", (*path, "kind"), keys, key=True)
            elif name == "chart" and key.text == "data" and isinstance(value, MappingNode):
                # An empty value is a gap in the chart; its category stays.
                fields[key.text] = {PositionedStr.of(category): _plain(number) for category, number in value.pairs}
            elif not _absent(value):
                fields[key.text] = _plain(value, cells=key.text in {"rows", "columns", "categories"})
        return {"kind": name, **fields}

    def _invalid(
        self, code: str, message: str, path: DataPath, advice: str, *, key: bool = False, label: str = ""
    ) -> dict[str, Any]:
        """Report a problem of a block; returns a page break, which has no further problems."""
        self.diagnostics.append(self.source_map.diagnostic(code, message, path, key=key, label=label, help=advice))
        return {"kind": "page_break"}


def _is_plain_text(node: Node) -> bool:
    """Whether an item of a body is text without a bar."""
    return isinstance(node, Scalar) and not node.absent and node.style not in {"|", ">"} and node.text not in BLOCKS


def _absent(node: Node) -> bool:
    """Whether a value has nothing in it; then its key counts as missing."""
    return isinstance(node, Scalar) and (node.absent or is_blank(node.text))


def _plain(node: Node, *, cells: bool = False) -> Any:
    """The data of a node. An item of blanks is None, but "" in ``cells``, which may be empty."""
    if isinstance(node, Scalar):
        if cells and node.style and is_blank(node.text):
            return ""
        return None if _absent(node) else PositionedStr.of(node)
    if isinstance(node, SequenceNode):
        return [_plain(item, cells=cells) for item in node.items]
    return {
        PositionedStr.of(key): _plain(value, cells=key.text in {"rows", "columns", "categories"})
        for key, value in node.pairs
        if not _absent(value)
    }
