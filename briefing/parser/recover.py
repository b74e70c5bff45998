"""Bytes of one YAML document -> nodes. Parsing continues after a syntax error, so that one run finds all mistakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic

from .characters import RETYPE_CHARACTER, bad_characters, clean
from .decode import decode
from .hints import SyntaxHint, replace_no_breaks
from .nodes import MAX_EVENTS, LimitError, Node, NodeBuilder, YamlError, split_lines
from .source_map import SourceMap

#: Syntax errors of one file after which parsing stops.
MAX_ERRORS = 40


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The nodes of a YAML file with their positions, and the diagnostics about its YAML.

    ``faulty_lines`` (from 1) have a reported mistake, which may cause further diagnostics that should be suppressed.
    """

    source_map: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    faulty_lines: frozenset[int] = frozenset()


def parse_yaml(content: bytes, file: str) -> ParsedFile:
    """Decode and parse one YAML document, within limits; ``file`` is its name in diagnostics."""
    text, refused = decode(content, file)
    if refused is not None:
        return ParsedFile(SourceMap(file, (), None), (refused,))
    typed, cleaned = split_lines(text), split_lines(clean(text))
    lines = list(cleaned)
    errors: dict[tuple[int, int], Diagnostic] = {}

    def report(hint: SyntaxHint, shown: Sequence[str] = cleaned) -> None:
        errors[hint.row, hint.column] = hint.diagnostic(file, shown)

    for bad in bad_characters(text, MAX_ERRORS):
        before = split_lines(text[: bad.offset])
        report(SyntaxHint("character", bad.message, len(before) - 1, len(before[-1]), help=RETYPE_CHARACTER), typed)
    if hint := replace_no_breaks(lines):
        report(hint)
    root, further, faulty = _parse(lines, cleaned, file, report)
    return ParsedFile(SourceMap(file, tuple(typed), root), (*errors.values(), *further), frozenset(faulty))


def _parse(
    lines: list[str], original: list[str], file: str, report: Callable[[SyntaxHint], None]
) -> tuple[Node | None, list[Diagnostic], set[int]]:
    """The root node, the diagnostics that are no syntax errors, and the faulty lines.

    After a syntax error, its place in ``lines`` is overwritten and the file is parsed again. ``original`` has the lines
    for excerpts.
    """
    repaired: set[int] = set()
    events_left = MAX_EVENTS * 3
    for _ in range(MAX_ERRORS):
        builder = NodeBuilder("\n".join(lines), file, original)
        try:
            root = builder.run()
        except LimitError:
            return None, builder.diagnostics, repaired
        except YamlError as error:
            hint = error.hint
            if hint.row + 1 not in repaired:
                report(hint)
            events_left -= builder.events
            if events_left < 0 or all(lines[row] == new for row, new in hint.repair):
                break
            for row, new in hint.repair:
                lines[row] = new
            repaired |= {hint.row + 1, *(row + 1 for row, _ in hint.repair)}
        else:
            further = [d for d in builder.diagnostics if d.span is None or d.span.line not in repaired]
            return root, further, repaired | builder.faulty_lines
    return None, [], repaired
