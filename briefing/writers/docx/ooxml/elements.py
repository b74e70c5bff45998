"""Elements of Office Open XML: namespaces, units, and functions that build one.

:func:`el` builds an element with the parser of python-docx, so that it has python-docx's class where there is one.
:func:`xml` writes the same as text, for parts of hundreds of elements that are parsed once (the styles: 6 ms; by
``add_style`` of python-docx, 440 ms). Lengths are twips (1/20 pt) where the standard has twips and EMU in drawings.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.shared import Emu, Mm, Pt, Twips
from lxml import etree

from briefing.xml_text import quoteattr

XmlElement = etree._Element  # noqa: SLF001 - lxml has no other name for it

NAMESPACES: Mapping[str, str] = {
    **{prefix: nsmap[prefix] for prefix in ("w", "r", "wp", "a", "pic", "c")},
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "home": "urn:briefing:way-home:1",
}
#: Vocabularies whose attributes have the namespace of their element.
_QUALIFIED = frozenset({"w", "w15", "ds"})
#: The prefixes that the name of an argument may begin with: ``r_id`` is ``r:id``.
_PREFIXED = frozenset({"r", "o"})


def mm(millimetres: float) -> int:
    """Millimetres as twips, rounded; the constructors of python-docx truncate."""
    return round(millimetres * (Mm(1) / Twips(1)))


def pt(points: float) -> int:
    """Points as twips, rounded."""
    return round(points * (Pt(1) / Twips(1)))


def emu(millimetres: float) -> Emu:
    """Millimetres as EMU, rounded."""
    return Emu(round(millimetres * Mm(1)))


@cache
def name(tag: str) -> str:
    """The full name of a prefixed tag or attribute: ``w:p``."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else tag


def declared(*prefixes: str) -> dict[str, str]:
    """The attributes of :func:`xml` that declare namespaces on the root of a part."""
    return {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in prefixes}


@cache
def _attribute(prefix: str, key: str) -> str:
    """The prefixed name of an attribute that is given as an argument to an element of ``prefix``."""
    if key.startswith("xmlns"):
        return key
    own, _, local = key.partition("_")
    if own in _PREFIXED and local:
        return f"{own}:{local}"
    return f"{prefix}:{key.rstrip('_')}" if prefix in _QUALIFIED else key.rstrip("_")


def el(tag: str, /, *children: XmlElement | None, **attributes: str | int | None) -> XmlElement:
    """An element. Attributes take the namespace of a ``w:`` element; ``r_id`` and the like stand for ``r:id``.

    A child or an attribute that is None is left out.
    """
    prefix = tag.partition(":")[0]
    element = oxml_parser.makeelement(name(tag), nsmap={prefix: NAMESPACES[prefix]})
    for key, value in attributes.items():
        if value is not None:
            element.set(name(_attribute(prefix, key)), str(value))
    element.extend([child for child in children if child is not None])
    return element


def val(element: XmlElement, path: str) -> str:
    """The ``w:val`` of the first element at a path such as ``w:rPr/w:rStyle``; empty if there is none."""
    found = element.find(path, NAMESPACES)
    return (found.get(name("w:val")) or "") if found is not None else ""


def remove(element: XmlElement) -> None:
    """Remove an element from its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


@lru_cache(maxsize=2048, typed=True)
def _attribute_xml(prefix: str, key: str, value: str | int) -> str:
    """An attribute as text; the styles repeat the same few hundred."""
    return f" {_attribute(prefix, key)}={quoteattr(str(value))}"


def xml(tag: str, /, *children: str, **attributes: str | int | None) -> str:
    """An element as text, its attributes as in :func:`el`; one that is None is left out. Children are XML already."""
    prefix = tag.partition(":")[0]
    own = "".join([_attribute_xml(prefix, key, value) for key, value in attributes.items() if value is not None])
    content = "".join(children)
    return f"<{tag}{own}>{content}</{tag}>" if content else f"<{tag}{own}/>"


def parse(data: bytes) -> XmlElement:
    """The root of a part that another program wrote; nothing is expanded or fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
