"""Find the sources and ids that texts name but the brief does not have: once, for a draft and for an edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import TypeAlias

from briefing.diagnostics import Diagnostic, Span, did_you_mean, listed
from briefing.parser.source_map import SourceMap

from .markdown import citations, references

#: Where a source or an id is named, and the words that name it, such as ``@key`` or ``[[id]]``.
Use: TypeAlias = tuple[Span | None, str]

SOURCE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.-]*")


class Uses:
    """The sources and ids that the texts of a brief name, each with its uses in the order of the texts."""

    def __init__(self) -> None:
        self.sources: dict[str, list[Use]] = {}
        self.ids: dict[str, list[Use]] = {}

    def add_source(self, key: str, span: Span | None) -> None:
        """Add a key under ``source:``."""
        self.sources.setdefault(key, []).append((span, ""))

    def add_text(self, text: str, span_of: Callable[[str], Span | None]) -> None:
        """Add the citations and references of a Markdown text; ``span_of`` gives the span of a part of it."""
        for key in dict.fromkeys(citations(text) if "[@" in text else ()):
            fragment = _first(rf"@{re.escape(key)}(?![\w-])", text)
            self.sources.setdefault(key, []).append((span_of(fragment), fragment))
        for target in dict.fromkeys(references(text) if "[[" in text or "](" in text else ()):
            fragment = _first(rf"\[\[\s*{re.escape(target)}\s*\]\]|#{re.escape(target)}(?![\w-])", text)
            self.ids.setdefault(target, []).append((span_of(fragment), fragment))

    def unknown_sources(self, known: Collection[str], source_map: SourceMap) -> Iterator[Diagnostic]:
        """A diagnostic for each source that is not known, at its first use."""
        for key, uses in self.sources.items():
            if key not in known and not _is_misspelt(key, known):
                advice = f"add it: sources: and, indented below, {key}: with the entry"
                advice = f"keys under sources are {listed(known)}" if known else advice
                yield _unknown("unknown-source", f"no source has the key '{key}'", key, uses, known, advice, source_map)

    def unknown_ids(self, known: Collection[str], source_map: SourceMap) -> Iterator[Diagnostic]:
        """A diagnostic for each id that is not known, at its first use."""
        for target, uses in self.ids.items():
            if target not in known and not _is_misspelt(target, known):
                message = f"nothing in this brief has the id '{target}'"
                advice = f"add id: {target} to the section, table, chart or figure that is meant"
                advice = f"ids are {listed(known)}" if known else advice
                yield _unknown("unknown-reference", message, target, uses, known, advice, source_map)


def _unknown(
    code: str, message: str, name: str, uses: list[Use], known: Collection[str], advice: str, source_map: SourceMap
) -> Diagnostic:
    spans = [span for span, _ in uses if span is not None]
    span = min(spans, key=lambda span: (span.line, span.column), default=None)
    if len(uses) > 1:
        message += f" (here and in {len(uses) - 1} more {'place' if len(uses) == 2 else 'places'})"
    return source_map.diagnostic_at(span, code, message, label=did_you_mean(name, known), help=advice)


def _is_misspelt(name: str, known: Collection[str]) -> bool:
    """Whether a known key equals the name except for invalid characters, which are reported already."""
    return any(not SOURCE_KEY.fullmatch(other) and re.sub(r"[^\w.:-]", "", other) == name for other in known)


def _first(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[0] if match else ""
