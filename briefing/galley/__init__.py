"""The galley: a brief as a checked HTML tree, before pagination. Only this package runs Jinja.

``set`` runs the templates in the Jinja ``environment``, which keeps them compiled. ``view`` shows them the edition as
read-only views, ``helpers`` gives them dates, labels, pictures and charts, ``locale`` the formats and labels of the
language. Their output is parsed once into a frozen ``tree``. ``hand_editions`` changes it for the editions for the hand
(meeting sheets alone, numbered paragraphs); ``number_items`` numbers notes, tables and figures, and gives references
their targets; ``no_breaks`` and ``isolates`` apply the rules of languages for spaces, emphasis and the direction of
writing; ``contents`` makes the list of contents, ``fit_tables`` fits wide tables to the paper, ``small_pictures`` finds
pictures with few pixels, and ``chart_numbers`` gives a chart its numbers as a table. ``validate`` checks the tree, also
for what would run or load something, ``running`` headers and footers. ``click_paths`` gives each paragraph a place for
the preview, ``attached_source`` says whether the content file may be attached to the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .tree import Element, MarkupError, Node, bare_words, parse_markup, rewrite, to_markup

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture
    from briefing.diagnostics import Diagnostic
    from briefing.model.audience import EditionKind
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
    """Headers and footers, as the template ``running.html.j2`` writes them: elements with places and paragraphs."""

    parts: tuple[Element, ...] = ()

    def line(self, tag: Literal["header", "footer"], *, first: bool) -> Mapping[str, tuple[Element, ...]]:
        """The paragraphs of the first page's header or footer, or of those after it, by the names of their places."""
        wanted = ("first-page", "") if first else ("",)
        part = next((p for style in wanted for p in self.parts if p.tag == tag and p.style == style), None)
        places: dict[str, tuple[Element, ...]] = {}
        for place in part.elements if part is not None else ():
            places[place.style] = (*places.get(place.style, ()), *place.elements)
        return places

    def words(self, style: str) -> str:
        """The text of the first element with this class; empty if there is none."""
        return next((element.text for part in self.parts for element in part.walk() if element.style == style), "")


@dataclass(frozen=True, slots=True)
class Properties:
    """Metadata of the outputs: Word and PDF document properties, HTML meta elements. ``issued`` is YYYY-MM-DD."""

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
    """A brief as one tree of elements, from which all writers work.

    ``body`` has the top-level elements, and ``fields`` maps each data-path to its source text. ``pictures`` maps each
    NAME in ``picture:NAME``, the address in an ``img`` element, to its picture. ``labels`` has the program's words in
    the brief's language. ``page_budget`` is the largest number of pages, without meeting sheets and annexes.
    ``source`` is the content file if it is to be attached, else empty.

    ``pages`` and ``starts`` are filled in after layout: the number of pages, and the page, counted from 1, on which
    each element with an id begins. Before layout ``pages`` is None.
    """

    name: str
    edition: EditionKind
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

    def walk(self) -> Iterator[Element]:
        """All elements, in reading order."""
        for top in self.body:
            yield from top.walk()
