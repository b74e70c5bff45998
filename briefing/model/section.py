"""A section or an annex."""

from .audience import Visibility
from .base import Model, field
from .blocks import Block
from .fields import Identifier, PlainText


class Section(Model):
    """A section or an annex: a title and a body of Markdown and blocks."""

    title: PlainText = field("The heading, in sentence case.", examples=["The OSCE chairmanship"])
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the section.", examples=["osce"], default=None
    )
    marking: PlainText | None = field("The classification of this section alone.", examples=["OFFICIAL"], default=None)
    audience: Visibility = field(
        "Who may read the section; internal leaves it out of the handout.",
        examples=["internal"],
        default=Visibility.ALL,
    )
    body: tuple[Block, ...] = field(
        "The text, in Markdown; or a list of texts and of blocks such as tables and charts.",
        examples=["Text with *emphasis* and a note. [@blake-2010]", ["Text before the block.", {"sidebar": "A box."}]],
        default=(),
    )
