"""The block for a figure."""

from typing import Literal

from briefing.model.base import field
from briefing.model.fields import Identifier, InlineMarkdown, PlainText
from briefing.model.numbers import Flag

from .common import BlockPart, SourceKeys


class Figure(BlockPart):
    """A picture with a caption."""

    examples = (
        {
            "image": "images/map.svg",
            "alt": "Map of Central Asia with Kazakhstan in the north",
            "caption": "Kazakhstan and its neighbours",
        },
    )

    kind: Literal["figure"] = "figure"
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the figure.", examples=["locator"], default=None
    )
    image: PlainText = field(
        "The picture: an SVG, PNG or JPEG file, named relative to the content file.", examples=["images/map.svg"]
    )
    alt: PlainText = field(
        "What the picture shows, in words, for those who cannot see it. Not the name of the file.",
        examples=["Map of Central Asia with Kazakhstan in the north"],
    )
    caption: InlineMarkdown | None = field(
        "What stands under the picture; 'Figure' and its number are set before it.",
        examples=["Kazakhstan and its neighbours"],
        default=None,
    )
    credit: PlainText | None = field("Who made the picture, or owns it.", examples=["UN Geospatial"], default=None)
    map: Flag = field(
        "Whether the note is printed that boundaries do not imply endorsement.", examples=[True], default=False
    )
    wide: Flag = field("Whether the picture takes the full width of the page.", examples=[True], default=False)
    source: SourceKeys = field(
        "Where the picture comes from: a key under sources, or a list of keys.", examples=["un-map"], default=()
    )
