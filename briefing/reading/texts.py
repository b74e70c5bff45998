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
_ITEM = re.compile(r"(?:[-*+]|#{1,2}|\d{1,9}[.)])[ \t]+\S")

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
                    if kind in {"prose", "bullets"} and node.span.end_line > node.span.line and node.style != "|":
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

    def _folded(self, node: Scalar) -> Iterator[Diagnostic]:
        """Warn of list items and headings in a text whose lines YAML joins: it was typed without the bar."""
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
            if is_item or (typed.startswith("# ") and joined):
                column = len(below) - len(below.lstrip()) + 1 if is_item else width + 1
                at = row + 1 if is_item else row
                span = Span(self.source_map.file, at, column, at, column + 1)
                sign = "'>' joins the lines of this text" if node.style == ">" else "YAML joins the lines of this text"
                place = "in place of the >" if node.style == ">" else "where the text begins, and the text below it"
                yield self.source_map.diagnostic_at(
                    span,
                    "folded-list",
                    f"{sign}: list items and headings become one paragraph",
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
