"""The nodes of a YAML file, with their positions; scalars are text as typed.

Lines and columns count from 1, as in editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NoReturn

from briefing.diagnostics import Diagnostic, Severity, Span

from .hints import SyntaxHint, explain, key_without_bar

#: Line ends. The parser knows three more (U+0085, U+2028, U+2029), which are refused before.
_BREAK = re.compile("\r\n|[\r\n]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as typed. ``style`` is "" (plain), "|", ">", '"' or "'"."""

    text: str
    span: Span
    style: str = ""

    @property
    def absent(self) -> bool:
        """Whether it is empty, ``~`` or ``null`` without quotation marks; then the key counts as missing."""
        return not self.style and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A YAML list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True)
class MappingNode:
    """A YAML mapping, in the order of the file."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span

    @cached_property
    def _index(self) -> dict[str, tuple[Scalar, Node]]:
        return {pair[0].text: pair for pair in self.pairs}

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """The pair with this key; None if there is none."""
        return self._index.get(key)


Node = Scalar | SequenceNode | MappingNode


class InvalidScalar(ValueError):  # noqa: N818 - its caller turns it into a diagnostic
    """A scalar that looks like a date or a number, and is none."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.span = span


def plain_data(node: Node | None) -> Any:
    """The data of a node, with numbers, booleans, dates and null as PyYAML reads them. Raises InvalidScalar."""
    if isinstance(node, MappingNode):
        return {key.text: plain_data(value) for key, value in node.pairs}
    if isinstance(node, SequenceNode):
        return [plain_data(item) for item in node.items]
    if node is None or node.style:
        return node and node.text
    try:
        return _plain_scalar(node.text)
    except (ValueError, OverflowError) as error:
        raise InvalidScalar(str(error), node.span) from None


@lru_cache(maxsize=1024)
def _plain_scalar(text: str) -> Any:
    import yaml

    loader: Any = yaml.SafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))
    constructor = loader.yaml_constructors.get(tag)
    return constructor(loader, yaml.ScalarNode(tag, text)) if constructor else text


def split_lines(text: str) -> list[str]:
    """The lines of a text without their line ends, as the parser counts them."""
    return _BREAK.split(text)


#: What to do about a file that exceeds a limit.
SPLIT_FILE = "put long tables into CSV files, or make several briefs of it"
_WRITE_OUT = "write the text out where it is wanted"

MAX_DEPTH = 32
MAX_EVENTS = 100_000
MAX_ANCHORS = 100
MAX_ALIASES = 100

#: A comment without a space after ``#`` was probably meant as text.
_HASH_IN_VALUE = re.compile(r"\s+(#[^\s#!].*)")


class LimitError(Exception):
    """The file exceeds a limit or is no single document; its diagnostics have been recorded."""


class YamlError(Exception):
    """The parser stopped at a syntax error."""

    def __init__(self, hint: SyntaxHint) -> None:
        super().__init__(hint.message)
        self.hint = hint


@dataclass(slots=True)
class _OpenCollection:
    """A list or mapping whose end event has not been read yet."""

    mapping: bool
    flow: bool
    span: Span
    anchor: str | None
    children: list[Node]
    size: int = 1


class NodeBuilder:
    """Builds the nodes of a file in one pass. ``lines`` are the original lines, for excerpts in diagnostics."""

    def __init__(self, text: str, file: str, lines: list[str]) -> None:
        self.text = text
        self.file = file
        self.lines = lines
        self.diagnostics: list[Diagnostic] = []
        self.stack: list[_OpenCollection] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.root: Node | None = None
        self.unused_anchors: dict[str, Span] = {}
        self.anchor_count = self.alias_count = self.events = 0
        #: Lines (from 1) with a reported mistake, which may cause further diagnostics.
        self.faulty_lines: set[int] = set()

    def run(self) -> Node | None:
        """The root node of the file. Raises LimitError, or YamlError for a syntax error."""
        import yaml

        documents = 0
        for event in self._events():
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "this file holds several documents, but one file is one brief"
                    advice = "remove the line --- in the middle, or make two files of it"
                    self._refuse("several-documents", message, self._span(event), advice)
            elif isinstance(event, yaml.ScalarEvent):
                self._reject_tag(event)
                self._count_anchor(event)
                style = event.style or ""
                node = Scalar(event.value, self._span(event), style if style in {"|", ">", '"', "'"} else "")
                self._warn_if_cut(event, node)
                self._add(node, 1, event.anchor)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._reject_tag(event)
                if len(self.stack) >= MAX_DEPTH:
                    message = f"lists and mappings stand more than {MAX_DEPTH} deep in each other here"
                    self._refuse("too-deep", message, self._span(event), "a brief needs no more than ten levels")
                self._count_anchor(event)
                mapping = isinstance(event, yaml.MappingStartEvent)
                self.stack.append(_OpenCollection(mapping, bool(event.flow_style), self._span(event), event.anchor, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close_collection()
        self._report_unused_anchors()
        return self.root

    def _events(self) -> Iterator[Any]:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        last: Any = None
        try:
            for event in yaml.parse(self.text, Loader=loader):
                self.events += 1
                if self.events > MAX_EVENTS:
                    message = f"this file has more than {MAX_EVENTS:,} parts"
                    self._refuse("too-many-parts", message, self._span(event), SPLIT_FILE)
                last = event
                yield event
        except yaml.MarkedYAMLError as error:
            raise YamlError(self._hint(error, last)) from None
        except yaml.YAMLError:  # characters that YAML refuses; the text has been cleaned of them before
            raise YamlError(SyntaxHint("yaml", "this file cannot be read as YAML", 0, 0)) from None

    def _hint(self, error: Any, last: Any) -> SyntaxHint:
        mark = error.problem_mark or error.context_mark
        at = (mark.line, mark.column) if mark else (0, 0)
        start = (error.context_mark.line, error.context_mark.column) if error.context_mark else at
        quoted = getattr(last, "style", None) in {'"', "'"}
        quoted_from = (last.start_mark.line, last.start_mark.column) if quoted else None
        return explain(error.problem or "", error.context or "", at, start, split_lines(self.text), quoted_from)

    def _span(self, event: Any) -> Span:
        """The span of an event without trailing white space: for the parser, a block ends where the next one begins."""
        start, end = event.start_mark, event.end_mark
        row, column = end.line, end.column
        while row > start.line and (row >= len(self.lines) or not self.lines[row][:column].strip()):
            row -= 1
            column = len(self.lines[row])
        if row == start.line and column <= start.column:
            return Span(self.file, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        return Span(self.file, start.line + 1, start.column + 1, row + 1, column + 1)

    def _report(
        self,
        code: str,
        message: str,
        span: Span,
        advice: str,
        *,
        label: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        excerpt = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        self.diagnostics.append(Diagnostic(code, message, severity, span, label, advice, excerpt, self.file))

    def _refuse(self, code: str, message: str, span: Span, advice: str) -> NoReturn:
        self._report(code, message, span, advice)
        raise LimitError

    def _reject_tag(self, event: Any) -> None:
        if event.tag is not None:
            message = f"'{event.tag[:40]}' at the start of a value is a YAML tag, and briefs have none"
            advice = "put the value in quotation marks if it begins with '!'"
            self._report("tag", message, self._span(event), advice)

    def _count_anchor(self, event: Any) -> None:
        if event.anchor is None:
            return
        self.anchor_count += 1
        self.unused_anchors[event.anchor] = self._span(event)
        if self.anchor_count > MAX_ANCHORS:
            message = f"this file has more than {MAX_ANCHORS} anchors (&name)"
            self._refuse("too-many-anchors", message, self._span(event), _WRITE_OUT)

    def _report_unused_anchors(self) -> None:
        """Report anchors without an alias: they were probably meant as text, which the parser drops."""
        for name, span in self.unused_anchors.items():
            message = f"'&{name[:40]}' names this value in YAML, and is left out of the text"
            self._report("anchor", message, span, "put text that begins with & in quotation marks")

    def _warn_if_cut(self, event: Any, node: Scalar) -> None:
        """Warn if ' #' has cut off the end of a plain value; '# ' with a space is taken for a comment."""
        row = event.end_mark.line
        if node.style or event.style == "|" or row >= len(self.lines):
            return
        rest = self.lines[row][event.end_mark.column :]
        match = _HASH_IN_VALUE.match(rest)
        if match is not None:
            column = event.end_mark.column + match.start(1)
            span = Span(self.file, row + 1, column + 1, row + 1, column + 1 + len(match[1].rstrip()))
            message = f"what stands behind ' #' is a comment in YAML: '{match[1].split()[0][:40]}' is left out"
            advice = "put the value in quotation marks; if it is a comment, write a space after #"
            self._report("cut-by-hash", message, span, advice, severity=Severity.WARNING)

    def _alias(self, event: Any) -> None:
        span = self._span(event)
        self.alias_count += 1
        if self.alias_count > MAX_ALIASES:
            message = f"this file has more than {MAX_ALIASES} aliases (*name)"
            self._refuse("too-many-aliases", message, span, _WRITE_OUT)
        self.unused_anchors.pop(event.anchor, None)
        if event.anchor not in self.anchors:
            inside = any(level.anchor == event.anchor for level in self.stack)
            message = (
                f"*{event.anchor[:40]} stands inside the part that it names"
                if inside
                else f"*{event.anchor[:40]} refers to nothing: no value above is named &{event.anchor[:40]}"
            )
            self.faulty_lines.add(span.line)
            if not self._is_merge_value():  # the merge key itself is reported
                advice = "put text that begins with * in quotation marks"
                if key := key_without_bar(self.lines, span.line - 1):
                    advice = f"put a bar after the colon, and leave the text as it is: {key[1]}: |"
                self._report("alias", message, span, advice)
            self._add(Scalar("", span, '"'), 1, None)
            return
        node, size = self.anchors[event.anchor]
        self._add(replace(node, span=span), size, None)

    def _is_merge_value(self) -> bool:
        """Whether the current value is that of a merge key."""
        pending = (level.children[-1] for level in self.stack if level.mapping and len(level.children) % 2)
        return any(isinstance(key, Scalar) and key.text == "<<" and not key.style for key in pending)

    def _add(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size)
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        top.children.append(node)
        top.size += size
        if top.size > MAX_EVENTS:
            message = f"aliases make more than {MAX_EVENTS:,} parts of this file"
            self._refuse("too-many-parts", message, node.span, _WRITE_OUT)

    def _close_collection(self) -> None:
        closed = self.stack.pop()
        node: Node
        if closed.mapping:
            pairs = list(zip(closed.children[::2], closed.children[1::2], strict=True))
            if closed.flow:
                pairs = self._complete_pairs(pairs)
            node = MappingNode(tuple(self._valid_pairs(pairs)), pairs[0][0].span if pairs else closed.span)
        else:
            node = SequenceNode(tuple(closed.children), closed.span)
        self._add(node, closed.size, closed.anchor)

    def _complete_pairs(self, pairs: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
        """Report a value in braces that contains a comma: the text after the comma became a key without a value."""
        complete: list[tuple[Node, Node]] = []
        fragments: list[Scalar] = []
        for key, value in pairs:
            if isinstance(key, Scalar) and _has_no_colon(key, value):
                fragments.append(key)
            else:
                complete.append((key, value))
        if fragments:
            fragment = fragments[0]
            self.faulty_lines.add(fragment.span.line)
            cut = fragment.text[:40]
            message = f"a comma inside braces parts two keys: '{cut}' is not a part of the value before it"
            advice = "put the value in quotation marks, or write one key on each line, without braces"
            self._report("comma-in-braces", message, fragment.span, advice)
        return complete

    def _valid_pairs(self, pairs: list[tuple[Node, Node]]) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Span] = {}
        for key, value in pairs:
            if not isinstance(key, Scalar):
                self._report_complex_key(key)
            elif key.text == "<<" and not key.style:
                message = "'<<' (a YAML merge) is not taken in briefs"
                self._report("merge-key", message, key.span, "write the keys out where they are wanted")
            elif first := seen.get(key.text):
                message = f"'{key.text[:60]}' stands twice here: in line {first.line} and in line {key.span.line}"
                label = f"first in line {first.line}"
                self._report("duplicate-key", message, key.span, "keep one of the two", label=label)
            else:
                seen[key.text] = key.span
                yield key, value

    def _report_complex_key(self, key: Node) -> None:
        span = key.span
        self.faulty_lines.add(span.line)
        message, quoted = "a list or a mapping stands where a key is wanted", "text with brackets or braces"
        if isinstance(key, MappingNode) or self.lines[span.line - 1][span.column - 2 : span.column] == "{{":
            message, quoted = "braces at the beginning of a value begin a mapping in YAML", "the value"
        self._report("complex-key", message, span, f"put {quoted} in quotation marks")


def _has_no_colon(key: Scalar, value: Node) -> bool:
    """Whether a pair in braces has no colon: its value is empty and starts where the key ends."""
    end = (key.span.end_line, key.span.end_column)
    is_empty = isinstance(value, Scalar) and value.absent and not value.text
    return is_empty and not key.style and (value.span.line, value.span.column) == end
