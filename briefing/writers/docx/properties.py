"""What the file says of itself: title, author, language, and marking and reference as properties of our own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from briefing.galley import Galley
from briefing.xml_text import escape, quoteattr

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["set_properties"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT = "application/vnd.openxmlformats-officedocument"
#: The format of the properties that are neither Word's nor ours: fixed by the standard.
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def set_properties(document: WordDocument, galley: Galley) -> None:
    """Set the core, application and custom properties. The only date is that of issue."""
    said = galley.properties
    day = datetime.fromisoformat(said.issued or "1980-01-01")
    core = document.core_properties
    core.title = said.title[:255]
    core.subject = said.subject[:255]
    core.author = said.author[:255]
    core.last_modified_by = said.author[:255]
    core.keywords = said.keywords[:255]
    core.category = said.category[:255]
    core.language = galley.language
    core.content_status = said.status[:255]
    core.version = said.version[:255]
    core.comments = ""
    core.revision = 1
    core.created = core.modified = day
    _part(document, "app", "extended-properties", _application())
    custom = {"Marking": said.marking, "Reference": said.reference, "Edition": galley.edition}
    _part(document, "custom", "custom-properties", _custom({key: value for key, value in custom.items() if value}))


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


def _part(document: WordDocument, name: str, kind: str, xml: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    part = Part(PackURI(f"/docProps/{name}.xml"), f"{_FORMAT}.{kind}+xml", xml.encode(), package)
    package.relate_to(part, f"{_OFFICE}/relationships/{kind}")
