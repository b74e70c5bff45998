"""The table styles of the base document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.theme import Theme
from briefing.writers.docx.ooxml.elements import mm, pt, xml

from .style_table import style_id
from .type_style import colour, eighths


def table_styles(theme: Theme) -> Iterator[str]:
    """The styles of tables in the text, the fact box, the sidebar, headers and footers, and the masthead."""
    space, column, edge = theme.spaces, theme.indents["table-column"], theme.indents["sidebar-edge"]
    hairline = _border("insideH", "hairline", theme, "rule")
    shade = xml("w:shd", val="clear", color="auto", **colour(theme, "tint", "fill", "themeFill"))
    tint = xml("w:tcPr", shade)
    accent = _border("bottom", "thin", theme, "accent")
    cells = xml("w:tcPr", xml("w:tcBorders", accent), xml("w:vAlign", val="bottom"))
    head = xml("w:tblStylePr", cells, type="firstRow")
    yield _style("Brief Table", accent + hairline, (space["table-row"], space["table-row"], 0.0, column), head)
    yield _style(
        "Fact Box",
        _border("top", "block", theme, "accent") + hairline,
        (space["fact-row"], space["fact-row"], 0.0, 0.0),
        tint,
    )
    yield _style(
        "Sidebar Box",
        _border("left", "bar", theme, "accent"),
        (space["sidebar"], space["after-sidebar"], edge, edge),
        tint,
    )
    yield _style("Running Line", "", (0.0, 0.0, 0.0, 0.0))
    yield _style("Masthead", _border("bottom", "heavy", theme, "accent"), (0.0, space["masthead"], 0.0, 0.0))


def _border(side: str, weight: str, theme: Theme, token: str) -> str:
    """A border with a weight of the theme's rules."""
    return xml(f"w:{side}", val="single", sz=eighths(theme.rules[weight]), space=0, **colour(theme, token, "color"))


def _style(name: str, borders: str, margins: tuple[float, float, float, float], rest: str = "") -> str:
    """A table style; ``margins`` are those of a cell: top and bottom in pt, left and right in mm."""
    top, bottom, left, right = pt(margins[0]), pt(margins[1]), mm(margins[2]), mm(margins[3])
    lines = xml("w:tblBorders", borders) if borders else ""
    return xml(
        "w:style",
        xml("w:name", val=name),
        xml("w:basedOn", val="TableNormal"),
        xml("w:uiPriority", val=40),
        xml("w:qFormat"),
        xml("w:tblPr", lines, cell_margins(top=top, left=left, bottom=bottom, right=right)),
        rest,
        type="table",
        customStyle=1,
        styleId=style_id(name),
    )


def cell_margins(**sides: int) -> str:
    """The margins between a cell's edges and its text, in twips."""
    return xml("w:tblCellMar", *(xml(f"w:{side}", w=width, type="dxa") for side, width in sides.items()))
