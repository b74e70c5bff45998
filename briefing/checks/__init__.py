"""Editorial checks: one function per check, named after its code; checks of one subject share a module.

A check takes a :class:`CheckContext` and yields warnings, which a brief or its project may silence. Checks are pure
functions: none needs a layout, and only ``review-overdue`` depends on today's date.

``context`` is the input of a check, ``text`` has the printed texts with their positions in the file, ``word_lists`` the
few words that are known of each language. ``explain/`` beside this package has a page for every code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.diagnostics import Diagnostic, Severity, did_you_mean
from briefing.edition.resolve import Edition
from briefing.reading.draft import Draft

from .abbreviations import abbreviation_not_spelled_out, spelled_out_twice, unknown_abbreviation
from .alternative_texts import alt_is_file_name, no_alt
from .context import Check, CheckContext
from .counts import wrong_count
from .facts import as_of_after_issued, stale_fact, undated_fact, unsourced_fact
from .quotations import quotation_without_source, quotation_without_speaker, reported_speech
from .status import review_overdue, todo, uncited_source
from .structure import heading_jump, key_figures, long_key_point, long_section, too_many_facts, too_many_key_points
from .text import every_text, running_text
from .translation import figures_differ, original_unreadable
from .typing_mistakes import doubled_word, missing_space, mixed_quotation_marks

__all__ = ["CHECKS", "SILENCEABLE", "CheckContext", "not_silenced", "run_checks"]

#: Every check, by the code that silences it: the name of its function.
CHECKS: dict[str, Check] = {
    check.__name__.replace("_", "-"): check
    for check in (
        *(stale_fact, undated_fact, unsourced_fact, as_of_after_issued),
        *(quotation_without_speaker, quotation_without_source, reported_speech),
        *(unknown_abbreviation, abbreviation_not_spelled_out, spelled_out_twice),
        *(wrong_count, mixed_quotation_marks, missing_space, doubled_word),
        *(key_figures, too_many_key_points, too_many_facts, long_key_point, long_section, heading_jump),
        *(no_alt, alt_is_file_name),
        *(figures_differ, original_unreadable),
        *(todo, review_overdue, uncited_source),
    )
}

#: The codes that may be silenced: the checks, two warnings that need a layout or the whole project, and those from
#: reading the file that are a matter of opinion.
SILENCEABLE = frozenset(
    {*CHECKS, "date-or-list", "folded-list", "html-in-text", "list-mark", "list-number", "raw-markup"}
    | {"sheet-length", "unused-picture"}
)


def run_checks(draft: Draft, edition: Edition, today: dt.date | None = None) -> tuple[Diagnostic, ...]:
    """The warnings of all checks that the brief or its project does not silence, sorted by position."""
    brief, internal = edition.brief, edition.kind == "internal"
    context = CheckContext(
        brief,
        edition.source_map,
        edition.language,
        tuple(every_text(brief)),
        tuple(running_text(brief)),
        internal,
        today,
        draft.original if internal else None,
        draft.original_problem if internal else "",
    )
    silent = frozenset(map(str, brief.checks.ignore))
    found = [
        replace(warning, code=code)
        for code, check in CHECKS.items()
        if code not in silent
        for warning in check(context)
    ]
    found += _unknown_checks(context, draft.project_file)
    return tuple(sorted(dict.fromkeys(found), key=lambda diagnostic: diagnostic.order))


def not_silenced(diagnostics: Iterable[Diagnostic], silent: Iterable[str]) -> list[Diagnostic]:
    """The diagnostics without warnings whose codes are silenced. Errors are always kept."""
    codes = SILENCEABLE & set(silent)
    return [d for d in diagnostics if d.severity is not Severity.WARNING or d.code not in codes]


def _unknown_checks(context: CheckContext, project_file: str) -> Iterator[Diagnostic]:
    """Warnings for codes under ``checks`` that cannot be silenced, in the content file or in the project's."""
    source_map = context.source_map
    for index, code in enumerate(map(str, context.brief.checks.ignore)):
        if code in SILENCEABLE:
            continue
        path = ("checks", "ignore", index)
        warning = source_map.diagnostic(
            "unknown-check",
            f"no check that can be silenced has the code '{code}'",
            path,
            label=did_you_mean(code, sorted(SILENCEABLE)),
            help="briefing explain lists the codes; an error cannot be silenced",
            severity=Severity.WARNING,
        )
        in_content_file = source_map.real(path)[:2] == path[:2] and source_map.source(path).strip() in {code, ""}
        yield warning if in_content_file else replace(warning, span=None, excerpt="", file=project_file)
