"""The styles part of the base document."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.theme import Theme
from briefing.writers.docx.ooxml.elements import declared, xml

from .paragraphs import paragraph_properties, type_style
from .style_table import BUILT_IN, CHARACTERS, PARAGRAPHS, StyleRow, style_id
from .table_styles import cell_margins, table_styles
from .type_style import colour, font, run_properties, sizes

_MONO = xml("w:rFonts", ascii="Consolas", hAnsi="Consolas", cs="Courier New")
_HIDDEN = xml("w:semiHidden") + xml("w:unhideWhenUsed")

#: The defaults that every document has: characters, tables without a style, paragraphs without a list.
_FIXED = (
    xml(
        "w:style",
        xml("w:name", val="Default Paragraph Font"),
        xml("w:uiPriority", val=1),
        _HIDDEN,
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    ),
    xml(
        "w:style",
        xml("w:name", val="Normal Table"),
        xml("w:uiPriority", val=99),
        _HIDDEN,
        xml("w:tblPr", xml("w:tblInd", w=0, type="dxa"), cell_margins(top=0, left=108, bottom=0, right=108)),
        type="table",
        default=1,
        styleId="TableNormal",
    ),
    xml(
        "w:style",
        xml("w:name", val="No List"),
        xml("w:uiPriority", val=99),
        _HIDDEN,
        type="numbering",
        default=1,
        styleId="NoList",
    ),
)


def styles_xml(theme: Theme, language: str, *, rtl: bool) -> str:
    """The styles part: defaults, paragraph, character and table styles, and further type styles of the theme."""
    normal, *others = (_paragraph_style(theme, entry, rtl=rtl) for entry in PARAGRAPHS)
    return xml(
        "w:styles",
        _defaults(theme, language, rtl=rtl),
        _latent(),
        normal,
        *_FIXED,
        *others,
        *_characters(theme),
        *table_styles(theme),
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
        xml("w:lsdException", name=entry.name, semiHidden=0, uiPriority=entry.priority, unhideWhenUsed=0)
        for entry in PARAGRAPHS
        if entry.name in BUILT_IN
    )
    defaults = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    return xml("w:latentStyles", *shown, **defaults, count=376)


def _paragraph_style(theme: Theme, entry: StyleRow, *, rtl: bool, twin: str = "") -> str:
    is_default = entry.name == "Normal"
    if entry.name == "Portion Mark":
        twin = "PortionMarkChar"
    looks = run_properties(theme, type_style(theme, entry.look))
    if entry.name == "HTML Preformatted":
        looks = _MONO + sizes(round(type_style(theme, "body").size * 2 * 6 / 7))
    return xml(
        "w:style",
        xml("w:name", val=entry.name),
        "" if is_default else xml("w:basedOn", val=style_id(entry.based)),
        xml("w:next", val=style_id(entry.next)) if entry.next else "",
        xml("w:link", val=twin) if twin else "",
        xml("w:uiPriority", val=entry.priority),
        xml("w:qFormat") if entry.quick else "",
        xml("w:pPr", paragraph_properties(theme, entry, rtl=rtl)),
        xml("w:rPr", looks),
        type="paragraph",
        default=1 if is_default else None,
        customStyle=None if entry.name in BUILT_IN else 1,
        styleId=style_id(entry.name),
    )


def _character_style(name: str, properties: str, priority: int = 99, *, custom: bool = False, link: str = "") -> str:
    return xml(
        "w:style",
        xml("w:name", val=name),
        xml("w:basedOn", val="DefaultParagraphFont"),
        xml("w:link", val=link) if link else "",
        xml("w:uiPriority", val=priority),
        xml("w:qFormat") if priority < 90 else "",
        xml("w:rPr", properties),
        type="character",
        customStyle=1 if custom else None,
        styleId=style_id(name),
    )


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
    for name, look in CHARACTERS:
        link = style_id(name.removesuffix(" Char")) if name.endswith(" Char") else ""
        yield _character_style(name, run_properties(theme, type_style(theme, look)), 45, custom=True, link=link)


def extra_styles(theme: Theme) -> tuple[str, ...]:
    """The names of the theme's type styles that no style of the table (``roll``) uses."""
    known = {entry.look for entry in PARAGRAPHS} | {look for _, look in CHARACTERS} | {"note-call"}
    return tuple(sorted(set(theme.styles) - known))


def _extras(theme: Theme, *, rtl: bool) -> Iterator[str]:
    """A paragraph style and a linked character style for each further type style of a theme."""
    for class_name in extra_styles(theme):
        name = class_name.replace("-", " ").title()
        entry = StyleRow(name, class_name, based="Body Text", priority=50)
        yield _paragraph_style(theme, entry, rtl=rtl, twin=f"{style_id(name)}Char")
        looks = run_properties(theme, theme.styles[class_name])
        yield _character_style(f"{name} Char", looks, 50, custom=True, link=style_id(name))
