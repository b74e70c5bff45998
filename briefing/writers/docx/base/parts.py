"""The other parts of the base document: theme, settings, lists, fonts, notes, and the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from docx.shared import Mm, Pt, Twips

from briefing.charts.shades import shades
from briefing.model.paper import PAPER_SIZES
from briefing.theme import Theme
from briefing.writers.docx.ooxml.elements import declared, emu, mm, xml
from briefing.writers.docx.page_grid import side_is_left
from briefing.writers.scripts import script_of

from .paragraphs import offsets
from .style_table import BULLETS, ENTRIES, LEVELS, NUMBERED, NUMBERS, style_id
from .type_style import colour, hexadecimal

if TYPE_CHECKING:
    from docx.section import Section

#: Scripts for which Office uses another code than ISO 15924, and those for which its theme has no face.
SCRIPTS = {"Kore": "Hang"}
UNNAMED = frozenset({"Latn", "Zsym"})


def theme_xml(theme: Theme) -> str:
    """The theme part: the tokens as theme colours, sans as the major and serif as the minor font."""
    # For charts with several series: first the tint that a second series has, then a darker and a middle step.
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
    scheme = (xml(f"a:{name}", xml("a:srgbClr", val=value)) for name, value in colours.items())
    fill = xml("a:solidFill", xml("a:schemeClr", val="phClr"))
    lines = (xml("a:ln", fill, w=width) for width in (Pt(0.5), Pt(1), Pt(1.5)))
    effect = xml("a:effectStyle", xml("a:effectLst"))
    formats = (
        xml("a:fillStyleLst", fill * 3),
        xml("a:lnStyleLst", *lines),
        xml("a:effectStyleLst", effect * 3),
        xml("a:bgFillStyleLst", fill * 3),
    )
    elements = xml(
        "a:themeElements",
        xml("a:clrScheme", *scheme, name=theme.name),
        xml("a:fontScheme", *_theme_fonts(theme), name=theme.name),
        xml("a:fmtScheme", *formats, name=theme.name),
    )
    return xml("a:theme", elements, name=theme.name, **declared("a"))


def _theme_fonts(theme: Theme) -> Iterator[str]:
    # Other scripts in faces that come with Windows: few machines have Noto installed.
    script_faces = [
        xml("a:font", script=SCRIPTS.get(code, code), typeface=face.word_fallback)
        for code, face in theme.scripts.items()
        if code not in UNNAMED
    ]
    sans, serif = theme.faces["sans"].family, theme.faces["serif"].family
    for role, family, other in (("major", sans, "Arial"), ("minor", serif, "Times New Roman")):
        faces = (xml("a:latin", typeface=family), xml("a:ea", typeface=""), xml("a:cs", typeface=other))
        yield xml(f"a:{role}Font", *faces, *script_faces)


def settings_xml(language: str, *, rtl: bool, mirrored: bool = False) -> str:
    """Settings: the mode of Word 2013 and later, and hyphenation, as in the PDF.

    ``mirrored``: the margins change sides on even pages.
    """
    compatibility = (
        xml("w:compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    mapping = {
        "bg1": "light1",
        "t1": "dark1",
        "bg2": "light2",
        "t2": "dark2",
        **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
        "hyperlink": "hyperlink",
        "followedHyperlink": "followedHyperlink",
    }
    other = language if rtl else None
    east = language if script_of(language) else None
    return xml(
        "w:settings",
        xml("w:zoom", percent=100),
        xml("w:mirrorMargins") if mirrored else "",
        xml("w:defaultTabStop", val=567),
        xml("w:autoHyphenation"),
        xml("w:consecutiveHyphenLimit", val=2),
        xml("w:hyphenationZone", val=850),
        xml("w:doNotHyphenateCaps"),
        xml("w:characterSpacingControl", val="doNotCompress"),
        xml("w:footnotePr", xml("w:footnote", id=-1), xml("w:footnote", id=0)),
        xml("w:compat", *compatibility),
        xml("w:themeFontLang", val=language, bidi=other, eastAsia=east),
        xml("w:clrSchemeMapping", **mapping),
        xml("w:decimalSymbol", val="."),
        xml("w:listSeparator", val=","),
        **declared("w"),
    )


def numbering_xml(theme: Theme) -> str:
    """The lists: one definition for each kind of list; each level refers to its paragraph style."""
    abstracts, instances = [], []
    accent = xml("w:rPr", xml("w:i", val=0), xml("w:color", **colour(theme, "accent")))
    for identity, names in BULLETS:
        levels = "".join(
            _level(theme, index, "bullet", "•" if index % 2 == 0 else "–", label, accent)
            for index, label in enumerate(names)
        )
        abstracts.append(_abstract(identity, levels))
        instances.append(_instance(identity))
    identity, names = NUMBERS
    levels = "".join(
        _level(theme, index, "decimal", f"%{index + 1}.", names[index - further], accent, further)
        for index in range(LEVELS)
        for further in [max(index + 1 - len(names), 0)]
    )
    abstracts.append(_abstract(identity, levels))
    instances.append(_instance(identity))
    identity, name = NUMBERED
    abstracts.append(_abstract(identity, _level(theme, 0, "decimal", "%1.", name, "")))
    instances.append(_instance(identity))
    return xml("w:numbering", *abstracts, *instances, **declared("w"))


def _abstract(identity: int, levels: str) -> str:
    return xml("w:abstractNum", xml("w:multiLevelType", val="multilevel"), levels, abstractNumId=identity)


def _instance(identity: int) -> str:
    return xml("w:num", xml("w:abstractNumId", val=identity), numId=identity)


def _level(theme: Theme, index: int, kind: str, text: str, style: str, looks: str, further: int = 0) -> str:
    """A level of a list; ``further`` is how many levels it is below the one that the style belongs to."""
    left, hanging = offsets(theme, ENTRIES[style])
    return xml(
        "w:lvl",
        xml("w:start", val=1),
        xml("w:numFmt", val=kind),
        "" if further else xml("w:pStyle", val=style_id(style)),
        xml("w:lvlText", val=text),
        xml("w:lvlJc", val="left"),
        xml("w:pPr", xml("w:ind", left=mm(left + hanging * further), hanging=mm(hanging))),
        looks,
        ilvl=index,
    )


def fonts_xml(theme: Theme) -> str:
    """The font table: each face of the theme, with the fallback for machines on which it is not installed."""
    families = {"serif": "roman", "sans": "swiss"}
    fonts = (
        xml(
            "w:font",
            xml("w:altName", val=face.word_fallback),
            xml("w:charset", val="00"),
            xml("w:family", val=families.get(role, "auto")),
            xml("w:pitch", val="variable"),
            name=face.family,
        )
        for role, face in sorted(theme.faces.items())
    )
    return xml("w:fonts", *fonts, **declared("w"))


def footnotes_xml() -> str:
    """The footnotes part with the two separators that Word requires; the notes of a brief are added to it."""
    plain = xml("w:pPr", xml("w:spacing", after=40, line=120, lineRule="exact"))
    notes = (
        xml("w:footnote", xml("w:p", plain, xml("w:r", xml(f"w:{kind}"))), type=kind, id=identity)
        for kind, identity in (("separator", -1), ("continuationSeparator", 0))
    )
    return xml("w:footnotes", *notes, **declared("w", "r"))


def document_xml(*, rtl: bool) -> str:
    """An empty document of one section, with the properties for which python-docx has no API."""
    section = xml("w:sectPr", xml("w:cols", space=425), xml("w:bidi") if rtl else "")
    spaces = declared("w", "r", "wp", "a", "pic", "c", "mc", "w15")
    return xml("w:document", xml("w:body", section), **spaces)


def set_up_page(section: Section, theme: Theme, paper: Literal["A4", "Letter"]) -> None:
    """Set up the theme's grid: the text column, and beside it the margin that holds the side column."""
    measures = theme.measures
    width, height = PAPER_SIZES[paper]
    section.page_width, section.page_height = Twips(mm(width)), Twips(mm(height))
    near = mm(measures.margins(width)[0])
    far = mm(width) - near - mm(measures.text)
    left, right = (far, near) if side_is_left(theme) and measures.side else (near, far)
    section.left_margin, section.right_margin = Twips(left), Twips(right)
    section.top_margin, section.bottom_margin = emu(measures.top_first), emu(measures.bottom)
    section.header_distance, section.footer_distance, section.gutter = Mm(measures.header), Mm(measures.footer), Mm(0)
    section.different_first_page_header_footer = True
