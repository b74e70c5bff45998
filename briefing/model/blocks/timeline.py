"""The block for a timeline."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from briefing.model.base import Model, field
from briefing.model.fields import Identifier, InlineMarkdown, Period, PlainText

from .common import BlockPart, SourceKeys


class Entry(Model):
    """One date of a timeline and what happened. Written short as ``2010-01-20: Remarks in Washington``."""

    examples = ({"when": "2010-01-20", "text": "Remarks in Washington"},)

    when: Period = field("A date, or words such as 2017 to 2018.", examples=["2010-01-20", "2017 to 2018"])
    text: InlineMarkdown = field("What happened.", examples=["Remarks in Washington"])
    source: SourceKeys = field(
        "Where it comes from: a key under sources, or a list of keys.", examples=["blake-2010"], default=()
    )

    @classmethod
    def in_full(cls, raw: Any) -> Any:
        """The entry in full: a mapping of one date to a text becomes ``when`` and ``text``."""
        if isinstance(raw, Mapping) and len(raw) == 1 and not raw.keys() & {"when", "text", "source"}:
            ((when, text),) = raw.items()
            return {"when": when, "text": text}
        return raw


class Timeline(BlockPart):
    """Dates and what happened on them, in the order given."""

    short: ClassVar[str] = "entries"

    examples = ([{"2010-01-20": "Remarks in Washington"}, {"2017 to 2018": "Term on the Security Council"}],)

    kind: Literal["timeline"] = "timeline"
    title: PlainText | None = field("A heading over the timeline.", examples=["How it came about"], default=None)
    id: Identifier | None = field(
        "A name of your own, so that [[id]] can refer to the timeline.", examples=["milestones"], default=None
    )
    entries: tuple[Entry, ...] = field(
        "The dates in your order, each with what happened: 2010-01-20: Remarks.",
        examples=[[{"2010-01-20": "Remarks in Washington"}]],
        min_items=1,
    )
