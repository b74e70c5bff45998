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
    """The layout of the brief."""

    theme: PlainText | None = field(
        "A folder in your templates/, or a theme that comes with the program: 'briefing themes' lists them.",
        examples=["standard", "chancery"],
        default=None,
    )
    paper: Paper | None = field("The paper of the PDF and of the Word file.", examples=["A4"], default=None)
    pages: Count | None = field(
        "The page budget, from the masthead to the sources. A longer brief gets tighter spacing.",
        examples=[2],
        default=None,
    )
    paragraph_numbers: Flag = field(
        "Whether the paragraphs of sections and annexes are numbered, as in a minute.", examples=[True], default=False
    )


class Checks(Model):
    """The editorial checks to silence, and the abbreviations that they take as known."""

    ignore: tuple[PlainText, ...] = field(
        "The codes of the checks, as shown in brackets in messages.", examples=[["stale-fact"]], default=()
    )
    known: tuple[PlainText, ...] = field(
        "Abbreviations that all readers know, besides the usual ones.", examples=[["OSCE", "EAEU"]], default=()
    )
