"""The page as CSS: the paper, its margins and grid.

On paper most custom properties have one value. They are resolved here, because WeasyPrint takes longer to do it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.galley import Galley
from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme
from briefing.theme.css import css_variables, style_rules

from .pdfa import PDFA_CSS
from .running import running_rules

#: A page without a side column: side matter stands in the text. Undoes the stylesheets' rules for floats; it comes
#: after them, with the same specificity.
ONE_COLUMN = """\
.in-text > .pull-quote, .in-text > .extract { margin-block: calc(6mm * var(--space)) calc(7mm * var(--space)); }
.meeting-details, .meeting-sheet > h3:has(+ .people), .meeting-sheet > h3 + .people {
  float: none; width: auto; margin-inline: 0;
}
.meeting-details > div, .meeting-sheet .people > div { display: flex; margin-bottom: calc(1mm * var(--space)); }
.meeting-details { margin-block-end: calc(3mm * var(--space)); }
.meeting-sheet .people { margin-block: 0 calc(2mm * var(--space)); }
.meeting-details dt { flex: 0 0 calc((var(--indent-meeting-details) + 6mm) * var(--scale)); }
.meeting-details dd { flex: 1 1 0; }
"""
#: In the hand editions the middle box is wider: the marking is larger, or the page's full width is smaller.
FOR_HAND = (
    "@page{@top-left{width:22%}@top-center{width:56%}@top-right{width:22%}"
    "@bottom-left{width:22%}@bottom-center{width:56%}@bottom-right{width:22%}}\n"
)
#: In the edition for notes, the distance of the hairline along the outer margin from the text, in mm.
WRITING_EDGE = 5.0
#: The properties of ``:root``, a property that is defined, a reference to one, a sum of lengths, and a multiple of one.
_ROOT = re.compile(r":root\{([^{}]*)\}")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_SUM = re.compile(r"(?<=\()\((-?[\d.]+)(mm|pt) ([+-]) ([\d.]+)\2\)")
_PRODUCT = re.compile(r"calc\(\s*(-?[\d.]+)(mm|pt)\s*\*\s*([\d.]+)\s*\)")


def stylesheet(galley: Galley, fallbacks: str = "") -> str:
    """The print stylesheet: tokens and type styles, then the page's measures, then the theme's own rules.

    ``fallbacks`` are the rules of the fallback faces.
    """
    theme = galley.theme
    return resolve_variables(
        css_variables(theme, screen=False) + page_rule(theme, galley.paper),
        style_rules(theme, "pt")
        + fallbacks
        + PDFA_CSS
        + theme.print_css
        + ("" if theme.measures.side else ONE_COLUMN)
        + (FOR_HAND if theme.for_hand else "")
        + (_for_notes(theme) if theme.measures.outer is not None else "")
        + running_rules(galley),
    )


def page_rule(theme: Theme, paper: str) -> str:
    """The CSS for the paper and its margins in mm.

    The side column gets the width that the text column leaves.
    """
    m = theme.measures
    width, _ = PAPER_SIZES[paper]
    inner, outer = m.margins(width)
    full = width - inner - outer
    outer -= 0.0 if m.outer is None else WRITING_EDGE
    indent = full - m.text
    return (
        f":root{{--full:{full:g}mm;--side:{indent - m.gutter:g}mm;--indent:{indent:g}mm;--outdent:-{indent:g}mm}}\n"
        f"@page{{size:{paper};margin:{m.top:g}mm {outer:g}mm {m.bottom:g}mm {inner:g}mm}}\n"
        f"@page:left{{margin-left:{outer:g}mm;margin-right:{inner:g}mm}}@page:first{{margin-top:{m.top_first:g}mm}}\n"
    )


def _for_notes(theme: Theme) -> str:
    """The page for notes: a hairline along the outer margin, and space after each point, also at the end of a page."""
    style = theme.style("points-to-make")
    space = f"padding-block-end:{style.after:g}pt" if style else ""
    line, air = "var(--rule-hairline) solid var(--rule)", f"{WRITING_EDGE:g}mm"
    return (
        f"@page:right{{border-right:{line};padding-right:{air}}}@page:left{{border-left:{line};padding-left:{air}}}\n"
        ".numbered-paragraph{padding-inline-start:calc(var(--indent-numbered-paragraph) * var(--scale))}\n"
        f".points-to-make{{margin-block-end:0}}.points-to-make>li{{margin-block-end:0;{space};break-inside:avoid}}\n"
    )


@lru_cache(maxsize=16)
def resolve_variables(tokens: str, rules: str) -> str:
    """The tokens and rules as one stylesheet, without ``var()`` and ``calc()`` that have one value on the whole page.

    ``tokens`` define the properties on ``:root``; later definitions override earlier ones. Properties that the rules
    redefine, and any but the simplest forms, are left to WeasyPrint.
    """
    declarations = [declaration.partition(":") for root in _ROOT.findall(tokens) for declaration in root.split(";")]
    redefined = set(_DEFINED.findall(rules))
    values = {name: value for name, _, value in declarations if name.startswith("--") and name not in redefined}
    css = _VARIABLE.sub(lambda found: values.get(found[1], found[0]), tokens + rules)
    css = _SUM.sub(lambda found: f"{float(found[1]) + float(found[3] + found[4]):g}{found[2]}", css)
    return _PRODUCT.sub(lambda found: f"{round(float(found[1]) * float(found[3]), 5):g}{found[2]}", css)
