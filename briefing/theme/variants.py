"""Variants of a theme: tightened to a page budget, in large print for reading in a car, with space for notes.

Only tokens and type styles are changed, so that stylesheets and Word styles change alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from . import Theme, TypeStyle

#: The number of settings, from the theme as it is (0) to the tightest that it allows.
SETTINGS = 8
#: The number of settings that reduce only spaces, before type is made smaller.
SPACES = 3
#: The largest size in pt of the country's name, and the share of the sizes of flag and map, on a compact front. It is
#: compact when spaces alone do not suffice.
COMPACT_NAME, COMPACT = 26.0, 0.63
#: The least size in pt of small type: labels, captions, notes (docs/themes.md).
SMALL = 8.5
#: The size in pt of the text and of the smallest type, in the edition in large print.
LARGE, LARGE_SMALL = 14.0, 12.0
#: The width in mm of its only column: about 70 characters in a line.
LARGE_TEXT = 160.0
#: The additional space in mm that its running heads need above the text.
LARGE_HEAD = 4.0
#: The edition for notes: line spacing as a multiple of the size, the outer margin in mm, and the space in pt after each
#: point to make. That is enough for three lines of handwriting of 8 mm.
NOTES_LEADING, NOTES_MARGIN, NOTES_ROOM = 1.5, 60.0, 68.0
#: Its inner margin, in mm.
INNER = 20.0
#: The styles with this line spacing. Headings, tables and small type keep their leading.
_READ = frozenset(
    (
        "body", "list", "summary", "key-points", "points-to-make", "objectives", "if-raised", "background",
        "internal-only", "sidebar", "timeline", "timeline-date", "people", "person-name",
    )
)  # fmt: skip
#: The style of the title above meeting sheets that are printed alone, and the space after it in pt.
SHEETS_TITLE = ("heading-2", 4.0)
#: The height in mm by which their first page begins higher, to make up for the masthead.
SHEETS_HIGHER = 5.0


def tightened(theme: Theme, setting: int) -> Theme:
    """The theme at a setting from 0 (as it is) to ``SETTINGS - 1`` (as tight as its ``fit`` allows).

    Space between paragraphs and parts is reduced first, then leading and size together, to at least ``fit.text`` pt.
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

    tight = replace(_restyled(theme, tighten), space=space)
    return tight if setting < SPACES else _with_compact_front(tight)


def _with_compact_front(theme: Theme) -> Theme:
    """The theme with a smaller name of the country, flag and map in the masthead."""

    def shrink(style: TypeStyle) -> TypeStyle:
        if not style.name.startswith("country") or style.size <= COMPACT_NAME:
            return style
        return replace(style, size=COMPACT_NAME, leading=_quarter(style.leading * COMPACT_NAME / style.size))

    return replace(_restyled(theme, shrink), front=COMPACT)


def large_print(theme: Theme) -> Theme:
    """The theme with text of 14 pt, nothing but note calls smaller than 12 pt, and the rest in proportion.

    It has one column: at 14 pt, lines in a side column would have three words.
    """
    scale = LARGE / theme.styles["body"].size

    def enlarge(style: TypeStyle) -> TypeStyle:
        # Large type grows less: otherwise a title would fill the page.
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
    """The theme with a line spacing of 1.5, an outer margin of 60 mm, and space after each point to make.

    The margin replaces the side column, whose content is in the text.
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


def meeting_sheets_only(theme: Theme) -> Theme:
    """The theme for meeting sheets that are printed alone, with the title of the brief as a small line above them."""
    base, after = theme.styles.get(SHEETS_TITLE[0]), SHEETS_TITLE[1]
    title = theme.styles["title"]
    small = replace(base, name="title", before=0.0, after=after, align=title.align, colour="muted") if base else title
    # Each sheet is at the top of a page or directly after the title.
    heading = theme.styles.get("heading-1")
    tops = {"heading-1": replace(heading, before=0.0)} if heading else {}
    measures = replace(theme.measures, top_first=theme.measures.top_first - SHEETS_HIGHER)
    return replace(theme, styles={**theme.styles, **tops, "title": small}, measures=measures)


def _restyled(theme: Theme, change: Callable[[TypeStyle], TypeStyle]) -> Theme:
    return replace(theme, styles={name: change(style) for name, style in theme.styles.items()})


def _quarter(points: float) -> float:
    """The nearest quarter of a point."""
    return round(points * 4) / 4
