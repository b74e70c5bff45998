"""One YAML document -> nodes. Parsing continues after a syntax error, so that one run finds all mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.diagnostics import Diagnostic
from briefing.parser.characters import bad_characters, clean

from .hints import RETYPE, NoBreakSpace, SyntaxHint, no_breaks
from .nodes import MAX_EVENTS, LimitError, Node, NodeBuilder, YamlError, split_lines

#: Syntax errors of one file after which parsing stops.
MAX_MENDS = 40


@dataclass(frozen=True, slots=True)
class Parsed:
    """The root node of a file, diagnostics about its YAML, and the lines (from 1) that were overwritten."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    mended: frozenset[int] = frozenset()


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of one YAML document, or None if it cannot be parsed, and the diagnostics."""
    parsed = parse_with_recovery(text, file)
    return parsed.root, list(parsed.diagnostics)


def parse_with_recovery(text: str, file: str) -> Parsed:
    """Parse one YAML document; after a syntax error, overwrite its place and parse again."""
    original = split_lines(text)
    slips: dict[tuple[int, int], Diagnostic] = {}
    for bad in bad_characters(text, MAX_MENDS):
        before = split_lines(text[: bad.offset])
        row, column = len(before) - 1, len(before[-1])
        slips[row, column] = NodeBuilder("", file, original).slip(
            SyntaxHint(
                "character", f"{bad.name} cannot be printed", row, column, 1, "delete it and type the place anew"
            )
        )
    lines = split_lines(clean(text))
    original = list(lines)
    found_spaces = list(no_breaks(lines))
    if found_spaces:
        first = found_spaces[0]
        slips[first.row, first.column] = NodeBuilder("", file, original).slip(_no_break_slip(first, len(found_spaces)))
        # A plain space has the same width, so positions do not change.
        for space in found_spaces:
            lines[space.row] = space.mended
    mended: set[int] = set()
    budget = MAX_EVENTS * 3
    for _ in range(MAX_MENDS):
        builder = NodeBuilder("\n".join(lines), file, original)
        try:
            node = builder.run()
        except LimitError:
            return Parsed(None, (*slips.values(), *builder.diagnostics), frozenset(mended))
        except YamlError as slip:
            hint = slip.hint
            if hint.row + 1 not in mended:
                slips[hint.row, hint.column] = builder.slip(hint)
            budget -= builder.events
            if budget < 0 or all(lines[row] == new for row, new in hint.mend):
                return Parsed(None, tuple(slips.values()), frozenset(mended))
            for row, new in hint.mend:
                lines[row] = new
            mended |= {hint.row + 1, *(row + 1 for row, _ in hint.mend)}
            continue
        found = (d for d in builder.diagnostics if d.span is None or d.span.line not in mended)
        return Parsed(node, (*slips.values(), *found), frozenset(mended | builder.spoiled))
    return Parsed(None, tuple(slips.values()), frozenset(mended))


def _no_break_slip(first: NoBreakSpace, lines: int) -> SyntaxHint:
    others = f", and in {lines - 1} more {'line' if lines == 2 else 'lines'}" if lines > 1 else ""
    return SyntaxHint(
        "no-break-space",
        f"a no-break space (U+00A0) stands {first.where}{others}; YAML wants plain spaces",
        first.row,
        first.column,
        1,
        RETYPE,
    )
