"""The document's properties: title, author, language; and marking, reference and edition as custom properties."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from briefing.galley import Galley
from briefing.xml_text import escape

from .ooxml.elements import NAMESPACES, declared, xml
from .ooxml.parts import new_part

if TYPE_CHECKING:
    from docx.document import Document

#: The longest value that Word shows, in characters.
_LONGEST = 255
#: The format id of custom properties, defined by the standard.
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def set_properties(document: Document, galley: Galley) -> None:
    """Set the core, application and custom properties. The only date is the day of issue."""
    given, core = galley.properties, document.core_properties
    core.title, core.subject, core.author = _truncated(given.title), _truncated(given.subject), _truncated(given.author)
    core.keywords, core.category, core.comments = _truncated(given.keywords), _truncated(given.category), ""
    core.version, core.content_status, core.revision = _truncated(given.version), _truncated(given.status), 1
    core.language, core.last_modified_by = galley.language, core.author
    core.created = core.modified = dt.datetime.fromisoformat(given.issued or "1980-01-01")
    custom = {"Marking": given.marking, "Reference": given.reference, "Edition": galley.edition}
    package = document.part.package
    for file, content_type, relation, text in (
        ("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, _application()),
        ("custom", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, _custom(custom)),
    ):
        package.relate_to(new_part(package, f"docProps/{file}.xml", content_type, text), relation)


def _truncated(value: str) -> str:
    return value[:_LONGEST]


def _application() -> str:
    values = {"Application": "Microsoft Office Word", "DocSecurity": "0", "AppVersion": "16.0000"}
    return xml("Properties", *(xml(key, value) for key, value in values.items()), xmlns=NAMESPACES["ep"])


def _custom(values: dict[str, str]) -> str:
    given = [(key, value) for key, value in values.items() if value]
    entries = (
        xml("property", xml("vt:lpwstr", escape(value)), fmtid=_CUSTOM_FORMAT, pid=number, name=key)
        for number, (key, value) in enumerate(given, 2)
    )
    return xml("Properties", *entries, xmlns=NAMESPACES["op"], **declared("vt"))
