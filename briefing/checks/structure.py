"""Checks of structure: key figures and points, the number of facts, the share of a section, levels of sub-headings."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.markup import markdown
from briefing.markup.walk import blocks_of, markdown_texts
from briefing.model import Paragraphs, Sidebar
from briefing.model.blocks.common import BlockPart

from .context import CheckContext
from .text import Paragraph, TextField, paragraphs

#: The most characters of a key point: three lines of a page, or about 40 English words.
LONGEST_KEY_POINT = 260
#: Guides to writing briefs recommend four to six.
MOST_KEY_POINTS = 6
#: Fewer figures leave the strip half empty, more of them wrap into a second row.
LEAST_KEY_FIGURES, MOST_KEY_FIGURES = 4, 6
#: More facts may not fit beside the key points.
MOST_FACTS = 12
#: The largest share of the text for one section.
LARGEST_SHARE = 0.5
#: The least sections, and characters in all of them, with which a brief is checked.
LEAST_SECTIONS, LEAST_CHARACTERS = 3, 1500


def long_key_point(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each key point with more than :data:`LONGEST_KEY_POINT` characters."""
    for text, point in _key_points(context):
        length = len(point.plain)
        if length > LONGEST_KEY_POINT:
            amount = f"{len(point.plain.split())} words" if context.tongue == "en" else f"{length} signs"
            first_word = point.start, point.start + len(point.plain.split(" ", 1)[0])
            message = f"this key point has {amount}: more than three lines"
            advice = "say the one thing that matters, in one or two lines; the rest belongs into a section"
            yield context.mark(message, text, first_word, help=advice)


def too_many_key_points(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of more than :data:`MOST_KEY_POINTS` key points."""
    count = len(list(_key_points(context)))
    if count > MOST_KEY_POINTS:
        message = f"there are {count} key points; four to six are as many as a reader keeps in mind"
        advice = "join some, or leave the lesser ones to the sections"
        yield context.warn(message, ("key_points",), key=True, help=advice)


def key_figures(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of a strip with fewer than four or more than six key figures."""
    count = len(context.brief.key_figures)
    if context.whole and count and not LEAST_KEY_FIGURES <= count <= MOST_KEY_FIGURES:
        are = "there is 1 key figure" if count == 1 else f"there are {count} key figures"
        advice = (
            "add some, or move them to the facts" if count < LEAST_KEY_FIGURES else "move the lesser ones to the facts"
        )
        yield context.warn(f"{are}; the strip is made for four to six", ("key_figures",), key=True, help=advice)


def too_many_facts(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of more than :data:`MOST_FACTS` facts."""
    box = context.brief.fact_box
    if box is not None and len(box.facts) > MOST_FACTS:
        message = f"the fact box has {len(box.facts)} facts; about {MOST_FACTS} have room beside the key points"
        advice = "leave some out, or put them into a table; a box that is too long is printed below the key points"
        yield context.warn(message, ("fact_box",), key=True, help=advice)


def _key_points(context: CheckContext) -> Iterator[tuple[TextField, Paragraph]]:
    """Each key point with the whole text of the field; a list below a key point is part of it."""
    if context.brief.key_points is not None:
        text = TextField(("key_points",), context.brief.key_points)
        yield from ((text, point) for point in paragraphs(text.typed) if point.depth <= 1 and point.opens_item)


def long_section(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of a section with more than half of the text of all sections."""
    if not context.whole or len(context.brief.sections) < LEAST_SECTIONS:
        return
    lengths = [sum(len(markdown.plain(text)) for _, text in markdown_texts(part)) for part in context.brief.sections]
    total = sum(lengths)
    for index, length in enumerate(lengths):
        if total > LEAST_CHARACTERS and length > LARGEST_SHARE * total:
            yield context.warn(
                f"this section takes {round(100 * length / total)} per cent of the text of all {len(lengths)} sections",
                ("sections", index, "title"),
                help="divide it, or move a part of it into an annex",
            )


def heading_jump(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each ``##`` without a ``#`` before it in the section."""
    level, section = 0, tuple[str | int, ...]()
    for path, block in blocks_of(context.brief, BlockPart):
        level, section = level if path[:2] == section else 0, path[:2]
        if isinstance(block, Sidebar):  # it has headings of its own
            level, text = 0, TextField((*path, "body"), block.body)
        elif isinstance(block, Paragraphs):
            text = TextField((*path, "text"), block.text)
        else:
            continue
        for heading in (each for each in paragraphs(text.typed) if each.level):
            before, level = level, heading.level
            if level > before + 1:
                words = heading.plain
                message = f"the heading '{words}' is one of the second level, but none of the first stands above it"
                span = heading.start, heading.start + len(words)
                advice = "write # instead of ##, or put a heading with # before it"
                yield context.mark(message, text, span, help=advice)
