"""A brief, set in type but not yet cut into pages: the only package in which Jinja runs.

``setting`` runs the templates, which ``template_cache`` keeps compiled. ``records`` shows the edition to them as
read-only records, ``helpers`` gives them dates, labels, pictures and charts, ``words`` knows the language. Their output
is parsed once into a frozen ``tree``. ``hand`` changes it for the editions for the hand (meeting sheets alone, numbered
paragraphs); ``tie`` numbers notes, tables and figures, and gives references their targets; ``contents`` makes the list
of contents. ``vocabulary`` checks the tree, and ``outside`` finds what would run or load something. ``pointed`` gives
each paragraph a place for the preview, ``attach`` says whether the content file may be attached to the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .tree import Element, MarkupError, Node, bare_words, parse_markup, rewrite, to_markup

if TYPE_CHECKING:
    from briefing.diagnostics import Diagnostic
    from briefing.reading.draft import Picture
    from briefing.theme import Theme

__all__ = [
    "Element",
    "Galley",
    "MarkupError",
    "Node",
    "Properties",
    "Running",
    "bare_words",
    "parse_markup",
    "rewrite",
    "to_markup",
]


@dataclass(frozen=True, slots=True)
class Running:
    """Running matter: what stands on every page, beside the text. All of it is words in the brief's language.

    ``folio`` is what stands before, between and after the page number and the number of pages: ("Page ", " of ", "").
    """

    marking: str = ""
    draft: str = ""
    country: str = ""
    footer: str = ""
    folio: tuple[str, str, str] = ("", " / ", "")


@dataclass(frozen=True, slots=True)
class Properties:
    """What the outputs say of themselves: document properties, metadata, meta elements. ``issued`` is YYYY-MM-DD."""

    title: str
    subject: str = ""
    author: str = ""
    keywords: str = ""
    category: str = ""
    marking: str = ""
    reference: str = ""
    version: str = ""
    status: str = ""
    issued: str = "1980-01-01"


@dataclass(frozen=True, slots=True)
class Galley:
    """A brief set once, for all presses.

    ``body`` holds the top-level elements, ``fields`` maps each data-path to its source text, ``pictures`` holds what
    ``img`` elements name as ``picture:NAME``, ``labels`` the words of its language, ``page_budget`` how many pages the
    brief may have, without its meeting sheets and annexes. ``source`` is the content file, where it is to be attached.

    ``pages`` and ``starts`` join it once its pages have been laid out: how many there are, and the page, counted from
    1, on which each element that has an id begins. Until then ``pages`` is None.
    """

    name: str
    edition: Literal["internal", "handout"]
    language: str
    direction: Literal["ltr", "rtl"]
    paper: Literal["A4", "Letter"]
    theme: Theme
    properties: Properties
    running: Running
    body: tuple[Element, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    page_budget: int | None = None
    source: bytes = b""
    pages: int | None = None
    starts: Mapping[str, int] = field(default_factory=dict)
