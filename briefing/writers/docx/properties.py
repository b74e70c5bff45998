"""What the file says of itself: title, author, language, and marking and reference as custom properties."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.xml_text import escape, quoteattr

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["set_properties"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
#: The longest value that Word shows, in characters.
_LONGEST = 255
#: The format of custom properties: fixed by the standard.
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def set_properties(document: Document, galley: Galley) -> None:
    """Set the core, application and custom properties. The only date is that of issue."""
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    said, core = galley.properties, document.core_properties
    for key, value in {
        "title": said.title, "subject": said.subject, "author": said.author, "language": galley.language,
        "comments": "", "keywords": said.keywords, "category": said.category, "version": said.version,
        "content_status": said.status, "last_modified_by": said.author,
    }.items():  # fmt: skip
        setattr(core, key, value[:_LONGEST])
    core.revision = 1
    core.created = core.modified = dt.datetime.fromisoformat(said.issued or "1980-01-01")
    custom = {"Marking": said.marking, "Reference": said.reference, "Edition": galley.edition}
    written = _custom({key: value for key, value in custom.items() if value})
    for file, content_type, relation, xml in (
        ("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, _application()),
        ("custom", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, written),
    ):
        package = document.part.package
        package.relate_to(Part(PackURI(f"/docProps/{file}.xml"), content_type, xml.encode(), package), relation)


def _application() -> str:
    return (
        f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Microsoft Office Word</Application>'
        "<DocSecurity>0</DocSecurity><AppVersion>16.0000</AppVersion></Properties>"
    )


def _custom(values: dict[str, str]) -> str:
    entries = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{number}" name={quoteattr(key)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (key, value) in enumerate(values.items(), 2)
    )
    spaces = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"{_XML}<Properties {spaces}>{entries}</Properties>"
