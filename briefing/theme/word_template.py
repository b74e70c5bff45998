"""A theme's ``handout.docx``: a Word document whose styles, margins, headers and footers the Word writer uses.

The file is untrusted and is checked before use: limits for its size and for the size of its parts; no document type
(entities could expand without limit or name files); no macros, no external content, no fields that load something.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .folder import read_file, theme_error

if TYPE_CHECKING:
    from lxml import etree

NAME = "handout.docx"
#: Limits: bytes of the file, of all unpacked parts, and of one part; number of parts; compression ratio of a part.
_FILE, _ALL, _PART, _PARTS, _RATIO = 8_000_000, 64_000_000, 24_000_000, 400, 200
#: Links that a header may have, and the relationship to the template that a file was made from, which is not used.
_LINKS = ("http:", "https:", "mailto:", "tel:")
_NOT_TAKEN = ("/attachedTemplate",)
#: Fields that read a file, call another program or run something.
_FETCHING = re.compile(
    r"\b(INCLUDE|INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|EMBED|MACROBUTTON|DATABASE|RD|AUTOTEXT|AUTOTEXTLIST"
    r"|CONTROL|HTMLCONTROL|ADDIN|PRINT|MERGEREC|NEXT|NEXTIF)\b",
    re.IGNORECASE,
)
#: Attributes of VML drawings that can name an external picture without a relationship.
_NAMING = {"src", "href", "althref"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_handout(chain: Sequence[Path]) -> bytes:
    """The ``handout.docx`` of the theme or of the nearest that it extends; empty if there is none.

    Raises :class:`SetupError` for a file that fails a check.
    """
    file = next((folder / NAME for folder in chain if (folder / NAME).is_file()), None)
    if file is None:
        return b""
    if file.stat().st_size > _FILE:
        raise theme_error(
            "theme-handout", f"this file is larger than {_FILE // 10**6} MB", file, "take its pictures out"
        )
    data = read_file(file, file.parent)
    problem = next(_problems(data), None)
    if problem is not None:
        message, help_ = problem
        raise theme_error("theme-handout", message, file, help_)
    return data


def _problems(data: bytes) -> Iterator[tuple[str, str]]:
    """The problems of a file, each with what to do; the first is reported."""
    save_again = "open it in Word and save it as a Word document (.docx)"
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield "this is not a Word document", save_again
        return
    with archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _ALL:
            yield "this document unpacks to far more than a page with styles needs", "take its pictures and text out"
            return
        if len({part.lower() for part in names}) != len(names) or any(".." in part.split("/") for part in names):
            yield "this document is damaged: its parts are not named as they should be", save_again
            return
        for entry in entries:
            suspicious = entry.file_size > 100_000 and entry.file_size > entry.compress_size * _RATIO
            if entry.flag_bits & 1 or entry.file_size > _PART or suspicious:
                yield f"its part '{entry.filename}' is locked, or unpacks to far too much", save_again
                return
            try:
                with archive.open(entry) as part:
                    content = part.read(_PART + 1)
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
                content = b"\0" * (_PART + 1)
            if len(content) != entry.file_size:
                yield f"this document is damaged: its part '{entry.filename}' cannot be read", save_again
                return
            yield from _problems_of_part(entry.filename, content)
        if not {"[Content_Types].xml", "word/document.xml", "word/styles.xml"} <= set(names):
            yield "this is not a Word document with styles", save_again


def _problems_of_part(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The problems of one part."""
    lower = name.lower()
    if "vbaproject" in lower or "/activex/" in lower or (lower == "[content_types].xml" and b"macroEnabled" in content):
        yield "this document holds macros", "save it as a Word document without macros (.docx)"
    if "/embeddings/" in lower or "/afchunk" in lower:
        yield f"this document holds another file ('{name}')", "take embedded files and objects out of it"
    if lower.endswith((".xml", ".rels")):
        yield from _problems_of_xml(name, content)


def _problems_of_xml(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The problems of one XML part, which is parsed as it will be later, so that no encoding can hide anything."""
    from lxml import etree

    declared = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", content[:200])
    is_utf8 = declared is None or declared[1].lower() in {b"utf-8", b"us-ascii", b"ascii"}
    if b"\0" in content or not is_utf8 or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield f"its part '{name}' holds what Word never writes there", "make the document anew in Word"
        return
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        yield f"this document is damaged: its part '{name}' cannot be read", "open it in Word and save it again"
        return
    lower = name.lower()
    if lower.endswith(".rels"):
        yield from _external_relations(root)
    if lower.startswith("[content_types]"):
        yield from _disguised_xml(root)
    for element in root.iter(etree.Element):
        external = next(
            (str(value) for key, value in element.items() if _is_external(element, str(key), str(value))), None
        )
        if external is not None:
            yield f"this document takes something from outside: '{external[:80]}'", "put pictures into it, not links"
    codes = [text for element in root.iter(f"{_W}instrText", f"{_W}delInstrText") if (text := element.text)]
    codes += [code for element in root.iter(f"{_W}fldSimple") if (code := element.get(f"{_W}instr"))]
    found = _FETCHING.search("".join(codes)) or _FETCHING.search(" ".join(codes))
    if found:
        yield f"this document has a field that fetches something: {found[0]}", "take that field out"


def _external_relations(relations: etree._Element) -> Iterator[tuple[str, str]]:
    for relation in relations:
        target, kind = relation.get("Target") or "", relation.get("Type") or ""
        if relation.get("TargetMode") == "External":
            link = kind.endswith("/hyperlink") and target.lower().startswith(_LINKS)
            if not (link or kind.endswith(_NOT_TAKEN)):
                yield f"this document takes something from outside: '{target[:80]}'", "put pictures into it, not links"


def _is_external(element: etree._Element, key: str, value: str) -> bool:
    """Whether an attribute of a shape names an external picture; a hyperlink for the reader is allowed."""
    local = key.rpartition("}")[2].lower()
    if local not in _NAMING or not value.strip() or value.startswith("#"):
        return False
    is_drawn = str(element.tag).rpartition("}")[2].lower() in {"imagedata", "fill", "stroke"}
    return local != "href" or is_drawn or not value.lower().startswith(_LINKS)


def _disguised_xml(types: etree._Element) -> Iterator[tuple[str, str]]:
    """The problems of parts that Word reads as XML although their names have another suffix: they are not checked."""
    for entry in types:
        kind = (entry.get("ContentType") or "").lower()
        part_name = (entry.get("PartName") or f".{entry.get('Extension') or ''}").lower()
        picture = part_name.endswith(".svg") and kind == "image/svg+xml"
        if kind.endswith("xml") and not part_name.endswith((".xml", ".rels")) and not picture:
            yield f"its part '{part_name[:80]}' is not what it is called", "open it in Word and save it again"
