"""Merge the styles, lists, fonts and colours of a reference document into the base document."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.diagnostics import Diagnostic, Severity
from briefing.theme import Theme
from briefing.writers.docx.base.style_table import style_id
from briefing.writers.docx.ooxml.elements import XmlElement, name
from briefing.writers.docx.ooxml.parts import xml_part

from . import WordTemplate

if TYPE_CHECKING:
    from docx.document import Document

_VAL, _ID = name("w:val"), name("w:styleId")
#: Styles without visible text, or linked to another style: a reference document does not need them.
_NOT_NEEDED = frozenset({"Anchor", "Note Anchor", "Portion Mark Char", "Table Gap"})
#: The first id of the reference document's lists, above those of the base document.
_FIRST_LIST = 100
_REFERRING = ("w:basedOn", "w:next", "w:link", "w:pStyle", "w:rStyle", "w:tblStyle", "w:styleLink", "w:numStyleLink")


@dataclass(slots=True)
class Merge:
    """The result of a merge: the ids of the reference's styles in the base document, and the styles in Word's gallery.

    ``notes`` are further warnings: (code, message, help).
    """

    ids: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def rename(self, root: XmlElement) -> None:
        """Change all references to styles and lists below ``root`` to the ids of the base document."""
        for tag in _REFERRING:
            for reference in root.iter(name(tag)):
                reference.set(_VAL, self.ids.get(reference.get(_VAL) or "", reference.get(_VAL) or ""))
        for number in root.iter(name("w:numId")):
            value = number.get(_VAL) or "0"
            number.set(_VAL, str(int(value) + _FIRST_LIST) if value.isdecimal() and value != "0" else "0")

        for row_property in list(root.iter(name("w:cantSplit"), name("w:tblHeader"))):
            # LibreOffice writes "true" here; the Open XML SDK accepts only "on" or no value.
            row = row_property.getparent()
            if row is not None and row_property.get(_VAL) in {"false", "0", "off"}:
                row.remove(row_property)
            elif row_property.get(_VAL) is not None:
                del row_property.attrib[_VAL]

    def diagnostics(self, styles: XmlElement, theme: Theme) -> tuple[Diagnostic, ...]:
        """Warnings, among them one for the styles that the brief uses but the reference does not have.

        ``styles`` are those that were written.
        """
        theirs = set(self.ids.values())
        missing = sorted(
            label.get(_VAL) or ""
            for style in styles.iterfind(name("w:style"))
            if style.get(_ID) not in theirs and not style.get(name("w:default"))
            if (label := style.find(name("w:name"))) is not None and label.get(_VAL) not in _NOT_NEEDED
        )
        found = list(self.notes)
        if missing:
            message = f"handout.docx has no style for {_series(missing)}; they are made from theme.yaml"
            help_ = "make styles of these names in handout.docx, if they are to look otherwise"
            found.append(("handout-styles", message, help_))
        file = f"templates/{theme.name}/handout.docx"
        return tuple(Diagnostic(code, text, Severity.WARNING, file=file, help=help_) for code, text, help_ in found)


def merge_styles(reference: WordTemplate, document: Document) -> Merge:
    """Replace styles by the reference's styles of the same names, and add its other styles.

    Its colours, lists, fonts and margins are merged too. Style ids become those of the base document, whatever language
    of Word the reference was made in. The brief's own language and paper stay.
    """
    laid = _styles(reference, document.styles.element)
    _lists(reference, document.part.numbering_part.element, laid)
    _fonts(reference, xml_part(document, RT.FONT_TABLE).element)
    _page(reference, document)
    return laid


def _styles(reference: WordTemplate, styles: XmlElement) -> Merge:
    laid = Merge()
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
            continue  # LibreOffice can write two styles of one name; the first one counts
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


def _page(reference: WordTemplate, document: Document) -> None:
    """Take over its margins, and whether first and left pages differ; the paper is the brief's."""
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


def _defaults(reference: WordTemplate, styles: XmlElement) -> None:
    theirs, ours = reference.styles.find(name("w:docDefaults")), styles.find(name("w:docDefaults"))
    if theirs is None or ours is None:
        return
    copy = deepcopy(theirs)
    language = next(ours.iter(name("w:lang")), None)
    run_properties = next(copy.iter(name("w:rPr")), None)
    for element in list(copy.iter(name("w:lang"))):
        parent = element.getparent()
        if parent is not None and language is not None:
            parent.replace(element, deepcopy(language))
    if run_properties is not None and language is not None and run_properties.find(name("w:lang")) is None:
        run_properties.append(deepcopy(language))
    styles.replace(ours, copy)


def _lists(reference: WordTemplate, numbering: XmlElement, laid: Merge) -> None:
    found = reference.part(RT.NUMBERING)
    if found is None:
        return
    first = numbering.find(name("w:num"))
    for definition in found[1].findall(name("w:abstractNum")):
        copy = deepcopy(definition)
        copy.set(name("w:abstractNumId"), str(int(copy.get(name("w:abstractNumId")) or 0) + _FIRST_LIST))
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
        copy.set(name("w:numId"), str(int(copy.get(name("w:numId")) or 0) + _FIRST_LIST))
        base = copy.find(name("w:abstractNumId"))
        if base is not None:
            base.set(_VAL, str(int(base.get(_VAL) or 0) + _FIRST_LIST))
        numbering.append(copy)


def _fonts(reference: WordTemplate, fonts: XmlElement) -> None:
    """Add its fonts by name, without embedded files: their licences may not allow it."""
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
