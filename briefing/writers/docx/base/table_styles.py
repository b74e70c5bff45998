"""The table styles of the base document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.theme import Theme
from briefing.writers.docx.ooxml import mm

from .look import colour
from .roll import style_id

__all__ = ["table_styles"]


def table_styles(theme: Theme) -> Iterator[str]:
    """The table of the text, the fact box, the sidebar, the bare running lines, and the masthead with its rule."""
    hairline = _border("insideH", 4, theme, "rule")
    tint = f'<w:tcPr><w:shd w:val="clear" w:color="auto" {colour(theme, "tint", "fill", "themeFill")}/></w:tcPr>'
    accent = _border("bottom", 6, theme, "accent")
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{accent}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    yield _style("Brief Table", accent + hairline, (0.8, 0.8, 0.0, 2.6), head)
    yield _style("Fact Box", _border("top", 18, theme, "accent") + hairline, (0.4, 0.4, 0.0, 0.0), tint)
    yield _style("Sidebar Box", _border("left", 18, theme, "accent"), (2.0, 1.0, 3.5, 3.5), tint)
    yield _style("Running Line", "", (0.0, 0.0, 0.0, 0.0))
    yield _style("Masthead", _border("bottom", 12, theme, "accent"), (0.0, 1.4, 0.0, 0.0))


def _border(side: str, width: int, theme: Theme, token: str) -> str:
    """A border, its width in 1/8 pt."""
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="0" {colour(theme, token, "color")}/>'


def _style(name: str, borders: str, margins: tuple[float, float, float, float], rest: str = "") -> str:
    """A table style; ``margins`` are those of a cell in mm: top, bottom, left, right."""
    top, bottom, left, right = map(mm, margins)
    lines = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:tblPr>{lines}'
        f'<w:tblCellMar><w:top w:w="{top}" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/>'
        f'<w:bottom w:w="{bottom}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar></w:tblPr>{rest}'
        "</w:style>"
    )
