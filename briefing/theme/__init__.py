"""A theme: tokens, type styles, two stylesheets, templates, fonts. One source for the looks of all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

__all__ = ["Face", "Fit", "Measures", "Template", "Theme", "TypeStyle"]


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its family name, what Word and a browser fall back to, and its font files (variable fonts)."""

    family: str
    word_fallback: str
    css_fallback: str
    roman: Path
    italic: Path


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How one kind of text is set; sizes, leading and spaces in pt. Becomes a CSS rule and a Word style of one name.

    ``colour`` names a colour token. ``name`` is the class in the galley ("pull-quote") or the name of a tag's style
    ("title" for h1, "heading-1" for h2, "heading-2" for h3, "heading-3" for h4, "body" for p, "list" for li).
    """

    name: str
    face: Literal["serif", "sans"]
    size: float
    leading: float
    weight: int = 400
    italic: bool = False
    capitals: bool = False
    colour: str = "ink"
    before: float = 0.0
    after: float = 0.0
    align: Literal["start", "centre", "end"] = "start"
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """The grid of the page in mm: margins, text column, gutter, side column. The text width is their sum.

    ``outer`` is the margin away from the binding where it differs from ``sides``: on the right of odd pages.
    """

    top: float = 30.0
    top_first: float = 26.0
    bottom: float = 28.0
    sides: float = 20.0
    text: float = 116.0
    gutter: float = 8.0
    side: float = 46.0
    outer: float | None = None

    @property
    def full(self) -> float:
        """The full width, in mm: text, gutter and side column."""
        return self.text + self.gutter + self.side


@dataclass(frozen=True, slots=True)
class Fit:
    """How far a brief may be tightened to its page budget: spaces to this share of theirs, text to this size in pt."""

    space: float = 0.6
    text: float = 9.5


@dataclass(frozen=True, slots=True)
class Template:
    """A Jinja template: its text, and the file it was read from, as messages name it."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the presses see it.

    ``colours`` and ``dark`` map tokens (ink, muted, accent, tint, marking, rule, paper, on_accent) to #rrggbb;
    ``folders`` are its own folder and those it extends, nearest first; ``templates`` maps a template's name to its text
    and its file; ``labels`` maps a language to the words that the program sets in it. ``space`` is the share of the
    stylesheets' own spaces that is left when a brief is tightened (their ``--space``).
    """

    name: str
    description: str
    colours: Mapping[str, str]
    dark: Mapping[str, str]
    faces: Mapping[str, Face]
    styles: Mapping[str, TypeStyle]
    measures: Measures = Measures()
    options: Mapping[str, str] = field(default_factory=dict)
    print_css: str = ""
    screen_css: str = ""
    folders: tuple[Path, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fit: Fit = Fit()
    space: float = 1.0

    def style(self, name: str) -> TypeStyle | None:
        """The type style of that name, or None."""
        return self.styles.get(name)
