"""Validate texts, citations and references while the model reads a brief."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from briefing.diagnostics import Diagnostic, Severity
from briefing.markup import markdown
from briefing.markup.validate import Kind, TextIssue, likely_slips, text_issues
from briefing.model import Address, InlineMarkdown, Markdown, MarkdownList, PlainText
from briefing.model.fields import Identifier, SourceKey
from briefing.parser.nodes import MappingNode, Node, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

from .normalise import PositionedStr, did_you_mean, listed

_KINDS: dict[type, Kind] = {
    PlainText: "words",
    InlineMarkdown: "line",
    Markdown: "prose",
    MarkdownList: "bullets",
    Address: "address",
}
_MARKDOWN = frozenset({InlineMarkdown, Markdown, MarkdownList})

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.-]*")

#: Ids that the program itself uses in the galley.
_RESERVED = re.compile(
    r"sources|glossary|further-reading|key-points-title|fact-box-title|(source|call|meeting|annex|section)-.*"
)


def citation_fragment(text: str, key: str) -> str:
    """The fragment of a text that cites a key; empty if there is none."""
    match = re.search("@" + re.escape(key) + r"(?![\w-])", text)
    return match[0] if match else ""


def reference_fragment(text: str, target: str) -> str:
    """The fragment of a text that refers to an id; empty if there is none."""
    match = re.search(r"\[\[\s*" + re.escape(target) + r"\s*\]\]|#" + re.escape(target) + r"(?![\w-])", text)
    return match[0] if match else ""


class ReferenceValidator:
    """Checks each text for the model, and collects ids, citations and references.

    ``warned`` are warnings: the model accepts the text. ``spoiled`` are lines (from 1) that could not be parsed.
    """

    def __init__(self, source_map: SourceMap, spoiled: Container[int] = frozenset()) -> None:
        self.source_map = source_map
        self.spoiled = spoiled
        self.cited: dict[str, list[tuple[Scalar, str]]] = {}
        self.referred: dict[str, list[tuple[Scalar, str]]] = {}
        self.ids: dict[str, list[Scalar]] = {}
        self.warned: list[Diagnostic] = []

    def check(self, kind: type, text: str) -> Sequence[TextIssue]:
        """The problems of a text of a type; the model calls this for each text."""
        node = text.node if isinstance(text, PositionedStr) else None
        if kind is Identifier and node is not None:
            self.ids.setdefault(text.strip(), []).append(node)
        elif kind is SourceKey and node is not None and _KEY.fullmatch(text.strip()):
            self.cited.setdefault(text.strip(), []).append((node, ""))
        elif kind in _KINDS:
            found = text_issues(str(text), _KINDS[kind])  # str(): the cache must not keep the node alive
            if (
                node is not None
                and kind in _MARKDOWN
                and not any(problem.code in {"character", "brackets"} for problem in found)
            ):
                self._collect(text, node)
            if node is not None and not found:
                self.warned += (self._warning(problem, node) for problem in likely_slips(text, _KINDS[kind]))
            return found
        return ()

    def _warning(self, problem: TextIssue, node: Scalar) -> Diagnostic:
        span = self.source_map.within(node, problem.fragment, problem.offset)
        return Diagnostic(
            problem.code,
            problem.message,
            Severity.WARNING,
            span,
            help=problem.help,
            excerpt=self.source_map.excerpt(span),
            file=self.source_map.file,
        )

    def _collect(self, text: str, node: Scalar) -> None:
        if "[@" in text:
            for key in dict.fromkeys(markdown.citations(text)):
                self.cited.setdefault(key, []).append((node, citation_fragment(text, key)))
        if "[[" in text or "](" in text:
            for target in dict.fromkeys(markdown.references(text)):
                self.referred.setdefault(target, []).append((node, reference_fragment(text, target)))

    def diagnostics(self) -> Iterator[Diagnostic]:
        """The warnings, unknown sources and ids (each once, at its first use), and duplicate or reserved ids."""
        yield from self.warned
        sources = _keys(self.source_map.root, "sources")
        # If ``sources`` is not a mapping, that is reported already.
        readable = _is_readable(self.source_map.root, "sources")
        for key, uses in self.cited.items():
            if readable and key not in sources and not _is_misspelt(key, sources):
                yield self._unknown(
                    "unknown-source",
                    f"no source has the key '{key}'",
                    uses,
                    did_you_mean(key, sources),
                    "keys under sources are " + listed(sources)
                    if sources
                    else f"add it: sources: and, indented below, {key}: with the entry",
                )
        nodes = list(_ids(self.source_map.root))
        known = {node.text.strip() for node in nodes} | self.ids.keys()
        # The id of a reference may be in a line that could not be parsed.
        ids_lost = any(node.span.line in self.spoiled for node in nodes)
        for target, uses in self.referred.items():
            if target not in known and not ids_lost and not _is_misspelt(target, known):
                yield self._unknown(
                    "unknown-reference",
                    f"nothing in this brief has the id '{target}'",
                    uses,
                    did_you_mean(target, known),
                    "ids are " + listed(known)
                    if known
                    else f"add id: {target} to the section, table, chart or figure that is meant",
                )
        for name, nodes in self.ids.items():
            yield from self._id_problems(name, nodes)

    def _unknown(self, code: str, message: str, uses: list[tuple[Scalar, str]], label: str, advice: str) -> Diagnostic:
        node, fragment = min(uses, key=lambda use: (use[0].span.line, use[0].span.column))
        more = f" (here and in {len(uses) - 1} more {'place' if len(uses) == 2 else 'places'})" if len(uses) > 1 else ""
        span = self.source_map.within(node, fragment)
        return Diagnostic(
            code,
            message + more,
            span=span,
            label=label,
            help=advice,
            excerpt=self.source_map.excerpt(span),
            file=self.source_map.file,
        )

    def _id_problems(self, name: str, nodes: list[Scalar]) -> Iterator[Diagnostic]:
        if _RESERVED.fullmatch(name):
            span = nodes[0].span
            yield Diagnostic(
                "reserved-id",
                f"the id '{name}' is one that the program gives itself",
                span=span,
                help="choose another name",
                excerpt=self.source_map.excerpt(span),
                file=self.source_map.file,
            )
        for node in nodes[1:]:
            yield Diagnostic(
                "duplicate-id",
                f"the id '{name}' stands twice: in line {nodes[0].span.line} and in line {node.span.line}",
                span=node.span,
                label=f"first in line {nodes[0].span.line}",
                help="give one of them another name",
                excerpt=self.source_map.excerpt(node.span),
                file=self.source_map.file,
            )


def _is_misspelt(name: str, known: Iterable[str]) -> bool:
    """Whether a known key equals the name except for invalid characters, which are reported already."""
    return any(not _KEY.fullmatch(other) and re.sub(r"[^\w.:-]", "", other) == name for other in known)


def _keys(root: Node | None, name: str) -> list[str]:
    pair = root.get(name) if isinstance(root, MappingNode) else None
    return (
        [key.text.strip() for key, _ in pair[1].pairs] if pair is not None and isinstance(pair[1], MappingNode) else []
    )


def _is_readable(root: Node | None, name: str) -> bool:
    pair = root.get(name) if isinstance(root, MappingNode) else None
    return pair is None or isinstance(pair[1], MappingNode) or (isinstance(pair[1], Scalar) and pair[1].absent)


def _ids(root: Node | None) -> Iterable[Scalar]:
    """The values of all ``id`` keys, also in invalid parts: a reference to one of them is not an error."""
    if isinstance(root, SequenceNode):
        for item in root.items:
            yield from _ids(item)
    elif isinstance(root, MappingNode):
        for key, value in root.pairs:
            if key.text == "id" and isinstance(value, Scalar):
                yield value
            else:
                yield from _ids(value)
