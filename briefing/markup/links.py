"""The links that a brief may have: only the few schemes that are useful in a printed document."""

from __future__ import annotations

import re

from briefing.parser.characters import bad_characters

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def link_refusal(address: str) -> str:
    """The reason why an address cannot be a link, as a clause that follows the address; empty if it can."""
    plain = address.strip()
    if not plain:
        return "is empty"
    if bad_characters(plain) or re.search(r"[\s<>\"]", plain):
        return "holds a space or a character that no address has"
    if plain.startswith("#"):
        return "" if re.fullmatch(r"#[a-z][a-z0-9_-]*", plain) else "is not the id of a part of this brief"
    if re.match(r"[\\/]{2}|\\", plain):  # Markdown makes one backslash of two
        return "is the address of a computer or a folder in the office network, which others cannot open"
    if "\\" in plain and not re.match("[A-Za-z]:", plain) and not plain.lower().startswith("file:"):
        return "holds a backslash, which no address has: delete it, or write / for it"
    scheme = _SCHEME.match(plain)
    if scheme is None:
        return "is not a full address: it has no https:// in front"
    return _refusal_of(scheme[1].lower(), plain[scheme.end() :])


def _refusal_of(scheme: str, rest: str) -> str:
    if scheme in {"http", "https"}:
        return "" if re.match(r"//[^/?#@:\s]", rest) else "is not a full address: the name of the site is missing"
    if scheme == "mailto":
        return "" if re.match(r"[^@\s?]+@[^@\s?]+", rest) else "is not an e-mail address"
    if scheme == "tel":
        return "" if re.fullmatch(r"\+?[0-9().;=a-z-]+", rest) else "is not a telephone number"
    if scheme == "javascript":
        return "would run a script"
    if scheme == "file" or len(scheme) == 1:
        return "is a file on one computer, which others cannot open"
    if scheme == "data":
        return "holds the data itself instead of an address"
    return f"begins with '{scheme}:'"
