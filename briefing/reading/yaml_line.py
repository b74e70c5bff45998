"""A line of YAML, taken apart and overwritten."""

from __future__ import annotations

import re

__all__ = ["blank", "continuation", "entry_of", "indentation", "quoted", "short"]

#: Hyphens of list items, then a key with its colon; what follows is the value.
_ENTRY = re.compile(
    r"""(?P<lead>\s*(?:-[ ]+)*)"""
    r"""(?P<key>(?:"[^"]*"|'[^']*'|[^\s"'#\[\]{},&*!|>%@`-][^#]*?|-\S[^#]*?)[ ]*:[ ]+)?"""
    r"""(?P<value>.*)"""
)


def entry_of(line: str) -> re.Match[str]:
    """The hyphens, key and value of a line; no key is longer than the stretch that is looked at."""
    match = _ENTRY.match(line[:2000])
    if match is None:
        raise AssertionError("the pattern takes any line")
    return match


def quoted(value: str) -> str:
    """A value in quotation marks that YAML takes."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def short(text: str) -> str:
    """A text that fits into a line of help."""
    return text if len(text) <= 70 else text[:40] + "…" + text[-1]


def indentation(text: str) -> str:
    """The white space that a line begins with."""
    return text[: len(text) - len(text.lstrip(" \t"))]


def blank(text: str, begin: int) -> str:
    """The line with everything from a column on overwritten."""
    return text[:begin] + "x" * (len(text) - begin)


def continuation(lines: list[str], row: int) -> list[tuple[int, str]]:
    """The further lines of a value, emptied: those indented more than its first that are neither keys nor items."""
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
