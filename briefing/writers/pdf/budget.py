"""The page budget: how many pages the brief fills, and what to say when that is too many."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.diagnostics import Diagnostic, Severity
from briefing.galley import Element, Galley, bare_words

__all__ = ["over_budget"]

#: What stands outside the budget, each on a page of its own, behind the brief.
APART = frozenset({"meeting-sheet", "annex"})


def over_budget(galley: Galley, count: int, starts: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    """A warning (``page-budget``) when the brief fills more pages than its budget; an error when it says it is final.

    ``count`` is the number of all pages, ``starts`` the page on which each element with an id begins. The longest
    sections are named, for that is where to cut.
    """
    first = min(
        (starts[e.get("id")] for e in galley.body if e.style in APART and e.get("id") in starts), default=count + 1
    )
    filled = first - 1
    if galley.page_budget is None or filled <= galley.page_budget:
        return ()
    longest = sorted(((len(_text(e).split()), _title(e)) for e in galley.body if _is_section(e)), key=lambda s: -s[0])
    named = ", ".join(f"{title} ({words} words)" for words, title in longest[:3])
    return (
        Diagnostic(
            "page-budget",
            f"the brief fills {filled} pages, and its budget is {galley.page_budget}",
            Severity.ERROR if galley.properties.status == "final" else Severity.WARNING,
            help="shorten it, or raise pages under layout" + (f"; the longest sections are {named}" if named else ""),
            file=galley.name,
        ),
    )


def _is_section(element: Element) -> bool:
    return element.tag == "section" and not element.style and element.find("h2") is not None


def _title(section: Element) -> str:
    title = section.find("h2")
    return bare_words(title) if title is not None else ""


def _text(section: Element) -> str:
    return " ".join(bare_words(e) for e in section.elements if e.tag not in {"svg", "figure"})
