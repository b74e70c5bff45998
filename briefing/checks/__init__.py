"""Editorial checks: one module per check, named after its code.

A check takes a :class:`Manuscript` and yields warnings, which a brief or its project may silence. Checks are pure
functions: none needs a layout, and only ``review-overdue`` depends on today's date.

``manuscript`` is the input of a check, ``wording`` has the printed texts with their positions in the file, ``lexicon``
the few words that are known of each language. ``explain/`` beside this package has a page for every code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from briefing.diagnostics import Diagnostic, Severity
from briefing.reading.body import did_you_mean
from briefing.reading.draft import Draft
from briefing.reading.resolve import Edition

from . import (
    abbreviation_not_spelled_out,
    alt_is_file_name,
    as_of_after_issued,
    doubled_word,
    figures_differ,
    heading_jump,
    long_key_point,
    long_section,
    missing_space,
    mixed_quotation_marks,
    no_alt,
    original_unreadable,
    quotation_without_source,
    quotation_without_speaker,
    reported_speech,
    review_overdue,
    spelled_out_twice,
    stale_fact,
    todo,
    too_many_key_points,
    uncited_source,
    undated_fact,
    unknown_abbreviation,
    unsourced_fact,
    wrong_count,
)
from .manuscript import Check, Manuscript
from .wording import every_text, running_text

__all__ = ["CHECKS", "SILENCEABLE", "Manuscript", "audible", "proofread"]

#: Every check, by the code that silences it.
CHECKS: dict[str, Check] = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.check
    for module in (
        stale_fact,
        undated_fact,
        unsourced_fact,
        review_overdue,
        as_of_after_issued,
        quotation_without_speaker,
        quotation_without_source,
        reported_speech,
        uncited_source,
        unknown_abbreviation,
        abbreviation_not_spelled_out,
        spelled_out_twice,
        wrong_count,
        mixed_quotation_marks,
        missing_space,
        doubled_word,
        todo,
        too_many_key_points,
        long_key_point,
        long_section,
        no_alt,
        alt_is_file_name,
        heading_jump,
        figures_differ,
        original_unreadable,
    )
}

#: The codes that may be silenced: the checks, two warnings that need a layout or the whole project, and three from
#: reading the file that are a matter of opinion.
SILENCEABLE = frozenset({*CHECKS, "html-in-text", "list-mark", "sheet-length", "unknown-marking", "unused-picture"})


def proofread(draft: Draft, edition: Edition, today: dt.date | None = None) -> tuple[Diagnostic, ...]:
    """The warnings of all checks that the brief or its project does not silence, sorted by position."""
    brief, internal = edition.brief, edition.audience == "internal"
    manuscript = Manuscript(
        brief,
        edition.places,
        edition.language,
        tuple(every_text(brief)),
        tuple(running_text(brief)),
        internal,
        today,
        draft.original if internal else None,
        draft.original_problem if internal else "",
    )
    silent = frozenset(map(str, brief.checks.ignore))
    found = [found for code, check in CHECKS.items() if code not in silent for found in check(manuscript)]
    found += _unknown_checks(manuscript, draft)
    return tuple(sorted(dict.fromkeys(found), key=lambda diagnostic: diagnostic.order))


def audible(diagnostics: Iterable[Diagnostic], silent: Iterable[str]) -> list[Diagnostic]:
    """The diagnostics without warnings whose codes are silenced. Errors are always kept."""
    codes = SILENCEABLE & set(silent)
    return [d for d in diagnostics if d.severity is not Severity.WARNING or d.code not in codes]


def _unknown_checks(manuscript: Manuscript, draft: Draft) -> list[Diagnostic]:
    """Warnings for codes under ``checks`` that cannot be silenced."""
    found = []
    for index, code in enumerate(map(str, manuscript.brief.checks.ignore)):
        if code in SILENCEABLE:
            continue
        path = ("checks", "ignore", index)
        message = f"no check that can be silenced has the code '{code}'"
        advice = "briefing explain lists the codes; an error cannot be silenced"
        label = did_you_mean(code, sorted(SILENCEABLE))
        if manuscript.places.real(path)[:2] == path[:2] and manuscript.places.source(path).strip() in {code, ""}:
            found.append(
                manuscript.places.diagnostic(
                    "unknown-check", message, path, label=label, help=advice, severity=Severity.WARNING
                )
            )
        else:
            found.append(
                Diagnostic("unknown-check", message, Severity.WARNING, None, label, advice, "", draft.project_file)
            )
    return found
