"""Fields that several blocks share."""

from typing import Annotated

from briefing.model.audience import Visibility
from briefing.model.base import Issue, Model, field
from briefing.model.fields import PlainText, SourceKey
from briefing.model.values import SchemaValue, as_list

SourceKeys = Annotated[
    tuple[SourceKey, ...],
    SchemaValue(
        as_list,
        {
            "title": "A source, or a list of them",
            "anyOf": [SourceKey.json_schema, {"type": "array", "items": SourceKey.json_schema}],
        },
    ),
]
"""The type of one key of ``sources``, or a list of them."""


def without_workbook(**parts: PlainText | None) -> tuple[Issue, ...]:
    """A problem for the first key that names a part of a workbook, for a block that names no file."""
    advice = "add csv: with the name of an .xlsx or .ods file"
    message = "names a part of a workbook, but csv: does not say which"
    return tuple(Issue((key,), key, f"{key}: {message}", advice) for key, value in parts.items() if value)[:1]


class BlockPart(Model):
    """A block: who may read it, and its portion mark."""

    audience: Visibility = field(
        "Who may read the block; internal leaves it out of the handout.", examples=["internal"], default=Visibility.ALL
    )
    marking: PlainText | None = field("The classification of this block alone.", examples=["OFFICIAL"], default=None)
