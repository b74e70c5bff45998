"""The figure of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from briefing.model.fields import Identifier, Line, Words
from briefing.model.numbers import Flag

from .common import BlockPart, SourceKeys


class Figure(BlockPart):
    """A picture with a caption."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "image": "images/map.svg",
                    "alt": "Map of Central Asia with Kazakhstan in the north",
                    "caption": "Kazakhstan and its neighbours",
                }
            ]
        }
    )

    kind: Literal["figure"] = "figure"
    id: Identifier | None = Field(
        None, description="A name of your own, so that [[id]] can refer to the figure.", examples=["locator"]
    )
    image: Words = Field(
        description="The picture: an SVG, PNG or JPEG file, named relative to the content file.",
        examples=["images/map.svg"],
    )
    alt: Words = Field(
        description="What the picture shows, in words, for those who cannot see it. Not the name of the file.",
        examples=["Map of Central Asia with Kazakhstan in the north"],
    )
    caption: Line | None = Field(
        None,
        description="What stands under the picture; 'Figure' and its number are set before it.",
        examples=["Kazakhstan and its neighbours"],
    )
    credit: Words | None = Field(None, description="Who made the picture, or owns it.", examples=["UN Geospatial"])
    map: Flag = Field(
        False, description="Whether the note is printed that boundaries do not imply endorsement.", examples=[True]
    )
    wide: Flag = Field(False, description="Whether the picture takes the full width of the page.", examples=[True])
    source: SourceKeys = Field(
        (), description="Where the picture comes from: a key under sources, or a list of keys.", examples=["un-map"]
    )
