"""What a text holds that would be printed otherwise than it was meant: warnings, told once for each text.

It may be meant all the same, so nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .markdown import parser
from .problems import Kind, Problem

__all__ = ["misprints"]

#: A point that another program has drawn; a hyphen that lacks its space, also with a no-break space; a dash.
_DRAWN = re.compile(r"[•‣▪●◦∙·\uf0b7][ \t\u00a0]*(?=\S)")
_HYPHEN = re.compile("-(?:[\u00a0\u202f\u2009]|[^\\W\\d_])")
_DASH = re.compile("[–—][ \t\u00a0]")
_MARK = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?(?:{_DRAWN.pattern}|{_HYPHEN.pattern}|{_DASH.pattern})", re.MULTILINE)

#: What looks like an empty line and is none.
_EMPTY = re.compile(r"(?<=\n)[ \t]*[\u00a0\u2007\u202f]\s{0,99}?(?=\n[ \t]*\S)")

_NAMES = (
    "a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|script|"
    "small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_HTML = re.compile(rf"(?<!\\)(?:<!--|</?(?:{_NAMES})(?:[ \t\n][^<>]*)?/?>)", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,300}?(?<!`)\1(?!`)", re.DOTALL)
_INSTEAD = {
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
    """What is hardly meant in a text of this kind: signs of HTML, and lists that Markdown does not take for lists."""
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
    if kind in {"prose", "bullets"} and _MARK.search(text):
        yield from _list_mark(text)


def _html(text: str, kind: Kind) -> Iterator[Problem]:
    # Words in backticks are code; nothing is code in plain text.
    seen = text if kind == "words" else _CODE.sub(lambda code: "x" * len(code[0]), text)
    match = _HTML.search(seen)
    if match is None:
        return
    name = re.sub(r"[</>\s].*", "", match[0][1:].lstrip("/"), flags=re.DOTALL).lower()
    what = "a comment of HTML" if match[0] == "<!--" else f"'{_short(match[0])}' is HTML, which"
    instead = _INSTEAD["<!"] if match[0] == "<!--" else _INSTEAD.get(name, "delete it")
    if kind == "words" and name in {"b", "strong", "i", "em", "a", "ul", "li"}:
        instead = "delete it; this text is plain"
    yield Problem(match.start(), match[0], "html-in-text", f"{what} is printed as it was typed", instead)


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
                f"'{_short(line[:24].strip())}' is set as running text: no item of a list begins so",
                "begin each item with a hyphen and a plain space, '- ', on a line of its own",
            )
            return


def _start_of(text: str, row: int) -> int:
    """Where a line of a text begins, counted from 0."""
    return sum(len(line) + 1 for line in text.split("\n")[:row])


def _is_mark(line: str, lines: list[str]) -> bool:
    """Whether a line was meant as an item.

    A hyphen or a dash may also begin a line by chance, but hardly two lines, nor a hyphen the paragraph.
    """
    if _DRAWN.match(line):
        return True
    if _HYPHEN.match(line):
        return line is lines[0] or sum(bool(_HYPHEN.match(other)) for other in lines) > 1
    return bool(_DASH.match(line)) and sum(bool(_DASH.match(other)) for other in lines) > 1


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
