"""The single key points of a brief."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.markup import markdown
from briefing.markup.walk import markdown_texts
from briefing.model import Brief

from .context import CheckContext
from .text import Paragraph, TextField, paragraphs


def key_points_of(brief: Brief) -> Iterator[tuple[TextField, Paragraph]]:
    """Each key point with the whole text of the field; a list below a key point is part of it."""
    if brief.key_points is None:
        return
    passage = TextField(("key_points",), brief.key_points, markdown.plain(brief.key_points))
    yield from ((passage, point) for point in paragraphs(passage.typed) if point.depth <= 1 and point.opens_item)


#: The most characters: three lines of a page, or about 40 English words. Other languages have longer words.
LONGEST_KEY_POINT = 260


def long_key_point(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each key point with more than MOST characters."""
    for passage, point in key_points_of(context.brief):
        length = len(point.plain)
        if length > LONGEST_KEY_POINT:
            amount = f"{len(point.plain.split())} words" if context.tongue == "en" else f"{length} signs"
            yield context.mark(
                "long-key-point",
                f"this key point has {amount}: more than three lines",
                passage,
                point.start,
                point.start + len(point.plain.split(" ", 1)[0]),
                help="say the one thing that matters, in one or two lines; the rest belongs into a section",
            )


#: Guides to writing briefs recommend four to six.
MOST_KEY_POINTS = 6


def too_many_key_points(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of more than MOST key points."""
    count = len(list(key_points_of(context.brief)))
    if count > MOST_KEY_POINTS:
        yield context.warn(
            "too-many-key-points",
            f"there are {count} key points; four to six are as many as a reader keeps in mind",
            ("key_points",),
            key=True,
            help="join some, or leave the lesser ones to the sections",
        )


#: The largest share of the text for one section.
SHARE = 0.5
#: The least sections, and characters in all of them, with which a brief is checked.
SECTIONS = 3
SIGNS = 1500


def long_section(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of a section with more than half of the text of all sections."""
    if not context.whole or len(context.brief.sections) < SECTIONS:
        return
    lengths = [sum(len(markdown.plain(text)) for _, text in markdown_texts(part)) for part in context.brief.sections]
    total = sum(lengths)
    for index, length in enumerate(lengths):
        if total > SIGNS and length > SHARE * total:
            yield context.warn(
                "long-section",
                f"this section takes {round(100 * length / total)} per cent of the text of all {len(lengths)} sections",
                ("sections", index, "title"),
                help="divide it, or move a part of it into an annex",
            )
