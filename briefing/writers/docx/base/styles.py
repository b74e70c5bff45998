"""The styles part of the base document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from briefing.theme import Theme, TypeStyle
from briefing.writers.docx.ooxml import mm

from .look import PLAIN, colour, font, paragraph_spacing, run_properties
from .roll import BULLETS, CHARACTERS, NUMBERS, PARAGRAPHS, Entry, style_id

__all__ = ["OWN_NAMES", "extra_styles", "styles_xml"]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

#: The names in the roll that are our own; all others are Word's built-in names and must not claim to be custom.
_BUILT_IN = frozenset(
    """Normal|Body Text|Title|heading 1|heading 2|heading 3|List Bullet|List Bullet 2|List Bullet 3|List Number|List Number 2
    |List Number 3|List Continue|Quote|Intense Quote|caption|HTML Preformatted|header|footer|footnote text|TOC Heading|toc 1
    |toc 2""".replace("\n    ", "").split("|")
)
OWN_NAMES = frozenset(entry.name for entry in PARAGRAPHS) - _BUILT_IN


def _look(theme: Theme, name: str) -> TypeStyle:
    return theme.style(name) or theme.style("body") or PLAIN


def _numbering(name: str) -> str:
    for identity, names in (*BULLETS, NUMBERS):
        if name in names:
            level = names.index(name)
            depth = f'<w:ilvl w:val="{level}"/>' if level else ""
            return f'<w:numPr>{depth}<w:numId w:val="{identity}"/></w:numPr>'
    return ""


def _paragraph_properties(theme: Theme, entry: Entry, *, rtl: bool) -> str:
    measures, look = theme.measures, _look(theme, entry.look)
    out = []
    keep = look.keep_next if entry.keep_next is None else entry.keep_next
    if keep:
        out.append("<w:keepNext/>")
    if entry.keep_lines:
        out.append("<w:keepLines/>")
    if entry.page_break:
        out.append("<w:pageBreakBefore/>")
    if entry.frame:
        x = mm(measures.sides if rtl else measures.sides + measures.text + measures.gutter)
        out.append(
            f'<w:framePr w:w="{mm(measures.side)}" w:hSpace="0" w:vSpace="0" w:wrap="around" w:vAnchor="text"'
            f' w:hAnchor="page" w:x="{x}" w:y="60"/>'
        )
    if entry.name == "Normal":
        out.append("<w:widowControl/>")
    out.append(_numbering(entry.name))
    if entry.rule:
        size, space = {"left": (18, 8), "box": (6, 4)}.get(entry.rule, (12, 4))
        sides = ("top", "left", "bottom", "right") if entry.rule == "box" else (entry.rule,)
        if rtl and entry.rule == "left":
            sides = ("right",)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" {colour(theme, entry.rule_colour, "color")}/>'
            for side in sides
        )
        out.append(f"<w:pBdr>{borders}</w:pBdr>")
    if entry.tabs:
        full = measures.full if entry.wide else 1.0
        tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{mm(place * full)}"/>' for kind, place in entry.tabs)
        out.append(f"<w:tabs>{tabs}</w:tabs>")
    if rtl and entry.name == "Normal":
        out.append("<w:bidi/>")
    out.append(paragraph_spacing(look, before=entry.before, after=entry.after, single=entry.single, exact=entry.exact))
    out.append(_indents(theme, entry))
    align = entry.align or look.align
    if align != "start":
        out.append(f'<w:jc w:val="{"center" if align == "centre" else "right"}"/>')
    if entry.outline is not None:
        out.append(f'<w:outlineLvl w:val="{entry.outline}"/>')
    return "".join(out)


def _indents(theme: Theme, entry: Entry) -> str:
    out = f' w:left="{mm(entry.left)}"' if entry.left or entry.based != "Normal" else ""
    if entry.right:
        out += f' w:right="{mm(entry.right)}"'
    if entry.wide:
        out += f' w:right="{-mm(theme.measures.gutter + theme.measures.side)}"'
    if entry.hanging:
        out += f' w:hanging="{mm(entry.hanging)}"'
    return f"<w:ind{out}/>" if out else ""


def _paragraph_style(theme: Theme, entry: Entry, *, rtl: bool) -> str:
    default = ' w:default="1"' if entry.name == "Normal" else ""
    custom = "" if entry.name in _BUILT_IN else ' w:customStyle="1"'
    based = "" if default else f'<w:basedOn w:val="{style_id(entry.based)}"/>'
    following = f'<w:next w:val="{style_id(entry.next)}"/>' if entry.next else ""
    link = f'<w:link w:val="{style_id(entry.name)}Char"/>' if entry.name in {"Portion Mark"} else ""
    quick = "<w:qFormat/>" if entry.quick else ""
    looks = run_properties(theme, _look(theme, entry.look))
    if entry.name == "HTML Preformatted":
        looks = (
            '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
        )
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style_id(entry.name)}"><w:name w:val={quoteattr(entry.name)}/>'
        f'{based}{following}{link}<w:uiPriority w:val="{entry.priority}"/>{quick}'
        f"<w:pPr>{_paragraph_properties(theme, entry, rtl=rtl)}</w:pPr><w:rPr>{looks}</w:rPr></w:style>"
    )


def _character_style(name: str, properties: str, priority: int = 99, *, custom: bool = False, link: str = "") -> str:
    own = ' w:customStyle="1"' if custom else ""
    quick = "<w:qFormat/>" if priority < 90 else ""
    linked = f'<w:link w:val="{link}"/>' if link else ""
    return (
        f'<w:style w:type="character"{own} w:styleId="{style_id(name)}"><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{linked}<w:uiPriority w:val="{priority}"/>{quick}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def _characters(theme: Theme) -> Iterator[str]:
    bold, slope = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
    yield _character_style("Strong", bold, 22)
    yield _character_style("Emphasis", slope, 20)
    yield _character_style("Intense Emphasis", bold + slope, 21)
    yield _character_style("Hyperlink", f'<w:color {colour(theme, "accent")}/><w:u w:val="single"/>')
    yield _character_style("FollowedHyperlink", f'<w:color {colour(theme, "muted")}/><w:u w:val="single"/>')
    call = _look(theme, "note-call")
    yield _character_style(
        "footnote reference",
        f'{font(call.face)}<w:i w:val="0"/><w:iCs w:val="0"/><w:color {colour(theme, call.colour)}/><w:vertAlign w:val="superscript"/>',
    )
    # The call of a note that is named in the fact box hangs on an anchor of no height: there to be found, not to be seen.
    yield _character_style(
        "Note Anchor",
        f'<w:color {colour(theme, "paper")}/><w:sz w:val="2"/><w:szCs w:val="2"/><w:vertAlign w:val="superscript"/>',
        custom=True,
    )
    yield _character_style("HTML Code", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>')
    yield _character_style("HTML Cite", slope)
    yield _character_style("Superscript", '<w:vertAlign w:val="superscript"/>', 45, custom=True)
    yield _character_style("Subscript", '<w:vertAlign w:val="subscript"/>', 45, custom=True)
    for name, look, priority in CHARACTERS:
        link = style_id(name.removesuffix(" Char")) if name.endswith(" Char") else ""
        yield _character_style(name, run_properties(theme, _look(theme, look)), priority, custom=True, link=link)


def extra_styles(theme: Theme) -> tuple[str, ...]:
    """Type styles of the theme beyond the shipped ones: each becomes a paragraph style and its twin for words in a line."""
    known = {entry.look for entry in PARAGRAPHS} | {look for _, look, _ in CHARACTERS} | {"note-call"}
    return tuple(sorted(set(theme.styles) - known))


def _extras(theme: Theme) -> Iterator[str]:
    for class_name in extra_styles(theme):
        name = class_name.replace("-", " ").title()
        looks = run_properties(theme, theme.styles[class_name])
        entry = Entry(name, class_name, based="Body Text", priority=50)
        paragraph = _paragraph_style(theme, entry, rtl=False)
        twin = f"{style_id(name)}Char"
        yield paragraph.replace("<w:uiPriority", f'<w:link w:val="{twin}"/><w:uiPriority', 1)
        yield _character_style(f"{name} Char", looks, 50, custom=True, link=style_id(name))


def _border(side: str, width: int, theme: Theme, token: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="0" {colour(theme, token, "color")}/>'


def _table_style(name: str, borders: str, margins: tuple[float, float, float, float], rest: str = "") -> str:
    top, bottom, left, right = map(mm, margins)
    lines = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:tblPr>{lines}'
        f'<w:tblCellMar><w:top w:w="{top}" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/>'
        f'<w:bottom w:w="{bottom}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar></w:tblPr>{rest}</w:style>'
    )


def _tables(theme: Theme) -> Iterator[str]:
    hairline = _border("insideH", 4, theme, "rule")
    tint = f'<w:tcPr><w:shd w:val="clear" w:color="auto" {colour(theme, "tint", "fill", "themeFill")}/></w:tcPr>'
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        + _border("bottom", 6, theme, "accent")
        + '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    yield _table_style("Brief Table", _border("bottom", 6, theme, "accent") + hairline, (0.8, 0.8, 0.0, 2.6), head)
    yield _table_style("Fact Box", _border("top", 18, theme, "accent") + hairline, (0.4, 0.4, 0.0, 0.0), tint)
    yield _table_style("Sidebar Box", _border("left", 18, theme, "accent"), (2.0, 1.0, 3.5, 3.5), tint)
    yield _table_style("Running Line", "", (0.0, 0.0, 0.0, 0.0))


def styles_xml(theme: Theme, language: str, *, rtl: bool) -> str:
    """The styles part: defaults, the roll, character and table styles, and whatever else the theme names."""
    language_mark = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language if rtl else "ar-SA"}"/>'
    body = _look(theme, "body")
    size = round(body.size * 2)
    latent = "".join(
        f'<w:lsdException w:name="{entry.name}" w:semiHidden="0" w:uiPriority="{entry.priority}" w:unhideWhenUsed="0"/>'
        for entry in PARAGRAPHS
        if entry.name in _BUILT_IN
    )
    head = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>'
        f'{font(body.face)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{language_mark}</w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        f' w:defQFormat="0" w:count="376">{latent}</w:latentStyles>'
    )
    fixed = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
    )
    normal, *others = [_paragraph_style(theme, entry, rtl=rtl) for entry in PARAGRAPHS]
    parts = [head, normal, fixed, *others, *_characters(theme), *_tables(theme), *_extras(theme), "</w:styles>"]
    return "".join(parts)
