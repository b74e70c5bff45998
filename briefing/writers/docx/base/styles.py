"""The styles part of the base document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.theme import Theme
from briefing.writers.docx.ooxml.elements import declared, mm, pt, xml

from .paragraphs import paragraph_properties, type_style
from .style_table import BUILT_IN, CHARACTERS, PARAGRAPHS, StyleRow, style_id
from .type_style import colour, eighths, font, run_properties, sizes

_MONO = xml("w:rFonts", ascii="Consolas", hAnsi="Consolas", cs="Courier New")


def styles_xml(theme: Theme, language: str, *, rtl: bool) -> str:
    """The styles part: defaults, paragraph, character and table styles, and further type styles of the theme."""
    normal, *others = (_paragraph_style(theme, row, rtl=rtl) for row in PARAGRAPHS)
    return xml(
        "w:styles",
        _defaults(theme, language, rtl=rtl),
        _latent(),
        normal,
        *_defaults_without_text(),
        *others,
        *_characters(theme),
        *_table_styles(theme),
        *_extras(theme, rtl=rtl),
        **declared("w"),
    )


def _defaults(theme: Theme, language: str, *, rtl: bool) -> str:
    body = type_style(theme, "body")
    mark = xml("w:lang", val=language, eastAsia=language, bidi=language if rtl else "ar-SA")
    properties = xml("w:rPr", font(body.face), sizes(round(body.size * 2)), mark)
    return xml("w:docDefaults", xml("w:rPrDefault", properties), xml("w:pPrDefault"))


def _latent() -> str:
    """Hides Word's own styles that this document does not use."""
    shown = (
        xml("w:lsdException", name=row.name, semiHidden=0, uiPriority=row.priority, unhideWhenUsed=0)
        for row in PARAGRAPHS
        if row.name in BUILT_IN
    )
    defaults = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    return xml("w:latentStyles", *shown, **defaults, count=376)


def _style(
    kind: str,
    label: str,
    *properties: str,
    based: str = "",
    following: str = "",
    link: str = "",
    priority: int = 99,
    quick: bool = False,
    default: bool = False,
    hidden: bool = False,
    custom: bool = False,
    identity: str = "",
) -> str:
    """A style. ``based``, ``following`` and ``link`` are names; ``identity`` is its id, if not that of its name."""
    return xml(
        "w:style",
        xml("w:name", val=label),
        xml("w:basedOn", val=style_id(based)) if based else "",
        xml("w:next", val=style_id(following)) if following else "",
        xml("w:link", val=style_id(link)) if link else "",
        xml("w:uiPriority", val=priority),
        xml("w:semiHidden") + xml("w:unhideWhenUsed") if hidden else "",
        xml("w:qFormat") if quick else "",
        *properties,
        type=kind,
        default=1 if default else None,
        customStyle=1 if custom else None,
        styleId=identity or style_id(label),
    )


def _defaults_without_text() -> Iterator[str]:
    """The defaults that every document has: characters, tables without a style, paragraphs without a list."""
    properties = xml("w:tblPr", xml("w:tblInd", w=0, type="dxa"), _cell_margins(top=0, left=108, bottom=0, right=108))
    yield _style("character", "Default Paragraph Font", priority=1, default=True, hidden=True)
    yield _style("table", "Normal Table", properties, default=True, hidden=True, identity="TableNormal")
    yield _style("numbering", "No List", default=True, hidden=True)


def _paragraph_style(theme: Theme, row: StyleRow, *, rtl: bool, link: str = "") -> str:
    properties = run_properties(theme, type_style(theme, row.look))
    if row.name == "HTML Preformatted":
        properties = _MONO + sizes(round(type_style(theme, "body").size * 2 * 6 / 7))
    is_default = row.name == "Normal"
    return _style(
        "paragraph",
        row.name,
        xml("w:pPr", paragraph_properties(theme, row, rtl=rtl)),
        xml("w:rPr", properties),
        based="" if is_default else row.based,
        following=row.next,
        link="Portion Mark Char" if row.name == "Portion Mark" else link,
        priority=row.priority,
        quick=row.quick,
        default=is_default,
        custom=row.name not in BUILT_IN,
    )


def _character_style(label: str, properties: str, priority: int = 99, *, custom: bool = False, link: str = "") -> str:
    properties = xml("w:rPr", properties)
    based, quick = "Default Paragraph Font", priority < 90
    return _style("character", label, properties, based=based, link=link, priority=priority, quick=quick, custom=custom)


def _characters(theme: Theme) -> Iterator[str]:
    bold, slope = xml("w:b") + xml("w:bCs"), xml("w:i") + xml("w:iCs")
    upright = xml("w:i", val=0) + xml("w:iCs", val=0)
    raised, lowered = xml("w:vertAlign", val="superscript"), xml("w:vertAlign", val="subscript")
    line = xml("w:u", val="single")
    call = type_style(theme, "note-call")
    call_colour = xml("w:color", **colour(theme, call.colour))
    yield _character_style("Strong", bold, 22)
    yield _character_style("Emphasis", slope, 20)
    yield _character_style("Intense Emphasis", bold + slope, 21)
    yield _character_style("Hyperlink", xml("w:color", **colour(theme, "accent")) + line)
    yield _character_style("FollowedHyperlink", xml("w:color", **colour(theme, "muted")) + line)
    yield _character_style("footnote reference", font(call.face) + upright + call_colour + raised)
    # A footnote of the fact box is called from an invisible anchor: LibreOffice drops one from a floating table.
    tiny = xml("w:color", **colour(theme, "paper")) + sizes(2) + raised
    yield _character_style("Note Anchor", tiny, custom=True)
    yield _character_style("HTML Code", _MONO)
    yield _character_style("HTML Cite", slope)
    yield _character_style("Superscript", raised, 45, custom=True)
    yield _character_style("Subscript", lowered, 45, custom=True)
    for label, class_name in CHARACTERS:
        properties = run_properties(theme, type_style(theme, class_name))
        link = label.removesuffix(" Char") if label.endswith(" Char") else ""
        yield _character_style(label, properties, 45, custom=True, link=link)


def _table_styles(theme: Theme) -> Iterator[str]:
    """The styles of tables in the text, the fact box, the sidebar, headers and footers, and the masthead."""
    space, column, edge = theme.spaces, theme.indents["table-column"], theme.indents["sidebar-edge"]
    table_row, fact_row = space["table-row"], space["fact-row"]
    hairline = _border("insideH", "hairline", theme, "rule")
    shade = xml("w:shd", val="clear", color="auto", **colour(theme, "tint", "fill", "themeFill"))
    tint = xml("w:tcPr", shade)
    accent = _border("bottom", "thin", theme, "accent")
    cells = xml("w:tcPr", xml("w:tcBorders", accent), xml("w:vAlign", val="bottom"))
    head = xml("w:tblStylePr", cells, type="firstRow")
    top, left, bottom = (
        _border(*side, theme, "accent") for side in (("top", "block"), ("left", "bar"), ("bottom", "heavy"))
    )
    yield _table_style("Brief Table", accent + hairline, (table_row, table_row, 0.0, column), head)
    yield _table_style("Fact Box", top + hairline, (fact_row, fact_row, 0.0, 0.0), tint)
    yield _table_style("Sidebar Box", left, (space["sidebar"], space["after-sidebar"], edge, edge), tint)
    yield _table_style("Key Points Box", "", (0.0, 0.0, 0.0, 0.0))
    yield _table_style("Running Line", "", (0.0, 0.0, 0.0, 0.0))
    yield _table_style("Masthead", bottom, (0.0, space["masthead"], 0.0, 0.0))


def _border(side: str, weight: str, theme: Theme, token: str) -> str:
    """A border with a weight of the theme's rules."""
    return xml(f"w:{side}", val="single", sz=eighths(theme.rules[weight]), space=0, **colour(theme, token, "color"))


def _table_style(label: str, borders: str, margins: tuple[float, float, float, float], rest: str = "") -> str:
    """A table style; ``margins`` are those of a cell: top and bottom in pt, left and right in mm."""
    top, bottom, left, right = pt(margins[0]), pt(margins[1]), mm(margins[2]), mm(margins[3])
    lines = xml("w:tblBorders", borders) if borders else ""
    properties = xml("w:tblPr", lines, _cell_margins(top=top, left=left, bottom=bottom, right=right))
    return _style("table", label, properties, rest, based="TableNormal", priority=40, quick=True, custom=True)


def _cell_margins(**sides: int) -> str:
    """The margins between a cell's edges and its text, in twips."""
    return xml("w:tblCellMar", *(xml(f"w:{side}", w=width, type="dxa") for side, width in sides.items()))


def _extras(theme: Theme, *, rtl: bool) -> Iterator[str]:
    """A paragraph style and a linked character style for each type style of the theme that the table does not use."""
    known = {row.look for row in PARAGRAPHS} | {class_name for _, class_name in CHARACTERS} | {"note-call"}
    for class_name in sorted(set(theme.styles) - known):
        label = class_name.replace("-", " ").title()
        row = StyleRow(label, class_name, based="Body Text", priority=50)
        yield _paragraph_style(theme, row, rtl=rtl, link=f"{label} Char")
        properties = run_properties(theme, theme.styles[class_name])
        yield _character_style(f"{label} Char", properties, 50, custom=True, link=label)
