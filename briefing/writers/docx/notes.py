"""Word footnotes: one for each source, in the order in which the sources are first cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from briefing.galley.tree import Element, Node

from .ooxml.elements import XmlElement
from .ooxml.text import bookmark, field, footnote, footnote_call, run
from .text_runs import text_of


class Notes:
    """The footnotes of one document. A source cited again is a cross-reference to the first call, as in Word.

    ``build_note`` builds the runs of a footnote, and ``add_height`` records the text of a footnote that was added.
    While ``collected`` is a list, footnotes are added there, and the calls are cross-references: LibreOffice does not
    float a table that contains a footnote. A call without a key is the comma between two calls.
    """

    def __init__(
        self,
        body: Iterable[Element],
        part: XmlElement,
        build_note: Callable[[tuple[Node, ...]], list[XmlElement]],
        next_id: Callable[[], int],
        add_height: Callable[[str], None],
    ) -> None:
        elements = [element for top in body for element in top.walk()]
        calls = [element for element in elements if element.get("data-note")]
        self._calls = Counter(call.get("data-note") for call in calls)
        self._hrefs = {call.get("data-note"): call.get("href").lstrip("#") for call in calls}
        self._items = {
            item.get("id"): item
            for section in elements
            if section.tag == "section" and section.style == "notes"
            for item in section.walk()
            if item.tag == "li" and item.get("id")
        }
        self._numbers: dict[str, int] = {}
        self.collected: list[XmlElement] | None = None
        self._part, self._build_note, self._next_id, self._add_height = part, build_note, next_id, add_height

    def first_called_in(self, element: Element) -> list[str]:
        """The texts of the footnotes that this element, if it is built now, is the first to call."""
        keys = dict.fromkeys(part.get("data-note") for part in element.walk())
        items = [self._items.get(self._hrefs[key]) for key in keys if key and key not in self._numbers]
        return [text_of(item.children) for item in items if item is not None]

    def call(self, key: str, text: str) -> list[XmlElement]:
        """The call of a source: the footnote itself the first time, later a cross-reference to its number.

        For a source without a note, because a template left out the list, the number is plain text.
        """
        if not key:
            return [run(text, "FootnoteReference")]
        if key in self._numbers:
            return _cross_reference(self._numbers[key])
        item = self._items.get(self._hrefs.get(key, "")) or self._items.get(f"source-{key}")
        if item is None:
            return [run(text, "Superscript")] if text else []
        number = self._numbers[key] = len(self._numbers) + 1
        self._part.append(footnote(number, self._build_note(item.children)))
        self._add_height(text_of(item.children))
        if self.collected is not None:
            hidden = footnote_call(number, "NoteAnchor", hidden=True)
            self.collected += bookmark(self._next_id(), _bookmark_name(number), [hidden])
            return _cross_reference(number)
        call = [footnote_call(number)]
        return bookmark(self._next_id(), _bookmark_name(number), call) if self._calls[key] > 1 else call


def _cross_reference(number: int) -> list[XmlElement]:
    """A further call: Word's cross-reference to a footnote."""
    call = run(str(number), "FootnoteReference")
    return field(f"NOTEREF {_bookmark_name(number)} \\f \\h", [call], "FootnoteReference")


def _bookmark_name(number: int) -> str:
    return f"_RefNote_{number}"
