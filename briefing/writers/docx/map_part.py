"""The map of the round trip: a custom XML part from content controls and bookmarks to paths in the content file.

It contains hashes and no text. Names that the author chose for facts, abbreviations and sources are text too, and are
stored as hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from .ooxml.elements import NAMESPACES, el
from .ooxml.parts import new_part

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

__all__ = ["Holds", "Mark", "MarkedField", "add_map", "path_without_words"]

Holds = Literal["words", "paragraphs", "table"]

#: The GUID of the part, which the standard requires: fixed, so that the same brief gives the same bytes.
_GUID = "{6B0E2B0A-7C55-5C1E-9C0B-2F6D6F3B8A11}"
_NAMED_BY_AUTHOR = re.compile(r"(fact_box\.facts|glossary|sources)(?:\.(\w+)|\[\"((?:[^\"\\]|\\.)*)\"\])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark and its content: text in a paragraph, whole paragraphs from its start to its end, or a table."""

    bookmark: str
    holds: Holds


@dataclass(frozen=True, slots=True)
class MarkedField:
    """A field in the document: its path, the tag of its controls, its bookmarks, and a hash of its text."""

    path: str
    tag: str
    marks: tuple[Mark, ...]
    hash: str


def path_without_words(path: str) -> str:
    """``glossary.EEA`` -> ``glossary[#5f0c…]``: an author's name as the first 12 hex digits of its SHA-256."""

    def hashed(found: re.Match[str]) -> str:
        key = found[2] if found[2] is not None else re.sub(r"\\(.)", r"\1", found[3])
        return f"{found[1]}[#{sha256(key.encode()).hexdigest()[:12]}]"

    return _NAMED_BY_AUTHOR.sub(hashed, path, count=1) if _NAMED_BY_AUTHOR.match(path) else path


def add_map(document: DocumentPart, brief: str, fields: Iterable[MarkedField]) -> None:
    """Add the map to the package of a document. ``brief`` is the name of the content file, without its suffix."""
    entries = []
    for field in fields:
        attributes = {"path": path_without_words(field.path), "tag": field.tag, "hash": field.hash}
        marks = (el("home:mark", bookmark=mark.bookmark, holds=mark.holds) for mark in field.marks)
        entries.append(el("home:field", *marks, **{key: value for key, value in attributes.items() if value}))
    root = el("home:way-home", *entries, brief=brief)
    item = new_part(document.package, "customXml/item1.xml", CT.XML, root)
    schema = el("ds:schemaRef", uri=NAMESPACES["home"])
    store = el("ds:datastoreItem", el("ds:schemaRefs", schema), itemID=_GUID)
    properties = new_part(document.package, "customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, store)
    item.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.relate_to(item, RT.CUSTOM_XML)
