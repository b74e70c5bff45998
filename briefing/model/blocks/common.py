"""Fields that several blocks share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from briefing.model.base import Audience, Part
from briefing.model.fields import SourceKey, Words


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


SourceKeys = Annotated[
    tuple[SourceKey, ...],
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "title": "A source, or a list of them",
            "anyOf": [SourceKey.json_schema, {"type": "array", "items": SourceKey.json_schema}],
        }
    ),
]
"""One key of ``sources``, or a list of them."""


class BlockPart(Part):
    """A block: who may read it, and its portion mark."""

    audience: Audience = Field(
        Audience.ALL, description="Who may read the block; internal keeps it out of the handout.", examples=["internal"]
    )
    marking: Words | None = Field(None, description="The classification of this block alone.", examples=["OFFICIAL"])
