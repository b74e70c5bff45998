"""Word footnotes: one for each source, in the order in which the sources are first cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from briefing.galley.tree import Element, Node

from .ooxml.elements import XmlElement
from .ooxml.text import bookmark, field, footnote, footnote_call, run
from .text_runs import plain


class Notes:
    """The footnotes of one document. A source cited again is a cross-reference to the first call, as in Word.

    While ``held`` is a list, footnotes are collected there, and the calls are cross-references: LibreOffice does not
    float a table that contains a footnote. A call without a key is the comma between two calls.
    """

    def __init__(
        self,
        body: Iterable[Element],
        part: XmlElement,
        set_note: Callable[[tuple[Node, ...]], list[XmlElement]],
        next_id: Callable[[], int],
        count: Callable[[str], None],
        *,
        bidi: bool = False,
    ) -> None:
        elements = [element for top in body for element in top.walk()]
        self._calls = Counter(element.get("data-note") for element in elements if element.get("data-note"))
        self._items: dict[str, Element] = {}
        for section in elements:
            if section.tag == "section" and section.style == "notes":
                for item in section.walk():
                    if item.tag == "li" and item.get("id"):
                        self._items[item.get("id")] = item
        self._hrefs = {
            element.get("data-note"): element.get("href").lstrip("#")
            for element in elements
            if element.get("data-note")
        }
        self._numbers: dict[str, int] = {}
        self.held: list[XmlElement] | None = None
        self._part, self._set_note, self._next_id, self._count, self._bidi = part, set_note, next_id, count, bidi

    def first_called_in(self, element: Element) -> list[str]:
        """The texts of the footnotes that this element, if it is built now, is the first to call."""
        keys = dict.fromkeys(part.get("data-note") for part in element.walk())
        items = [self._items.get(self._hrefs[key]) for key in keys if key and key not in self._numbers]
        return [plain(item.children) for item in items if item is not None]

    def call(self, key: str, text: str) -> list[XmlElement]:
        """The call of a source: the footnote itself the first time, later a cross-reference to its number.

        For a source without a note, because a template left out the list, the number is plain text.
        """
        if not key:
            return [run(text, "FootnoteReference")]
        if key in self._numbers:
            return self._cross_reference(self._numbers[key])
        item = self._items.get(self._hrefs.get(key, "")) or self._items.get(f"source-{key}")
        if item is None:
            return [run(text, "Superscript")] if text else []
        number = self._numbers[key] = len(self._numbers) + 1
        self._part.append(footnote(number, self._set_note(item.children), bidi=self._bidi))
        self._count(plain(item.children))
        if self.held is not None:
            self.held += bookmark(
                self._next_id(), self._bookmark_name(number), [footnote_call(number, "NoteAnchor", hidden=True)]
            )
            return self._cross_reference(number)
        call = footnote_call(number)
        return bookmark(self._next_id(), self._bookmark_name(number), [call]) if self._calls[key] > 1 else [call]

    def _cross_reference(self, number: int) -> list[XmlElement]:
        """A further call: Word's cross-reference to a footnote."""
        return field(
            f"NOTEREF {self._bookmark_name(number)} \\f \\h",
            [run(str(number), "FootnoteReference")],
            "FootnoteReference",
        )

    @staticmethod
    def _bookmark_name(number: int) -> str:
        return f"_RefNote_{number}"
