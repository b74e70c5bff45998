"""The galley's tree of immutable elements: parse it from the output of Jinja, rewrite it, write it as markup.

The output of the templates is parsed once, as XML. An HTML parser would write ``viewBox`` in lower case and correct
errors silently; here an error in a template is reported with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple, TypeAlias
from xml.parsers import expat

Node: TypeAlias = "Element | str"

#: Elements without content or end tag in HTML.
VOID = frozenset({"br", "hr", "img", "col"})
#: The deepest nesting of elements. A brief needs about 15 levels; the writers are recursive.
DEEPEST = 64


class MarkupError(ValueError):
    """The markup is not well formed. ``line`` and ``column`` count from 1 in the parsed text."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the galley: a tag of the vocabulary, its attributes, and its children in reading order."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The attribute's value, or the default."""
        return self.attributes.get(name, default)

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes; the first is the style, the others are variants."""
        return tuple(self.get("class").split())

    @property
    def style(self) -> str:
        """The first class, which names the style; empty if there is none."""
        return next(iter(self.classes), "")

    @property
    def path(self) -> str:
        """The value of ``data-path``: the field of the content file that this element comes from."""
        return self.get("data-path")

    @property
    def elements(self) -> tuple[Element, ...]:
        """The children that are elements."""
        return tuple(child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def find(self, tag: str, style: str = "") -> Element | None:
        """The first element, this one included, with the tag and, if given, the style; None if there is none."""
        return next((e for e in self.walk() if e.tag == tag and (not style or e.style == style)), None)

    @property
    def text(self) -> str:
        """The text of the element and all below it, unchanged."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def having(self, *children: Node, **attributes: str) -> Element:
        """A copy with these children and additional attributes (an underscore in a name becomes a hyphen)."""
        named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return Element(self.tag, {**self.attributes, **named}, children)

    def with_children(self, children: tuple[Node, ...]) -> Element:
        """The element with these children: itself if they are its own."""
        return self if children == self.children else Element(self.tag, self.attributes, children)

    def without(self, attribute: str) -> Element:
        """A copy without an attribute."""
        kept = {name: value for name, value in self.attributes.items() if name != attribute}
        return Element(self.tag, kept, self.children)


class _OpenElement(NamedTuple):
    tag: str
    attributes: dict[str, str]
    children: list[Node]
    place: tuple[int, int] = (1, 1)


def parse_markup(markup: str) -> tuple[Node, ...]:
    """Parse well-formed markup (a sequence of elements) into elements.

    Raises :class:`MarkupError` with line and column. Document types, and entities other than XML's five, are refused.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    stack = [_OpenElement("galley", {}, [])]

    def place() -> tuple[int, int]:
        line = parser.CurrentLineNumber
        return line, parser.CurrentColumnNumber + 1 - (len("<galley>") if line == 1 else 0)

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise MarkupError(f"elements stand more than {DEEPEST} deep in each other", *place())
        stack.append(_OpenElement(tag, attributes, [], place()))

    def end(_: str) -> None:
        done = stack.pop()
        stack[-1].children.append(Element(done.tag, done.attributes, tuple(done.children)))

    def words(data: str) -> None:
        children = stack[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)

    def doctype(*_: object) -> None:
        raise MarkupError("a document type has no place in a galley", *place())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(_encoded(f"<galley>{markup}</galley>"), True)
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH] and len(stack) > 2:
            # The parser reports the end tag of the parent; the author needs the start tag that is not closed.
            raise MarkupError(f"<{stack[-1].tag}> is not closed", *stack[-1].place) from None
        raise MarkupError(expat.ErrorString(error.code), *place()) from None
    return tuple(node for root in stack[0].children if isinstance(root, Element) for node in root.children)


def _encoded(markup: str) -> bytes:
    try:
        return markup.encode()
    except UnicodeEncodeError as error:
        line = markup.count("\n", 0, error.start) + 1
        raise MarkupError("half of a character (a lone surrogate) cannot be printed", line, 1) from None


def rewrite(node: Node, change: Callable[[Element], tuple[Node, ...] | None]) -> tuple[Node, ...]:
    """A copy of the tree in which each element is replaced by ``change(element)``, children first; None keeps it."""
    if isinstance(node, str):
        return (node,)
    children = tuple(new for child in node.children for new in rewrite(child, change))
    copy = node.with_children(children)
    changed = change(copy)
    return (copy,) if changed is None else changed


def rewrite_all(elements: Iterable[Node], change: Callable[[Element], tuple[Node, ...] | None]) -> tuple[Element, ...]:
    """The elements that :func:`rewrite` makes of several nodes; text between them is left out."""
    return tuple(new for node in elements for new in rewrite(node, change) if isinstance(new, Element))


def bare_words(element: Element) -> str:
    """The text of an element without note calls and portion marks, with single spaces."""
    left_out = {"portion-mark", "note-call", "note-separator"}
    bare = rewrite(element, lambda e: () if e.style in left_out else None)
    return " ".join("".join(n if isinstance(n, str) else n.text for n in bare).split())


def to_markup(node: Node, *, html: bool = False) -> str:
    """A node as XML, or as HTML, in which a void element has no slash."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>" if html else f"<{node.tag}{attributes}/>"
    inside = "".join(to_markup(child, html=html) for child in node.children)
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"
