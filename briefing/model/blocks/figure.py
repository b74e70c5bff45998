"""The figure of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from briefing.model.fields import Flag, Identifier, Line, Words

from .common import BlockPart, SourceKeys


class Figure(BlockPart):
    """A picture with a caption."""

    kind: Literal["figure"] = "figure"
    id: Identifier | None = Field(None, description="A name to refer to with [[id]].", examples=["locator"])
    image: Words = Field(
        description="An SVG, PNG or JPEG file, named relative to the content file.", examples=["images/map.svg"]
    )
    alt: Words = Field(
        description="What the picture shows, in words, for those who cannot see it.",
        examples=["Map of Central Asia with Kazakhstan in the north"],
    )
    caption: Line | None = Field(
        None, description="A caption; the number is set before it.", examples=["Kazakhstan and its neighbours"]
    )
    credit: Words | None = Field(None, description="Who made the picture.", examples=["UN Geospatial"])
    map: Flag = Field(
        False, description="true prints the note that boundaries do not imply endorsement.", examples=[True]
    )
    wide: Flag = Field(False, description="true sets the picture over the full width of the page.", examples=[True])
    source: SourceKeys = Field((), description="Keys under sources.", examples=["un-map"])
