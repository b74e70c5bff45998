"""Put the headers and footers into the sections of the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from briefing.galley import Galley

from .ooxml.elements import XmlElement
from .ooxml.parts import set_root
from .running import running_line
from .runs import RunBuilder

if TYPE_CHECKING:
    from docx.document import Document
    from docx.parts.story import StoryPart


def run_matter(document: Document, galley: Galley, line: RunBuilder, pages: int) -> list[XmlElement]:
    """Build the headers and footers of the first page and of all others. Returns their root elements."""
    tags: tuple[Literal["header", "footer"], ...] = ("header", "footer")
    heads = [
        (tag, place, running_line(tag, galley, line, page, pages))
        for page, place in ((1, "first"), (2, "default"))
        for tag in tags
    ]
    place_running(document, heads)
    return [element for *_, element in heads]


def place_running(document: Document, stories: Sequence[tuple[str, str, XmlElement]]) -> list[StoryPart]:
    """Define headers and footers in the first section, from which later sections inherit: (kind, pages, root element).

    Returns their parts, in the same order.
    """
    section = document.sections[0]
    parts: list[StoryPart] = []
    places = {
        ("header", "default"): section.header, ("footer", "default"): section.footer,
        ("header", "first"): section.first_page_header, ("footer", "first"): section.first_page_footer,
        ("header", "even"): section.even_page_header, ("footer", "even"): section.even_page_footer,
    }  # fmt: skip
    for kind, place, element in stories:
        story = places[kind, place]
        story.is_linked_to_previous = False
        set_root(story.part, element)
        parts.append(story.part)
    return parts
