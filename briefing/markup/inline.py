"""Inline Markdown rules of briefs: citations, references, foreign text and bare web addresses.

The attributes of their tokens are those of the elements in the galley.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_KEY = r"@[A-Za-z0-9](?:[A-Za-z0-9_:.-]*[A-Za-z0-9_])?"
_CITATION = re.compile(rf"\[\s*({_KEY}(?:\s*[;,]\s*{_KEY})*)\s*\]")
_REFERENCE = re.compile(r"\[\[\s*([a-z][a-z0-9_-]*)\s*\]\]")
_LANGUAGE = re.compile(r"\{\s*lang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[\"']?\s*\}")

_SCHEME = re.compile(r"(?:^|(?<=[^A-Za-z0-9]))https?$")
_ADDRESS = re.compile(r"://[^\s<>\"“”«»]+")

#: Languages and ISO 15924 scripts written from right to left.
_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    parts = language.split("-")
    return any(part in _RTL_SCRIPTS for part in parts[1:]) or (parts[0] in _RTL and not any(len(p) == 4 for p in parts))


def install(md: MarkdownIt) -> None:
    """Add the rules to a parser, before its own rule for links."""
    md.inline.ruler.before("link", "bare_address", _bare_address)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "reference_to", _reference)
    md.inline.ruler.before("link", "foreign", _foreign)


def _bare_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Make a link of a bare address such as ``https://example.org/page``, without the punctuation after it."""
    if not state.src.startswith("://", state.pos) or state.linkLevel > 0:
        return False
    scheme = _SCHEME.search(state.pending)
    match = _ADDRESS.match(state.src, state.pos, state.posMax)
    if scheme is None or match is None:
        return False
    rest = match[0].split("[@")[0].rstrip(".,;:!?*_'’…")
    while rest.endswith(")") and rest.count(")") > rest.count("("):
        rest = rest[:-1].rstrip(".,;:!?*_'’…")
    if len(rest) <= len("://"):
        return False
    if not silent:
        address = scheme[0] + rest
        state.pending = state.pending[: scheme.start()]
        state.push("link_open", "a", 1).attrs = {"href": address}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        for key in re.split("[;,]", match[1]):
            state.push("citation", "a", 0).attrs = {"class": "note-call", "data-note": key.strip()[1:]}
    state.pos = match.end()
    return True


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("reference", "a", 0).attrs = {"class": "reference", "data-reference": match[1]}
    state.pos = match.end()
    return True


def _foreign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if not state.src.startswith("[", state.pos):
        return False
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
    if end < 0:
        return False
    match = _LANGUAGE.match(state.src, end + 1, maximum)
    if match is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        direction = {"dir": "rtl"} if is_rtl(match[1]) else {}
        state.push("foreign_open", "span", 1).attrs = {"lang": match[1], **direction}
        state.md.inline.tokenize(state)
        state.push("foreign_close", "span", -1)
        state.posMax = maximum
    state.pos = match.end()
    return True
