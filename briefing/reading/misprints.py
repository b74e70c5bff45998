"""Warn once per text about likely typing mistakes, which would be printed as they are.

They are not errors, because they may be intended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .markdown import parser
from .problems import Kind, Problem

__all__ = ["misprints"]

#: Markers that Markdown does not accept: a bullet character, a hyphen without a plain space, a dash.
_BULLET = re.compile(r"[•‣▪●◦∙·\uf0b7][ \t\u00a0]*(?=\S)")
_HYPHEN = re.compile("-(?:[\u00a0\u202f\u2009]|[^\\W\\d_])")
_DASH = re.compile("[–—][ \t\u00a0]")
_MARKER = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?(?:{_BULLET.pattern}|{_HYPHEN.pattern}|{_DASH.pattern})", re.MULTILINE)

#: A line that looks empty but has a no-break space.
_EMPTY = re.compile(r"(?<=\n)[ \t]*[\u00a0\u2007\u202f]\s{0,99}?(?=\n[ \t]*\S)")

_NAMES = (
    "a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|script|"
    "small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_HTML = re.compile(rf"(?<!\\)(?:<!--|</?(?:{_NAMES})(?:[ \t\n][^<>]*)?/?>)", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,300}?(?<!`)\1(?!`)", re.DOTALL)
_ADVICE = {
    "<!": "delete it; a note to yourself stands behind # on a line of the file outside the text",
    "b": "write **strong** for weight",
    "strong": "write **strong** for weight",
    "i": "write *emphasis*",
    "em": "write *emphasis*",
    "br": "delete it; an empty line begins a new paragraph",
    "p": "delete it; an empty line begins a new paragraph",
    "a": "write a link as [words](https://example.org/)",
    "li": "begin each item of a list with '- '",
    "ul": "begin each item of a list with '- '",
}


def misprints(text: str, kind: Kind) -> Iterator[Problem]:
    """Likely mistakes in a text: HTML tags, lines that only look empty, and list markers that Markdown ignores."""
    if kind == "address":
        return
    if "<" in text:
        yield from _html(text, kind)
    if kind in {"prose", "bullets"} and (empty := _EMPTY.search(text)):
        yield Problem(
            empty.end() - 1,
            text[empty.end() - 1],
            "no-break-space",
            "this line looks empty but holds a no-break space, so what stands around it becomes one paragraph",
            "delete what is in the line",
        )
    if kind in {"prose", "bullets"} and _MARKER.search(text):
        yield from _list_mark(text)


def _html(text: str, kind: Kind) -> Iterator[Problem]:
    # Markdown may contain HTML as code, in backticks.
    visible = text if kind == "words" else _CODE.sub(lambda code: "x" * len(code[0]), text)
    match = _HTML.search(visible)
    if match is None:
        return
    name = re.sub(r"[</>\s].*", "", match[0][1:].lstrip("/"), flags=re.DOTALL).lower()
    subject = "a comment of HTML" if match[0] == "<!--" else f"'{_truncated(match[0])}' is HTML, which"
    advice = _ADVICE["<!"] if match[0] == "<!--" else _ADVICE.get(name, "delete it")
    if kind == "words" and name in {"b", "strong", "i", "em", "a", "ul", "li"}:
        advice = "delete it; this text is plain"
    yield Problem(match.start(), match[0], "html-in-text", f"{subject} is printed as it was typed", advice)


def _list_mark(text: str) -> Iterator[Problem]:
    for token in parser().parse(text):
        if token.type != "inline" or token.map is None:
            continue
        lines = token.content.split("\n")
        row = next((row for row, line in enumerate(lines) if _is_mark(line, lines)), None)
        if row is not None:
            line = lines[row]
            offset = max(text.find(line, _start_of(text, token.map[0] + row)), 0)
            yield Problem(
                offset,
                line[:1],
                "list-mark",
                f"'{_truncated(line[:24].strip())}' is set as running text: no item of a list begins so",
                "begin each item with a hyphen and a plain space, '- ', on a line of its own",
            )
            return


def _start_of(text: str, row: int) -> int:
    """The offset of a line of a text; both count from 0."""
    return sum(len(line) + 1 for line in text.split("\n")[:row])


def _is_mark(line: str, lines: list[str]) -> bool:
    """Whether a line was probably meant as a list item.

    One line may start with a hyphen or a dash by chance, but not two, and a paragraph does not start with a hyphen.
    """
    if _BULLET.match(line):
        return True
    if _HYPHEN.match(line):
        return line is lines[0] or sum(bool(_HYPHEN.match(other)) for other in lines) > 1
    return bool(_DASH.match(line)) and sum(bool(_DASH.match(other)) for other in lines) > 1


def _truncated(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
