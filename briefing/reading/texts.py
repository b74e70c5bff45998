"""Validate the texts of a brief for the model, and collect the ids, citations and references in them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import partial

from briefing.diagnostics import Diagnostic, Severity, Span, once
from briefing.markup.references import SOURCE_KEY, Uses
from briefing.markup.validate import Kind, TextIssue, likely_mistakes, text_issues
from briefing.model import Address, InlineMarkdown, Markdown, MarkdownList, PlainText
from briefing.model.fields import Identifier, SourceKey
from briefing.parser.nodes import MappingNode, Node, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

from .normalise import PositionedStr

_KINDS: dict[type, Kind] = {
    PlainText: "words",
    InlineMarkdown: "line",
    Markdown: "prose",
    MarkdownList: "bullets",
    Address: "address",
}

#: The start of a list item or a heading.
_ITEM = re.compile(r"(?:[-*+]|#{1,2}|\d{1,9}[.)]|>)[ \t]+\S")
_ONE_PARAGRAPH = "list items and headings become one paragraph"
#: The start of a line that begins a block, or of an item.
_BEGINS = re.compile(rf"[ \t]*{_ITEM.pattern}")

#: Ids that the program itself uses in the galley.
_RESERVED = re.compile(
    r"sources|glossary|further-reading|key-points-title|fact-box-title|(source|call|meeting|annex|section)-.*"
)


class TextValidator:
    """Checks each text for the model, and collects ids, citations, references and warnings.

    ``language`` is that of the texts; ``faulty_lines`` (from 1) could not be parsed.
    """

    def __init__(self, source_map: SourceMap, language: str, faulty_lines: Container[int] = frozenset()) -> None:
        self.source_map = source_map
        self.language = language
        self.faulty_lines = faulty_lines
        self.uses = Uses()
        self.ids: dict[str, list[Scalar]] = {}
        self.warnings: list[Diagnostic] = []

    def check(self, value_type: type, text: str) -> Sequence[TextIssue]:
        """The issues of a text of a type; the model calls this for each text."""
        node = text.node if isinstance(text, PositionedStr) else None
        kind = _KINDS.get(value_type)
        if kind is not None:
            issues = text_issues(str(text), kind)  # str(): the cache must not keep the node alive
            if node is not None:
                # The Markdown parser is slow for texts with too many brackets.
                if kind not in {"words", "address"} and not {"character", "brackets"} & {one.code for one in issues}:
                    self.uses.add_text(text, partial(self.source_map.within, node))
                if not issues:
                    if kind in {"prose", "bullets"} and node.style != "|":
                        self.warnings += self._headings_lost(node)
                        if node.span.end_line > node.span.line:
                            self.warnings += self._folded(node)
                    self.warnings += (
                        self._warning(mistake, node) for mistake in likely_mistakes(text, kind, self.language)
                    )
            return issues
        if node is not None and value_type is Identifier:
            self.ids.setdefault(text.strip(), []).append(node)
        elif node is not None and value_type is SourceKey and SOURCE_KEY.fullmatch(text.strip()):
            self.uses.add_source(text.strip(), node.span)
        return ()

    def _headings_lost(self, node: Scalar) -> Iterator[Diagnostic]:
        """Warn of a line between a key without a bar and its text that YAML takes for a comment: a heading."""
        if node.style:
            return
        for row in range(node.span.line - 1, 0, -1):
            line = self.source_map.lines[row - 1]
            typed = re.match(r"[ \t]*(?:- +)?(#+[ \t]+\S.*)$", line)
            if typed is None or typed.start(1) != node.span.column - 1:
                return
            span = Span(self.source_map.file, row, typed.start(1) + 1, row, len(line) + 1)
            message = f"'{typed[1].strip()[:40]}' is a comment in YAML, and is left out"
            advice = "for a heading, put a bar after the colon and leave the text as it is; put a comment above the key"
            yield self.source_map.diagnostic_at(span, "cut-by-hash", message, help=advice, severity=Severity.WARNING)

    def _folded(self, node: Scalar) -> Iterator[Diagnostic]:
        """Warn of items of a list, headings and paragraphs in a text whose lines YAML joins: the bar is missing."""
        first = node.span.line - (node.style != ">")
        lines = self.source_map.lines[first : node.span.end_line]
        width = min(
            (len(line) - len(line.lstrip(" ")) for line in lines[node.style != ">" :] if line.strip()), default=0
        )
        for row, (line, below) in enumerate(zip(lines, (*lines[1:], ""), strict=True), first + 1):
            begins = row == first + 1
            # In a folded text, lines that are further in are not joined.
            joined = below.strip() and (len(below) - len(below.lstrip(" ")) == width or node.style != ">")
            typed = line[node.span.column - 1 :].lstrip("\"'") if begins and node.style != ">" else line.strip()
            is_item = _ITEM.match(below.strip()) and joined and line.strip()
            after = lines[row - first + 1] if row - first + 1 < len(lines) else ""
            is_paragraph = (
                node.style in {"", ">"}  # a program that writes YAML doubles the line breaks in quotation marks
                and bool(line.strip())
                and not below.strip()
                and bool(after.strip())
                and not _BEGINS.match(after)
                and not _BEGINS.match(typed)
                and len(after) - len(after.lstrip(" ")) == width
            )
            if is_item or is_paragraph or (typed.startswith("# ") and joined):
                column = len(below) - len(below.lstrip()) + 1 if is_item else width + 1
                at = row + 1 if is_item else row + 2 if is_paragraph else row
                span = Span(self.source_map.file, at, column, at, column + 1)
                sign = "'>' joins the lines of this text" if node.style == ">" else "YAML joins the lines of this text"
                place = "in place of the >" if node.style == ">" else "where the text begins, and the text below it"
                yield self.source_map.diagnostic_at(
                    span,
                    "folded-list",
                    f"{sign}: {'its paragraphs become one' if is_paragraph else _ONE_PARAGRAPH}",
                    help=f"put a bar, |, {place}",
                    severity=Severity.WARNING,
                )
                return

    def _warning(self, issue: TextIssue, node: Scalar) -> Diagnostic:
        span = self.source_map.within(node, issue.fragment, issue.offset)
        return self.source_map.diagnostic_at(
            span, issue.code, issue.message, help=issue.help, severity=Severity.WARNING
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """The warnings, unknown sources and ids (each once, at its first use), and duplicate or reserved ids."""
        same: dict[tuple[str, str], list[Diagnostic]] = {}
        for warning in self.warnings:
            same.setdefault((warning.code, warning.message), []).append(warning)
        for warnings in same.values():
            yield from once(warnings)
        root = self.source_map.root
        pair = root.get("sources") if isinstance(root, MappingNode) else None
        sources = pair[1] if pair is not None else None
        # If ``sources`` is not a mapping, that is reported already.
        if sources is None or isinstance(sources, MappingNode) or (isinstance(sources, Scalar) and sources.absent):
            keys = [key.text.strip() for key, _ in sources.pairs] if isinstance(sources, MappingNode) else []
            yield from self.uses.unknown_sources(keys, self.source_map)
        ids = list(_id_nodes(root))
        # The id of a reference may be in a line that could not be parsed.
        if not any(node.span.line in self.faulty_lines for node in ids):
            yield from self.uses.unknown_ids({node.text.strip() for node in ids} | self.ids.keys(), self.source_map)
        for name, nodes in self.ids.items():
            yield from self._id_problems(name, nodes)

    def _id_problems(self, name: str, nodes: list[Scalar]) -> Iterator[Diagnostic]:
        first = nodes[0].span
        if _RESERVED.fullmatch(name):
            message = f"the id '{name}' is one that the program gives itself"
            yield self.source_map.diagnostic_at(first, "reserved-id", message, help="choose another name")
        for node in nodes[1:]:
            message = f"the id '{name}' stands twice: in line {first.line} and in line {node.span.line}"
            label, advice = f"first in line {first.line}", "give one of them another name"
            yield self.source_map.diagnostic_at(node.span, "duplicate-id", message, label=label, help=advice)


def _id_nodes(root: Node | None) -> Iterator[Scalar]:
    """The values of all ``id`` keys, also in invalid parts: a reference to one of them is not an error."""
    if isinstance(root, SequenceNode):
        for item in root.items:
            yield from _id_nodes(item)
    elif isinstance(root, MappingNode):
        for key, value in root.pairs:
            if key.text == "id" and isinstance(value, Scalar):
                yield value
            else:
                yield from _id_nodes(value)
