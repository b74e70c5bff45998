"""Headers and footers: check what the template ``running.html.j2`` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from briefing.diagnostics import Diagnostic
from briefing.theme import Template

from . import Running
from .tree import Element, Node
from .validate import INLINE, in_template

_TAGS: tuple[Literal["header", "footer"], ...] = ("header", "footer")
_PLACES = frozenset({"start", "middle", "end", "inner", "outer"})
_HELP = 'write <header> or <footer>, in it <div class="start">, middle or end, and in that <p> with words'


def check_running(nodes: Sequence[Node], marking: str, template: Template) -> Iterator[Diagnostic]:
    """Errors for what is not a header or footer with places and paragraphs, and for pages without the marking."""
    for node in nodes:
        found = _stray(node, 0)
        if found is None:
            continue
        if isinstance(found, Element):
            literal = f'<{found.tag} class="{found.style}"' if found.style else f"<{found.tag}"
            message = f"{literal}> has no place here in a header or footer"
        else:
            literal = found.strip()
            message = f"'{literal[:40]}' stands outside the paragraphs of a header or footer"
        problem, at = Diagnostic("running", message, help=_HELP, file=template.file), template.text.find(literal)
        yield in_template(problem, template, template.text.count("\n", 0, at) + 1) if at >= 0 else problem
        return
    running = Running(tuple(node for node in nodes if isinstance(node, Element)))
    kinds = [(part.tag, part.style) for part in running.parts]
    for tag, _ in dict.fromkeys(kind for kind in kinds if kinds.count(kind) > 1):
        help_ = 'write one with class="first-page" for the first page, and one without for all others'
        yield Diagnostic("running", f"<{tag}> stands twice for the same pages", help=help_, file=template.file)
    for first, pages in ((True, "the first page"), (False, "the pages after the first")):
        lines = (running.line(tag, first=first).values() for tag in _TAGS)
        marks = (p.text for places in lines for place in places for p in place if p.style == "running-marking")
        if marking and not any(marking in text for text in marks):
            message = f"neither the header nor the footer of {pages} shows the marking"
            help_ = 'write <p class="running-marking">{{ marking }}</p> into one of them'
            yield Diagnostic("running", message, help=help_, file=template.file)


def _stray(node: Node, depth: int) -> Node | None:
    """The first thing that has no place in a header or footer: ``depth`` 0 is the part, 1 a place, 2 a paragraph."""
    if isinstance(node, str):
        return node if depth < 3 and node.strip() else None
    allowed = (
        node.tag in {"header", "footer"} and node.style in {"", "first-page"},
        node.tag == "div" and node.style in _PLACES,
        node.tag == "p",
        node.tag in INLINE - {"a"},
    )[min(depth, 3)]
    if not allowed:
        return node
    return next((found for child in node.children if (found := _stray(child, depth + 1)) is not None), None)
