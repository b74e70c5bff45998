"""The table of styles: every style of the Word file, and the theme's type style that it is made from.

A style that Word knows has Word's own name, so that the navigation pane and a table of contents work. ``look`` names
the theme's type style, which sets face, size, leading, colour and spaces. An entry adds what a type style does not
have: the place in a list, in the side column, in a table.
"""

from __future__ import annotations

from dataclasses import dataclass

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
#: The numbered lists of the text. Each list in a brief gets a number instance of its own, so that it begins at 1.
NUMBERS: tuple[int, tuple[str, ...]] = (7, ("List Number", "List Number 2", "List Number 3"))
#: Numbered paragraphs: one list through the whole brief; ``HANGING`` is the distance of a number from the text in mm.
NUMBERED: tuple[int, str] = (8, "Numbered Paragraph")
HANGING = 7.0


def style_id(style_name: str) -> str:
    """The id of a style: its name without spaces, each word with a capital, as Word does it."""
    return "".join(word[:1].upper() + word[1:] for word in style_name.split())


@dataclass(frozen=True, slots=True)
class StyleRow:
    """One style. Indents and tabs in mm.

    ``frame``: it stands in the side column. ``wide``: it extends over the side column. ``rule``: a border at that side
    ("box" for all four), in a colour token. ``single`` makes a line as high as its content, ``exact`` as high as that
    number of pt. ``leader`` adds a tab at the end of the column, with dots up to it. ``before``, ``after``, ``align``
    and ``keep_next`` replace those of the type style.
    """

    name: str
    look: str
    based: str = "Normal"
    next: str = ""
    priority: int = 40
    outline: int | None = None
    left: float = 0.0
    right: float = 0.0
    hanging: float = 0.0
    wide: bool = False
    frame: bool = False
    rule: str = ""
    rule_colour: str = "rule"
    tabs: tuple[tuple[str, float], ...] = ()
    leader: bool = False
    align: str = ""
    keep_lines: bool = False
    page_break: bool = False
    single: bool = False
    exact: float | None = None
    before: float | None = None
    after: float | None = None
    keep_next: bool | None = None
    ground: str = ""
    quick: bool = True


def _listed(
    names: tuple[str, ...],
    look: str,
    *,
    step: float = 4.5,
    start: float = 0.0,
    rule: str = "",
    rule_colour: str = "rule",
) -> tuple[StyleRow, ...]:
    return tuple(
        StyleRow(
            label,
            look,
            priority=36,
            left=start + step * (level + 1),
            right=start,
            hanging=step,
            rule=rule,
            rule_colour=rule_colour,
        )
        for level, label in enumerate(names)
    )


PARAGRAPHS: tuple[StyleRow, ...] = (
    StyleRow("Normal", "body", priority=0, after=0),
    StyleRow("Body Text", "body", priority=1),
    StyleRow("Body Text After Table", "body", based="Body Text", next="Body Text", priority=1, before=9),
    StyleRow("Numbered Paragraph", "body", based="Body Text", next="Numbered Paragraph", priority=2, hanging=HANGING),
    StyleRow("Title", "title", next="Summary", priority=10, keep_lines=True, wide=True, before=14),
    StyleRow("Summary", "summary", next="Body Text", priority=11),
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
        after=6,
        wide=True,
    ),
    *_listed(("List Bullet", "List Bullet 2", "List Bullet 3"), "list"),
    *_listed(("List Number", "List Number 2", "List Number 3"), "list", step=5.5),
    StyleRow("List Continue", "list", priority=36, left=4.5),
    StyleRow("Key Points Title", "key-points-title", next="Key Points", rule="top", rule_colour="accent"),
    *_listed(("Key Points", "Key Points 2"), "key-points"),
    *_listed(("Points To Make", "Points To Make 2"), "points-to-make", step=5.5),
    *_listed(("Internal Only", "Internal Only 2"), "internal-only", start=3, rule="box", rule_colour="marking"),
    *_listed(("Further Reading", "Further Reading 2"), "further-reading", step=4),
    StyleRow("Quote", "body", next="Body Text", priority=29, left=7, keep_lines=True),
    StyleRow(
        "Intense Quote",
        "pull-quote",
        based="Quote",
        next="Attribution",
        priority=30,
        left=4,
        rule="left",
        rule_colour="accent",
        keep_lines=True,
        keep_next=True,
        before=7,
        after=0,
    ),
    StyleRow(
        "Attribution",
        "attribution",
        next="Body Text",
        priority=31,
        left=4,
        rule="left",
        rule_colour="accent",
        keep_lines=True,
        before=2,
        after=9,
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
        left=4,
        rule="left",
        rule_colour="accent",
        keep_lines=True,
        keep_next=False,
        before=7,
        after=9,
    ),
    StyleRow("Block Title", "block-title", next="Body Text"),
    StyleRow("caption", "caption", next="Body Text", priority=35, keep_lines=True),
    StyleRow("Figure", "body", next="caption", priority=35, single=True, keep_next=True, after=3),
    StyleRow(
        "Figure Wide",
        "body",
        based="Figure",
        next="caption",
        priority=35,
        single=True,
        keep_next=True,
        after=3,
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
    StyleRow("Fact Box Title", "fact-box-title", next="Fact Label", left=2.8, right=2.8, before=2),
    StyleRow("Fact Label", "fact-label", next="Fact Value", left=2.8, right=2.8),
    StyleRow("Fact Value", "fact-value", next="Fact Label", left=2.8, right=2.8),
    # Label beside value: a label that keeps with the next paragraph would keep all rows on one page.
    StyleRow("Fact Label In Text", "fact-label", next="Fact Value In Text", left=2.8, right=2.8, keep_next=False),
    StyleRow(
        "Fact Value In Text", "fact-value", next="Fact Label In Text", left=2.8, right=2.8, before=1.75, after=1.75
    ),
    StyleRow("Flag", "fact-value", left=2.8, right=2.8, single=True, before=0, after=4, keep_next=True),
    StyleRow("Timeline", "timeline", left=31, hanging=31, tabs=(("left", 31),)),
    StyleRow("People", "people", left=38, hanging=38, tabs=(("left", 38),)),
    StyleRow("Meeting Details", "meeting-details", left=28, hanging=28, tabs=(("left", 28),)),
    StyleRow("Abbreviations", "abbreviations", left=18, hanging=18, tabs=(("left", 18),)),
    StyleRow("Topic", "topic", next="If Raised", keep_next=True, before=4),
    StyleRow("If Raised", "if-raised", left=4.5),
    StyleRow("Background", "background", left=4.5),
    StyleRow("Sidebar Title", "sidebar-title", next="Sidebar"),
    StyleRow("Sidebar", "sidebar"),
    *_listed(("Sidebar List", "Sidebar List 2"), "sidebar", step=4),
    StyleRow("Portion Mark", "portion-mark", next="Body Text", keep_next=True, after=2),
    StyleRow("Series", "series", next="Issue Line"),
    StyleRow("Series End", "series", based="Series", align="end"),
    StyleRow("Issue Line", "issue-line", next="Marking"),
    StyleRow("Issue Line End", "issue-line", based="Issue Line", align="end"),
    StyleRow("Marking", "marking", next="Title"),
    StyleRow("Marking End", "marking", based="Marking", align="end"),
    StyleRow("Logo", "series", next="Series", single=True, after=4, keep_next=True),
    StyleRow("Side Title", "side-title", based="heading 1", next="Abbreviations", priority=9, outline=0, before=9),
    StyleRow("Sheet Side", "people", next="Sheet Side", frame=True),
    StyleRow("Imprint", "imprint", next="Body Text"),
    StyleRow("Rule", "body", next="Body Text", rule="bottom", single=True, quick=False),
    StyleRow("HTML Preformatted", "body", priority=99, after=7),
    StyleRow("header", "running-head", priority=99, quick=False),
    StyleRow("Running Marking", "running-marking", based="header", priority=99, align="centre", quick=False),
    StyleRow("Running Title", "running-foot", based="header", priority=99, quick=False),
    StyleRow("Header End", "running-head", based="header", priority=99, align="end", quick=False),
    StyleRow("footer", "running-foot", priority=99, quick=False),
    StyleRow("Footer End", "running-foot", based="footer", priority=99, align="end", quick=False),
    StyleRow("footnote text", "notes", priority=99, quick=False),
    StyleRow("TOC Heading", "key-points-title", next="toc 1", priority=39, before=9),
    StyleRow("toc 1", "contents", next="Body Text", priority=39, leader=True, quick=False),
    StyleRow("toc 2", "contents", next="Body Text", priority=39, left=5, leader=True, quick=False),
)

#: Character styles: (Word's name, the theme's type style, or nothing where the style only changes the weight or slope).
CHARACTERS: tuple[tuple[str, str], ...] = (
    ("As Of", "as-of"),
    ("Caption Label", "caption-label"),
    ("Credit", "credit"),
    ("Unit", "unit"),
    ("Draft Mark", "draft-mark"),
    ("Boundary Note", "boundary-note"),
    ("Portion Mark Char", "portion-mark"),
    ("Timeline Date", "timeline-date"),
    ("Person Name", "person-name"),
    ("Detail Label", "detail-label"),
    ("Abbreviation", "abbreviation"),
)
