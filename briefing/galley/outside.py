"""Elements and attributes that are forbidden in a galley, because they run code or load something.

A theme's templates are untrusted code and may print content as markup. All of their output is checked here, drawings
included, before a writer gets it.
"""

from __future__ import annotations

from briefing.reading.gates import link_refusal
from briefing.reading.svg import addresses

from .tree import Element

__all__ = ["FORBIDDEN", "refused_attribute"]

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
#: Attributes of SVG elements whose values are text and not addresses.
_WORDS = ("aria-", "data-", "id", "class", "lang")


def refused_attribute(element: Element, name: str, value: str, *, drawing: bool) -> str:
    """Why an attribute is refused, as the end of a message; empty if it is allowed. ``drawing``: inside an svg."""
    local = name.rpartition(":")[2].lower()
    if local.startswith("on") or local == "srcdoc" or (local == "style" and not drawing):
        return "looks and scripts have no place in it"
    if local == "href":
        return _link(element, value, drawing=drawing)
    if element.tag == "img" and name == "src" and value.startswith("picture:"):
        return ""
    if local in _LOADING or (local == "attributename" and value.strip().lower().endswith("href")):
        return f"it would load '{value[:60]}'"
    if local == "rel" and "attachment" in value.lower():
        return "it would attach a file"
    if drawing and not local.startswith(_WORDS):
        external = next((address for address in addresses(value) if not address.startswith("#")), None)
        return "" if external is None else f"it would load '{external[:60]}'"
    return ""


def _link(element: Element, value: str, *, drawing: bool) -> str:
    if value.startswith("#"):
        return ""
    if drawing or element.tag != "a":
        return f"it would load '{value[:60]}'"
    refusal = link_refusal(value)
    return refusal and f"the address '{value[:60]}' {refusal}"
