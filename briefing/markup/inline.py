"""Inline Markdown rules of briefs: citations, references, foreign text and bare web addresses.

The attributes of their tokens are those of the elements in the galley.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_KEY = r"@[A-Za-z0-9](?:[A-Za-z0-9_:.-]*[A-Za-z0-9_])?"
_CITATION = re.compile(rf"\[\s*({_KEY}(?:\s*[;,]\s*{_KEY})*)\s*\]")
_REFERENCE = re.compile(r"\[\[\s*([a-z][a-z0-9_-]*)\s*\]\]")
_LANGUAGE = re.compile(r"\{\s*lang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[\"']?\s*\}")

_SCHEME = re.compile(r"(?:^|(?<=[^A-Za-z0-9]))https?$")
_ADDRESS = re.compile(r"://[^\s<>\"]+")
#: Punctuation after an address; closing brackets, with their opening ones; and what an address may have inside a word.
_AFTER = ".,;:!?*_'’…"
_PAIRS = {")": "(", "]": "["}
_INNER = frozenset("’‐–·")
_SIGNS = {
    "sub": re.compile(r"(?<=[^\s~])~([^\s~]{1,20})~(?!~)"),
    "sup": re.compile(r"(?<=[^\s^])\^([^\s^]{1,20})\^(?!\^)"),
}
#: Letters and marks of scripts that are written without spaces between words, and of Korean.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
#: What stands directly after an address in a sentence: "'s", or words of these scripts after Latin letters.
_ENDING = re.compile(rf"['’][^\W\d_]{{1,3}}$|(?<=[A-Za-z0-9]){_UNSPACED.pattern}.*", re.DOTALL)

#: Languages and ISO 15924 scripts written from right to left.
_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    parts = language.split("-")
    return any(part in _RTL_SCRIPTS for part in parts[1:]) or (parts[0] in _RTL and not any(len(p) == 4 for p in parts))


def install(md: MarkdownIt) -> None:
    """Add the rules to a parser, before its own rule for links."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.before("link", "sign", _sign)
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
    rest = _without_end(match[0].split("[@")[0])
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


def _without_end(address: str) -> str:
    """The address up to the first punctuation or bracket of another script, without the punctuation after it."""
    for index, letter in enumerate(address):
        ends = not letter.isascii() and (unicodedata.category(letter)[0] == "P" or "\uff00" <= letter < "\uff66")
        if ends and not (letter in _INNER and address[index + 1 : index + 2].isalnum()):
            address = address[:index]
            break
    if ending := _ENDING.search(address):
        address = address[: ending.start()]
    address = address.rstrip(_AFTER)
    while (mark := address[-1:]) in _PAIRS and address.count(mark) > address.count(_PAIRS[mark]):
        address = address[:-1].rstrip(_AFTER)
    return address


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Asterisks and underscores as in CommonMark, and also between punctuation and a script without spaces."""
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    found = state.scanDelims(state.pos, marker == "*")
    before, after = state.src[max(state.pos - 1, 0) : state.pos], state.src[state.pos + found.length :][:1]
    if before.isdigit() and after.isdigit():  # a sign of multiplication
        return False
    opens = found.can_open or (marker == "*" and bool(_UNSPACED.match(before)) and not after.isspace() and after != "")
    closes = found.can_close or (marker == "*" and bool(_UNSPACED.match(after)) and not before.isspace())
    for _ in range(found.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(Delimiter(ord(marker), found.length, len(state.tokens) - 1, -1, opens, closes))
    state.pos += found.length
    return True


def _sign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Lowered and raised signs: ``H~2~O``, ``km^2^``."""
    for tag, pattern in _SIGNS.items():
        if match := pattern.match(state.src, state.pos, state.posMax):
            if not silent:
                state.push(f"{tag}_open", tag, 1)
                state.push("text", "", 0).content = match[1]
                state.push(f"{tag}_close", tag, -1)
            state.pos = match.end()
            return True
    return False


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
