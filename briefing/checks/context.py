"""The input of the checks: one edition with its texts, their positions in the file, and today's date."""

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

    def warn(self, message: str, path: DataPath, *, help: str, key: bool = False) -> Diagnostic:  # noqa: A002
        """A warning about a field, or with ``key`` about its key. ``run_checks`` adds the code."""
        return self.source_map.diagnostic("", message, path, help=help, key=key, severity=Severity.WARNING)

    def mark(self, message: str, text: TextField, span: tuple[int, int], *, help: str) -> Diagnostic:  # noqa: A002
        """A warning about some words of a text; ``span`` has the offsets of their start and end in the printed text."""
        if text.is_label:
            return self.warn(message, text.path, help=help, key=True)
        offset, fragment = origin(text, *span)
        node = self.source_map.node(text.path)
        if isinstance(node, SequenceNode):
            # The text was joined from the items of a YAML list: find the item with these words.
            item = next((i for i in node.items if isinstance(i, Scalar) and fragment in i.text), None)
            if isinstance(item, Scalar):
                place = self.source_map.within(item, fragment)
                excerpt = self.source_map.excerpt(place)
                return Diagnostic("", message, Severity.WARNING, place, "", help, excerpt, self.source_map.file)
        return self.source_map.diagnostic(
            "", message, text.path, fragment=fragment, offset=offset, help=help, severity=Severity.WARNING
        )


Check = Callable[[CheckContext], Iterator[Diagnostic]]
