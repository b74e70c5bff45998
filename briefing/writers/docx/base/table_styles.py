"""The table styles of the base document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.theme import Theme
from briefing.writers.docx.ooxml.elements import mm, xml

from .style_table import style_id
from .type_style import colour


def table_styles(theme: Theme) -> Iterator[str]:
    """The styles of tables in the text, the fact box, the sidebar, headers and footers, and the masthead."""
    hairline = _border("insideH", 4, theme, "rule")
    shade = xml("w:shd", val="clear", color="auto", **colour(theme, "tint", "fill", "themeFill"))
    tint = xml("w:tcPr", shade)
    accent = _border("bottom", 6, theme, "accent")
    cells = xml("w:tcPr", xml("w:tcBorders", accent), xml("w:vAlign", val="bottom"))
    head = xml("w:tblStylePr", cells, type="firstRow")
    yield _style("Brief Table", accent + hairline, (0.8, 0.8, 0.0, 2.6), head)
    yield _style("Fact Box", _border("top", 18, theme, "accent") + hairline, (0.4, 0.4, 0.0, 0.0), tint)
    yield _style("Sidebar Box", _border("left", 18, theme, "accent"), (2.0, 1.0, 3.5, 3.5), tint)
    yield _style("Running Line", "", (0.0, 0.0, 0.0, 0.0))
    yield _style("Masthead", _border("bottom", 12, theme, "accent"), (0.0, 1.4, 0.0, 0.0))


def _border(side: str, width: int, theme: Theme, token: str) -> str:
    """A border, its width in 1/8 pt."""
    return xml(f"w:{side}", val="single", sz=width, space=0, **colour(theme, token, "color"))


def _style(name: str, borders: str, margins: tuple[float, float, float, float], rest: str = "") -> str:
    """A table style; ``margins`` are those of a cell in mm: top, bottom, left, right."""
    top, bottom, left, right = map(mm, margins)
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
