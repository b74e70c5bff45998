"""Markings: none that the project does not know, no part marked higher than the edition that it stands in. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Brief, Part

from .body import did_you_mean
from .draft import Path, Places

__all__ = ["too_high", "unknown"]


def too_high(
    brief: Brief, marking: str, order: tuple[str, ...], places: Places, *, handout: bool
) -> Iterator[Diagnostic]:
    """Each part that is marked higher than ``marking``, the whole; ``order`` names the markings from lowest to highest.

    An edition without a marking counts as the lowest; a marking that the order does not name is not compared.
    """
    ranks = {_key(name): rank for rank, name in enumerate(order)}
    whole = ranks.get(_key(marking)) if marking else 0
    if whole is None:
        return
    edition = "the handout" if handout else "the brief"
    for path, own in _marked(brief):
        if ranks.get(_key(own), 0) > whole:
            yield places.diagnostic(
                "marking-too-high",
                f"this part is marked {own}, {edition} as a whole only {marking}"
                if marking
                else f"this part is marked {own}, {edition} as a whole not at all",
                (*path, "marking"),
                help=f"add audience: internal to the part, or set handout_marking: {own}"
                if handout
                else f"set marking: {own} for the brief, or lower the marking of the part",
            )


def unknown(
    brief: Brief, marking: str, order: tuple[str, ...], places: Places, *, handout: bool
) -> Iterator[Diagnostic]:
    """A warning for each marking that is not in the project's list, where there is one: it is hardly meant.

    The list itself is not told: a handout must not name the markings of what is not in it.
    """
    known = {_key(name) for name in order}
    if not known:
        return
    whole: tuple[str | int, ...] = ("handout_marking" if handout else "marking",)
    own = ((whole, marking), *((((*path, "marking"), part) for path, part in _marked(brief))))
    for path, typed in own:
        if not typed or _key(typed) in known or _key(typed) == "none":
            continue
        in_brief = bool(places.real(path))
        yield places.diagnostic(
            "unknown-marking",
            f"'{typed}' is not among the markings of this project",
            path if in_brief else ("title",),
            key=not in_brief,
            label=did_you_mean(typed, order),
            help="write it as the list markings: in briefing.yaml has it, or add it there",
            severity=Severity.WARNING,
        )


def _marked(brief: Brief) -> Iterator[tuple[Path, str]]:
    """Every part with a marking of its own, in the order of the page."""
    for name in ("sections", "annexes", "meetings"):
        for index, part in enumerate(getattr(brief, name)):
            yield from _own(part, (name, index))
            for number, block in enumerate(getattr(part, "body", ())):
                yield from _own(block, (name, index, "body", number))


def _own(part: Part, path: Path) -> Iterator[tuple[Path, str]]:
    marking = getattr(part, "marking", None)
    if marking:
        yield path, str(marking)


def _key(marking: str) -> str:
    return " ".join(marking.split()).casefold()
