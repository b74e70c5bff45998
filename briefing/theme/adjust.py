"""A theme, adjusted: tightened to a page budget, set large for reading in a car, or with room for notes.

Every change is one of tokens, so the stylesheets and the styles in Word follow alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from . import Theme, TypeStyle

__all__ = ["SETTINGS", "for_notes", "large_print", "sheets_alone", "tightened"]

#: How many settings there are, from the theme as it is (0) to the tightest that it allows.
SETTINGS = 8
#: Of these, so many take from the spaces before the first takes from the size.
SPACES = 3
#: Small type (labels, captions, notes) is not made smaller than this, in pt (docs/themes.md).
SMALL = 8.5
#: Text of the edition for reading in a car, and the smallest type in it; in pt.
LARGE, LARGE_SMALL = 14.0, 12.0
#: Its one column, in mm: some 70 letters to a line, and nothing beside it that the eye could slip to.
LARGE_TEXT = 160.0
#: How much more room its running heads need above the text, in mm.
LARGE_HEAD = 4.0
#: The edition for notes: line spacing as a share of the size, the outer margin in mm, and the room after each point to
#: make, in pt: three lines of handwriting, 8 mm each.
NOTES_LEADING, NOTES_MARGIN, NOTES_ROOM = 1.5, 60.0, 68.0
#: Its inner margin, in mm.
INNER = 20.0
#: What is read from line to line, and written between the lines of. Headings, tables and small type keep their leading.
_READ = frozenset(
    (
        "body", "list", "summary", "key-points", "points-to-make", "objectives", "if-raised", "background",
        "internal-only", "sidebar", "timeline", "timeline-date", "people", "person-name",
    )
)  # fmt: skip
#: The title above meeting sheets that are printed alone: it says which brief they belong to, and no more.
SHEETS_TITLE = ("heading-2", 4.0)
#: Above it the page begins so much higher, in mm: what the masthead takes from the first sheet.
SHEETS_HIGHER = 5.0


def tightened(theme: Theme, setting: int) -> Theme:
    """The theme at a setting from 0 (as it is) to ``SETTINGS - 1`` (as tight as its ``fit`` allows).

    Space between paragraphs and parts goes first, then leading and size together; text never below ``fit.text`` pt.
    """
    if setting == 0:
        return theme
    space = round(1 - (1 - theme.fit.space) * min(setting, SPACES) / SPACES, 4)
    body = theme.styles["body"].size
    least = min(body, theme.fit.text)
    scale = 1 - (1 - least / body) * max(setting - SPACES, 0) / (SETTINGS - 1 - SPACES)

    def tighten(style: TypeStyle) -> TypeStyle:
        floor = min(style.size, theme.fit.text if style.size >= theme.fit.text else SMALL)
        size = max(_quarter(style.size * scale), floor)
        return replace(
            style,
            size=size,
            leading=_quarter(style.leading * size / style.size),
            before=_quarter(style.before * space),
            after=_quarter(style.after * space),
        )

    return replace(_restyled(theme, tighten), space=space)


def large_print(theme: Theme) -> Theme:
    """The theme with text at 14 pt, nothing smaller than 12 pt but note calls, the rest in proportion.

    It has one column: beside 14 pt, what stands in a side column would have lines of three words.
    """
    scale = LARGE / theme.styles["body"].size

    def enlarge(style: TypeStyle) -> TypeStyle:
        # What is large already grows less, or a title would fill the page.
        grown = style.size * scale if style.size <= LARGE else LARGE * scale + (style.size - LARGE) * 0.6
        size = max(_quarter(grown), LARGE_SMALL) if style.name != "note-call" else _quarter(style.size * scale)
        factor = size / style.size
        return replace(
            style,
            size=size,
            leading=_quarter(style.leading * factor),
            before=style.before * factor,
            after=style.after * factor,
        )

    measures = theme.measures
    text = min(LARGE_TEXT, measures.full)
    column = replace(
        measures,
        top=measures.top + LARGE_HEAD,
        top_first=measures.top_first + LARGE_HEAD,
        sides=measures.sides + (measures.full - text) / 2,
        text=text,
        gutter=0.0,
        side=0.0,
    )
    return replace(_restyled(theme, enlarge), measures=column, scale=scale)


def for_notes(theme: Theme) -> Theme:
    """The theme with a line spacing of 1.5, an outer margin of 60 mm, and room after each point to make.

    The side column gives way to the margin: what stands in it is set in the text.
    """

    def open_up(style: TypeStyle) -> TypeStyle:
        if style.name not in _READ:
            return style
        room = NOTES_ROOM if style.name == "points-to-make" else 0.0
        leading = max(style.leading, _quarter(style.size * NOTES_LEADING))
        return replace(style, leading=leading, after=style.after + room)

    measures = theme.measures
    text = measures.full + 2 * measures.sides - NOTES_MARGIN - INNER
    opened = replace(measures, text=text, gutter=0.0, side=0.0, sides=INNER, outer=NOTES_MARGIN)
    return replace(_restyled(theme, open_up), measures=opened)


def sheets_alone(theme: Theme) -> Theme:
    """The theme for meeting sheets printed alone: the title of the brief is a line above them."""
    look, after = theme.styles.get(SHEETS_TITLE[0]), SHEETS_TITLE[1]
    title = theme.styles["title"]
    small = replace(look, name="title", before=0.0, after=after, align=title.align, colour="muted") if look else title
    # Each sheet begins a page, or follows the title.
    heading = theme.styles.get("heading-1")
    tops = {"heading-1": replace(heading, before=0.0)} if heading else {}
    measures = replace(theme.measures, top_first=theme.measures.top_first - SHEETS_HIGHER)
    return replace(theme, styles={**theme.styles, **tops, "title": small}, measures=measures)


def _restyled(theme: Theme, change: Callable[[TypeStyle], TypeStyle]) -> Theme:
    return replace(theme, styles={name: change(style) for name, style in theme.styles.items()})


def _quarter(points: float) -> float:
    """To the nearest quarter of a point."""
    return round(points * 4) / 4
