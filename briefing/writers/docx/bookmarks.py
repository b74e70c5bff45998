"""Bookmarks, only for elements that are referred to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from briefing.galley.tree import Element

from .text_runs import RunFormat, collapse_spaces, to_runs

_HEADINGS = ("h1", "h2", "h3", "h4")


def heading_words(heading: Element) -> tuple[Element | str, ...]:
    """The heading without its portion mark, which is the text that references to a section repeat."""
    return tuple(child for child in heading.children if isinstance(child, str) or child.style != "portion-mark")


def _words(nodes: Iterable[Element | str]) -> str:
    return "".join(piece.text for piece in collapse_spaces(to_runs(nodes, RunFormat())))


class Bookmarks:
    """The bookmarks of one document: the galley ids that need one, their names, and the text they enclose."""

    def __init__(self, body: Iterable[Element]) -> None:
        elements = [element for top in body for element in top.walk()]
        wanted = {
            element.get("data-reference") or element.get("href")[1:]
            for element in elements
            if element.tag == "a" and not element.get("data-note") and element.style != "backlink"
            if element.get("data-reference") or element.get("href").startswith("#")
        }
        self._targets = {element.get("id"): element for element in elements if element.get("id") in wanted}
        self._names: dict[str, str] = {}
        for identity in self._targets:
            stem = re.sub(r"\W", "_", identity, flags=re.ASCII)[:26]
            taken = stem != identity or len(identity) > 26
            suffix = "_" + sha256(identity.encode()).hexdigest()[:8] if taken else ""
            self._names[identity] = f"_Ref_{stem}{suffix}"
        self._count = 0

    def next_id(self) -> int:
        """A number for the next bookmark, in document order."""
        self._count += 1
        return self._count

    def name(self, identity: str) -> str:
        """The bookmark of an id; empty if nothing refers to it, or no element has it."""
        return self._names.get(identity, "")

    def stands(self, identity: str) -> bool:
        """Whether an id has a bookmark: an element has it, it is referred to, and it is not the list of sources."""
        target = self._targets.get(identity)
        return target is not None and not (target.tag == "section" and target.style == "notes")

    def enclosed(self, identity: str) -> str:
        """The text inside the bookmark, if a field may repeat it: a caption's label or a heading; otherwise empty."""
        target = self._targets.get(identity)
        if target is None:
            return ""
        label = next((element for element in target.walk() if element.get("data-count")), None)
        if label is not None and target.tag in {"table", "figure"}:
            return _words([label.text])
        if target.tag == "section":
            heading = next((element for element in target.walk() if element.tag in _HEADINGS), None)
            return _words(heading_words(heading)) if heading is not None else ""
        return ""
