"""The layout of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Part
from .fields import Words
from .numbers import Count, Flag
from .typed import Choices

Paper = Annotated[
    Literal["A4", "Letter"], Choices({"A4": "210 by 297 mm.", "Letter": "8½ by 11 inches, as in North America."})
]


class Layout(Part):
    """How the brief is laid out, as far as its writer decides that."""

    theme: Words | None = Field(
        None,
        description="A folder in your templates/, or a theme of the program's: 'briefing themes' lists them.",
        examples=["standard", "chancery"],
    )
    paper: Paper | None = Field(None, description="The paper of the PDF and of the Word file.", examples=["A4"])
    pages: Count | None = Field(
        None,
        description="The page budget, from the masthead to the sources. A brief that is over it is set more closely.",
        examples=[2],
    )
    paragraph_numbers: Flag = Field(
        False,
        description="Whether the paragraphs of sections and annexes are numbered, as in a minute.",
        examples=[True],
    )


class Checks(Part):
    """Which editorial checks stay silent."""

    ignore: tuple[Words, ...] = Field(
        (), description="The codes of the checks, as they stand in brackets.", examples=[["stale-fact"]]
    )
