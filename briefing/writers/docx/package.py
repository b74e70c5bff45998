"""A Word file as a package: parts, what each is related to, and the zip file around them (ISO/IEC 29500-2).

The same parts give the same bytes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from briefing.xml_text import quoteattr

from .ooxml import XmlElement, name

__all__ = ["FORMAT", "KINDS", "Document", "Part", "Relation", "parse_part"]

#: The kinds of relationships between the parts of a document, and the formats of Office's parts.
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMAT = "application/vnd.openxmlformats-officedocument"

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_FORMAT = "application/vnd.openxmlformats-package.relationships+xml"
#: The earliest day a zip file can name. No clock is read.
_DAY = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


class Relation(NamedTuple):
    """A relationship to a part, or to an address outside; ``kind`` is in full."""

    kind: str
    target: Part | str


class Part:
    """A part of a package: ``place`` is its name in the zip file, ``content`` its bytes or the root of its XML."""

    def __init__(self, place: str, content_type: str, content: bytes | XmlElement) -> None:
        self.place, self.content_type, self.content = place, content_type, content
        self.relations: dict[str, Relation] = {}

    @property
    def element(self) -> XmlElement:
        """The root of its XML; a part that is bytes is read, once."""
        if isinstance(self.content, bytes):
            self.content = parse_part(self.content)
        return self.content

    def relate_to(self, target: Part | str, kind: str) -> str:
        """The id of the relationship to a part, or to an address outside; one that is there already is used again."""
        wanted = Relation(kind, target)
        for identity, relation in self.relations.items():
            if relation == wanted:
                return identity
        identity = f"rId{len(self.relations) + 1}"
        self.relations[identity] = wanted
        return identity


class Document:
    """A Word document: its main part, and the package that this stands in."""

    def __init__(self, main: Part) -> None:
        self.part = main
        self.package = Part("", "", b"")
        self.package.relate_to(main, f"{KINDS}/officeDocument")

    @property
    def body(self) -> XmlElement:
        """The body of the text."""
        found = self.part.element.find(name("w:body"))
        assert found is not None, "we wrote it"  # noqa: S101
        return found

    def related(self, kind: str) -> Part:
        """The part of a kind that the main part is related to, as ``styles``. Raises LookupError without one."""
        for relation in self.part.relations.values():
            if relation.kind == f"{KINDS}/{kind}" and isinstance(relation.target, Part):
                return relation.target
        raise LookupError(kind)

    def packed(self) -> bytes:
        """The file: a zip file in a fixed order, without a date, an owner or a trace of the system it was made on."""
        files = {"[Content_Types].xml": _content_types(list(_parts(self.package)))}
        for part in (self.package, *_parts(self.package)):
            if part.place:
                files[part.place] = part.content if isinstance(part.content, bytes) else _written(part.content)
            if part.relations:
                folder, file = posixpath.split(part.place)
                files[posixpath.join(folder, "_rels", f"{file}.rels")] = _relations(part)
        return _zipped(files)


def parse_part(data: bytes) -> XmlElement:
    """The root of a part; nothing is expanded or fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _parts(start: Part) -> Iterator[Part]:
    """All parts that one can reach from a part, each once."""
    seen, ahead = {id(start)}, [start]
    while ahead:
        for relation in ahead.pop().relations.values():
            if isinstance(relation.target, Part) and id(relation.target) not in seen:
                seen.add(id(relation.target))
                ahead.append(relation.target)
                yield relation.target


def _content_types(parts: list[Part]) -> bytes:
    """The format of each part: by the suffix of its name where all with it are of one, else by its name."""
    by_suffix = {"rels": _RELATIONS_FORMAT, "xml": "application/xml"}
    by_name = {}
    for part in sorted(parts, key=lambda part: part.place):
        suffix = part.place.rpartition(".")[2].lower()
        if by_suffix.setdefault(suffix, part.content_type) != part.content_type:
            by_name[f"/{part.place}"] = part.content_type
    entries = [
        *(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in sorted(by_suffix.items())),
        *(f"<Override PartName={quoteattr(place)} ContentType={quoteattr(kind)}/>" for place, kind in by_name.items()),
    ]
    return f'{_XML}<Types xmlns="{_TYPES}">{"".join(entries)}</Types>'.encode()


def _relations(part: Part) -> bytes:
    folder = posixpath.dirname(part.place) or "."
    entries = []
    for identity, (kind, target) in part.relations.items():
        address = target if isinstance(target, str) else posixpath.relpath(target.place, folder)
        outside = ' TargetMode="External"' if isinstance(target, str) else ""
        told = f"Id={quoteattr(identity)} Type={quoteattr(kind)} Target={quoteattr(address)}{outside}"
        entries.append(f"<Relationship {told}/>")
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{"".join(entries)}</Relationships>'.encode()


def _written(root: XmlElement) -> bytes:
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    order = sorted(files, key=lambda place: (_FIRST.index(place) if place in _FIRST else len(_FIRST), place))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for place in order:
            entry = zipfile.ZipInfo(place, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, files[place])
    return buffer.getvalue()
