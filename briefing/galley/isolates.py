"""What the script of a language asks of its text: isolates around the other direction, emphasis without italics.

Text of the other direction is isolated, so that each number, sign and bracket stays on its side of it.
In a line that reads from right to left these are passages in letters that read from left to right, and numbers with a
sign, a percent sign or a currency, and telephone numbers. Elsewhere these are passages in right-to-left letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from briefing.markup.inline import is_rtl

from .tree import Element, Node

_SPACE = "[ \u00a0\u202f]"
_SIGN = r"[+\-−±~≈<>]"
_MONEY = r"[$€£¥₽₸₹₴₺₪₩]"
#: Numbers that a line from right to left would show in another order, or with their sign on the other side.
_NUMBER = re.compile(
    r"\+\d[\d ().\u00a0/-]*\d"  # a telephone number
    r"|(?<![\d.,])\d{2,4}(?:[ \u00a0-]\d{2,4}){2,}(?![\d.,])"
    rf"|(?:(?<![\w.,/]){_SIGN})?(?<![\d.,/])(?<!\d[-–])(?:{_MONEY}{_SPACE}?{_SIGN}?)?"
    rf"\d(?:[\d.,]|{_SPACE}\d{{3}}(?!\d))*(?<![.,]){_SPACE}?(?:[%‰°]C?|{_MONEY})?"
)
#: Only these need it: a bare number keeps its place in any text.
_SIGNED = re.compile(rf"{_SIGN}|{_MONEY}|[%‰°]|\d[ \u00a0\u202f-]\d")
#: Letters before this one, the first of the Hebrew block, are not read from right to left.
_FIRST_RTL = "\u0590"
#: What is set for emphasis and for the title of a work in a script without italics.
_UPRIGHT = {"em": "strong", "cite": "span"}
_BRACKETS = dict(zip(")]}", "([{", strict=True))


def with_isolates(element: Element, direction: str) -> Element:
    """A copy of an element, in a text of this direction (``ltr`` or ``rtl``), with ``bdi`` around what is isolated."""
    if element.tag in {"svg", "pre"} or (element.tag == "bdi" and element.get("dir")):
        return element
    direction = element.get("dir") or direction
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element):
            children.append(with_isolates(child, direction))
        else:
            children += _isolated(child, direction)
    return element.with_children(tuple(children))


def _isolated(text: str, direction: str) -> list[Node]:
    if direction != "rtl" and (text.isascii() or max(text) < _FIRST_RTL):
        return [text]
    own, other = ("R", "L") if direction == "rtl" else ("L", "R")
    spans = []
    kinds = [_kind(letter) for letter in text]
    if other in kinds or direction == "rtl":
        found = (*_passages(text, kinds, own, other), *(_numbers(text) if direction == "rtl" else ()))
        spans = sorted(found, key=lambda span: (span[0], -span[1]))  # "$5.2 bn" before "$5.2"
    nodes: list[Node] = []
    done = 0
    for start, end in spans:
        if start >= done:
            opposite = "ltr" if direction == "rtl" else "rtl"
            nodes += [text[done:start], Element("bdi", {"dir": opposite}, (text[start:end],))]
            done = end
    return [node for node in (*nodes, text[done:]) if node != ""]


def _kind(letter: str) -> str:
    """``L`` or ``R`` for a letter with a direction (an Arabic digit counts as a letter), else empty."""
    return {"L": "L", "R": "R", "AL": "R", "AN": "R"}.get(unicodedata.bidirectional(letter), "")


def _passages(text: str, kinds: list[str], own: str, other: str) -> Iterator[tuple[int, int]]:
    """The passages between letters of the ``own`` direction that have letters of the ``other`` one."""
    for is_own, group in groupby(range(len(text)), lambda at: kinds[at] == own):
        places = list(group)
        letters = [at for at in places if kinds[at] == other]
        if is_own or not letters:
            continue
        start, end = letters[0], letters[-1] + 1
        while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me"}:
            end += 1
        if other == "L":  # numbers belong to the words around them, a sign to its number
            first, last = places[0], places[-1] + 1
            before = re.search(
                rf"(?<!\w){_SIGN}?(?:{_MONEY}{_SPACE}?)?{_SIGN}?\d[\w.,:/+%°#&@-]*[ \u00a0]?$", text[first:start]
            )
            start -= len(before[0]) if before else 0
            after = re.match(r"\w*(?:[ \u00a0]?[^\s\w]*[\d@#&+/%_=?$€£-][\w.,:/+%°#&@=?-]*)*", text[end:last])
            end += len(after[0].rstrip(".,:?")) if after else 0
            end += bool(text[end : end + 1] == "/" and "://" in text[start:end])
            inside = text[start:end]
            if inside.count("(") > inside.count(")") and (closing := text.find(")", end, last)) >= 0:
                end = closing + 1  # "CB 14/2016 (rev. 2)"
        while end < len(text) and text[end] in _BRACKETS:
            inside = text[start:end]
            if inside.count(_BRACKETS[text[end]]) <= inside.count(text[end]):
                break
            end += 1
        yield start, end


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        if _SIGNED.search(match[0]):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, match.start() + len(match[0].rstrip())


def with_upright_emphasis(element: Element, language: str) -> Element:
    """A copy with bold emphasis and upright titles of works in languages whose scripts have no italics."""
    language = element.get("lang") or language
    children = tuple([with_upright_emphasis(n, language) if isinstance(n, Element) else n for n in element.children])
    if element.tag in _UPRIGHT and (is_rtl(language) or language.partition("-")[0] in {"ja", "ko", "yue", "zh"}):
        return Element(_UPRIGHT[element.tag], element.attributes, children)
    return element.with_children(children)
