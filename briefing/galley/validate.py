"""The vocabulary of a galley (``docs/galley.md``), and the check that the output of the templates keeps to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefing.assets.svg import addresses
from briefing.diagnostics import Diagnostic, Severity
from briefing.markup.links import link_refusal
from briefing.theme import Template

from .tree import Element

BLOCKS = frozenset([
    "header", "footer", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "aside", "dl", "dt", "dd",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col", "figure", "img", "svg",
    "figcaption", "section", "nav", "pre", "hr",
])  # fmt: skip
#: Elements that are part of a line of text.
INLINE = frozenset(["strong", "em", "a", "br", "sup", "sub", "abbr", "cite", "time", "code", "bdi", "span"])
#: Containers that mean nothing by themselves: what is in them is read as if it stood alone.
TRANSPARENT = frozenset({"div", "article", "main"})
_KNOWN = BLOCKS | INLINE | TRANSPARENT
#: Elements that run, style, load, embed or send something, in HTML and in SVG; in lower case.
FORBIDDEN = frozenset([
    "script", "style", "template", "handler", "listener", "link", "meta", "base", "object", "embed", "applet",
    "param", "iframe", "frame", "frameset", "noframes", "portal", "fencedframe", "audio", "video", "source", "track",
    "bgsound", "picture", "image", "feimage", "foreignobject", "form", "input", "button", "select", "textarea",
    "isindex",
])  # fmt: skip
#: Attributes with an address to load from or to send to.
_LOADING = frozenset([
    "action", "archive", "background", "base", "classid", "code", "codebase", "data", "dynsrc", "formaction", "icon",
    "imagesrcset", "longdesc", "lowsrc", "manifest", "object", "ping", "poster", "profile", "src", "srcset",
    "usemap",
])  # fmt: skip
#: Beginnings of the names of SVG attributes whose values are text and not addresses.
_TEXT_ATTRIBUTES = ("aria-", "data-", "id", "class", "lang")


def validate_galley(body: tuple[Element, ...], templates: Mapping[str, Template]) -> Iterator[Diagnostic]:
    """Warnings for elements outside the vocabulary; errors for forbidden elements and attributes, and duplicate ids.

    Each has the template and line whose literal text has the element, or else its ``data-path``.
    """
    ids: set[str] = set()
    reported: set[str] = set()
    for element, drawing in (pair for top in body for pair in _with_drawings(top)):
        if element.tag not in reported and (problem := _tag_problem(element.tag, drawing=drawing)):
            reported.add(element.tag)
            yield _with_position(problem, element, templates)
        for name, value in element.attributes.items():
            if refusal := _attribute_refusal(element, name, value, drawing=drawing):
                message = f"a galley has no such attribute '{name}': {refusal}"
                advice = "put looks into the theme's stylesheets; pictures and links are those of the content file"
                problem = Diagnostic("galley-attribute", message, help=advice)
                yield _with_position(problem, element, templates, name)
        identity = element.get("id")
        if identity and not drawing:
            if identity in ids:
                message = f"the id '{identity}' stands twice in the galley"
                problem = Diagnostic("galley-id", message, help="give one of them another id")
                yield _with_position(problem, element, templates, "id")
            ids.add(identity)


def _with_drawings(element: Element, *, drawing: bool = False) -> Iterator[tuple[Element, bool]]:
    """An element and all below it, each with whether it is inside a drawing."""
    yield element, drawing
    for child in element.elements:
        yield from _with_drawings(child, drawing=drawing or element.tag == "svg")


def _tag_problem(tag: str, *, drawing: bool) -> Diagnostic | None:
    if tag.rpartition(":")[2].lower() in FORBIDDEN:
        message = f"<{tag}> has no place in a galley: it could run, load or send something"
        advice = "put looks into the theme's stylesheets; pictures are those of the content file and the theme"
        return Diagnostic("galley-forbidden", message, help=advice)
    if drawing or tag in _KNOWN:
        return None
    message = f"<{tag}> is not in the galley's vocabulary; it is set in reading order"
    advice = "docs/galley.md lists the elements that all formats understand"
    return Diagnostic("galley-vocabulary", message, Severity.WARNING, help=advice)


def in_template(diagnostic: Diagnostic, template: Template, line: int) -> Diagnostic:
    """The diagnostic with its position in a template."""
    span, excerpt = template.place(line)
    return replace(diagnostic, span=span, excerpt=excerpt, file=template.file)


def _with_position(
    diagnostic: Diagnostic, element: Element, templates: Mapping[str, Template], attribute: str = ""
) -> Diagnostic:
    """The diagnostic with the template and line whose literal text has the element, else with its ``data-path``."""
    tag = re.escape(element.tag)
    pattern = re.compile(rf"<{tag}\s[^<>]*?\b{re.escape(attribute)}\s*=" if attribute else rf"<{tag}[\s>/]")
    for template in templates.values():
        if match := pattern.search(template.text):
            return in_template(diagnostic, template, template.text.count("\n", 0, match.start()) + 1)
    return replace(diagnostic, label=f"at {element.path}" if element.path else "")


def _attribute_refusal(element: Element, name: str, value: str, *, drawing: bool) -> str:
    """Why an attribute is refused, as the end of a message; empty if it is allowed. ``drawing``: inside an svg."""
    local = name.rpartition(":")[2].lower()
    if local.startswith("on") or local == "srcdoc" or (local == "style" and not drawing):
        return "looks and scripts have no place in it"
    if local == "href":
        return _link_refusal(element, value, drawing=drawing)
    if element.tag == "img" and name == "src" and value.startswith("picture:"):
        return ""
    if local in _LOADING or (local == "attributename" and value.strip().lower().endswith("href")):
        return f"it would load '{value[:60]}'"
    if local == "rel" and "attachment" in value.lower():
        return "it would attach a file"
    if drawing and not local.startswith(_TEXT_ATTRIBUTES):
        external = next((address for address in addresses(value) if not address.startswith("#")), None)
        return "" if external is None else f"it would load '{external[:60]}'"
    return ""


def _link_refusal(element: Element, value: str, *, drawing: bool) -> str:
    if value.startswith("#"):
        return ""
    if drawing or element.tag != "a":
        return f"it would load '{value[:60]}'"
    refusal = link_refusal(value)
    return refusal and f"the address '{value[:60]}' {refusal}"
