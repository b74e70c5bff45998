"""The styles, lists, fonts and colours of a reference document, laid over those of the base document."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.diagnostics import Diagnostic, Severity
from briefing.theme import Theme
from briefing.writers.docx.base.roll import style_id
from briefing.writers.docx.ooxml.elements import XmlElement, name
from briefing.writers.docx.ooxml.parts import xml_part

from . import Reference

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["Laid", "lay_over"]

_VAL, _ID = name("w:val"), name("w:styleId")
#: Styles that hold no words to be seen, or that are a twin of another: nobody need make them.
_OURS = frozenset({"Anchor", "Note Anchor", "Portion Mark Char", "Table Gap"})
#: Lists of the reference document are numbered from here, above our own.
_LISTS = 100
_MENTIONS = ("w:basedOn", "w:next", "w:link", "w:pStyle", "w:rStyle", "w:tblStyle", "w:styleLink", "w:numStyleLink")


@dataclass(slots=True)
class Laid:
    """What was laid over: the id in the base document of each style of the reference, and what the gallery shows."""

    ids: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def rename(self, root: XmlElement) -> None:
        """Let every mention of a style or a list below ``root`` speak of the base document's."""
        for tag in _MENTIONS:
            for mention in root.iter(name(tag)):
                mention.set(_VAL, self.ids.get(mention.get(_VAL) or "", mention.get(_VAL) or ""))
        for number in root.iter(name("w:numId")):
            value = number.get(_VAL) or "0"
            number.set(_VAL, str(int(value) + _LISTS) if value.isdecimal() and value != "0" else "0")

        for said in list(root.iter(name("w:cantSplit"), name("w:tblHeader"))):
            # LibreOffice writes "true" here, where the Open XML SDK knows "on" and nothing.
            row = said.getparent()
            if row is not None and said.get(_VAL) in {"false", "0", "off"}:
                row.remove(said)
            elif said.get(_VAL) is not None:
                del said.attrib[_VAL]

    def diagnostics(self, styles: XmlElement, theme: Theme) -> tuple[Diagnostic, ...]:
        """What the brief needs and the document lacks, as one warning; ``styles`` are those that were written."""
        theirs = set(self.ids.values())
        lacking = sorted(
            label.get(_VAL) or ""
            for style in styles.iterfind(name("w:style"))
            if style.get(_ID) not in theirs and not style.get(name("w:default"))
            if (label := style.find(name("w:name"))) is not None and label.get(_VAL) not in _OURS
        )
        found = list(self.notes)
        if lacking:
            message = f"handout.docx has no style for {_series(lacking)}; they are made from theme.yaml"
            help_ = "make styles of these names in handout.docx, if they are to look otherwise"
            found.append(("handout-styles", message, help_))
        file = f"templates/{theme.name}/handout.docx"
        return tuple(Diagnostic(code, text, Severity.WARNING, file=file, help=help_) for code, text, help_ in found)


def lay_over(reference: Reference, document: Document) -> Laid:
    """Put the reference's styles into the places of ours of the same names, and its others beside them.

    Its colours, lists, fonts and margins come with them. Style ids become ours, whatever language of Word the document
    was made in. The brief's own language and paper stay.
    """
    laid = _styles(reference, document.styles.element)
    _lists(reference, document.part.numbering_part.element, laid)
    _fonts(reference, xml_part(document, RT.FONT_TABLE).element)
    _page(reference, document)
    return laid


def _styles(reference: Reference, styles: XmlElement) -> Laid:
    laid = Laid()
    ours = {_key(style): style for style in styles.findall(name("w:style"))}
    taken, named = {style.get(_ID) or "" for style in ours.values()}, dict[tuple[str, str], str]()
    theirs = [style for style in reference.styles.findall(name("w:style")) if _key(style)[1]]
    for style in theirs:
        old, same = style.get(_ID) or "", ours.get(_key(style))
        if same is not None:
            laid.ids[old] = same.get(_ID) or ""
        elif _key(style) in named:
            laid.ids[old] = named[_key(style)]
        else:
            identity = style_id("".join(c if c.isascii() and c.isalnum() else " " for c in _key(style)[1])) or "Style"
            while identity in taken:
                identity += "X"
            taken.add(identity)
            laid.ids[old] = named[_key(style)] = identity
    set_already: set[tuple[str, str]] = set()
    for style in theirs:
        if _key(style) in set_already:
            continue  # LibreOffice writes two of one name; the first is the one
        set_already.add(_key(style))
        copy = deepcopy(style)
        copy.set(_ID, laid.ids[style.get(_ID) or ""])
        laid.rename(copy)
        if copy.find(name("w:qFormat")) is not None and copy.find(name("w:semiHidden")) is None:
            laid.shown.add(copy.get(_ID) or "")
        same = ours.get(_key(style))
        if same is not None:
            _not_default(copy)
            if same.get(name("w:default")):
                copy.set(name("w:default"), "1")
            styles.replace(same, copy)
        else:
            _not_default(copy)
            styles.append(copy)
    _defaults(reference, styles)
    return laid


def _page(reference: Reference, document: Document) -> None:
    """Its margins, whether the first page and the left ones are different; the paper is the brief's."""
    theirs = reference.section
    evens = reference.part(RT.SETTINGS)
    if evens is not None and evens[1].find(name("w:evenAndOddHeaders")) is not None:
        document.settings.odd_and_even_pages_header_footer = True
    if theirs is None:
        return
    for section in document.element.body.iter(name("w:sectPr")):
        margins, ours = theirs.find(name("w:pgMar")), section.find(name("w:pgMar"))
        if margins is not None and ours is not None:
            section.replace(ours, deepcopy(margins))
    if theirs.find(name("w:titlePg")) is None:
        document.sections[0].different_first_page_header_footer = False


def _not_default(style: XmlElement) -> None:
    if style.get(name("w:default")) is not None:
        del style.attrib[name("w:default")]


def _series(labels: list[str]) -> str:
    quoted = [f"'{label}'" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _key(style: XmlElement) -> tuple[str, str]:
    label = style.find(name("w:name"))
    return style.get(name("w:type")) or "paragraph", (label.get(_VAL) or "").lower() if label is not None else ""


def _defaults(reference: Reference, styles: XmlElement) -> None:
    theirs, ours = reference.styles.find(name("w:docDefaults")), styles.find(name("w:docDefaults"))
    if theirs is None or ours is None:
        return
    copy = deepcopy(theirs)
    language = next(ours.iter(name("w:lang")), None)
    looks = next(copy.iter(name("w:rPr")), None)
    for element in list(copy.iter(name("w:lang"))):
        parent = element.getparent()
        if parent is not None and language is not None:
            parent.replace(element, deepcopy(language))
    if looks is not None and language is not None and looks.find(name("w:lang")) is None:
        looks.append(deepcopy(language))
    styles.replace(ours, copy)


def _lists(reference: Reference, numbering: XmlElement, laid: Laid) -> None:
    found = reference.part(RT.NUMBERING)
    if found is None:
        return
    first = numbering.find(name("w:num"))
    for definition in found[1].findall(name("w:abstractNum")):
        copy = deepcopy(definition)
        copy.set(name("w:abstractNumId"), str(int(copy.get(name("w:abstractNumId")) or 0) + _LISTS))
        laid.rename(copy)
        for picture in list(copy.iter(name("w:lvlPicBulletId"))):
            parent = picture.getparent()
            if parent is not None:
                parent.remove(picture)
        if first is not None:
            first.addprevious(copy)
        else:
            numbering.append(copy)
    for instance in found[1].findall(name("w:num")):
        copy = deepcopy(instance)
        copy.set(name("w:numId"), str(int(copy.get(name("w:numId")) or 0) + _LISTS))
        ground = copy.find(name("w:abstractNumId"))
        if ground is not None:
            ground.set(_VAL, str(int(ground.get(_VAL) or 0) + _LISTS))
        numbering.append(copy)


def _fonts(reference: Reference, fonts: XmlElement) -> None:
    """Fonts by name; what is embedded stays where it is: whether its licence lets it go on, nobody here knows."""
    found = reference.part(RT.FONT_TABLE)
    known = {font.get(name("w:name")) for font in fonts}
    for font in found[1].findall(name("w:font")) if found is not None else ():
        if font.get(name("w:name")) in known:
            continue
        copy = deepcopy(font)
        for child in list(copy):
            if child.tag.rpartition("}")[2].startswith("embed"):
                copy.remove(child)
        fonts.append(copy)
