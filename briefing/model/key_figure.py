"""The key figures: a strip of numbers under the summary."""

from typing import Annotated, ClassVar, Literal

from .audience import Visibility
from .base import Model, field
from .blocks.common import SourceKeys
from .fields import InlineMarkdown, Period
from .values import ChoiceValue

Direction = Annotated[
    Literal["up", "down"],
    ChoiceValue({"up": "The number has risen: a triangle that points up.", "down": "The number has fallen."}),
]


class KeyFigure(Model):
    """A number that the reader should remember. Written short as ``Population: 5.6 million``."""

    short: ClassVar[str] = "value"

    value: InlineMarkdown = field("The number, as it is to be printed.", examples=["5.6"])
    unit: InlineMarkdown | None = field(
        "The unit. A currency at its beginning stands before the number.",
        examples=["million", "US$ billion"],
        default=None,
    )
    change: InlineMarkdown | None = field(
        "How the number has changed, in words.", examples=["1.0 % in a year"], default=None
    )
    direction: Direction | None = field(
        "Whether the number has risen or fallen: a triangle before the change.", examples=["up"], default=None
    )
    as_of: Period | None = field(
        "When the number held: a date, or words such as 2025, estimate.", examples=["2025-07"], default=None
    )
    source: SourceKeys = field(
        "Where the number comes from: a key under sources, or a list of keys.", examples=["factbook"], default=()
    )
    audience: Visibility = field(
        "Who may read the figure; internal leaves it out of the handout.", examples=["internal"], default=Visibility.ALL
    )
