"""Check markings: unknown ones, and parts that are marked higher than their edition. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, did_you_mean
from briefing.markup.walk import blocks_of
from briefing.model import Brief
from briefing.model.blocks.common import BlockPart
from briefing.model.data_path import DataPath
from briefing.parser.source_map import SourceMap


def too_high_markings(
    brief: Brief, marking: str, order: tuple[str, ...], source_map: SourceMap, *, handout: bool
) -> Iterator[Diagnostic]:
    """A diagnostic for each part with a higher marking than ``marking``, that of the edition.

    ``order`` lists the markings from lowest to highest. No marking counts as the lowest; unknown ones are not compared.
    """
    ranks = {_normalised(name): rank for rank, name in enumerate(order)}
    whole = ranks.get(_normalised(marking)) if marking else 0
    if whole is None:
        return
    edition = "the handout" if handout else "the brief"
    for path, own in _marked_parts(brief):
        if ranks.get(_normalised(own), 0) > whole:
            as_a_whole = f"only {marking}" if marking else "not at all"
            advice = f"set marking: {own} for the brief, or lower the marking of the part"
            if handout:
                advice = f"add audience: internal to the part, or set handout_marking: {own}"
            message = f"this part is marked {own}, {edition} as a whole {as_a_whole}"
            yield source_map.diagnostic("marking-too-high", message, (*path, "marking"), help=advice)


def unknown_markings(
    brief: Brief, marking: str, order: tuple[str, ...], source_map: SourceMap, *, handout: bool
) -> Iterator[Diagnostic]:
    """An error for each marking that is not in the project's list, if there is one: it is probably misspelt.

    The message does not contain the list: a handout must not reveal the markings of internal parts.
    """
    known = {_normalised(name) for name in order}
    if not known:
        return
    whole: DataPath = ("handout_marking" if handout else "marking",)
    for path, typed in ((whole, marking), *(((*path, "marking"), own) for path, own in _marked_parts(brief))):
        if not typed or _normalised(typed) in {*known, "none"}:
            continue
        in_brief = bool(source_map.real(path))
        yield source_map.diagnostic(
            "unknown-marking",
            f"'{typed}' is not among the markings of this project",
            path if in_brief else ("title",),
            key=not in_brief,
            label=did_you_mean(typed, order),
            help="write it as the list markings: in briefing.yaml has it, or add it there",
        )


def _marked_parts(brief: Brief) -> Iterator[tuple[DataPath, str]]:
    """The path and marking of each part that has one."""
    names = ("sections", "annexes", "meetings")
    parts = (((name, index), part) for name in names for index, part in enumerate(getattr(brief, name)))
    for path, part in (*parts, *blocks_of(brief, BlockPart)):
        if marking := getattr(part, "marking", None):
            yield path, str(marking)


def _normalised(marking: str) -> str:
    """The marking for comparisons: spaces and case do not matter."""
    return " ".join(marking.split()).casefold()
