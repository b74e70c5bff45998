"""Fields that several blocks share."""

from typing import Annotated

from briefing.model.base import Audience, Part, field
from briefing.model.fields import SourceKey, Words
from briefing.model.forms import Read


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


SourceKeys = Annotated[
    tuple[SourceKey, ...],
    Read(
        _as_list,
        {
            "title": "A source, or a list of them",
            "anyOf": [SourceKey.json_schema, {"type": "array", "items": SourceKey.json_schema}],
        },
    ),
]
"""The type of one key of ``sources``, or a list of them."""


class BlockPart(Part):
    """A block: who may read it, and its portion mark."""

    audience: Audience = field(
        "Who may read the block; internal keeps it out of the handout.", examples=["internal"], default=Audience.ALL
    )
    marking: Words | None = field("The classification of this block alone.", examples=["OFFICIAL"], default=None)
