"""A sub-heading of the second level without one of the first."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.markup import markdown
from briefing.model import Paragraphs, Section, Sidebar
from briefing.model.data_path import DataPath

from .context import CheckContext
from .text import TextField


def heading_jump(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each ``##`` without a ``#`` before it in the section."""
    for part in ("sections", "annexes"):
        for index, section in enumerate(getattr(context.brief, part)):
            yield from _in_section(context, section, (part, index))


def _in_section(context: CheckContext, section: Section, path: DataPath) -> Iterator[Diagnostic]:
    level = 0
    for number, block in enumerate(section.body):
        if isinstance(block, Paragraphs):
            text, text_path = block.text, (*path, "body", number, "text")
        elif isinstance(block, Sidebar):
            level, text, text_path = 0, block.body, (*path, "body", number, "body")
        else:
            continue
        passage, start = TextField(text_path, text, markdown.plain(text)), 0
        is_heading = False
        for token in markdown.parser().parse(text):
            if token.type == "heading_open":
                is_heading, before, level = True, level, int(token.tag[1])
                jumps = level > before + 1
            elif token.type == "inline":
                words = markdown.words_of(token.children or [])
                if is_heading and jumps:
                    yield context.mark(
                        "heading-jump",
                        f"the heading '{words}' is one of the second level, but none of the first stands above it",
                        passage,
                        start,
                        start + len(words),
                        help="write # instead of ##, or put a heading with # before it",
                    )
                start, is_heading = start + len(words) + 1, False
            elif token.type == "fence":
                start += len(token.content) + 1
