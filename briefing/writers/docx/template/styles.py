"""Merge the styles, lists, fonts and colours of a Word template into the base document."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.diagnostics import Diagnostic, Severity
from briefing.theme import Theme
from briefing.writers.docx.ooxml.elements import XmlElement, name, remove, val
from briefing.writers.docx.ooxml.parts import xml_part
from briefing.writers.docx.word_styles import ascii_style_id

from . import WordTemplate

if TYPE_CHECKING:
    from docx.document import Document

_VAL, _ID, _DEFAULT = name("w:val"), name("w:styleId"), name("w:default")
#: Styles without visible text, or linked to another style: a template does not need them.
_NOT_NEEDED = frozenset({"Anchor", "Note Anchor", "Portion Mark Char", "Table Gap"})
#: The first id of the template's lists, above those of the base document.
_FIRST_LIST = 100
_REFERRING = ("w:basedOn", "w:next", "w:link", "w:pStyle", "w:rStyle", "w:tblStyle", "w:styleLink", "w:numStyleLink")


@dataclass(slots=True)
class Merge:
    """The result of a merge: the ids of the template's styles in the base document, and the styles in Word's gallery.

    ``notes`` are further warnings: (code, message, help).
    """

    ids: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def rename(self, root: XmlElement) -> None:
        """Change all references to styles and lists below ``root`` to the ids of the base document."""
        for reference in root.iter(*map(name, _REFERRING)):
            identity = reference.get(_VAL) or ""
            reference.set(_VAL, self.ids.get(identity, identity))
        for number in root.iter(name("w:numId")):
            value = number.get(_VAL) or "0"
            number.set(_VAL, str(int(value) + _FIRST_LIST) if value.isdecimal() and value != "0" else "0")
        for row_property in list(root.iter(name("w:cantSplit"), name("w:tblHeader"))):
            # LibreOffice writes "true" here; the Open XML SDK accepts only "on" or no value.
            if row_property.attrib.pop(_VAL, "") in {"false", "0", "off"}:
                remove(row_property)

    def diagnostics(self, styles: XmlElement, theme: Theme) -> tuple[Diagnostic, ...]:
        """Warnings, among them one for the styles that the brief uses but the template does not have.

        ``styles`` are those that were written.
        """
        theirs = set(self.ids.values())
        missing = sorted(
            val(style, "w:name")
            for style in styles.iterfind(name("w:style"))
            if style.get(_ID) not in theirs and not style.get(_DEFAULT)
            if style.find(name("w:name")) is not None and val(style, "w:name") not in _NOT_NEEDED
        )
        found = list(self.notes)
        if missing:
            message = f"handout.docx has no style for {_series(missing)}; they are made from theme.yaml"
            help_ = "make styles of these names in handout.docx, if they are to look otherwise"
            found.append(("handout-styles", message, help_))
        file = f"templates/{theme.name}/handout.docx"
        return tuple(Diagnostic(code, text, Severity.WARNING, file=file, help=help_) for code, text, help_ in found)


def merge_styles(template: WordTemplate, document: Document) -> Merge:
    """Replace styles by the template's styles of the same names, and add its other styles.

    Its colours, lists, fonts and margins are merged too. Style ids become those of the base document, whatever language
    of Word the template was made in. The brief's own language and paper stay.
    """
    merge = _merge_styles(template, document.styles.element)
    _merge_defaults(template, document.styles.element)
    _merge_lists(template, document.part.numbering_part.element, merge)
    _merge_fonts(template, xml_part(document, RT.FONT_TABLE).element)
    _merge_page(template, document)
    return merge


def _merge_styles(template: WordTemplate, styles: XmlElement) -> Merge:
    merge = Merge()
    ours = {_key(style): style for style in styles.findall(name("w:style"))}
    identities = {key: style.get(_ID) or "" for key, style in ours.items()}
    taken = set(identities.values())
    theirs: dict[tuple[str, str], XmlElement] = {}
    for style in template.styles.findall(name("w:style")):
        key = _key(style)
        if not key[1]:
            continue
        theirs.setdefault(key, style)  # LibreOffice can write two styles of one name; the first one counts
        if key not in identities:
            identity = ascii_style_id(key[1])
            while identity in taken:
                identity += "X"
            taken.add(identity)
            identities[key] = identity
        merge.ids[style.get(_ID) or ""] = identities[key]
    for key, style in theirs.items():
        copy = deepcopy(style)
        copy.set(_ID, identities[key])
        merge.rename(copy)
        if copy.find(name("w:qFormat")) is not None and copy.find(name("w:semiHidden")) is None:
            merge.shown.add(identities[key])
        copy.attrib.pop(_DEFAULT, "")
        if key not in ours:
            styles.append(copy)
            continue
        if ours[key].get(_DEFAULT):
            copy.set(_DEFAULT, "1")
        styles.replace(ours[key], copy)
    return merge


def _key(style: XmlElement) -> tuple[str, str]:
    """The kind of a style, and its name in lower case."""
    return style.get(name("w:type")) or "paragraph", val(style, "w:name").lower()


def _merge_defaults(template: WordTemplate, styles: XmlElement) -> None:
    """Take over the document's defaults, but not their language."""
    theirs, ours = template.styles.find(name("w:docDefaults")), styles.find(name("w:docDefaults"))
    if theirs is None or ours is None:
        return
    copy = deepcopy(theirs)
    language = next(ours.iter(name("w:lang")), None)
    run_properties = next(copy.iter(name("w:rPr")), None)
    if language is not None:
        for element in list(copy.iter(name("w:lang"))):
            element.addprevious(deepcopy(language))
            remove(element)
        if run_properties is not None and run_properties.find(name("w:lang")) is None:
            run_properties.append(deepcopy(language))
    styles.replace(ours, copy)


def _merge_lists(template: WordTemplate, numbering: XmlElement, merge: Merge) -> None:
    found = template.part(RT.NUMBERING)
    if found is None:
        return
    first = numbering.find(name("w:num"))
    for definition in found[1].findall(name("w:abstractNum")):
        copy = deepcopy(definition)
        _shift(copy, "w:abstractNumId")
        merge.rename(copy)
        for picture in list(copy.iter(name("w:lvlPicBulletId"))):
            remove(picture)
        if first is not None:
            first.addprevious(copy)
        else:
            numbering.append(copy)
    for instance in found[1].findall(name("w:num")):
        copy = deepcopy(instance)
        _shift(copy, "w:numId")
        base = copy.find(name("w:abstractNumId"))
        if base is not None:
            _shift(base, "w:val")
        numbering.append(copy)


def _shift(element: XmlElement, attribute: str) -> None:
    """Move the id of a list behind those of the base document."""
    element.set(name(attribute), str(int(element.get(name(attribute)) or 0) + _FIRST_LIST))


def _merge_fonts(template: WordTemplate, fonts: XmlElement) -> None:
    """Add its fonts by name, without embedded files: their licences may not allow it."""
    found = template.part(RT.FONT_TABLE)
    known = {font.get(name("w:name")) for font in fonts}
    for font in found[1].findall(name("w:font")) if found is not None else ():
        if font.get(name("w:name")) not in known:
            copy = deepcopy(font)
            for child in list(copy):
                if child.tag.rpartition("}")[2].startswith("embed"):
                    copy.remove(child)
            fonts.append(copy)


def _merge_page(template: WordTemplate, document: Document) -> None:
    """Take over its margins, and whether first and left pages differ; the paper is the brief's."""
    settings, theirs = template.part(RT.SETTINGS), template.section
    if settings is not None and settings[1].find(name("w:evenAndOddHeaders")) is not None:
        document.settings.odd_and_even_pages_header_footer = True
    if theirs is None:
        return
    for section in document.element.body.iter(name("w:sectPr")):
        margins, ours = theirs.find(name("w:pgMar")), section.find(name("w:pgMar"))
        if margins is not None and ours is not None:
            section.replace(ours, deepcopy(margins))
    if theirs.find(name("w:titlePg")) is None:
        document.sections[0].different_first_page_header_footer = False


def _series(labels: list[str]) -> str:
    quoted = [f"'{label}'" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
