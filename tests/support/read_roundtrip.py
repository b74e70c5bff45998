"""Read the fields of a brief back from an edited Word file.

It follows docs/galley.md ("The round trip") and uses no module of the program, so a later command that imports edits can
do the same.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MAP = "{urn:briefing:way-home:1}"
#: The names of the style of a note's number, in Word and in LibreOffice.
CALLS = {"footnote reference", "footnote characters", "footnote anchor"}
#: Elements without words of the text. LibreOffice puts floating text into a drawing, in two versions.
SILENT = {"pPr", "rPr", "sdtPr", "del", "moveFrom", "drawing", "instrText", "Fallback"}


@dataclass(frozen=True)
class Found:
    """A field that was read back. ``by`` says how it was found: "control", "bookmark", or "" if it was deleted."""

    path: str
    words: str
    by: str
    changed: bool
    comments: tuple[str, ...] = ()


def tidy(words: str) -> str:
    """The text with single spaces; a no-break space counts as a space."""
    return " ".join(words.split())


def hash_of(words: str) -> str:
    return sha256(tidy(words).encode()).hexdigest()[:16]


def without_words(path: str) -> str:
    """A path as in the map: a name chosen by the author is replaced by the start of its hash."""
    named = re.match(r"(fact_box\.facts|key_figures|glossary|sources)(?:\.(\w+)|\[\"(.*?)(?<!\\)\"\])", path)
    if not named:
        return path
    key = named[2] or re.sub(r"\\(.)", r"\1", named[3])
    return f"{named[1]}[#{sha256(key.encode()).hexdigest()[:12]}]{path[named.end() :]}"


def way_home(data: bytes) -> Any:
    """The root element of the map, or None if there is none."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                root = etree.fromstring(package.read(name))
                if root.tag == f"{MAP}way-home":
                    return root
    return None


def read_back(data: bytes, *, bookmarks_alone: bool = False) -> dict[str, Found]:
    """All fields of the map, by their paths."""
    root = way_home(data)
    assert root is not None, "the file has no map"
    file = _File(data)
    found = (file.field(entry, controls=not bookmarks_alone) for entry in root.iter(f"{MAP}field"))
    return {field.path: field for field in found}


class _File:
    """The parts of a file with text, its controls by their tags, and its bookmarks by their names."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as package:

            def part(name: str) -> Any:
                return etree.fromstring(package.read(name)) if name in package.namelist() else etree.Element("none")

            stories = [part("word/document.xml"), part("word/footnotes.xml")]
            styles, comments = part("word/styles.xml"), part("word/comments.xml")
        self.calls = {
            style.get(f"{W}styleId")
            for style in styles.iter(f"{W}style")
            if style.find(f"{W}name").get(f"{W}val").lower() in CALLS
        }
        self.comments = {
            comment.get(f"{W}id"): tidy("".join(text.text or "" for text in comment.iter(f"{W}t")))
            for comment in comments.iter(f"{W}comment")
        }
        self.controls: dict[str, list[Any]] = {}
        self.starts: dict[str, list[Any]] = {}
        self.ends: dict[tuple[Any, str], Any] = {}
        for story in stories:
            for control in story.iter(f"{W}sdt"):
                tag = control.find(f"{W}sdtPr/{W}tag")
                if tag is not None:
                    self.controls.setdefault(tag.get(f"{W}val"), []).append(control)
            for start in story.iter(f"{W}bookmarkStart"):
                if next(start.iterancestors(FALLBACK), None) is None:
                    # LibreOffice copies floating text with its bookmarks.
                    name = re.sub(r"_Copy_\d+$", "", start.get(f"{W}name"))
                    self.starts.setdefault(name, []).append(start)
            for end in story.iter(f"{W}bookmarkEnd"):
                self.ends[story, end.get(f"{W}id")] = end

    def field(self, entry: Any, *, controls: bool) -> Found:
        tag, held = entry.get("tag", ""), []
        by = "control" if controls and tag in self.controls else "bookmark"
        if by == "control":
            held = [list(control.find(f"{W}sdtContent")) for control in self.controls[tag]]
        else:
            spans = (self.span(mark.get("bookmark"), mark.get("holds")) for mark in entry.iter(f"{MAP}mark"))
            held = [span for span in spans if span]
        words = tidy(" ".join(self.words(span) for span in held))
        if not held or (entry.get("hash") != hash_of("") and not words):
            return Found(entry.get("path"), "", "", changed=True)
        marks = {
            mark.get(f"{W}id")
            for span in held
            for element in span
            for mark in element.iter(f"{W}commentReference", f"{W}commentRangeStart")
        }
        comments = tuple(text for number, text in self.comments.items() if number in marks)
        return Found(entry.get("path"), words, by, hash_of(words) != entry.get("hash"), comments)

    def span(self, label: str, holds: str) -> list[Any]:
        """The elements of a bookmark: a table, the paragraphs that it touches, or the elements between its ends."""
        if label not in self.starts:
            return []
        start, *_, last_start = [self.starts[label][0], *self.starts[label]]
        story = start.getroottree().getroot()
        end = self.ends[story, last_start.get(f"{W}id")]
        if holds == "words":
            return list(_between(start, end))
        first, last = (next(mark.iterancestors(f"{W}p"), None) for mark in (start, end))
        assert first is not None, f"{label} begins between paragraphs"
        assert last is not None, f"{label} ends between paragraphs"
        if holds == "table":
            return [next(first.iterancestors(f"{W}tbl"))]
        paragraphs = list(story.iter(f"{W}p"))
        return paragraphs[paragraphs.index(first) : paragraphs.index(last) + 1]

    def words(self, elements: list[Any]) -> str:
        """The words of elements, without numbers of note calls and without deleted text."""
        fields: list[str] = []
        return "".join(text for element in elements for text in self._words(element, fields))

    def _words(self, element: Any, fields: list[str]) -> Iterator[str]:
        """Yields the words of an element. ``fields`` are the instructions of the Word fields that are open."""
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag == "fldChar" and element.get(f"{W}fldCharType") == "begin":
            fields.append("")
        elif tag == "fldChar" and element.get(f"{W}fldCharType") == "end":
            fields.pop()
        elif tag == "instrText" and fields:
            fields[-1] += element.text or ""
        if tag in SILENT:
            return
        style = element.find(f"{W}rPr/{W}rStyle") if tag == "r" else None
        if style is not None and style.get(f"{W}val") in self.calls and element.find(f"{W}t") is not None:
            return
        if tag == "t" and not any(field.split()[:1] == ["NOTEREF"] for field in fields):
            yield element.text or ""
        if tag in {"tab", "br", "cr", "p"}:
            yield " "
        for child in element:
            yield from self._words(child, fields)
        if tag == "p":
            yield " "


def _between(start: Any, end: Any) -> Iterator[Any]:
    for element in start.itersiblings():
        if element is end:
            return
        yield element
