"""Open items in a brief with ``status: final``. Pure.

A final brief needs a marking or ``marking: none``, ``cleared_by``, and no ``TODO`` in printed text. A draft does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.markup import markdown
from briefing.markup.walk import printed
from briefing.model import Brief, InlineMarkdown, Markdown, MarkdownList
from briefing.model.data_path import DataPath
from briefing.parser.nodes import Node, Scalar, SequenceNode
from briefing.parser.source_map import SourceMap

#: In capitals only: "todo" is an ordinary word in several languages.
_TODO = re.compile(r"(?<!\w)TODO(?!\w)")


def open_items(brief: Brief, source_map: SourceMap, *, marked: bool) -> Iterator[Diagnostic]:
    """A diagnostic for each open item in an edition with ``status: final``; none for a draft.

    ``marked`` says whether the edition has a marking, or an explicit ``none``.
    """
    if brief.status != "final":
        return
    if not marked:
        yield _open_item(source_map, "nothing says how it is marked", "add marking:, or write marking: none")
    if not brief.cleared_by:
        yield _open_item(source_map, "nobody is named who cleared it", "add cleared_by:, or set status: draft")
    yield from todos(brief, source_map)


def _open_item(source_map: SourceMap, reason: str, advice: str) -> Diagnostic:
    return source_map.diagnostic(
        "not-final", f"this brief says that it is final, but {reason}", _status(source_map), help=advice
    )


def _status(source_map: SourceMap) -> DataPath:
    """The path of ``status``; of the title if ``status`` comes from the project."""
    return ("status",) if source_map.real(("status",)) else ("title",)


def todos(brief: Brief, source_map: SourceMap) -> Iterator[Diagnostic]:
    """A diagnostic for each TODO in printed text, with the message for a final brief."""
    yield from dict.fromkeys(_todos(brief, source_map))


def _todos(brief: Brief, source_map: SourceMap) -> Iterator[Diagnostic]:
    for path, text in printed(brief):
        if not _TODO.search(text) or (
            isinstance(text, InlineMarkdown | Markdown | MarkdownList) and not _is_printed(text)
        ):
            continue
        if str(path[-1]) == text and source_map.key_span(path):  # the label of a fact, an abbreviation
            yield _todo(source_map, path, key=True)
            continue
        node = source_map.node(path) if source_map.real(path) else None
        found = [(scalar, match.start()) for scalar in _scalars(node) for match in _TODO.finditer(scalar.text)]
        for scalar, offset in found:
            span = source_map.within(scalar, "TODO", offset)
            yield Diagnostic(
                "not-final", _MESSAGE, span=span, excerpt=source_map.excerpt(span), file=source_map.file, help=_ADVICE
            )
        if not found:  # in a table from a CSV file, or in the defaults of the project
            yield _todo(source_map, _nearest_path(source_map, path), key=False)


def _nearest_path(source_map: SourceMap, path: DataPath) -> DataPath:
    """The path to show for a text from another file: that of ``csv``, or that of ``status``."""
    for end in range(len(path), 0, -1):
        if source_map.real((*path[:end], "csv"))[-1:] == ("csv",):
            return (*path[:end], "csv")
    return _status(source_map)


_MESSAGE = "this brief says that it is final, but a TODO is left in it"
_ADVICE = "do what is to be done and delete the TODO, or set status: draft"


def _todo(source_map: SourceMap, path: DataPath, *, key: bool) -> Diagnostic:
    return source_map.diagnostic("not-final", _MESSAGE, path, key=key, help=_ADVICE)


def _is_printed(text: str) -> bool:
    """Whether the TODO is in the printed text, not in an address or the key of a source."""
    return _TODO.search(markdown.plain(text)) is not None


def _scalars(node: Node | None) -> Iterator[Scalar]:
    """The text of a field, or those of its items. Mappings are left out: they contain other fields as well."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, SequenceNode):
        yield from (item for item in node.items if isinstance(item, Scalar))
