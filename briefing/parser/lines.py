"""Split a line of YAML into hyphens, key and value, and overwrite parts of it."""

from __future__ import annotations

import re

#: The hyphens of list items, a key with its colon, and the value.
_ENTRY = re.compile(
    r"""(?P<lead>\s*(?:-[ ]+)*)"""
    r"""(?P<key>(?:"[^"]*"|'[^']*'|[^\s"'#\[\]{},&*!|>%@`-][^#]*?|-\S[^#]*?)[ ]*:[ ]+)?"""
    r"""(?P<value>.*)"""
)


def entry_of(line: str) -> re.Match[str]:
    """The hyphens, key and value of the first 2,000 characters of a line."""
    match = _ENTRY.match(line[:2000])
    if match is None:
        raise AssertionError("the pattern takes any line")
    return match


def quoted(value: str) -> str:
    """A value in quotation marks, as valid YAML."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def short(text: str) -> str:
    """A text shortened for a help message, if it has more than 70 characters."""
    return text if len(text) <= 70 else text[:40] + "…" + text[-1]


def indentation(text: str) -> str:
    """The white space at the start of a line."""
    return text[: len(text) - len(text.lstrip(" \t"))]


def blank(text: str, begin: int) -> str:
    """The line with everything from a column on replaced by x."""
    return text[:begin] + "x" * (len(text) - begin)


def continuation(lines: list[str], row: int) -> list[tuple[int, str]]:
    """The row and a blank text for each further line of a value: indented more, and not a key or an item."""
    entry = re.match(r"\s*", lines[row])
    width = entry.end() if entry else 0
    out: list[tuple[int, str]] = []
    for index in range(row + 1, len(lines)):
        text = lines[index]
        if not text.strip():
            continue
        if len(indentation(text)) <= width or re.match(r"\s*(- |\w+:(\s|$))", text):
            break
        out.append((index, " " * len(text)))
    return out
