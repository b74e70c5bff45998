"""The block for running text."""

from typing import ClassVar, Literal

from briefing.model.base import field
from briefing.model.fields import Markdown

from .common import BlockPart


class Paragraphs(BlockPart):
    """Running text in Markdown: paragraphs, lists, sub-headings."""

    short: ClassVar[str] = "text"

    kind: Literal["paragraphs"] = "paragraphs"
    text: Markdown = field(
        "Markdown: paragraphs, lists, sub-headings (#, ##), [@source], [[reference]].",
        examples=["Text with *emphasis* and a note. [@blake-2010]"],
    )
