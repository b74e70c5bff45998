"""The layout of a brief, and its editorial checks."""

from typing import Annotated, Literal

from .base import Model, field
from .fields import PlainText
from .numbers import Count, Flag
from .values import ChoiceValue

Paper = Annotated[
    Literal["A4", "Letter"], ChoiceValue({"A4": "210 by 297 mm.", "Letter": "8½ by 11 inches, as in North America."})
]


class Layout(Model):
    """How the brief is laid out, as far as its writer decides that."""

    theme: PlainText | None = field(
        "A folder in your templates/, or a theme of the program's: 'briefing themes' lists them.",
        examples=["standard", "chancery"],
        default=None,
    )
    paper: Paper | None = field("The paper of the PDF and of the Word file.", examples=["A4"], default=None)
    pages: Count | None = field(
        "The page budget, from the masthead to the sources. A brief that is over it is set more closely.",
        examples=[2],
        default=None,
    )
    paragraph_numbers: Flag = field(
        "Whether the paragraphs of sections and annexes are numbered, as in a minute.", examples=[True], default=False
    )


class Checks(Model):
    """Which editorial checks stay silent."""

    ignore: tuple[PlainText, ...] = field(
        "The codes of the checks, as they stand in brackets.", examples=[["stale-fact"]], default=()
    )
