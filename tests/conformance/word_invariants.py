"""Faults of a Word file that no validator reports, but that a reader notices in Word.

Duplicate or over-long content controls; fields, bookmarks and notes with one end missing; references without a target;
undefined styles and lists; cells that do not end with a paragraph; drawings without alternative text; lost spaces;
links with a forbidden target; anything that makes Word ask the reader to update fields.
"""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STORY = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")
LINKS = ("http:", "https:", "mailto:", "tel:")

Parts = dict[str, bytes]
Stories = dict[str, etree._Element]


def findings(path: Path) -> list[str]:
    """The faults of one Word file, each with the name of its part; empty if there are none."""
    with zipfile.ZipFile(path) as archive:
        twice = [name for name, count in Counter(archive.namelist()).items() if count > 1]
        parts = {name: archive.read(name) for name in archive.namelist()}
    stories = {name: etree.fromstring(data) for name, data in parts.items() if STORY.fullmatch(name)}
    return [
        *(f"the package holds {name} twice" for name in twice),
        *in_stories(stories),
        *references(stories),
        *controls_and_drawings(stories),
        *notes(stories),
        *definitions(parts, stories),
        *relations(parts),
        *updates(parts, stories),
    ]


def in_stories(stories: Stories) -> Iterator[str]:
    for name, story in stories.items():
        for cell in story.iter(W + "tc"):
            content = [child for child in cell if child.tag != W + "tcPr"]
            if not content or content[-1].tag != W + "p":
                yield f"{name}: a table cell does not end with a paragraph"
        for text in story.iter(W + "t"):
            if text.text and text.text != text.text.strip() and text.get(SPACE) != "preserve":
                yield f"{name}: a space at the edge of {text.text[:30]!r} will vanish"
            if text.text and re.search(r"[\t\n\r]", text.text):
                yield f"{name}: a tab or line end inside {text.text[:30]!r} is shown as a space"
        depth = 0
        for mark in story.iter(W + "fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType"), 0)
            if depth < 0:
                yield f"{name}: a field ends that never began"
                depth = 0
        if depth:
            yield f"{name}: {depth} field(s) never closed"


def references(stories: Stories) -> Iterator[str]:
    bookmarks: Counter[str] = Counter()
    wanted: list[tuple[str, str]] = []
    for name, story in stories.items():
        starts = Counter(mark.get(W + "id") for mark in story.iter(W + "bookmarkStart"))
        ends = Counter(mark.get(W + "id") for mark in story.iter(W + "bookmarkEnd"))
        if starts != ends:
            yield f"{name}: bookmarks without a partner: {sorted((starts - ends) + (ends - starts))}"
        for mark in story.iter(W + "bookmarkStart"):
            bookmarks[mark.get(W + "name")] += 1
            if len(mark.get(W + "name")) > 40:
                yield f"{name}: bookmark name over 40 characters: {mark.get(W + 'name')!r}"
        wanted += [(name, link.get(W + "anchor")) for link in story.iter(W + "hyperlink") if link.get(W + "anchor")]
        instructions = [element.text or "" for element in story.iter(W + "instrText")]
        instructions += [element.get(W + "instr") for element in story.iter(W + "fldSimple")]
        wanted += [
            (name, target[1])
            for instruction in instructions
            if (target := re.match(r"\s*(?:REF|PAGEREF|NOTEREF)\s+(\w+)", instruction))
        ]
    yield from (f"bookmark {label!r} stands {count} times" for label, count in bookmarks.items() if count > 1)
    yield from (
        f"{name}: reference to a bookmark that is not there: {label!r}"
        for name, label in wanted
        if label not in bookmarks
    )


def controls_and_drawings(stories: Stories) -> Iterator[str]:
    controls, drawings = Counter(), Counter()
    for name, story in stories.items():
        for properties in story.iter(W + "sdtPr"):
            identity, tag = properties.find(W + "id"), properties.find(W + "tag")
            controls[None if identity is None else identity.get(W + "val")] += 1
            if tag is not None and len(tag.get(W + "val")) > 64:
                yield f"{name}: content-control tag over 64 characters: {tag.get(W + 'val')!r}"
        for drawing in story.iter(WP + "docPr"):
            drawings[drawing.get("id")] += 1
            if not drawing.get("descr"):
                yield f"{name}: a drawing has no alternative text"
    for kind, ids in (("content control", controls), ("drawing", drawings)):
        yield from (f"{kind} id {identity} stands {count} times" for identity, count in ids.items() if count > 1)


def notes(stories: Stories) -> Iterator[str]:
    for kind in ("footnote", "endnote"):
        story = stories.get(f"word/{kind}s.xml")
        written = (
            Counter()
            if story is None
            else Counter(
                note.get(W + "id") for note in story.iter(W + kind) if note.get(W + "type") in {None, "normal"}
            )
        )
        called = Counter(call.get(W + "id") for other in stories.values() for call in other.iter(f"{W}{kind}Reference"))
        yield from (f"{kind} {number} is called but not written" for number in called if number not in written)
        yield from (f"{kind} {number} is written but never called" for number in written if number not in called)
        yield from (f"{kind} {number} is called {count} times" for number, count in called.items() if count > 1)


def definitions(parts: Parts, stories: Stories) -> Iterator[str]:
    styles = etree.fromstring(parts["word/styles.xml"])
    known = {(style.get(W + "type"), style.get(W + "styleId")) for style in styles.iter(W + "style")}
    for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        used = {(name, use.get(W + "val")) for name, story in stories.items() for use in story.iter(W + tag)}
        yield from (
            f"{name}: {kind} style {style!r} is not defined"
            for name, style in sorted(used)
            if (kind, style) not in known
        )
    numbering = parts.get("word/numbering.xml")
    lists = (
        {"0"}
        if numbering is None
        else {"0", *(num.get(W + "numId") for num in etree.fromstring(numbering).iter(W + "num"))}
    )
    for name, story in [*stories.items(), ("word/styles.xml", styles)]:
        used = {use.get(W + "val") for use in story.iter(W + "numId")}
        yield from (f"{name}: list {number} is not defined" for number in sorted(used - lists))


def relations(parts: Parts) -> Iterator[str]:
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in etree.fromstring(data):
            target = relation.get("Target")
            if relation.get("TargetMode") == "External":
                if not (relation.get("Type").endswith("/hyperlink") and target.lower().startswith(LINKS)):
                    yield f"{name}: leads outside: {target!r}"
            elif posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") not in parts:
                yield f"{name}: names a part that is not there: {target!r}"


def updates(parts: Parts, stories: Stories) -> Iterator[str]:
    settings = etree.fromstring(parts["word/settings.xml"])
    dirty = any(element.get(W + "dirty") for story in stories.values() for element in story.iter())
    if settings.find(W + "updateFields") is not None or dirty:
        yield "Word will ask its reader to update fields"
