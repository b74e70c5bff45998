"""One YAML document -> nodes. Parsing continues after a syntax error, so that one run finds all mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.diagnostics import Diagnostic

from .composer import MAX_EVENTS, Composer, RefusedError, SlipError
from .gates import bad_characters, clean
from .no_break import RETYPE, NoBreak, no_breaks
from .nodes import Node, split_lines
from .traps import Trap

__all__ = ["Composition", "compose", "compose_mended"]

#: Syntax errors of one file after which parsing stops.
MAX_MENDS = 40


@dataclass(frozen=True, slots=True)
class Composition:
    """The root node of a file, diagnostics about its YAML, and the lines (from 1) that were overwritten."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    mended: frozenset[int] = frozenset()


def compose(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of one YAML document, or None if it cannot be parsed, and the diagnostics."""
    composition = compose_mended(text, file)
    return composition.root, list(composition.diagnostics)


def compose_mended(text: str, file: str) -> Composition:
    """Parse one YAML document; after a syntax error, overwrite its place and parse again."""
    original = split_lines(text)
    slips: dict[tuple[int, int], Diagnostic] = {}
    for bad in bad_characters(text, MAX_MENDS):
        before = split_lines(text[: bad.offset])
        row, column = len(before) - 1, len(before[-1])
        slips[row, column] = Composer("", file, original).slip(
            Trap("character", f"{bad.name} cannot be printed", row, column, 1, "delete it and type the place anew")
        )
    lines = split_lines(clean(text))
    original = list(lines)
    found_spaces = list(no_breaks(lines))
    if found_spaces:
        first = found_spaces[0]
        slips[first.row, first.column] = Composer("", file, original).slip(_no_break_slip(first, len(found_spaces)))
        # A plain space has the same width, so positions do not change.
        for space in found_spaces:
            lines[space.row] = space.mended
    mended: set[int] = set()
    budget = MAX_EVENTS * 3
    for _ in range(MAX_MENDS):
        composer = Composer("\n".join(lines), file, original)
        try:
            node = composer.run()
        except RefusedError:
            return Composition(None, (*slips.values(), *composer.diagnostics), frozenset(mended))
        except SlipError as slip:
            trap = slip.trap
            if trap.row + 1 not in mended:
                slips[trap.row, trap.column] = composer.slip(trap)
            budget -= composer.events
            if budget < 0 or all(lines[row] == new for row, new in trap.mend):
                return Composition(None, tuple(slips.values()), frozenset(mended))
            for row, new in trap.mend:
                lines[row] = new
            mended |= {trap.row + 1, *(row + 1 for row, _ in trap.mend)}
            continue
        found = (d for d in composer.diagnostics if d.span is None or d.span.line not in mended)
        return Composition(node, (*slips.values(), *found), frozenset(mended | composer.spoiled))
    return Composition(None, tuple(slips.values()), frozenset(mended))


def _no_break_slip(first: NoBreak, lines: int) -> Trap:
    others = f", and in {lines - 1} more {'line' if lines == 2 else 'lines'}" if lines > 1 else ""
    return Trap(
        "no-break-space",
        f"a no-break space (U+00A0) stands {first.where}{others}; YAML wants plain spaces",
        first.row,
        first.column,
        1,
        RETYPE,
    )
