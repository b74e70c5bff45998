"""The paragraph properties of a style, from its type style and its row in ``style_table``."""

from __future__ import annotations

from briefing.theme import Theme, TypeStyle
from briefing.writers.docx.ooxml.elements import mm, xml
from briefing.writers.docx.page_grid import outdent, side_place

from .style_table import BULLETS, NUMBERED, NUMBERS, StyleRow
from .type_style import PLAIN, colour, eighths, paragraph_spacing

#: The name of a rule's weight, and its distance from the text in pt, by its side.
_RULES = {"left": ("bar", 8), "box": ("thin", 4), "top": ("heavy", 4), "bottom": ("block", 4)}


def type_style(theme: Theme, name: str) -> TypeStyle:
    """The theme's type style of that name, else that of the body."""
    return theme.style(name) or theme.style("body") or PLAIN


def paragraph_properties(theme: Theme, entry: StyleRow, *, rtl: bool) -> str:
    """The ``pPr`` of a style, its children in the order of the standard."""
    look = type_style(theme, entry.look)
    parts = (
        _keeping(entry, look),
        _frame(theme) if entry.frame and theme.measures.side else "",
        xml("w:widowControl") if entry.name == "Normal" else "",
        _numbering(entry.name),
        _rules(theme, entry, rtl=rtl) if entry.rule else "",
        _tabs(theme, entry),
        xml("w:suppressAutoHyphens") if entry.outline is not None or entry.name == "Title" else "",
        xml("w:bidi") if rtl and entry.name == "Normal" else "",
        paragraph_spacing(look, *spaces(theme, entry, look), single=entry.single, exact=entry.exact),
        _indents(theme, entry),
        _alignment(entry.align or look.align),
        xml("w:outlineLvl", val=entry.outline) if entry.outline is not None else "",
    )
    return "".join(parts)


def offsets(theme: Theme, entry: StyleRow) -> tuple[float, float]:
    """How far the text is from the edge of its column, and how far the first line hangs before it, in mm."""
    inset, step = (theme.indents[name] * theme.scale if name else 0.0 for name in (entry.inset, entry.indent))
    # A margin for notes is no place for a number.
    level = 1 if entry.name == NUMBERED[1] and theme.measures.outer is not None else entry.level
    return inset + step * level, step if entry.hangs else 0.0


def spaces(theme: Theme, entry: StyleRow | None, look: TypeStyle) -> tuple[float, float]:
    """The space before and after a paragraph, in pt."""
    if entry is None:
        return look.before, look.after
    own = ((entry.before, look.before), (entry.after, look.after))
    before, after = (default if name is None else theme.spaces[name] if name else 0.0 for name, default in own)
    return before, after


def _keeping(entry: StyleRow, look: TypeStyle) -> str:
    keep = look.keep_next if entry.keep_next is None else entry.keep_next
    return (
        (xml("w:keepNext") if keep else "")
        + (xml("w:keepLines") if entry.keep_lines else "")
        + (xml("w:pageBreakBefore") if entry.page_break else "")
    )


def _frame(theme: Theme) -> str:
    width, x = mm(theme.measures.side), mm(side_place(theme))
    return xml("w:framePr", w=width, hSpace=0, vSpace=0, wrap="around", vAnchor="text", hAnchor="page", x=x, y=60)


def _numbering(name: str) -> str:
    for identity, names in (*BULLETS, NUMBERS, (NUMBERED[0], NUMBERED[1:])):
        if name in names:
            level = names.index(name)
            depth = xml("w:ilvl", val=level) if level else ""
            return xml("w:numPr", depth, xml("w:numId", val=identity))
    return ""


def _rules(theme: Theme, entry: StyleRow, *, rtl: bool) -> str:
    weight, space = _RULES[entry.rule]
    sides = ("top", "left", "bottom", "right") if entry.rule == "box" else (entry.rule,)
    if rtl and entry.rule == "left":
        sides = ("right",)
    shade = colour(theme, entry.rule_colour, "color")
    return xml(
        "w:pBdr",
        *(xml(f"w:{side}", val="single", sz=eighths(theme.rules[weight]), space=space, **shade) for side in sides),
    )


def _tabs(theme: Theme, entry: StyleRow) -> str:
    tabs = [xml("w:tab", val="left", pos=mm(offsets(theme, entry)[0]))] if entry.tab else []
    if entry.leader:
        tabs.append(xml("w:tab", val="right", leader="dot", pos=mm(theme.measures.text)))
    return xml("w:tabs", *tabs) if tabs else ""


def _indents(theme: Theme, entry: StyleRow) -> str:
    """Indents; a wide style extends over the side column. In right-to-left text Word swaps left and right itself."""
    start, end = outdent(theme) if entry.wide else (0.0, 0.0)
    left, hanging = offsets(theme, entry)
    left, right = left - start, theme.indents.get(entry.inset, 0.0) * theme.scale - end
    indents = {"left": left} if left or entry.based != "Normal" else {}
    indents |= {side: place for side, place in (("right", right), ("hanging", hanging)) if place}
    return xml("w:ind", **{side: mm(place) for side, place in indents.items()}) if indents else ""


def _alignment(align: str) -> str:
    word = {"centre": "center", "end": "right"}.get(align, "")
    return xml("w:jc", val=word) if word else ""
