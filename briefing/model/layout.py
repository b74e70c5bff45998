"""The layout of a brief, as a content file describes it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Part
from .fields import Count, Flag, Words


class Layout(Part):
    """How the brief is laid out, as far as its writer decides that."""

    theme: Words | None = Field(
        None, description="A folder in templates/, or a theme that comes with the program.", examples=["standard"]
    )
    paper: Literal["A4", "Letter"] | None = Field(None, description="A4 or Letter.", examples=["A4"])
    pages: Count | None = Field(None, description="The page budget, masthead to sources.", examples=[2])
    paragraph_numbers: Flag = Field(False, description="true numbers the paragraphs.", examples=[True])


class Checks(Part):
    """Which editorial checks stay silent."""

    ignore: tuple[Words, ...] = Field((), description="Codes of checks.", examples=[["stale-fact"]])
