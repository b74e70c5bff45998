"""Bookmarks, only for elements that are referred to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import count

from briefing.galley.tree import Element, Node

from .text_runs import RunFormat, collapse_spaces, to_runs
from .word_styles import HEADINGS


class Bookmarks:
    """The bookmarks of one document: the galley ids that need one, their names, and the text they enclose.

    ``next_id`` returns a number for the next bookmark, in document order.
    """

    def __init__(self, body: Iterable[Element]) -> None:
        elements = [element for top in body for element in top.walk()]
        wanted = {
            element.get("data-reference") or element.get("href")[1:]
            for element in elements
            if element.tag == "a" and not element.get("data-note") and element.style != "backlink"
            if element.get("data-reference") or element.get("href").startswith("#")
        }
        self._targets = {element.get("id"): element for element in elements if element.get("id") in wanted}
        self._names = {identity: _bookmark_name(identity) for identity in self._targets}
        self.next_id = count(1).__next__

    def name(self, identity: str) -> str:
        """The bookmark of an id; empty if nothing refers to it, or no element has it."""
        return self._names.get(identity, "")

    def is_printed(self, identity: str) -> bool:
        """Whether an id has a bookmark in the text: it is referred to, and is not the list of sources."""
        target = self._targets.get(identity)
        return target is not None and not (target.tag == "section" and target.style == "notes")

    def enclosed_text(self, identity: str) -> str:
        """The text inside the bookmark, if a field may repeat it: a caption's label or a heading; otherwise empty."""
        target = self._targets.get(identity)
        if target is None:
            return ""
        label = next((element for element in target.walk() if element.get("data-count")), None)
        if label is not None and target.tag in {"table", "figure"}:
            return _text([label.text])
        heading = next((element for element in target.walk() if element.tag in HEADINGS), None)
        if target.tag == "section" and heading is not None:
            return _text(part for part in heading.children if isinstance(part, str) or part.style != "portion-mark")
        return ""


def _bookmark_name(identity: str) -> str:
    """A name of at most 40 ASCII letters, digits and underscores; the hash keeps changed ids apart."""
    stem = re.sub(r"\W", "_", identity, flags=re.ASCII)[:26]
    return f"_Ref_{stem}" + ("" if stem == identity else f"_{sha256(identity.encode()).hexdigest()[:8]}")


def _text(nodes: Iterable[Node]) -> str:
    """The text of nodes, with the calls of notes."""
    return "".join(run.text for run in collapse_spaces(to_runs(nodes, RunFormat())))
