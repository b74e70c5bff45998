"""A theme's own ``handout.docx``: a Word document whose styles, margins, headers and footers the Word press takes over.

It comes from somebody else's Word, so it passes a gate before anything is read from it: its size, what it unpacks to,
no document type in its XML (an entity could grow without end or name a file), no macros, nothing from outside, and no
field that fetches something.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .folder import read_file, slip

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["NAME", "read_handout"]

NAME = "handout.docx"
#: The file itself, all that it unpacks to, and one part of it, in bytes; how many parts; how much a part may shrink to.
_FILE, _ALL, _PART, _PARTS, _RATIO = 8_000_000, 64_000_000, 24_000_000, 400, 200
#: Links that a header may hold, and what Word notes of the template that a file was made from: that is not taken over.
_LINKS = ("http:", "https:", "mailto:", "tel:")
_NOT_TAKEN = ("/attachedTemplate",)
#: Fields that read a file, call another program or run something.
_FETCHING = re.compile(
    r"\b(INCLUDE|INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|EMBED|MACROBUTTON|DATABASE|RD|AUTOTEXT|AUTOTEXTLIST"
    r"|CONTROL|HTMLCONTROL|ADDIN|PRINT|MERGEREC|NEXT|NEXTIF)\b",
    re.IGNORECASE,
)
#: Attributes of the older drawings (VML) that name a picture outside, without a relationship that would say so.
_NAMING = {"src", "href", "althref"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_handout(chain: Sequence[Path]) -> bytes:
    """The ``handout.docx`` of the theme or of the nearest that it extends; empty where there is none.

    Raises :class:`SetupError` for one that does not pass the gate.
    """
    file = next((folder / NAME for folder in chain if (folder / NAME).is_file()), None)
    if file is None:
        return b""
    if file.stat().st_size > _FILE:
        raise slip("theme-handout", f"this file is larger than {_FILE // 10**6} MB", file, "take its pictures out")
    data = read_file(file, file.parent)
    problem = next(_problems(data), None)
    if problem is not None:
        what, help_ = problem
        raise slip("theme-handout", what, file, help_)
    return data


def _problems(data: bytes) -> Iterator[tuple[str, str]]:
    """What keeps a file out, each with what to do; the first is told."""
    again = "open it in Word and save it as a Word document (.docx)"
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield "this is not a Word document", again
        return
    with archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _ALL:
            yield "this document unpacks to far more than a page with styles needs", "take its pictures and text out"
            return
        if len({part.lower() for part in names}) != len(names) or any(".." in part.split("/") for part in names):
            yield "this document is damaged: its parts are not named as they should be", again
            return
        for entry in entries:
            squeezed = entry.file_size > 100_000 and entry.file_size > entry.compress_size * _RATIO
            if entry.flag_bits & 1 or entry.file_size > _PART or squeezed:
                yield f"its part '{entry.filename}' is locked, or unpacks to far too much", again
                return
            try:
                with archive.open(entry) as part:
                    content = part.read(_PART + 1)
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
                content = b"\0" * (_PART + 1)
            if len(content) != entry.file_size:
                yield f"this document is damaged: its part '{entry.filename}' cannot be read", again
                return
            yield from _faults(entry.filename, content)
        if not {"[Content_Types].xml", "word/document.xml", "word/styles.xml"} <= set(names):
            yield "this is not a Word document with styles", again


def _faults(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """What is wrong with one part."""
    lower = name.lower()
    if "vbaproject" in lower or "/activex/" in lower or (lower == "[content_types].xml" and b"macroEnabled" in content):
        yield "this document holds macros", "save it as a Word document without macros (.docx)"
    if "/embeddings/" in lower or "/afchunk" in lower:
        yield f"this document holds another file ('{name}')", "take embedded files and objects out of it"
    if lower.endswith((".xml", ".rels")):
        yield from _faults_of_xml(name, content)


def _faults_of_xml(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """What is wrong with one part of XML, parsed as it will be later: nothing can hide in how it is written."""
    from lxml import etree

    declared = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", content[:200])
    plain = declared is None or declared[1].lower() in {b"utf-8", b"us-ascii", b"ascii"}
    if b"\0" in content or not plain or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield f"its part '{name}' holds what Word never writes there", "make the document anew in Word"
        return
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        yield f"this document is damaged: its part '{name}' cannot be read", "open it in Word and save it again"
        return
    lower = name.lower()
    if lower.endswith(".rels"):
        yield from _reaching_out(root)
    if lower.startswith("[content_types]"):
        yield from _disguised(root)
    for element in root.iter(etree.Element):
        far = next((str(value) for key, value in element.items() if _leads_out(element, str(key), str(value))), None)
        if far is not None:
            yield f"this document takes something from outside: '{far[:80]}'", "put pictures into it, not links"
    codes = [text for element in root.iter(f"{_W}instrText", f"{_W}delInstrText") if (text := element.text)]
    codes += [code for element in root.iter(f"{_W}fldSimple") if (code := element.get(f"{_W}instr"))]
    found = _FETCHING.search("".join(codes)) or _FETCHING.search(" ".join(codes))
    if found:
        yield f"this document has a field that fetches something: {found[0]}", "take that field out"


def _reaching_out(relations: etree._Element) -> Iterator[tuple[str, str]]:
    for relation in relations:
        target, kind = relation.get("Target") or "", relation.get("Type") or ""
        if relation.get("TargetMode") == "External":
            link = kind.endswith("/hyperlink") and target.lower().startswith(_LINKS)
            if not (link or kind.endswith(_NOT_TAKEN)):
                yield f"this document takes something from outside: '{target[:80]}'", "put pictures into it, not links"


def _leads_out(element: etree._Element, key: str, value: str) -> bool:
    """Whether an attribute of a shape names a picture outside; a link for the reader to click on is none."""
    local = key.rpartition("}")[2].lower()
    if local not in _NAMING or not value.strip() or value.startswith("#"):
        return False
    fills = str(element.tag).rpartition("}")[2].lower() in {"imagedata", "fill", "stroke"}
    return local != "href" or fills or not value.lower().startswith(_LINKS)


def _disguised(types: etree._Element) -> Iterator[tuple[str, str]]:
    """A part that is XML to Word under the name of something else would not have been looked at."""
    for entry in types:
        kind = (entry.get("ContentType") or "").lower()
        called = (entry.get("PartName") or f".{entry.get('Extension') or ''}").lower()
        picture = called.endswith(".svg") and kind == "image/svg+xml"
        if kind.endswith("xml") and not called.endswith((".xml", ".rels")) and not picture:
            yield f"its part '{called[:80]}' is not what it is called", "open it in Word and save it again"
