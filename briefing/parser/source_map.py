"""The source map: the positions of the fields of a brief in its content file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.diagnostics import Diagnostic, Severity, Span
from briefing.model import BLOCKS
from briefing.model.data_path import DataPath

from .nodes import MappingNode, Node, Scalar, SequenceNode


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The positions of the fields of a file.

    A path is a tuple of keys and indexes: ``("sections", 1, "body", 0, "pull_quote", "text")``. A path of the model is
    accepted as well: it has no names of blocks, and has the keys that a short form leaves out.
    """

    file: str
    lines: tuple[str, ...]
    root: Node | None

    def span(self, path: DataPath, fragment: str = "", offset: int = -1) -> Span | None:
        """The span of a field or of its nearest ancestor in the file; with ``fragment``, of that part of its text."""
        node, real, _ = self._follow(path)
        return self.within(node, fragment, offset) if isinstance(node, Scalar) else self.key_span(real)

    def key_span(self, path: DataPath) -> Span | None:
        """The span of the last key of a path; for an item of a list, the span of the item."""
        parent, _, complete = self._follow(path[:-1])
        if path and complete and isinstance(parent, MappingNode) and (pair := parent.get(str(path[-1]))):
            return pair[0].span
        node = self.node(path)
        return node.span if node is not None else None

    def real(self, path: DataPath) -> DataPath:
        """The longest prefix of a path that exists in the file, with the names of blocks added."""
        return self._follow(path)[1]

    def source(self, path: DataPath) -> str:
        """The text of a field as parsed from YAML; empty for a list or a mapping."""
        node = self.node(path)
        return node.text if isinstance(node, Scalar) else ""

    def node(self, path: DataPath) -> Node | None:
        """The node of a field, or of its nearest ancestor in the file."""
        return self._follow(path)[0]

    def excerpt(self, span: Span | None) -> str:
        """The line of the file that a span starts on."""
        return self.lines[span.line - 1] if span is not None and span.line <= len(self.lines) else ""

    def diagnostic(
        self,
        code: str,
        message: str,
        path: DataPath,
        *,
        fragment: str = "",
        offset: int = -1,
        label: str = "",
        help: str = "",  # noqa: A002
        severity: Severity = Severity.ERROR,
        key: bool = False,
    ) -> Diagnostic:
        """A diagnostic about a field, with its span and excerpt; ``key`` marks the key instead of the value."""
        span = self.key_span(path) if key else self.span(path, fragment, offset)
        return self.diagnostic_at(span, code, message, label=label, help=help, severity=severity)

    def diagnostic_at(
        self,
        span: Span | None,
        code: str,
        message: str,
        *,
        label: str = "",
        help: str = "",  # noqa: A002
        severity: Severity = Severity.ERROR,
    ) -> Diagnostic:
        """A diagnostic at a span, with its excerpt."""
        return Diagnostic(code, message, severity, span, label, help, self.excerpt(span), self.file)

    def _follow(self, path: DataPath) -> tuple[Node | None, DataPath, bool]:
        """The last node on a path, its path in the file, and whether the whole path was found."""
        node, real = self.root, list[str | int]()
        for step in path:
            found = _child(node, step)
            if found is None:
                return node, tuple(real), False
            node, steps = found
            real.extend(steps)
        return node, tuple(real), True

    def within(self, node: Scalar, fragment: str, offset: int = -1) -> Span:
        """The span of a part of a scalar's text if it can be computed, else the span of the scalar."""
        return (self._fragment_span(node, fragment, offset) if fragment else None) or node.span

    def without(self, paths: Iterable[DataPath], keys: Iterable[str] = ()) -> SourceMap:
        """The positions of the remaining fields when some are dropped.

        Indexes are those after the removal. Lines of dropped fields are empty, and citations of ``keys`` are masked.
        """
        dropped = {real for path in paths if (real := self.real(path))}
        mask = _masker(keys)
        root = _pruned(self.root, (), dropped, mask)
        kept = {line for span in _spans(root) for line in range(span.line, span.end_line + 1)}
        lines = tuple(mask(line) if number in kept else "" for number, line in enumerate(self.lines, start=1))
        return SourceMap(self.file, lines, root)

    def path_at(self, line: int, column: int) -> DataPath:
        """The path of the field at a line and column, both counted from 1; () if there is none."""
        node, path = self.root, []
        while isinstance(node, SequenceNode | MappingNode):
            children = (
                [(index, item, _start(item)) for index, item in enumerate(node.items)]
                if isinstance(node, SequenceNode)
                else [(key.text, value, (key.span.line, key.span.column)) for key, value in node.pairs]
            )
            before = [(step, item) for step, item, start in children if start <= (line, column)]
            if not before:
                break
            step, node = before[-1]
            path.append(step)
        return tuple(path)

    def _fragment_span(self, node: Scalar, fragment: str, offset: int) -> Span | None:
        """The span of a part of a scalar's text. None unless it is a literal block or a plain scalar on one line."""
        at = offset if offset >= 0 and node.text.startswith(fragment, offset) else node.text.find(fragment)
        if at < 0:
            return None
        if node.style == "|":
            start_line, start = _literal_position(node, at, self.lines)
            end_line, end = _literal_position(node, at + len(fragment), self.lines)
            return Span(self.file, start_line, start, end_line, end)
        span = node.span
        if not node.style and span.line == span.end_line and span.end_column - span.column == len(node.text):
            return replace(span, column=span.column + at, end_column=span.column + at + len(fragment))
        return None


def _masker(keys: Iterable[str]) -> Callable[[str], str]:
    """A function that replaces keys in citations with as many x, so that other positions do not change."""
    names = "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))
    if not names:
        return lambda text: text
    # A key is a citation after @, and as the whole value of ``source:``. Elsewhere it may be an ordinary word.
    pattern = re.compile(rf"(?<=@)(?:{names})(?![\w-])|^(?:{names})$|(?<=source: )(?:{names})$")
    return lambda text: pattern.sub(lambda match: "x" * len(match[0]), text)


def _pruned(node: Node | None, path: DataPath, dropped: set[DataPath], mask: Callable[[str], str]) -> Node | None:
    """The node without dropped fields, with masked texts."""
    if isinstance(node, Scalar):
        return replace(node, text=mask(node.text))
    if isinstance(node, SequenceNode):
        kept = (
            _pruned(item, (*path, index), dropped, mask)
            for index, item in enumerate(node.items)
            if (*path, index) not in dropped
        )
        return SequenceNode(tuple(child for child in kept if child is not None), node.span)
    if isinstance(node, MappingNode):
        pairs = tuple(
            (key, child)
            for key, value in node.pairs
            if (*path, key.text) not in dropped
            and (child := _pruned(value, (*path, key.text), dropped, mask)) is not None
        )
        return MappingNode(pairs, node.span)
    return None


def _spans(node: Node | None) -> Iterator[Span]:
    if isinstance(node, Scalar):
        yield node.span
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _spans(item)
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield key.span
            yield from _spans(value)


def _start(node: Node) -> tuple[int, int]:
    return node.span.line, node.span.column


def _literal_position(node: Scalar, offset: int, lines: Sequence[str]) -> tuple[int, int]:
    """The line and column (from 1) of an offset in a literal block, whose lines are indented in the file."""
    before = node.text[:offset]
    row = before.count("\n")
    inside = node.text.split("\n")[row]
    line = node.span.line + 1 + row
    raw = lines[line - 1] if line <= len(lines) else ""
    indentation = max(len(raw) - len(inside), 0)
    return line, indentation + offset - (before.rfind("\n") + 1) + 1


def _child(node: Node | None, step: str | int) -> tuple[Node, list[str | int]] | None:
    """The child node for one step of a path, and its steps in the file; None if there is no such child.

    Names of blocks are added, and keys that a short form leaves out are skipped.
    """
    if isinstance(node, SequenceNode):
        if isinstance(step, str):
            return node, []
        return (node.items[step], [step]) if 0 <= step < len(node.items) else None
    if isinstance(node, MappingNode):
        pair = node.get(str(step))
        if pair is not None:
            return pair[1], [pair[0].text]
        if len(node.pairs) == 1:
            key, value = node.pairs[0]
            if key.text in BLOCKS:
                found = _child(value, step)
                return (found[0], [key.text, *found[1]]) if found else (value, [key.text])
            if step == "text":
                return value, [key.text]
            if step == "when":
                return key, [key.text]
    return None
