"""The other parts of the base document: theme, settings, lists, fonts, notes, and the page itself."""

from __future__ import annotations

from briefing.charts.paint import shades
from briefing.theme import Theme
from briefing.writers.docx.grid import side_is_left
from briefing.writers.docx.ooxml import NAMESPACES, mm
from briefing.writers.scripts import script_of
from briefing.xml_text import escape, quoteattr

from .look import colour, hexadecimal
from .roll import BULLETS, HANGING, NUMBERED, NUMBERS, style_id

__all__ = ["document_xml", "fonts_xml", "footnotes_xml", "numbering_xml", "settings_xml", "theme_xml"]

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = f'xmlns:w="{NAMESPACES["w"]}"'
A = f'xmlns:a="{NAMESPACES["a"]}"'

#: What Office calls a script that ISO 15924 has another code for; and what it names no face for.
SCRIPTS = {"Kore": "Hang"}
UNNAMED = frozenset({"Latn", "Zsym"})
#: Paper sizes in twips.
PAPER = {"A4": (11906, 16838), "Letter": (12240, 15840)}
#: Their widths in mm.
WIDTH = {"A4": 210.0, "Letter": 215.9}


def theme_xml(theme: Theme) -> str:
    """The theme part: the tokens as theme colours, sans as the major and serif as the minor font."""
    # For charts with several series: a tint of the accent first, as two are drawn; then a darker and a middle step.
    steps = (shades(theme.colours, 2)[1], shades(theme.colours, 4)[0], shades(theme.colours, 4)[2])
    colours = {
        "dk1": hexadecimal(theme, "ink"),
        "lt1": hexadecimal(theme, "paper"),
        "dk2": hexadecimal(theme, "muted"),
        "lt2": hexadecimal(theme, "tint"),
        "accent1": hexadecimal(theme, "accent"),
        "accent2": hexadecimal(theme, "rule"),
        "accent3": hexadecimal(theme, "marking"),
        **{f"accent{number}": shade.lstrip("#").upper() for number, shade in enumerate(steps, 4)},
        "hlink": hexadecimal(theme, "accent"),
        "folHlink": hexadecimal(theme, "muted"),
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    sans, serif = theme.faces["sans"], theme.faces["serif"]
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = "".join(
        f'<a:ln w="{width}"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>'
        for width in (6350, 12700, 19050)
    )
    name = quoteattr(theme.name)
    # Other scripts in faces that come with Windows: Noto is hardly installed where the file is opened.
    lent = "".join(
        f'<a:font script="{SCRIPTS.get(code, code)}" typeface={quoteattr(face.word_fallback)}/>'
        for code, face in theme.scripts.items()
        if code not in UNNAMED
    )
    fonts = "".join(
        f'<a:{role}Font><a:latin typeface={quoteattr(family)}/><a:ea typeface=""/><a:cs typeface="{other}"/>'
        f"{lent}</a:{role}Font>"
        for role, family, other in (("major", sans.family, "Arial"), ("minor", serif.family, "Times New Roman"))
    )
    return (
        f"{XML}<a:theme {A} name={name}><a:themeElements><a:clrScheme name={name}>{scheme}</a:clrScheme>"
        f"<a:fontScheme name={name}>{fonts}</a:fontScheme><a:fmtScheme name={name}>"
        f"<a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>"
        + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
        + f"</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def settings_xml(language: str, *, rtl: bool, mirrored: bool = False) -> str:
    """Settings: Word 2013 and later, no hyphenation at this measure (as in the PDF), no question to the reader.

    ``mirrored``: the margins change sides on even pages.
    """
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    mapping = " ".join(
        f'w:{name}="{value}"'
        for name, value in {
            "bg1": "light1",
            "t1": "dark1",
            "bg2": "light2",
            "t2": "dark2",
            **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
            "hyperlink": "hyperlink",
            "followedHyperlink": "followedHyperlink",
        }.items()
    )
    sides = "<w:mirrorMargins/>" if mirrored else ""
    languages = f'w:val="{language}"' + (f' w:bidi="{language}"' if rtl else "")
    languages += f' w:eastAsia="{language}"' if script_of(language) else ""
    return (
        f'{XML}<w:settings {W}><w:zoom w:percent="100"/>{sides}<w:defaultTabStop w:val="567"/>'
        '<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        f"</w:footnotePr><w:compat>{compatibility}</w:compat>"
        f"<w:themeFontLang {languages}/><w:clrSchemeMapping {mapping}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def numbering_xml(theme: Theme) -> str:
    """The lists: one definition for each style of list, its levels tied to their paragraph styles."""
    abstracts, instances = [], []
    accent = f'<w:rPr><w:i w:val="0"/><w:color {colour(theme, "accent")}/></w:rPr>'
    for identity, names in BULLETS:
        step = {"Points To Make": 5.5, "Sidebar List": 4.0, "Further Reading": 4.0}.get(names[0], 4.5) * theme.scale
        start = 3.0 * theme.scale if names[0] == "Internal Only" else 0.0
        levels = "".join(
            _level(index, "bullet", "•" if index % 2 == 0 else "–", label, step, accent, start)
            for index, label in enumerate(names)
        )
        abstracts.append(_abstract(identity, levels))
        instances.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
    identity, names = NUMBERS
    formats = ("decimal", "lowerLetter", "lowerRoman")
    levels = "".join(
        _level(index, formats[index], f"%{index + 1}.", label, 5.5 * theme.scale, accent)
        for index, label in enumerate(names)
    )
    abstracts.append(_abstract(identity, levels))
    instances.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
    identity, name = NUMBERED
    step = HANGING * theme.scale
    before = step if theme.measures.outer is not None else 0.0  # a margin for notes is no place for a number
    abstracts.append(_abstract(identity, _level(0, "decimal", "%1.", name, step, "", before - step)))
    instances.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
    return f"{XML}<w:numbering {W}>{''.join(abstracts)}{''.join(instances)}</w:numbering>"


def _abstract(identity: int, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _level(index: int, kind: str, text: str, style: str, step: float, looks: str, start: float = 0.0) -> str:
    left = mm(start + step * (index + 1))
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style_id(style)}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{mm(step)}"/></w:pPr>{looks}</w:lvl>'
    )


def fonts_xml(theme: Theme) -> str:
    """The font table: each face of the theme, and the face that takes its place where it is not installed."""
    families = {"serif": "roman", "sans": "swiss"}
    fonts = "".join(
        f"<w:font w:name={quoteattr(face.family)}><w:altName w:val={quoteattr(face.word_fallback)}/>"
        f'<w:charset w:val="00"/><w:family w:val="{families.get(role, "auto")}"/><w:pitch w:val="variable"/></w:font>'
        for role, face in sorted(theme.faces.items())
    )
    return f"{XML}<w:fonts {W}>{fonts}</w:fonts>"


def footnotes_xml() -> str:
    """The footnotes part with the two separators that Word wants; the notes of a brief are added to it."""
    plain = '<w:pPr><w:spacing w:after="40" w:line="120" w:lineRule="exact"/></w:pPr>'
    kinds = (("separator", -1), ("continuationSeparator", 0))
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{identity}"><w:p>{plain}<w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, identity in kinds
    )
    return f'{XML}<w:footnotes {W} xmlns:r="{NAMESPACES["r"]}">{notes}</w:footnotes>'


def document_xml(theme: Theme, paper: str, *, rtl: bool) -> str:
    """An empty document on the theme's grid: the text column, and beside it the margin that holds the side column."""
    width, height = PAPER[paper]
    measures = theme.measures
    near = mm(measures.margins(WIDTH[paper])[0])
    far = width - near - mm(measures.text)
    left, right = (far, near) if side_is_left(theme) and measures.side else (near, far)
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(escape(uri))}" for prefix, uri in NAMESPACES.items())
    mirrored = "<w:bidi/>" if rtl else ""
    return (
        f'{XML}<w:document {spaces}><w:body><w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{mm(measures.top_first)}" w:right="{right}" w:bottom="{mm(measures.bottom)}"'
        f' w:left="{left}"'
        f' w:header="{mm(12)}" w:footer="{mm(11)}" w:gutter="0"/><w:cols w:space="425"/><w:titlePg/>{mirrored}'
        "</w:sectPr></w:body></w:document>"
    )
