"""The paragraph properties of a style: what a type style does not say, from its entry in the roll."""

from __future__ import annotations

from briefing.theme import Theme, TypeStyle
from briefing.writers.docx.grid import outdent, side_place
from briefing.writers.docx.ooxml import mm

from .look import PLAIN, colour, paragraph_spacing
from .roll import BULLETS, NUMBERED, NUMBERS, Entry

__all__ = ["look_of", "paragraph_properties"]

#: The weight of a rule in 1/8 pt and its distance from the words in pt, by where it stands.
_RULES = {"left": (18, 8), "box": (6, 4), "top": (12, 4), "bottom": (12, 4)}


def look_of(theme: Theme, name: str) -> TypeStyle:
    """The theme's type style of that name, else that of the body."""
    return theme.style(name) or theme.style("body") or PLAIN


def paragraph_properties(theme: Theme, entry: Entry, *, rtl: bool) -> str:
    """The ``pPr`` of a style, its children in the order of the standard."""
    look = look_of(theme, entry.look)
    parts = (
        _keeping(entry, look),
        _frame(theme) if entry.frame and theme.measures.side else "",
        "<w:widowControl/>" if entry.name == "Normal" else "",
        _numbering(entry.name),
        _rules(theme, entry, rtl=rtl) if entry.rule else "",
        _tabs(theme, entry),
        "<w:bidi/>" if rtl and entry.name == "Normal" else "",
        paragraph_spacing(look, before=entry.before, after=entry.after, single=entry.single, exact=entry.exact),
        _indents(theme, entry),
        _alignment(entry.align or look.align),
        f'<w:outlineLvl w:val="{entry.outline}"/>' if entry.outline is not None else "",
    )
    return "".join(parts)


def _keeping(entry: Entry, look: TypeStyle) -> str:
    keep = look.keep_next if entry.keep_next is None else entry.keep_next
    return (
        ("<w:keepNext/>" if keep else "")
        + ("<w:keepLines/>" if entry.keep_lines else "")
        + ("<w:pageBreakBefore/>" if entry.page_break else "")
    )


def _frame(theme: Theme) -> str:
    x = mm(side_place(theme))
    return (
        f'<w:framePr w:w="{mm(theme.measures.side)}" w:hSpace="0" w:vSpace="0" w:wrap="around" w:vAnchor="text"'
        f' w:hAnchor="page" w:x="{x}" w:y="60"/>'
    )


def _numbering(name: str) -> str:
    for identity, names in (*BULLETS, NUMBERS, (NUMBERED[0], NUMBERED[1:])):
        if name in names:
            level = names.index(name)
            depth = f'<w:ilvl w:val="{level}"/>' if level else ""
            return f'<w:numPr>{depth}<w:numId w:val="{identity}"/></w:numPr>'
    return ""


def _rules(theme: Theme, entry: Entry, *, rtl: bool) -> str:
    size, space = _RULES[entry.rule]
    sides = ("top", "left", "bottom", "right") if entry.rule == "box" else (entry.rule,)
    if rtl and entry.rule == "left":
        sides = ("right",)
    look = f'w:val="single" w:sz="{size}" w:space="{space}" {colour(theme, entry.rule_colour, "color")}'
    return f"<w:pBdr>{''.join(f'<w:{side} {look}/>' for side in sides)}</w:pBdr>"


def _tabs(theme: Theme, entry: Entry) -> str:
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{mm(place * theme.scale)}"/>' for kind, place in entry.tabs)
    if entry.leader:
        tabs += f'<w:tab w:val="right" w:leader="dot" w:pos="{mm(theme.measures.text)}"/>'
    return f"<w:tabs>{tabs}</w:tabs>" if tabs else ""


def _indents(theme: Theme, entry: Entry) -> str:
    """Indents; a wide style reaches over the side column. From right to left, Word takes left as right."""
    start, end = outdent(theme) if entry.wide else (0.0, 0.0)
    left, right, hanging = (place * theme.scale for place in (entry.left, entry.right, entry.hanging))
    left, right = left - start, right - end
    if entry.name == NUMBERED[1] and theme.measures.outer is not None:
        left = hanging
    out = f' w:left="{mm(left)}"' if left or entry.based != "Normal" else ""
    out += f' w:right="{mm(right)}"' if right else ""
    out += f' w:hanging="{mm(hanging)}"' if hanging else ""
    return f"<w:ind{out}/>" if out else ""


def _alignment(align: str) -> str:
    word = {"centre": "center", "end": "right"}.get(align, "")
    return f'<w:jc w:val="{word}"/>' if word else ""
