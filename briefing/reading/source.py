"""Nodes that remember file, line and column.

The file is read as *events* of the C parser and guarded while they come: size, depth, anchors, aliases and number of
events are bounded before anything is built, so that no bomb costs more than a moment. Scalars stay as they were typed: no value
is guessed at. Lines and columns count from 1, as editors do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from briefing.diagnostics import Diagnostic, Severity, Span

__all__ = ["Items", "Node", "Pairs", "Scalar", "compose", "split_lines"]

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_EVENTS = 100_000
MAX_ANCHORS = 100
MAX_ALIASES = 100

#: What libyaml counts as the end of a line, so that our lines and its marks agree.
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as typed. ``style`` is "" (plain), "|", ">", '"' or "'"."""

    text: str
    span: Span
    style: str = ""

    @property
    def absent(self) -> bool:
        """Whether it is a plain empty value, ``~`` or ``null``: as if it had not been written."""
        return not self.style and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Pairs:
    """A YAML mapping, in the order of the file."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """The pair with this key."""
        return next((pair for pair in self.pairs if pair[0].text == key), None)


Node = Scalar | Items | Pairs


class _RefusedError(Exception):
    """The file cannot be read on: leave with what was found."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    mapping: bool
    span: Span
    anchor: str | None
    children: list[Node]
    size: int = 1


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends, counted as the parser counts them."""
    return _BREAK.split(text)


def compose(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Build the nodes of one YAML document; problems come as diagnostics, and no node when it cannot be read at all."""
    composer = _Composer(text, file)
    try:
        node = composer.run()
    except _RefusedError:
        return None, composer.diagnostics
    return node, composer.diagnostics


class _Composer:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = split_lines(text)
        self.diagnostics: list[Diagnostic] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.root: Node | None = None
        self.aliases = 0
        self.expanded = 0

    def run(self) -> Node | None:
        import yaml

        documents = 0
        for event in self._events():
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse("several-documents", "this file holds several documents, but one file is one brief",
                                 self._span(event), help="remove the line --- in the middle, or make two files of it")
            elif isinstance(event, yaml.ScalarEvent):
                self._tag(event)
                style = event.style or ""
                node = Scalar(event.value, self._span(event), style if style in {"|", ">", '"', "'"} else "")
                self._add(node, 1, event.anchor)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._tag(event)
                if len(self.stack) >= MAX_DEPTH:
                    self._refuse("too-deep", f"lists and mappings stand more than {MAX_DEPTH} deep in each other here",
                                 self._span(event), help="a brief needs no more than ten levels")
                self._anchor(event.anchor, event)
                mapping = isinstance(event, yaml.MappingStartEvent)
                self.stack.append(_Open(mapping, self._span(event), event.anchor, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
        return self.root

    def _events(self) -> Iterator[Any]:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        count = 0
        try:
            for event in yaml.parse(self.text, Loader=loader):
                count += 1
                if count > MAX_EVENTS:
                    self._refuse("too-many-parts", f"this file has more than {MAX_EVENTS:,} parts", self._span(event),
                                 help="put long tables into CSV files, or make several briefs of it")
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            self._refuse("yaml", f"this cannot be read as YAML: {error.problem}", self._at(line, column))

    def _at(self, line: int, column: int) -> Span:
        return Span(self.file, line + 1, column + 1, line + 1, column + 2)

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        if end.line == start.line and end.column <= start.column:
            return Span(self.file, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _report(self, code: str, message: str, span: Span, *, label: str = "", help: str = "",  # noqa: A002
                severity: Severity = Severity.ERROR) -> None:
        excerpt = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        self.diagnostics.append(Diagnostic(code, message, severity, span, label, help, excerpt, self.file))

    def _refuse(self, code: str, message: str, span: Span, *, help: str = "") -> None:  # noqa: A002
        self._report(code, message, span, help=help)
        raise _RefusedError

    def _tag(self, event: Any) -> None:
        if event.tag is not None:
            self._report("tag", f"'{event.tag}' at the start of a value is a YAML tag, and briefs have none",
                         self._span(event), help="put the value in quotation marks if it begins with '!'")

    def _anchor(self, anchor: str | None, event: Any) -> None:
        if anchor is not None and len(self.anchors) >= MAX_ANCHORS:
            self._refuse("too-many-anchors", f"this file has more than {MAX_ANCHORS} anchors (&name)", self._span(event),
                         help="write the text out where it is wanted")

    def _alias(self, event: Any) -> None:
        span = self._span(event)
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self._refuse("too-many-aliases", f"this file has more than {MAX_ALIASES} aliases (*name)", span,
                         help="write the text out where it is wanted")
        if event.anchor not in self.anchors:
            inside = any(level.anchor == event.anchor for level in self.stack)
            message = (f"*{event.anchor} stands inside the part that it names" if inside
                       else f"*{event.anchor} refers to nothing: no value above is named &{event.anchor}")
            self._report("alias", message, span, help="put text that begins with * in quotation marks")
            self._add(Scalar("", span, '"'), 1, None)
            return
        node, size = self.anchors[event.anchor]
        self._add(replace(node, span=span), size, None)

    def _add(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor is not None:
            if len(self.anchors) >= MAX_ANCHORS:
                self._report("too-many-anchors", f"this file has more than {MAX_ANCHORS} anchors (&name)", node.span,
                             help="write the text out where it is wanted")
                raise _RefusedError
            self.anchors[anchor] = (node, size)
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        top.children.append(node)
        top.size += size
        if top.size > MAX_EVENTS:
            self._report("too-many-parts", f"aliases make more than {MAX_EVENTS:,} parts of this file", node.span,
                         help="write the text out where it is wanted")
            raise _RefusedError

    def _close(self) -> None:
        done = self.stack.pop()
        node: Node
        if done.mapping:
            pairs = list(zip(done.children[::2], done.children[1::2], strict=True))
            node = Pairs(tuple(self._keys(pairs)), pairs[0][0].span if pairs else done.span)
        else:
            node = Items(tuple(done.children), done.span)
        self._add(node, done.size, done.anchor)

    def _keys(self, pairs: list[tuple[Node, Node]]) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Span] = {}
        for key, value in pairs:
            if not isinstance(key, Scalar):
                self._report("complex-key", "a list or a mapping stands where a key is wanted", key.span,
                             help="put text with brackets or braces in quotation marks")
                continue
            if key.text == "<<" and not key.style:
                self._report("merge-key", "'<<' (a YAML merge) is not taken in briefs", key.span,
                             help="write the keys out where they are wanted")
                continue
            if key.text in seen:
                first = seen[key.text]
                self._report("duplicate-key", f"'{key.text}' stands twice here: in line {first.line} and in line {key.span.line}",
                             key.span, label=f"first in line {first.line}", help="keep one of the two")
                continue
            seen[key.text] = key.span
            yield key, value
