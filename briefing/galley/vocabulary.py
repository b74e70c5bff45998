"""The vocabulary of a galley (``docs/galley.md``), and the check that the output of the templates keeps to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefing.diagnostics import Diagnostic, Severity
from briefing.theme import Template

from .outside import FORBIDDEN, refused_attribute
from .tree import Element

__all__ = ["BLOCKS", "INLINE", "TRANSPARENT", "check"]

BLOCKS = frozenset(
    [
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "aside",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "colgroup",
        "col",
        "figure",
        "img",
        "svg",
        "figcaption",
        "section",
        "nav",
        "pre",
        "hr",
    ]
)
#: Elements that are part of a line of text.
INLINE = frozenset(["strong", "em", "a", "br", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span"])
#: Containers that mean nothing by themselves: what is in them is read as if it stood alone.
TRANSPARENT = frozenset({"div", "article", "main"})


def check(body: tuple[Element, ...], templates: Mapping[str, Template]) -> Iterator[Diagnostic]:
    """Warnings for elements outside the vocabulary; errors for forbidden elements and attributes, and duplicate ids.

    Each has the template and line whose literal text has the element, or else its ``data-path``.
    """
    known = BLOCKS | INLINE | TRANSPARENT
    seen: set[str] = set()
    reported: set[str] = set()
    for top in body:
        for element, drawing in _with_drawings(top):
            forbidden = element.tag.rpartition(":")[2].lower() in FORBIDDEN
            if (forbidden or (element.tag not in known and not drawing)) and element.tag not in reported:
                reported.add(element.tag)
                yield _with_position(
                    _forbidden(element.tag) if forbidden else _unknown(element.tag), element, templates
                )
            for name, value in element.attributes.items():
                refusal = refused_attribute(element, name, value, drawing=drawing)
                if refusal:
                    attribute = Diagnostic(
                        "galley-attribute",
                        f"a galley has no such attribute '{name}': {refusal}",
                        help="put looks into the theme's stylesheets; pictures and links are those of the content file",
                    )
                    yield _with_position(attribute, element, templates, name)
            identity = element.get("id")
            if identity and not drawing:
                if identity in seen:
                    twice = Diagnostic(
                        "galley-id",
                        f"the id '{identity}' stands twice in the galley",
                        help="give one of them another id",
                    )
                    yield _with_position(twice, element, templates, "id")
                seen.add(identity)


def _with_drawings(element: Element, *, drawing: bool = False) -> Iterator[tuple[Element, bool]]:
    """An element and all below it, each with whether it is inside a drawing."""
    yield element, drawing
    for child in element.elements:
        yield from _with_drawings(child, drawing=drawing or element.tag == "svg")


def _forbidden(tag: str) -> Diagnostic:
    return Diagnostic(
        "galley-forbidden",
        f"<{tag}> has no place in a galley: it could run, load or send something",
        help="put looks into the theme's stylesheets; pictures are those of the content file and the theme",
    )


def _unknown(tag: str) -> Diagnostic:
    return Diagnostic(
        "galley-vocabulary",
        f"<{tag}> is not in the galley's vocabulary; it is set in reading order",
        Severity.WARNING,
        help="docs/galley.md lists the elements that all formats understand",
    )


def _with_position(
    diagnostic: Diagnostic, element: Element, templates: Mapping[str, Template], attribute: str = ""
) -> Diagnostic:
    """The diagnostic with the template and line whose literal text has the element, else with its ``data-path``."""
    tag = re.escape(element.tag)
    pattern = re.compile(rf"<{tag}\s[^<>]*?\b{re.escape(attribute)}\s*=" if attribute else rf"<{tag}[\s>/]")
    for template in templates.values():
        match = pattern.search(template.text)
        if match:
            span, excerpt = template.place(template.text.count("\n", 0, match.start()) + 1)
            return replace(diagnostic, span=span, excerpt=excerpt, file=template.file)
    return replace(diagnostic, label=f"at {element.path}" if element.path else "")
