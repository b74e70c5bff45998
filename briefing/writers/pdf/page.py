"""The page as CSS: the paper, its margins, its grid, and the type of its margin boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.theme.css import css_variables, style_declarations, style_rules

from .archival import ARCHIVAL_CSS

if TYPE_CHECKING:
    from briefing.galley import Galley
    from briefing.theme import Theme

__all__ = ["stylesheet"]

#: Margin boxes have no logical names: a brief that is read from right to left swaps the two at the foot.
MIRRORED = (
    "@page{@bottom-right{content:string(footer)}"
    "@bottom-left{content:string(before) counter(page) string(between) counter(pages) string(after)}}\n"
)
#: Width of the paper, in mm.
PAPER = {"A4": 210.0, "Letter": 215.9}


def stylesheet(galley: Galley) -> str:
    """The print stylesheet: tokens and type styles, then the page's measures, then the theme's own geometry."""
    theme = galley.theme
    return (
        css_variables(theme, screen=False)
        + style_rules(theme, "pt")
        + page_rule(theme, galley.paper)
        + ARCHIVAL_CSS
        + theme.print_css
        + (MIRRORED if galley.direction == "rtl" else "")
    )


def page_rule(theme: Theme, paper: str) -> str:
    """The paper, its margins in mm, the type of its margin boxes. The side column takes what the text leaves."""
    m = theme.measures
    full = PAPER[paper] - 2 * m.sides
    indent = full - m.text
    head, foot = _margin_type(theme, "running-head"), _margin_type(theme, "running-foot")
    return (
        f":root{{--full:{full:g}mm;--side:{indent - m.gutter:g}mm;--indent:{indent:g}mm;--outdent:-{indent:g}mm}}\n"
        f"@page{{size:{paper};margin:{m.top:g}mm {m.sides:g}mm {m.bottom:g}mm;"
        f"@top-left{{{foot}}}@top-right{{{foot}}}@bottom-left{{{foot}}}@bottom-right{{{foot}}}}}\n"
        f"@page:right{{@top-right{{{head}}}}}@page:left{{@top-left{{{head}}}}}@page:first{{margin-top:{m.top_first:g}mm}}\n"
    )


def _margin_type(theme: Theme, name: str) -> str:
    style = theme.style(name)
    steady = "hyphens:manual;font-variant-numeric:lining-nums"
    return f"{style_declarations(theme, style, 'pt', spaces=False)};{steady}" if style else steady
