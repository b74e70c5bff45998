"""The table of styles: every style of the Word file, and the theme's type style that it is made from.

A style that Word knows has Word's own name, so that the navigation pane and a table of contents work. ``look`` names
the theme's type style, which sets face, size, leading, colour and spaces. An entry adds what a type style does not
have: the place in a list, in the side column, in a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: The styles that are Word's own; all others are marked as custom.
BUILT_IN = frozenset(
    (
        "Normal", "Body Text", "Title", "heading 1", "heading 2", "heading 3", "List Bullet", "List Bullet 2",
        "List Bullet 3", "List Number", "List Number 2", "List Number 3", "List Continue", "Quote", "Intense Quote",
        "caption", "HTML Preformatted", "header", "footer", "footnote text", "TOC Heading", "toc 1", "toc 2",
    )
)  # fmt: skip

#: Styles of bulleted lists, each with its own bullets: (style names by level, id of the list).
BULLETS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, ("List Bullet", "List Bullet 2", "List Bullet 3")),
    (2, ("Key Points", "Key Points 2")),
    (3, ("Points To Make", "Points To Make 2")),
    (4, ("Internal Only", "Internal Only 2")),
    (5, ("Sidebar List", "Sidebar List 2")),
    (6, ("Further Reading", "Further Reading 2")),
)
#: The levels of a list that Word knows.
LEVELS = 9
#: The numbered lists of the text. Each list in a brief, inner ones too, has a number instance of its own, which keeps
#: the number with which it begins. Levels below the last style have that style, with indents of their own.
NUMBERS: tuple[int, tuple[str, ...]] = (7, ("List Number", "List Number 2", "List Number 3"))
#: Numbered paragraphs: one list through the whole brief.
NUMBERED: tuple[int, str] = (8, "Numbered Paragraph")


def style_id(style_name: str) -> str:
    """The id of a style: its name without spaces, each word with a capital, as Word does it."""
    return "".join(word[:1].upper() + word[1:] for word in style_name.split())


@dataclass(frozen=True, slots=True)
class StyleRow:
    """One style. ``indent`` and ``inset`` are names of the theme's indents, ``before`` and ``after`` of its spaces.

    The left indent is ``inset``, and ``indent`` times ``level``; the right one is ``inset``. With ``hangs`` the first
    line begins one ``indent`` before the others, with ``tab`` a tab leads to them. ``frame``: it stands in the side
    column. ``wide``: it extends over the side column. ``rule``: a border at that side ("box" for all four), in a colour
    token. ``single`` makes a line as high as its content, ``exact`` as high as that number of pt. ``leader`` adds a tab
    at the end of the column, with dots up to it. ``before``, ``after``, ``align`` and ``keep_next`` replace those of
    the type style.
    """

    name: str
    look: str
    based: str = "Normal"
    next: str = ""
    priority: int = 40
    outline: int | None = None
    indent: str = ""
    level: int = 1
    inset: str = ""
    hangs: bool = False
    tab: bool = False
    wide: bool = False
    frame: bool = False
    rule: str = ""
    rule_colour: str = "rule"
    leader: bool = False
    align: str = ""
    keep_lines: bool = False
    page_break: bool = False
    single: bool = False
    exact: float | None = None
    before: str | Literal[0] | None = None
    after: str | Literal[0] | None = None
    keep_next: bool | None = None
    ground: str = ""
    quick: bool = True


def _listed(
    names: tuple[str, ...], look: str, indent: str = "", *, inset: str = "", rule: str = "", rule_colour: str = "rule"
) -> tuple[StyleRow, ...]:
    return tuple(
        StyleRow(
            label,
            look,
            priority=36,
            indent=indent or look,
            level=level,
            inset=inset,
            hangs=True,
            rule=rule,
            rule_colour=rule_colour,
        )
        for level, label in enumerate(names, 1)
    )


PARAGRAPHS: tuple[StyleRow, ...] = (
    StyleRow("Normal", "body", priority=0, after=0),
    StyleRow("Body Text", "body", priority=1),
    StyleRow("Body Text After Table", "body", based="Body Text", next="Body Text", priority=1, before="after-table"),
    StyleRow(
        "Numbered Paragraph",
        "body",
        based="Body Text",
        next="Numbered Paragraph",
        priority=2,
        indent="numbered-paragraph",
        level=0,
        hangs=True,
    ),
    StyleRow("Title", "title", next="Summary", priority=10, keep_lines=True, wide=True, before="title"),
    StyleRow("Summary", "summary", next="Body Text", priority=11, wide=True),
    StyleRow("heading 1", "heading-1", next="Body Text", priority=9, outline=0, keep_lines=True),
    StyleRow("heading 2", "heading-2", next="Body Text", priority=9, outline=1, keep_lines=True),
    StyleRow("heading 3", "heading-3", next="Body Text", priority=9, outline=2, keep_lines=True),
    StyleRow(
        "Sheet Heading",
        "heading-1",
        based="heading 1",
        next="Body Text",
        priority=9,
        outline=0,
        page_break=True,
        before=0,
        after="sheet-title",
        wide=True,
    ),
    *_listed(("List Bullet", "List Bullet 2", "List Bullet 3"), "list"),
    *_listed(("List Number", "List Number 2", "List Number 3"), "list", "numbers"),
    StyleRow("List Continue", "list", priority=36, indent="list"),
    StyleRow("Figure Label", "figure-label", next="Figure Value", keep_next=True),
    StyleRow("Figure Value", "figure-value", next="Figure Change", keep_next=True),
    StyleRow("Figure Change", "figure-change", next="Figure Date"),
    StyleRow("Figure Date", "figure-date", next="Figure Label"),
    StyleRow("Key Points Title", "key-points-title", next="Key Points"),
    *_listed(("Key Points", "Key Points 2"), "key-points"),
    *_listed(("Points To Make", "Points To Make 2"), "points-to-make"),
    *_listed(
        ("Internal Only", "Internal Only 2"),
        "internal-only",
        inset="internal-only-frame",
        rule="box",
        rule_colour="marking",
    ),
    *_listed(("Further Reading", "Further Reading 2"), "further-reading"),
    StyleRow("Quote", "body", next="Body Text", priority=29, indent="block-quotation", keep_lines=True),
    StyleRow(
        "Intense Quote",
        "pull-quote",
        based="Quote",
        next="Attribution",
        priority=30,
        indent="pull-quote",
        rule="left",
        rule_colour="accent",
        keep_lines=True,
        keep_next=True,
        before="pull-quote",
        after=0,
    ),
    StyleRow(
        "Attribution",
        "attribution",
        next="Body Text",
        priority=31,
        indent="pull-quote",
        rule="left",
        rule_colour="accent",
        keep_lines=True,
        before="attribution",
        after="after-pull-quote",
    ),
    StyleRow("Pull Quote", "pull-quote", based="Quote", next="Pull Quote Attribution", priority=31, frame=True),
    StyleRow("Pull Quote Attribution", "attribution", next="Body Text", priority=31, frame=True),
    StyleRow("Extract", "extract", based="Quote", next="Body Text", priority=31, frame=True),
    StyleRow(
        "Extract In Text",
        "extract",
        based="Intense Quote",
        next="Body Text",
        priority=31,
        indent="pull-quote",
        rule="left",
        rule_colour="accent",
        keep_lines=True,
        keep_next=False,
        before="pull-quote",
        after="after-pull-quote",
    ),
    StyleRow("Block Title", "block-title", next="Body Text"),
    StyleRow("caption", "caption", next="Body Text", priority=35, keep_lines=True),
    StyleRow("Figure", "body", next="caption", priority=35, single=True, keep_next=True, after="picture"),
    StyleRow(
        "Figure Wide",
        "body",
        based="Figure",
        next="caption",
        priority=35,
        single=True,
        keep_next=True,
        after="picture",
        wide=True,
    ),
    StyleRow("Figure Note", "figure-note", next="Body Text", priority=35),
    StyleRow("Table Text", "table-text", priority=35, after=0),
    StyleRow("Table Number", "table-text", based="Table Text", priority=35, align="end", after=0),
    StyleRow("Table Centre", "table-text", based="Table Text", priority=35, align="centre", after=0),
    StyleRow("Table Head Centre", "table-head", based="Table Head", priority=35, align="centre", keep_next=True),
    StyleRow("Table Head", "table-head", based="Table Text", priority=35, keep_next=True),
    StyleRow("Table Head Number", "table-head", based="Table Head", priority=35, align="end", keep_next=True),
    StyleRow("Table Note", "table-note", next="Body Text", priority=35),
    StyleRow("Table Gap", "table-note", next="Body Text", priority=35, quick=False, before=0, after=0, exact=6),
    StyleRow("Anchor", "table-note", next="Body Text", priority=35, quick=False, before=0, after=0, exact=1),
    # The edge of the box is an indent of its paragraphs: LibreOffice shifts a floating table by its cell margins.
    StyleRow("Fact Box Title", "fact-box-title", next="Fact Label", inset="fact-box", before="fact-box-title"),
    StyleRow("Fact Label", "fact-label", next="Fact Value", inset="fact-box"),
    StyleRow("Fact Value", "fact-value", next="Fact Label", inset="fact-box"),
    # Label beside value: a label that keeps with the next paragraph would keep all rows on one page.
    StyleRow("Fact Label In Text", "fact-label", next="Fact Value In Text", inset="fact-box", keep_next=False),
    StyleRow(
        "Fact Value In Text", "fact-value", next="Fact Label In Text", inset="fact-box", before="fact", after="fact"
    ),
    StyleRow("Flag", "fact-value", inset="fact-box", single=True, before=0, after="flag", keep_next=True),
    StyleRow("Timeline", "timeline", indent="timeline", hangs=True, tab=True),
    StyleRow("People", "people", indent="people", hangs=True, tab=True),
    StyleRow("Meeting Details", "meeting-details", indent="meeting-details", hangs=True, tab=True),
    StyleRow("Abbreviations", "abbreviations", indent="abbreviations", hangs=True, tab=True),
    StyleRow("Topic", "topic", next="If Raised", keep_next=True, before="topic"),
    StyleRow("If Raised", "if-raised", indent="if-raised"),
    StyleRow("Background", "background", indent="if-raised"),
    StyleRow("Sidebar Title", "sidebar-title", next="Sidebar"),
    StyleRow("Sidebar", "sidebar"),
    *_listed(("Sidebar List", "Sidebar List 2"), "sidebar"),
    StyleRow("Portion Mark", "portion-mark", next="Body Text", keep_next=True, after="portion-mark"),
    StyleRow("Series", "series", next="Issue Line"),
    StyleRow("Country", "country", next="Issue Line"),
    StyleRow("Country Long", "country-long", based="Country", next="Issue Line"),
    StyleRow("Country Longest", "country-longest", based="Country", next="Issue Line"),
    StyleRow("Issue Line", "issue-line", next="Title"),
    StyleRow("Logo", "series", next="Series", single=True, align="end", after=0),
    StyleRow(
        "Side Title", "side-title", based="heading 1", next="Abbreviations", priority=9, outline=0, before="side-title"
    ),
    StyleRow("Sheet Side", "people", next="Sheet Side", frame=True),
    StyleRow("Imprint", "imprint", next="Body Text"),
    StyleRow("Rule", "body", next="Body Text", rule="bottom", single=True, quick=False),
    StyleRow("HTML Preformatted", "body", priority=99, after="preformatted"),
    StyleRow("header", "running-head", priority=99, quick=False),
    StyleRow("Running Marking", "running-marking", based="header", priority=99, align="centre", quick=False),
    StyleRow("Running Title", "running-foot", based="header", priority=99, quick=False),
    StyleRow("Header End", "running-draft", based="header", priority=99, align="end", quick=False),
    StyleRow("footer", "running-foot", priority=99, quick=False),
    StyleRow("Footer End", "running-foot", based="footer", priority=99, align="end", quick=False),
    StyleRow("footnote text", "notes", priority=99, quick=False),
    StyleRow("TOC Heading", "key-points-title", next="toc 1", priority=39, before="contents"),
    StyleRow("toc 1", "contents", next="Body Text", priority=39, leader=True, quick=False),
    StyleRow("toc 2", "contents", next="Body Text", priority=39, indent="contents", leader=True, quick=False),
)

#: The same by their names.
ENTRIES: Mapping[str, StyleRow] = {entry.name: entry for entry in PARAGRAPHS}

#: Character styles: (Word's name, the theme's type style, or nothing where the style only changes the weight or slope).
CHARACTERS: tuple[tuple[str, str], ...] = (
    ("As Of", "as-of"),
    ("Lead In", "lead-in"),
    ("Caption Label", "caption-label"),
    ("Credit", "credit"),
    ("Unit", "unit"),
    ("Figure Unit", "figure-unit"),
    ("Direction", "figure-change"),
    ("Draft Mark", "draft-mark"),
    ("Boundary Note", "boundary-note"),
    ("Portion Mark Char", "portion-mark"),
    ("Timeline Date", "timeline-date"),
    ("Person Name", "person-name"),
    ("Detail Label", "detail-label"),
    ("Abbreviation", "abbreviation"),
)
