"""Headers and footers in the margin boxes of a page: each place of the galley's is a CSS running element."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from briefing.galley import Element, Galley, Node, rewrite, to_markup

_EDGES: tuple[tuple[Literal["header", "footer"], str], ...] = (("header", "top"), ("footer", "bottom"))
#: The CSS counters that the page and the number of pages in a header or footer become.
_COUNTERS = {"page": "counter(page)", "pages": "counter(pages)"}


def running_elements(galley: Galley) -> dict[tuple[str, str], str]:
    """The running elements: their markup and alignment, with their names in CSS. Equal ones are one element."""
    contents = dict.fromkeys(content for *_, content in _boxes(galley) if content[0])
    return {content: f"running-{number}" for number, content in enumerate(contents)}


def running_rules(galley: Galley) -> str:
    """The CSS that puts the running elements into the margin boxes, whatever a theme's own rules put there."""
    names = running_elements(galley)
    boxes = (
        f"@page{pages}{{@{box}{{content:{f'element({names[content]})' if content[0] else 'none'}}}}}"
        for pages, box, content in _boxes(galley)
    )
    runs = (f'[data-run="{number}"]::before{{content:{run}}}' for run, number in _runs(galley).items())
    return "".join((*boxes, *runs, "\n"))


def first_marking(galley: Galley) -> tuple[Element, ...]:
    """The marking in the header of the first page, which is text of the page itself: a margin box is not read aloud."""
    places = galley.running.line("header", first=True)
    return tuple(element for element in places.get("middle", ()) if element.style == "running-marking")


def _boxes(galley: Galley) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Each margin box: the selector of its pages, its name, and the markup and alignment of what it contains."""
    numbers = _runs(galley)

    def change(element: Element) -> tuple[Node, ...]:
        def parts(run: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
            return (Element("span", {"data-run": str(numbers[run])}),) if run else nodes

        return (element.having(*(node for group in _split(element) for node in parts(*group))),)

    first_page, other = ("right", "left") if galley.direction == "ltr" else ("left", "right")
    for pages, outer in ((":right", "right"), (":left", "left"), (f":first:{first_page}", first_page)):
        inner = "left" if outer == "right" else "right"
        sides = {"start": other, "middle": "center", "end": first_page, "inner": inner, "outer": outer}
        for tag, edge in _EDGES:
            line = galley.running.line(tag, first=":first" in pages)
            for side in ("left", "center", "right"):
                here = (paragraph for place, content in line.items() if sides[place] == side for paragraph in content)
                if ":first" in pages and (tag, side) == ("header", "center"):
                    here = (paragraph for paragraph in here if paragraph not in first_marking(galley))
                nodes = (node for paragraph in here for node in rewrite(paragraph, change))
                yield pages, f"{edge}-{side}", ("".join(map(to_markup, nodes)), side)


def _runs(galley: Galley) -> dict[str, int]:
    """The texts with page numbers, as CSS ``content``, each with a number."""
    elements = (element for part in galley.running.parts for element in part.walk())
    runs = dict.fromkeys(run for element in elements for run, _ in _split(element) if run)
    return {run: number for number, run in enumerate(runs)}


def _split(element: Element) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The children of an element, those together that are words and page numbers; these also as CSS ``content``.

    They are set as one text: WeasyPrint does not order the boxes of a line by the direction of their letters.
    """
    for is_other, group in groupby(element.children, lambda n: isinstance(n, Element) and not _counter(n)):
        nodes = tuple(group)
        counted = not is_other and any(isinstance(node, Element) for node in nodes)
        yield " ".join(map(_counter, nodes)) if counted else "", nodes


def _counter(node: Node) -> str:
    """A page number, or words, as CSS ``content``; empty for another element."""
    if isinstance(node, Element):
        return _COUNTERS.get(node.get("data-count"), "")
    letters = "".join(f"\\{ord(letter):06x}" for letter in node)
    return f'"{letters}"'
