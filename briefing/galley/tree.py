"""The galley's tree: frozen elements, read from what Jinja set, and the writer of markup.

The templates' output is parsed once, as XML. An HTML parser would lower-case ``viewBox`` and mend
slips in silence; so a slip in a template becomes an error with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias
from xml.parsers import expat

__all__ = ["VOID", "Element", "MarkupError", "Node", "bare_words", "parse_markup", "rewrite", "to_markup"]

Node: TypeAlias = "Element | str"

#: Elements without content or end tag in HTML.
VOID = frozenset({"br", "hr", "img", "col"})
#: How deep elements may stand in each other. A brief needs about fifteen; the presses walk down with a call for each.
DEEPEST = 64


class MarkupError(ValueError):
    """The markup is not well formed. ``line`` and ``column`` count from 1 in the text that was set."""

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
        """All classes; the first names the style, the others vary it."""
        return tuple(self.get("class").split())

    @property
    def style(self) -> str:
        """The class that names the style, or nothing."""
        classes = self.classes
        return classes[0] if classes else ""

    @property
    def path(self) -> str:
        """Where in the content file this comes from: the value of ``data-path``."""
        return self.get("data-path")

    @property
    def elements(self) -> tuple[Element, ...]:
        """The children that are elements."""
        return tuple(child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Walk this element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str, style: str = "") -> Element | None:
        """The first element below (or this one) with the tag and, where given, the style."""
        return next((e for e in self.walk() if e.tag == tag and (not style or e.style == style)), None)

    @property
    def text(self) -> str:
        """All words below, as they stand."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def having(self, *children: Node, **attributes: str) -> Element:
        """A copy with these children, and these attributes besides (an underscore stands for a hyphen)."""
        named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return Element(self.tag, {**self.attributes, **named}, children)


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    children: list[Node]
    line: int = 1
    column: int = 1


def parse_markup(markup: str) -> tuple[Node, ...]:
    """Parse well-formed markup (a sequence of elements) into frozen elements.

    Raises :class:`MarkupError` with the line and column of a slip. Document types and entities other than XML's five
    are refused.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    stack = [_Open("galley", {}, [])]

    def place(line: int, offset: int) -> tuple[int, int]:
        return line, offset + 1 - (len("<galley>") if line == 1 else 0)

    def start(tag: str, attributes: dict[str, str]) -> None:
        at = place(parser.CurrentLineNumber, parser.CurrentColumnNumber)
        if len(stack) > DEEPEST:
            raise MarkupError(f"elements stand more than {DEEPEST} deep in each other", *at)
        stack.append(_Open(tag, attributes, [], *at))

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
        at = place(parser.CurrentLineNumber, parser.CurrentColumnNumber)
        raise MarkupError("a document type has no place in a galley", *at)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(_encoded(f"<galley>{markup}</galley>"), True)
    except expat.ExpatError as slip:
        if slip.code == expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH] and len(stack) > 2:
            # The parser sees it at the end of what stands around; whoever mends it looks for the beginning.
            left = stack[-1]
            raise MarkupError(f"<{left.tag}> is not closed", left.line, left.column) from None
        raise MarkupError(expat.ErrorString(slip.code), *place(slip.lineno, slip.offset)) from None
    return tuple(node for root in stack[0].children if isinstance(root, Element) for node in root.children)


def _encoded(markup: str) -> bytes:
    try:
        return markup.encode()
    except UnicodeEncodeError as slip:
        line = markup.count("\n", 0, slip.start) + 1
        raise MarkupError("half of a character (a lone surrogate) cannot be printed", line, 1) from None


def rewrite(node: Node, change: Callable[[Element], tuple[Node, ...] | None]) -> tuple[Node, ...]:
    """A copy of the tree in which ``change`` has replaced elements, children first; None keeps an element as it is."""
    if isinstance(node, str):
        return (node,)
    children = tuple(new for child in node.children for new in rewrite(child, change))
    copy = node if children == node.children else Element(node.tag, node.attributes, children)
    changed = change(copy)
    return (copy,) if changed is None else changed


def bare_words(element: Element) -> str:
    """An element's words alone: without its notes and portion mark, single spaces between them."""
    strange = {"portion-mark", "note-call", "note-separator"}
    bare = rewrite(element, lambda e: () if e.style in strange else None)
    return " ".join("".join(n if isinstance(n, str) else n.text for n in bare).split())


def to_markup(node: Node, *, html: bool = False) -> str:
    """Write a node as XML; as HTML, when asked, where an element without content has no slash and no end tag."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>" if html else f"<{node.tag}{attributes}/>"
    inside = "".join(to_markup(child, html=html) for child in node.children)
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"
