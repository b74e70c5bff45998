"""Open items in a brief with ``status: final``. Pure.

A final brief needs a marking or ``marking: none``, ``cleared_by``, and no ``TODO`` in printed text. A draft does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Span
from briefing.markup.walk import plain_text, printed
from briefing.model import Brief
from briefing.model.data_path import DataPath
from briefing.parser.nodes import Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

#: In capitals only: "todo" is an ordinary word in several languages.
_TODO = re.compile(r"(?<!\w)TODO(?!\w)")


def open_items(brief: Brief, source_map: SourceMap, *, marked: bool) -> Iterator[Diagnostic]:
    """A diagnostic for each open item in an edition with ``status: final``; none for a draft.

    ``marked`` says whether the edition has a marking, or an explicit ``none``.
    """
    if brief.status != "final":
        return
    missing = []
    if not marked:
        missing.append(("nothing says how it is marked", "add marking:, or write marking: none"))
    if not brief.cleared_by:
        missing.append(("nobody is named who cleared it", "add cleared_by:, or set status: draft"))
    for reason, advice in missing:
        message = f"this brief says that it is final, but {reason}"
        yield source_map.diagnostic("not-final", message, _status(source_map), help=advice)
    yield from todos(brief, source_map)


def _status(source_map: SourceMap) -> DataPath:
    """The path of ``status``; of the title if ``status`` comes from the project."""
    return ("status",) if source_map.real(("status",)) else ("title",)


def todos(brief: Brief, source_map: SourceMap) -> Iterator[Diagnostic]:
    """A diagnostic for each TODO in printed text, with the message for a final brief."""
    spans: dict[Span | None, None] = {}
    for path, text in printed(brief):
        # A TODO in an address or the key of a source is not printed.
        if _TODO.search(text) and _TODO.search(plain_text(text)):
            spans.update(dict.fromkeys(_spans(path, text, source_map)))
    message = "this brief says that it is final, but a TODO is left in it"
    advice = "do what is to be done and delete the TODO, or set status: draft"
    for span in spans:
        yield source_map.diagnostic_at(span, "not-final", message, help=advice)


def _spans(path: DataPath, text: str, source_map: SourceMap) -> list[Span | None]:
    """The spans of the TODOs in a text."""
    if str(path[-1]) == text and (span := source_map.key_span(path)):  # the label of a fact, an abbreviation
        return [span]
    node = source_map.node(path) if source_map.real(path) else None
    # The text of a field, or those of its items. A mapping contains other fields as well.
    nodes = node.items if isinstance(node, SequenceNode) else (node,)
    scalars = (scalar for scalar in nodes if isinstance(scalar, Scalar))
    found = [source_map.within(one, "TODO", match.start()) for one in scalars for match in _TODO.finditer(one.text)]
    # It may be in a table from a CSV file, or in the defaults of the project.
    return [*found] or [source_map.span(_nearest_path(source_map, path))]


def _nearest_path(source_map: SourceMap, path: DataPath) -> DataPath:
    """The path to show for a text from another file: that of ``csv``, or that of ``status``."""
    for end in range(len(path), 0, -1):
        if source_map.real((*path[:end], "csv"))[-1:] == ("csv",):
            return (*path[:end], "csv")
    return _status(source_map)
