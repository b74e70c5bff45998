"""A theme: the design of all formats, as tokens, type styles, two stylesheets, templates and fonts.

``folder`` reads its files and refuses a stylesheet that would fetch something. ``load`` checks the tokens and merges
them with those of the theme that it extends. ``css`` turns tokens and type styles into CSS; the Word writer makes its
styles from the same tokens. ``font_faces`` checks fonts, ``contrast`` the colours, ``word_template`` a Word document of
the theme; ``variants`` makes variants, ``copy`` a new theme from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefing.diagnostics import Span

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture
    from briefing.diagnostics import Diagnostic

__all__ = ["Face", "Fit", "Measures", "ScriptFace", "Template", "Theme", "TypeStyle"]

#: The least weight that is set in the bold font (700) and not in the regular one (400).
BOLD_FROM = 550


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its family name, the fallbacks in Word and in browsers, and its font files.

    ``roman`` and ``italic`` are variable fonts with a weight axis, or the regular fonts of a family with separate files
    for bold. In a face without an italic, ``italic`` is the roman.
    """

    family: str
    word_fallback: str
    css_fallback: str
    roman: Path
    italic: Path
    bold: Path | None = None
    bold_italic: Path | None = None

    def file(self, weight: int = 400, *, italic: bool = False) -> Path:
        """The font file for the nearest weight (100 to 900), upright or italic."""
        if weight < BOLD_FROM:
            return self.italic if italic else self.roman
        if italic:
            # A slope is more noticeable than a weight: without a bold italic the italic is used for both.
            return self.bold_italic or (self.italic if self.italic != self.roman else self.bold or self.roman)
        return self.bold or self.roman

    @property
    def files(self) -> tuple[Path, ...]:
        """All its font files, without duplicates."""
        return tuple(dict.fromkeys(f for f in (self.roman, self.italic, self.bold, self.bold_italic) if f is not None))


@dataclass(frozen=True, slots=True)
class ScriptFace:
    """The face of a script for which the theme's own faces have no glyphs.

    ``roman`` is None if its font package is not installed; ``install`` is then the command to type. In a script without
    italics, ``italic`` is the roman.
    """

    family: str
    word_fallback: str
    css_fallback: str
    roman: Path | None
    italic: Path | None
    install: str = ""


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """The typography of one kind of text; sizes, leading and spaces in pt. It becomes a CSS rule and a Word style.

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
    """The page grid in mm: margins, text column, gutter, side column. The full width is the sum of the last three.

    ``logo`` is the height of a logo; ``header`` and ``footer`` are the distances of Word's headers and footers from the
    edge of the paper.
    ``outer`` is the margin away from the binding (on the right of odd pages) if it differs from ``sides``. If there is
    no side column (``side`` is 0), its content is in the text.
    """

    top: float = 30.0
    top_first: float = 26.0
    bottom: float = 28.0
    sides: float = 20.0
    text: float = 116.0
    gutter: float = 8.0
    side: float = 46.0
    logo: float = 14.0
    header: float = 12.0
    footer: float = 11.0
    outer: float | None = None

    @property
    def full(self) -> float:
        """The full width, in mm: text, gutter and side column."""
        return self.text + self.gutter + self.side

    def margins(self, paper: float) -> tuple[float, float]:
        """The inner and the outer margin, in mm, on paper of a width in mm.

        With a side column both are ``sides``, and the side column has the remaining width. Without one the text is
        centred, unless ``outer`` is set.
        """
        if self.outer is not None:
            return paper - self.text - self.outer, self.outer
        if not self.side:
            return (paper - self.text) / 2, (paper - self.text) / 2
        return self.sides, self.sides


@dataclass(frozen=True, slots=True)
class Fit:
    """The limits of tightening a brief to its page budget: the least share of spaces, the least text size in pt."""

    space: float = 0.6
    text: float = 9.5


@dataclass(frozen=True, slots=True)
class Template:
    """A Jinja template: its text, and the path of its file for messages."""

    text: str
    file: str

    def place(self, line: int) -> tuple[Span, str]:
        """The position of the text in a line of the template, and the line itself."""
        lines = self.text.splitlines()
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        column = len(excerpt) - len(excerpt.lstrip()) + 1
        return Span(self.file, line, column, line, max(len(excerpt.rstrip()), column) + 1), excerpt


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the writers use it.

    ``scripts`` maps an ISO 15924 code (Arab, Hebr, Jpan) to the face of that script, in the order in which faces
    are tried. ``colours`` and ``dark`` map tokens (ink, muted, accent, tint, marking, rule, paper, on_accent) to
    #rrggbb. ``folders`` are the theme's own folder and those that it extends, nearest first. ``templates`` maps
    names to templates, and ``labels`` a language to the program's words in it. ``space`` (``--space`` in CSS) is
    the share of the stylesheets' spaces that remains when a brief is tightened. ``front`` (``--front``) is the
    share of the sizes of flag and map in the masthead. ``scale`` (``--scale``) is the ratio of the type size to
    that for which the stylesheets were written. ``logo`` is the logo for projects without one, ``flags`` are flags
    by file name (flags/NO.svg), ``diagnostics`` has warnings for the designer. ``handout`` is the Word document
    whose styles and margins the Word writer uses; it is empty if there is none. ``indents`` in mm, ``spaces`` and
    ``rules`` in pt are lengths for Word's styles and for CSS.
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
    scale: float = 1.0
    front: float = 1.0
    logo: Picture | None = None
    flags: Mapping[str, Picture] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    scripts: Mapping[str, ScriptFace] = field(default_factory=dict)
    handout: bytes = b""
    indents: Mapping[str, float] = field(default_factory=dict)
    spaces: Mapping[str, float] = field(default_factory=dict)
    rules: Mapping[str, float] = field(default_factory=dict)

    def style(self, name: str) -> TypeStyle | None:
        """The type style with this name, or None."""
        return self.styles.get(name)

    @property
    def for_hand(self) -> bool:
        """Whether this is the theme of an edition in large print or with a margin for notes."""
        return self.scale != 1 or self.measures.outer is not None

    def chosen(self, option: str) -> bool:
        """Whether an option of the theme is "yes"."""
        return self.options.get(option, "").lower() in {"yes", "true", "on"}
