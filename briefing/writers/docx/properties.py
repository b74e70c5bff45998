"""What the file says of itself: title, author, language, and marking and reference as properties of our own."""

from __future__ import annotations

from briefing.galley import Galley, Properties
from briefing.xml_text import escape, quoteattr

from .package import FORMAT, KINDS, Document, Part

__all__ = ["set_properties"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: The longest value that Word shows, in characters.
_LONGEST = 255
_CORE = "application/vnd.openxmlformats-package.core-properties"
#: The format of the properties that are neither Word's nor ours: fixed by the standard.
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def set_properties(document: Document, galley: Galley) -> None:
    """Set the core, application and custom properties. The only date is that of issue."""
    said = galley.properties
    custom = {"Marking": said.marking, "Reference": said.reference, "Edition": galley.edition}
    written = _custom({key: value for key, value in custom.items() if value})
    for file, form, kind, xml in (
        ("core", f"{_CORE}+xml", f"{_PACKAGE}/relationships/metadata/core-properties", _core(said, galley.language)),
        ("app", f"{FORMAT}.extended-properties+xml", f"{KINDS}/extended-properties", _application()),
        ("custom", f"{FORMAT}.custom-properties+xml", f"{KINDS}/custom-properties", written),
    ):
        document.package.relate_to(Part(f"docProps/{file}.xml", form, xml.encode()), kind)


def _core(said: Properties, language: str) -> str:
    day = f"{said.issued or '1980-01-01'}T00:00:00Z"
    values = {
        "dc:title": said.title, "dc:subject": said.subject, "dc:creator": said.author, "dc:language": language,
        "dc:description": "", "cp:keywords": said.keywords, "cp:category": said.category, "cp:version": said.version,
        "cp:contentStatus": said.status, "cp:lastModifiedBy": said.author, "cp:revision": "1",
    }  # fmt: skip
    entries = "".join(f"<{key}>{escape(value[:_LONGEST])}</{key}>" for key, value in values.items())
    for key in ("created", "modified"):
        entries += f'<dcterms:{key} xsi:type="dcterms:W3CDTF">{day}</dcterms:{key}>'
    spaces = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f"{_XML}<cp:coreProperties {spaces}>{entries}</cp:coreProperties>"


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
