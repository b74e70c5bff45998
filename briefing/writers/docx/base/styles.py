"""The styles part of the base document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.theme import Theme
from briefing.xml_text import quoteattr

from .look import colour, font, run_properties
from .paragraphs import look_of, paragraph_properties
from .roll import BUILT_IN, CHARACTERS, PARAGRAPHS, Entry, style_id
from .table_styles import table_styles

__all__ = ["extra_styles", "styles_xml"]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>'

#: The defaults that every document has: characters, tables without a style, paragraphs without a list.
_FIXED = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
)


def styles_xml(theme: Theme, language: str, *, rtl: bool) -> str:
    """The styles part: defaults, the roll, character and table styles, and whatever else the theme names."""
    normal, *others = (_paragraph_style(theme, entry, rtl=rtl) for entry in PARAGRAPHS)
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles {W}>'
    parts = (head, _defaults(theme, language, rtl=rtl), _latent(), normal, _FIXED, *others)
    return "".join((*parts, *_characters(theme), *table_styles(theme), *_extras(theme, rtl=rtl), "</w:styles>"))


def _defaults(theme: Theme, language: str, *, rtl: bool) -> str:
    body = look_of(theme, "body")
    size = round(body.size * 2)
    mark = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language if rtl else "ar-SA"}"/>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{font(body.face)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{mark}'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _latent() -> str:
    """Word's own styles that this document does not use stay out of sight."""
    shown = "".join(
        f'<w:lsdException w:name="{entry.name}" w:semiHidden="0" w:uiPriority="{entry.priority}" w:unhideWhenUsed="0"/>'
        for entry in PARAGRAPHS
        if entry.name in BUILT_IN
    )
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        f' w:defQFormat="0" w:count="376">{shown}</w:latentStyles>'
    )


def _paragraph_style(theme: Theme, entry: Entry, *, rtl: bool, twin: str = "") -> str:
    default = ' w:default="1"' if entry.name == "Normal" else ""
    custom = "" if entry.name in BUILT_IN else ' w:customStyle="1"'
    based = "" if default else f'<w:basedOn w:val="{style_id(entry.based)}"/>'
    following = f'<w:next w:val="{style_id(entry.next)}"/>' if entry.next else ""
    link = f'<w:link w:val="{twin}"/>' if twin else ""
    if entry.name == "Portion Mark":
        link = '<w:link w:val="PortionMarkChar"/>'
    quick = "<w:qFormat/>" if entry.quick else ""
    looks = run_properties(theme, look_of(theme, entry.look))
    if entry.name == "HTML Preformatted":
        size = round(look_of(theme, "body").size * 2 * 6 / 7)
        looks = f'{_MONO}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style_id(entry.name)}">'
        f"<w:name w:val={quoteattr(entry.name)}/>{based}{following}{link}"
        f'<w:uiPriority w:val="{entry.priority}"/>{quick}'
        f"<w:pPr>{paragraph_properties(theme, entry, rtl=rtl)}</w:pPr><w:rPr>{looks}</w:rPr></w:style>"
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
    bold, slope, upright = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", '<w:i w:val="0"/><w:iCs w:val="0"/>'
    raised = '<w:vertAlign w:val="superscript"/>'
    call = look_of(theme, "note-call")
    call_colour = f"<w:color {colour(theme, call.colour)}/>"
    yield _character_style("Strong", bold, 22)
    yield _character_style("Emphasis", slope, 20)
    yield _character_style("Intense Emphasis", bold + slope, 21)
    yield _character_style("Hyperlink", f'<w:color {colour(theme, "accent")}/><w:u w:val="single"/>')
    yield _character_style("FollowedHyperlink", f'<w:color {colour(theme, "muted")}/><w:u w:val="single"/>')
    yield _character_style("footnote reference", f"{font(call.face)}{upright}{call_colour}{raised}")
    # A footnote that is named in the fact box hangs on an anchor of no height: there to be found, not to be seen.
    tiny = f'<w:color {colour(theme, "paper")}/><w:sz w:val="2"/><w:szCs w:val="2"/>{raised}'
    yield _character_style("Note Anchor", tiny, custom=True)
    yield _character_style("HTML Code", _MONO)
    yield _character_style("HTML Cite", slope)
    yield _character_style("Superscript", raised, 45, custom=True)
    yield _character_style("Subscript", '<w:vertAlign w:val="subscript"/>', 45, custom=True)
    for name, look in CHARACTERS:
        link = style_id(name.removesuffix(" Char")) if name.endswith(" Char") else ""
        yield _character_style(name, run_properties(theme, look_of(theme, look)), 45, custom=True, link=link)


def extra_styles(theme: Theme) -> tuple[str, ...]:
    """The theme's type styles beyond the roll, by name."""
    known = {entry.look for entry in PARAGRAPHS} | {look for _, look in CHARACTERS} | {"note-call"}
    return tuple(sorted(set(theme.styles) - known))


def _extras(theme: Theme, *, rtl: bool) -> Iterator[str]:
    """Each further type style of a theme is a paragraph style, and its twin for words in a line."""
    for class_name in extra_styles(theme):
        name = class_name.replace("-", " ").title()
        entry = Entry(name, class_name, based="Body Text", priority=50)
        yield _paragraph_style(theme, entry, rtl=rtl, twin=f"{style_id(name)}Char")
        looks = run_properties(theme, theme.styles[class_name])
        yield _character_style(f"{name} Char", looks, 50, custom=True, link=style_id(name))
