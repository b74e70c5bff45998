"""The context of the checks: one edition with its texts, their positions in the file, and today's date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Brief
from briefing.model.data_path import DataPath
from briefing.parser.nodes import Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

from .text import TextField, origin


@dataclass(frozen=True, slots=True, eq=False)
class CheckContext:
    """The input of a check.

    ``texts`` are all printed texts in the brief's language, ``running`` the running text among them. ``whole``: whether
    it is the internal edition, which leaves nothing out; some checks need that. ``day`` is today's date, None if
    unknown. ``original`` is the brief that this one translates, ``original_problem`` why it could not be read.
    """

    brief: Brief
    source_map: SourceMap
    language: str
    texts: tuple[TextField, ...]
    running: tuple[TextField, ...]
    whole: bool = True
    day: dt.date | None = None
    original: Brief | None = None
    original_problem: str = ""

    @property
    def tongue(self) -> str:
        """The language code without region and script, such as "en"."""
        return self.language.split("-")[0].lower()

    def warn(
        self,
        code: str,
        message: str,
        path: DataPath,
        *,
        help: str,  # noqa: A002
        key: bool = False,
    ) -> Diagnostic:
        """A warning about a field."""
        return self.source_map.diagnostic(code, message, path, help=help, key=key, severity=Severity.WARNING)

    def mark(
        self,
        code: str,
        message: str,
        passage: TextField,
        start: int,
        end: int,
        *,
        help: str,  # noqa: A002
    ) -> Diagnostic:
        """A warning about some words of a passage; ``start`` and ``end`` are offsets in its printed text."""
        if passage.is_label:
            return self.warn(code, message, passage.path, help=help, key=True)
        offset, fragment = origin(passage, start, end)
        node = self.source_map.node(passage.path)
        if isinstance(node, SequenceNode):
            # The text was joined from the items of a YAML list: find the item with these words.
            item = next((i for i in node.items if isinstance(i, Scalar) and fragment in i.text), None)
            if isinstance(item, Scalar):
                span = self.source_map.within(item, fragment)
                excerpt = self.source_map.excerpt(span)
                return Diagnostic(code, message, Severity.WARNING, span, "", help, excerpt, self.source_map.file)
        return self.source_map.diagnostic(
            code, message, passage.path, fragment=fragment, offset=offset, help=help, severity=Severity.WARNING
        )


Check = Callable[[CheckContext], Iterator[Diagnostic]]
