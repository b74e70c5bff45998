"""Nodes -> plain data for the model, in which each block of a body has a ``kind``.

A body is a string, or a list of strings and one-key mappings. Unknown blocks and second keys are reported here, so that
one mistake gives one message.
"""

from __future__ import annotations

import re
from typing import Any

from briefing.diagnostics import Diagnostic, did_you_mean, listed
from briefing.model import BLOCKS
from briefing.model.data_path import DataPath
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
            self._report(
                "body-form",
                "a body is text, or a list of text and blocks",
                path,
                key=True,
                help="put '- ' before each block, two spaces further in",
            )
            return []
        blocks = (self._block(item, (*path, index)) for index, item in enumerate(node.items))
        return [block if block is not None else {"kind": "page_break"} for block in blocks]

    def _block(self, node: Node, path: DataPath) -> dict[str, Any] | None:
        """The data of a block; None if it is invalid and has been reported."""
        if isinstance(node, Scalar):
            if not node.style and node.text in BLOCKS:
                if node.text == "page_break":
                    return {"kind": "page_break"}
                self._report(
                    "empty-block",
                    f"the block '{node.text}' has nothing in it",
                    path,
                    help=f"write '{node.text}:' and its keys below",
                )
                return None
            if node.absent:
                self._report(
                    "empty-item",
                    "this item of the list is empty",
                    path,
                    help="delete the hyphen, or write something after it",
                )
                return None
            return {"kind": "paragraphs", "text": PositionedStr.of(node)}
        if isinstance(node, SequenceNode) or not node.pairs:
            self._report(
                "body-form",
                "a list stands here where text or a block is wanted",
                path,
                help="blocks are " + listed(BLOCKS),
            )
            return None
        if len(node.pairs) > 1 and any(key.text in BLOCKS for key, _ in node.pairs):
            self._two_keys(node, path)
            return None
        key, value = node.pairs[0]
        if (
            key.text not in BLOCKS
            and isinstance(value, Scalar)
            and not key.style
            and not re.fullmatch(r"[a-z_-]+", key.text)
        ):
            self._report(
                "colon-in-item",
                f"the colon makes a key and a value of this line: '{key.text[:60]}' and what follows",
                path,
                help="put the line after '- ' in quotation marks, or use the bar: '- |' and the text below, indented",
            )
            return None
        if key.text not in BLOCKS:
            self._report(
                "unknown-block",
                f"a section's body has no block '{key.text[:60]}'",
                (*path, key.text),
                key=True,
                label=did_you_mean(key.text, BLOCKS),
                help="blocks are " + listed(BLOCKS),
            )
            return None
        return self._fields(key.text, value, (*path, key.text))

    def _two_keys(self, node: MappingNode, path: DataPath) -> None:
        name = next(key.text for key, _ in node.pairs if key.text in BLOCKS)
        other = next(key.text for key, _ in node.pairs if key.text != name)
        if other in BLOCKS:
            self._report(
                "two-blocks",
                f"two blocks stand in one item: '{name}' and '{other}'",
                (*path, other),
                key=True,
                help=f"begin a new item: '- {other}:'",
            )
        elif other in BLOCKS[name].fields:
            self._report(
                "two-blocks",
                f"'{other}' stands beside '{name}' but belongs inside it",
                (*path, other),
                key=True,
                help=f"indent '{other}:' by four more spaces than '- {name}:'",
            )
        else:
            self._report(
                "two-blocks",
                f"a second key stands beside the block '{name}': '{other}'",
                (*path, other),
                key=True,
                help="one item of a body holds one block",
            )

    def _fields(self, name: str, node: Node, path: DataPath) -> dict[str, Any] | None:
        model = BLOCKS[name]
        if _absent(node):
            if name != "page_break":
                self._report(
                    "empty-block",
                    f"the block '{name}' has nothing in it",
                    path,
                    key=True,
                    help="it takes " + listed(set(model.fields) - {"kind"}),
                )
                return None
            return {"kind": name}
        if isinstance(node, MappingNode):
            fields: dict[str, Any] = {}
            for key, value in node.pairs:
                if key.text == "kind":
                    self._report(
                        "unknown-key",
                        f"'kind' is not a key of {name}",
                        (*path, "kind"),
                        key=True,
                        help="it takes " + listed(set(model.fields) - {"kind"}),
                    )
                elif name == "chart" and key.text == "data" and isinstance(value, MappingNode):
                    # An empty value is a gap in the chart; its category stays.
                    fields[key.text] = {PositionedStr.of(category): _plain(number) for category, number in value.pairs}
                elif not _absent(value):
                    fields[key.text] = _plain(value)
            return {"kind": name, **fields}
        if not model.short or name == "page_break":
            self._report(
                "block-form",
                f"the block '{name}' needs keys below it",
                path,
                help="it takes " + listed(set(model.fields) - {"kind"}),
            )
            return None
        return {"kind": name, model.short: _plain(node)}

    def _report(
        self,
        code: str,
        message: str,
        path: DataPath,
        *,
        key: bool = False,
        label: str = "",
        help: str = "",  # noqa: A002
    ) -> None:
        self.diagnostics.append(self.source_map.diagnostic(code, message, path, key=key, label=label, help=help))


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.absent


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.absent else PositionedStr.of(node)
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {PositionedStr.of(key): _plain(value) for key, value in node.pairs if not _absent(value)}
