"""The package: its parts, their roots and relationships, and the file that is written at the end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.package import Package

from .elements import XmlElement, xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.package import OpcPackage
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

#: The earliest day that a zip file can hold; python-docx writes the time of day.
_DAY = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def new_document(xml: str) -> Document:
    """A document whose main part is this XML, in a package of nothing else.

    The template of python-docx is not used: it brings 164 styles, Letter paper and the settings of Word 2010.
    """
    package = Package()
    main = cast("DocumentPart", new_part(package, "word/document.xml", CT.WML_DOCUMENT_MAIN, xml))
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    return cast("Document", main.document)


def new_part(package: OpcPackage | None, name: str, content_type: str, content: bytes | str | XmlElement) -> Part:
    """A part made of data, of XML as text, or of a root; the caller relates another part to it."""
    uri, owner = PackURI(f"/{name}"), cast("Package", package)
    if isinstance(content, bytes):
        return Part(uri, content_type, content, owner)
    if isinstance(content, str):
        part_class: type[Part] = PartFactory.part_type_for.get(content_type, XmlPart)
        return cast("Part", part_class.load(uri, content_type, content.encode(), owner))
    return XmlPart(uri, content_type, cast("BaseOxmlElement", content), owner)


def xml_part(document: Document, relation: str) -> XmlPart:
    """The XML part that the document has in one relation, such as ``RT.FOOTNOTES``."""
    return cast("XmlPart", document.part.part_related_by(relation))


def hyperlinks(part: Part) -> Callable[[str], str]:
    """A function that returns the id of a part's relationship to an address, one for each address.

    ``Part.relate_to`` searches all relationships for the address: with 3000 links it takes two seconds.
    """

    @cache
    def relate(address: str) -> str:
        identity = f"rId{len(part.rels) + 1}"
        part.load_rel(RT.HYPERLINK, address, identity, is_external=True)
        return identity

    return relate


def set_root(part: XmlPart, root: XmlElement) -> None:
    """Replace the root of a part that python-docx made from its template: a header or a footer.

    Replacing its children is not enough: ``mc:Ignorable`` on a root from Word names prefixes that are declared there.
    """
    part._element = cast("BaseOxmlElement", root)  # noqa: SLF001 - there is no public way


def saved(document: Document) -> bytes:
    """The file, its parts in a fixed order, without a date, an owner or a system in the zip entries.

    ``Document.save`` writes the time of day, and the parts in the order in which they were related.
    """
    package = cast("OpcPackage", document.part.package)
    parts = sorted(package.iter_parts(), key=lambda part: part.partname)
    files = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": package.rels.xml}
    for part in parts:
        files[part.partname.membername] = part.blob
        if part.rels:
            files[part.partname.rels_uri.membername] = part.rels.xml
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name in (*_FIRST, *sorted(files.keys() - {*_FIRST})):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            zipped.writestr(entry, files[name], compresslevel=6)
    return buffer.getvalue()


def _content_types(parts: Iterable[Part]) -> bytes:
    """``[Content_Types].xml``: the first type with a suffix is that of the suffix, others are given by part name."""
    by_suffix, by_name = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}, dict[str, str]()
    for part in parts:
        if by_suffix.setdefault(part.partname.ext.lower(), part.content_type) != part.content_type:
            by_name[part.partname] = part.content_type
    defaults = [xml("Default", Extension=suffix, ContentType=kind) for suffix, kind in sorted(by_suffix.items())]
    overrides = [xml("Override", PartName=part_name, ContentType=kind) for part_name, kind in sorted(by_name.items())]
    return (_DECLARATION + xml("Types", *defaults, *overrides, xmlns=_TYPES)).encode()
