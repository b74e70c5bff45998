"""A theme: tokens, type styles, two stylesheets, templates, fonts. One source for the looks of all formats.

``folder`` reads its files and refuses a stylesheet that would fetch something. ``load`` checks the tokens and merges
them with those of the theme that it extends. ``css`` turns tokens and type styles into CSS; the Word writer makes its
styles from the same tokens. ``faces`` and ``font_file`` check fonts, ``logo`` the logo, ``contrast`` the colours,
``handout`` a Word document of the theme; ``adjust`` makes variants, ``copy`` a new theme from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefing.diagnostics import Span

if TYPE_CHECKING:
    from briefing.diagnostics import Diagnostic
    from briefing.reading.draft import Picture

__all__ = ["Face", "Fit", "Measures", "ScriptFace", "Template", "Theme", "TypeStyle"]

#: Weights from here on are nearer to a bold cut (700) than to a regular one (400).
BOLD_FROM = 550


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its family name, what Word and a browser fall back to, and its font files.

    ``roman`` and ``italic`` are variable fonts with a weight axis, or the regular cuts of a family that has its bold
    ones in files of their own. A face without an italic has its roman in that place.
    """

    family: str
    word_fallback: str
    css_fallback: str
    roman: Path
    italic: Path
    bold: Path | None = None
    bold_italic: Path | None = None

    def file(self, weight: int = 400, *, italic: bool = False) -> Path:
        """The font file that is nearest to a weight (100 to 900), upright or italic."""
        if weight < BOLD_FROM:
            return self.italic if italic else self.roman
        if italic:
            # A slope says more than a weight: without a bold italic, what is both is set in the italic.
            return self.bold_italic or (self.italic if self.italic != self.roman else self.bold or self.roman)
        return self.bold or self.roman

    @property
    def files(self) -> tuple[Path, ...]:
        """All its font files, each once."""
        return tuple(dict.fromkeys(f for f in (self.roman, self.italic, self.bold, self.bold_italic) if f is not None))


@dataclass(frozen=True, slots=True)
class ScriptFace:
    """The face of a script that the theme's own faces have no letters for: what is lent to them.

    ``roman`` is None where its font package is not installed; ``install`` is then the line to type. A script without
    italics has the same file twice.
    """

    family: str
    word_fallback: str
    css_fallback: str
    roman: Path | None
    italic: Path | None
    install: str = ""


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

    ``outer`` is the margin away from the binding where it differs from ``sides``: on the right of odd pages. Without a
    side column (``side`` 0) what would stand there is set in the text.
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

    def margins(self, paper: float) -> tuple[float, float]:
        """The inner and the outer margin, in mm, on paper of a width: what the text and its side column leave.

        A page with a side column gives that what is left over; one without stands in the middle of the paper, unless
        its outer margin has a width of its own.
        """
        if self.outer is not None:
            return paper - self.text - self.outer, self.outer
        if not self.side:
            return (paper - self.text) / 2, (paper - self.text) / 2
        return self.sides, self.sides


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

    def place(self, line: int) -> tuple[Span, str]:
        """A line of the template: the place of its words, and the line itself."""
        lines = self.text.splitlines()
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        column = len(excerpt) - len(excerpt.lstrip()) + 1
        return Span(self.file, line, column, line, max(len(excerpt.rstrip()), column) + 1), excerpt


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the presses see it.

    ``scripts`` maps an ISO 15924 code (Arab, Hebr, Jpan) to the face of that script, in the order of asking;
    ``colours`` and ``dark`` map tokens (ink, muted, accent, tint, marking, rule, paper, on_accent) to #rrggbb;
    ``folders`` are its own folder and those it extends, nearest first; ``templates`` maps a template's name to its text
    and its file; ``labels`` maps a language to the words that the program sets in it. ``space`` is the share of the
    stylesheets' own spaces that is left when a brief is tightened (their ``--space``), ``scale`` how much larger than
    they were drawn for the type is set (their ``--scale``). ``logo`` stands in the masthead
    of a project that has none of its own; ``diagnostics`` are warnings for the designer.
    ``handout`` is the Word document whose styles and margins the Word press takes over; empty where there is none.
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
    logo: Picture | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    scripts: Mapping[str, ScriptFace] = field(default_factory=dict)
    handout: bytes = b""

    def style(self, name: str) -> TypeStyle | None:
        """The type style of that name, or None."""
        return self.styles.get(name)

    @property
    def for_hand(self) -> bool:
        """Whether this is the theme of an edition for the hand: in large print, or with a margin for notes."""
        return self.scale != 1 or self.measures.outer is not None

    def chosen(self, option: str) -> bool:
        """Whether an option of the theme is "yes"."""
        return self.options.get(option, "").lower() in {"yes", "true", "on"}
