"""Numbers and fields of a Word file, computed as Word computes them, and not as the program has written them.

All lists of one definition (abstractNum) count together, a list of its own (num) may begin a level anew (startOverride)
where it is first used, and an item begins the levels below it anew. A caption's number counts the captions of its
series before it, and a cross-reference repeats the text or the footnote's number of its bookmark.
"""

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/"))) if element is not None else None
    return "" if found is None else found.get(f"{W}val") or ""


class WordNumbers:
    """Counts the numbered paragraphs of a Word file in their order."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self.styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self.abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.iter(f"{W}abstractNum")}
        self.lists = {one.get(f"{W}numId"): one for one in numbering.iter(f"{W}num")}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def next(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph, "" if it has none; it counts as one more."""
        identity, level = self._place(paragraph)
        if not identity or identity == "0":
            return ""
        own = self.lists[identity]
        abstract = _value(own, "abstractNumId")
        counts = self.counts.setdefault(abstract, {})
        definition = self._level(abstract, level)
        override = next((o for o in own.iter(f"{W}lvlOverride") if o.get(f"{W}ilvl") == str(level)), None)
        start = _value(override, "startOverride")
        if start and (identity, level) not in self.begun:
            counts[level] = int(start)
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = int(start or _value(definition, "start") or 1)
        self.begun.add((identity, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        for higher in range(level):
            counts.setdefault(higher, int(_value(self._level(abstract, higher), "start") or 1))
        if (form := _value(definition, "numFmt")) == "bullet":
            return _value(definition, "lvlText")
        assert form == "decimal", f"a number of the form {form}"
        return re.sub(r"%(\d)", lambda match: str(counts[int(match[1]) - 1]), _value(definition, "lvlText"))

    def _place(self, paragraph: Any) -> tuple[str, int]:
        direct = paragraph.find(f"{W}pPr/{W}numPr")
        if direct is not None:
            return _value(direct, "numId"), int(_value(direct, "ilvl") or 0)
        style = self.styles.get(_value(paragraph, "pPr/pStyle"))
        while style is not None:
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                return _value(numbered, "numId"), int(_value(numbered, "ilvl") or 0)
            style = self.styles.get(_value(style, "basedOn"))
        return "", 0

    def _level(self, abstract: str, level: int) -> Any:
        levels = self.abstract[abstract].iter(f"{W}lvl")
        return next((one for one in levels if one.get(f"{W}ilvl") == str(level)), None)


class WordFields:
    """The results of the fields SEQ, REF and NOTEREF, by the element that begins the field; ``calls`` are the NOTEREFs."""

    def __init__(self, document: Any) -> None:
        self.results: dict[Any, str] = {}
        self.calls: set[Any] = set()
        bookmarks: dict[str, str] = {}
        notes: dict[str, str] = {}
        instructions = dict(self._walk(document, bookmarks, notes))
        for sign, instruction in instructions.items():
            kind, name, *_ = instruction.split()
            if kind == "REF":
                self.results[sign] = bookmarks.get(name, "Error! Reference source not found.")
            elif kind == "NOTEREF":
                self.results[sign] = notes.get(name, "Error! Bookmark not defined.")
                self.calls.add(sign)

    def _walk(self, document: Any, bookmarks: dict[str, str], notes: dict[str, str]) -> Any:
        """Each field with its instruction; fills the texts and the footnotes' numbers of the bookmarks."""
        opened: dict[str, str] = {}
        counts: dict[str, int] = {}
        fields: list[Any] = []
        called = 0
        for element in document.iter(*(f"{W}{tag}" for tag in _READ)):
            match element.tag.removeprefix(W):
                case "bookmarkStart":
                    opened[element.get(f"{W}id")] = element.get(f"{W}name")
                    bookmarks[element.get(f"{W}name")] = ""
                case "bookmarkEnd":
                    opened.pop(element.get(f"{W}id"))
                case "fldChar" if element.get(f"{W}fldCharType") == "begin":
                    fields.append(element)
                case "fldChar" if element.get(f"{W}fldCharType") == "end":
                    fields.pop()
                case "instrText":
                    yield fields[-1], element.text
                    kind, name, *_ = (*element.text.split(), "")
                    if kind == "SEQ":
                        counts[name] = counts.get(name, 0) + 1
                        self.results[fields[-1]] = str(counts[name])
                        bookmarks.update({mark: bookmarks[mark] + str(counts[name]) for mark in opened.values()})
                case "footnoteReference":
                    called += 1
                    notes.update({mark: str(called) for mark in opened.values() if mark not in notes})
                case "t" if not any(field in self.results for field in fields):
                    bookmarks.update({mark: bookmarks[mark] + (element.text or "") for mark in opened.values()})


_READ = ("bookmarkStart", "bookmarkEnd", "fldChar", "instrText", "footnoteReference", "t")
