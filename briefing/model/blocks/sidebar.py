"""The block for a sidebar."""

from typing import ClassVar, Literal

from briefing.model.base import field
from briefing.model.fields import Identifier, Markdown, PlainText

from .common import BlockPart


class Sidebar(BlockPart):
    """A box about a topic of its own: background, a definition, a method."""

    short: ClassVar[str] = "body"

    examples = ({"title": "What is the EAEU?", "body": "A union of five states.\n"},)

    kind: Literal["sidebar"] = "sidebar"
    title: PlainText | None = field("The heading of the box.", examples=["What is the EAEU?"], default=None)
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the box.", examples=["eaeu"], default=None
    )
    body: Markdown = field(
        "The text of the box, in Markdown: paragraphs and lists.", examples=["A union of five states."]
    )
