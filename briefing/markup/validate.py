"""Validate texts: one problem for each mistake, with its offset in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing.markup.links import link_refusal
from briefing.parser.characters import RETYPE_CHARACTER, bad_characters

from .list_numbers import misnumbered, no_list_numbers, shielded
from .markdown import parser, plain, without_code
from .raw_markup import markup_in_plain_text, raw_markup
from .signs import signs_at_start

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal["words", "line", "prose", "bullets", "address"]

#: Nesting depth of lists and quotations, in levels of the Markdown parser (two per list).
_MAX_LEVEL = 16

#: Open square brackets in one paragraph; the parser would try each with each.
_MAX_BRACKETS = 20
#: The longest text of each kind, in characters; longer ones are in the wrong field, or an attack.
_MAX_LENGTH: dict[Kind, int] = {"words": 4_000, "address": 2_000, "line": 20_000, "prose": 200_000, "bullets": 200_000}
_BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")

#: Text that looks like a citation, a reference or a language but is not valid: the code, the message and what to do.
_MALFORMED = {
    re.compile(r"(?<!\\)\[@[^\]\n]*\]?"): (
        "citation-form",
        "is not a citation",
        "write [@key], or [@first; @second], with keys that stand under sources",
    ),
    re.compile(r"(?<!\\)\[\[[^\]\n]*\]?\]?"): (
        "reference-form",
        "is not a reference",
        "write [[id]] with the id of a section, table, chart or figure; ids have small letters, digits and hyphens",
    ),
    re.compile(r"\]\{[^}\n]*lang[^}\n]*\}?"): (
        "foreign-form",
        "does not name a language",
        "write [text]{lang=kk}, with a tag such as kk, ru or zh-Hant",
    ),
}
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


@dataclass(frozen=True, slots=True)
class TextIssue:
    """A mistake in a text: the wrong fragment and its offset, a code, a message, and what to do."""

    offset: int
    fragment: str
    code: str
    message: str
    help: str = ""


@lru_cache(maxsize=4096)  # the preview reads all texts again after each save, and most are the same
def text_issues(text: str, kind: Kind) -> tuple[TextIssue, ...]:
    """The mistakes in a text of this kind, ordered by offset."""
    found = [*_too_long(text, kind), *_characters(text), *_brackets(text)]
    if kind == "address" and not found:
        found.extend(_address(text))
    elif kind != "words" and not found:
        found.extend(_markdown(text, kind))
    return tuple(sorted(found, key=lambda issue: issue.offset))


def _too_long(text: str, kind: Kind) -> Iterator[TextIssue]:
    if len(text) > (limit := _MAX_LENGTH[kind]):
        message = f"this text has {len(text):,} characters; {limit:,} are the most that this field takes"
        advice = "put running text into the body of a section, and long tables into a CSV file"
        yield TextIssue(0, text.split("\n", 1)[0][:40], "too-long", message, advice)


def _characters(text: str) -> Iterator[TextIssue]:
    for bad in bad_characters(text):
        yield TextIssue(bad.offset, bad.character, "character", bad.message, RETYPE_CHARACTER)


def _brackets(text: str) -> Iterator[TextIssue]:
    """Too many open brackets: the parser would try each with each."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] == "[" else max(depth - 1, 0) if match[0] == "]" else 0
        if depth > _MAX_BRACKETS:
            message = "too many square brackets are open here"
            yield TextIssue(match.start(), "[", "brackets", message, "close each [ with a ]")
            return


def _address(text: str) -> Iterator[TextIssue]:
    plain = text.strip()
    refusal = link_refusal(plain) or ("" if plain.lower().startswith("http") else "is not the address of a web page")
    if refusal:
        message, advice = f"the address '{truncated(plain)}' {refusal}", "write it in full, beginning with https://"
        yield TextIssue(text.find(plain), plain, "link", message, advice)


def _markdown(text: str, kind: Kind) -> Iterator[TextIssue]:
    tokens = parser().parse(text)
    yield from _wrong_block(text, tokens, kind)
    finder = _Finder(text)
    for token in tokens:
        if token.map is not None:
            finder.line = token.map[0]
        if token.level >= _MAX_LEVEL:
            advice = "three levels are as many as a reader can follow"
            yield finder.issue(finder.line_text(), "markdown-depth", "lists stand too deep in each other here", advice)
            return
        if token.type == "heading_open" and kind == "prose" and int(token.tag[1]) > 2:
            message = "this heading is too deep: a section has two levels below its own"
            yield finder.issue("#" * int(token.tag[1]), "heading-level", message, "write # or ##")
        if token.type == "hr":
            message, advice = "a line of dashes or stars is not set", "delete it, or begin a new section"
            yield finder.issue(finder.line_text(), "rule", message, advice)
        children = token.children or []
        for child, after in zip(children, [*children[1:], None], strict=False):
            yield from _inline(child, after, finder)


def _inline(token: Token, after: Token | None, finder: _Finder) -> Iterator[TextIssue]:
    if token.type == "link_open" and after is not None and after.type == "link_close":
        yield finder.issue(
            "](", "link", "this link has no words", "write them in the square brackets before the address"
        )
    elif token.type == "image":
        advice = "make it a block of its own: - figure: with image: and alt:"
        yield finder.issue("![", "picture-in-text", "a picture cannot stand inside a text", advice)
    elif token.type == "link_open" and (refusal := link_refusal(address := _as_typed(token, finder))):
        message = f"the link '{truncated(address)}' {refusal}"
        advice = "links begin with https://, http://, mailto: or tel:, or with # and an id of this brief"
        yield finder.issue(address, "link", message, advice)
    elif token.type == "text":
        for pattern, (code, reason, advice) in _MALFORMED.items():
            for match in pattern.finditer(token.content):
                if not finder.is_escaped(match[0]):
                    fragment = match[0].removeprefix("]")
                    yield finder.issue(fragment, code, f"'{truncated(fragment)}' {reason}", advice)


def _as_typed(token: Token, finder: _Finder) -> str:
    """The address of a link; the parser writes a backslash as %5C."""
    address = str(token.attrs["href"])
    return address.replace("%5C", "\\") if "\\" in finder.text else address


def _wrong_block(text: str, tokens: list[Token], kind: Kind) -> Iterator[TextIssue]:
    """A block in an inline text, or another block in a list."""
    if kind == "prose" or "\n" not in text.strip():
        return
    top = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.type != "inline"]
    types = [token.type for token in top]
    if types == ["paragraph_open"] or (kind == "bullets" and _LISTS.issuperset(types)):
        return
    wrong = top[1] if types[0] == "paragraph_open" else top[0]
    if kind == "bullets" and types[0] in _LISTS:
        wrong = next(token for token in top if token.type not in _LISTS)
    lines = text.split("\n")
    row = wrong.map[0] if wrong.map else 0
    fragment = lines[row].strip() if row < len(lines) else ""
    offset = text.find(fragment, _start_of(text, row))
    if kind == "line":
        message = "one paragraph is wanted here, without lists, headings and empty lines"
        advice = "join the lines, or move the rest into the body of a section"
        yield TextIssue(offset, fragment, "block-in-line", message, advice)
    else:
        message = "a list is wanted here, and this is not a part of it"
        advice = "begin each point with '- ' and indent its further lines by two spaces"
        yield TextIssue(offset, fragment, "not-a-list", message, advice)


def truncated(text: str, length: int = 60) -> str:
    """The text shortened to a number of characters, for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


class _Finder:
    """Finds the offsets of fragments in order: the Markdown parser gives only the first line of each paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for text_line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(text_line) + 1)
        self.line = 0
        self.last = 0

    def line_text(self) -> str:
        """The first line of the current block."""
        return self.text[self.starts[self.line] : self.starts[self.line + 1]].strip()

    def is_escaped(self, fragment: str) -> bool:
        """Whether the fragment starts with a backslash escape in the source, and so is plain text."""
        found = self._with_escapes(fragment).search(self.text, max(self.starts[self.line], self.last))
        return found is not None and found[0].startswith("\\")

    @staticmethod
    def _with_escapes(fragment: str) -> re.Pattern[str]:
        return re.compile("".join(rf"\\?{re.escape(letter)}" for letter in fragment))

    def issue(self, fragment: str, code: str, message: str, advice: str) -> TextIssue:
        """An issue at the next occurrence of the fragment."""
        begin = max(self.starts[self.line], self.last)
        offset = self.text.find(fragment, begin)
        if offset < 0:
            escaped = self._with_escapes(fragment).search(self.text, begin)
            if escaped is None:
                return TextIssue(begin, "", code, message, advice)
            offset, fragment = escaped.start(), escaped[0]
        self.last = offset + len(fragment)
        return TextIssue(offset, fragment, code, message, advice)


#: Markers that Markdown does not accept: a bullet character, a hyphen without a plain space, a dash.
_BULLET = re.compile(r"[•‣▪●◦∙·■□➢✓✔→\uf000-\uf0ff][ \t\u00a0]*(?=\S)|[oØü§*][\t\u00a0]\s*(?=\S)|[oØü§] {2,}(?=\S)")
_HYPHEN = re.compile("-(?:[\u00a0\u202f\u2009]|[^\\W\\d_])")
_DASH = re.compile("[–—][ \t\u00a0]")
_MARKER = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?(?:{_BULLET.pattern}|{_HYPHEN.pattern}|{_DASH.pattern})", re.MULTILINE)

#: Labels of items that Markdown does not read, and the first of each kind.
_LABEL = re.compile(
    r"[(（]?([a-z]|[ivx]{1,4}|[A-Z]|[IVX]{1,4}|[\d]{1,2}|[一二三四五六七八九十]|[①-⑳])"
    r"(?:(?<=[①-⑳])|[)）．、]|\.(?:[^\W\d]|[ \t])| ?[°º] )"
)
_LABELS = re.compile(rf"^[ \t]*{_LABEL.pattern}[^\n]*\n[ \t]*{_LABEL.pattern}", re.MULTILINE)
_FIRST = frozenset(["a", "i", "1", "١", "۱", "１", "一", "①"])
#: The title of a link, as in [words](https://example.org/ "title").
_LINK_TITLE = re.compile(r"\]\([^)\s]+[ \t]+(\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\))[ \t]*\)")

#: A line that looks empty but has a no-break space.
_EMPTY = re.compile(r"(?<=\n)[ \t]*[\u00a0\u2007\u202f]\s{0,99}?(?=\n[ \t]*\S)")

_NAMES = (
    "a|abbr|address|article|aside|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|div|"
    "dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|li|main|mark|nav|o:p|ol|p|pre|q|rp|rt|"
    "ruby|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|"
    "u|ul|var|wbr"
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


@lru_cache(maxsize=4096)
def likely_mistakes(text: str, kind: Kind, language: str = "") -> tuple[TextIssue, ...]:
    """Likely mistakes in a text: HTML tags, lines that only look empty, and list markers that Markdown ignores.

    ``language`` is that of the brief.
    """
    return tuple(_likely_mistakes(text, kind, language))


def _likely_mistakes(text: str, kind: Kind, language: str) -> Iterator[TextIssue]:
    if kind == "address":
        return
    if "<" in text:
        yield from _html(text, kind)
    if kind in {"prose", "bullets"} and (empty := _EMPTY.search(text)):
        at = empty.end() - 1
        message = "this line looks empty but holds a no-break space, so what stands around it becomes one paragraph"
        yield TextIssue(at, text[at], "no-break-space", message, "delete what is in the line")
    if kind in {"prose", "bullets"} and (_MARKER.search(text) or _LABELS.search(text)):
        yield from _list_mark(text)
    if kind in {"prose", "bullets"}:
        yield from _list_numbers(text, language)
        yield from _signs_at_start(text)
    if kind == "words":
        if found := markup_in_plain_text(text):
            is_entity = found[0].startswith("&")
            name, advice = (
                ("HTML", "type the character") if is_entity else ("Markdown", "delete the signs, or type ² or ₂")
            )
            message = f"'{truncated(found[0], 40)}' is {name}, but this text is plain: it is printed as it was typed"
            yield TextIssue(found.start(), found[0], "raw-markup", message, f"{advice} itself")
        return
    if titled := _LINK_TITLE.search(text):
        message = f"the title of a link, {titled[1]}, is not printed"
        yield TextIssue(titled.start(1), titled[1], "raw-markup", message, "write it in the text, or delete it")
    # An asterisk that was read as markup is not in the plain text.
    printed = without_code(text) if ("*" in text and "*" in plain(text)) or "](" in text else ""
    for offset, fragment, name, advice in raw_markup(text, printed):
        message = f"{name} is printed as it was typed; briefs have other signs for it"
        yield TextIssue(offset, fragment.split("\n")[0], "raw-markup", message, advice)


def _list_numbers(text: str, language: str) -> Iterator[TextIssue]:
    """Numbers that may be those of dates or of a list, and numbers that are not printed as typed."""
    dates = [number for number in no_list_numbers(text, language) if number.month]
    for number in dates:
        if not number.is_date:
            words = f"{number.value}. {number.month}"
            message = f"'{words}' may be a date or begin an item of a list; it is printed as text"
            advice = (
                f"for a date, write {number.value}\\. {number.month}; for a list, give it a second item, or write 1)"
            )
            yield TextIssue(_digits(text, number.stop), str(number.value), "date-or-list", message, advice)
            break
    rows = [text.count("\n", 0, number.stop) for number in dates]
    lines = shielded(text, language).split("\n")
    for number, row, below in zip(dates, rows, rows[1:], strict=False):
        if below == row + 1 and not re.match(r"[ \t>]*[-*+] ", lines[below]):
            message = "lines that begin with dates become one paragraph"
            advice = "begin each of them with '- ', or put an empty line between them"
            yield TextIssue(_digits(text, number.stop), str(number.value), "date-or-list", message, advice)
            break
    for number, printed in misnumbered(text, language):
        message = f"this item is printed as '{printed}.': a list counts on from its first number"
        advice = f"write {printed}. here, or put a line of text between the items"
        yield TextIssue(_digits(text, number.stop), f"{number.value}.", "list-number", message, advice)


def _signs_at_start(text: str) -> Iterator[TextIssue]:
    """A sign at the start of a line that Markdown takes for a quotation or a list, but that may belong to a number."""
    for sign in signs_at_start(text):
        mark, name = text[sign.offset], "a quotation" if text[sign.offset] == ">" else "an item of a list"
        printed = "it is printed as typed" if sign.is_text else f"it begins {name} and is not printed"
        message = f"'{mark}' may be a sign or begin {name}; {printed}"
        other = "put an empty line before it" if sign.is_text else "leave it"
        advice = f"for the sign, write \\{mark}; for {name}, {other}"
        yield TextIssue(sign.offset, mark, "list-mark", message, advice)
        return


def _digits(text: str, stop: int) -> int:
    """The offset of the number before a full stop."""
    return stop - len(text[:stop]) + len(text[:stop].rstrip("0123456789"))


def _html(text: str, kind: Kind) -> Iterator[TextIssue]:
    # Markdown may contain HTML as code, in backticks.
    visible = text if kind == "words" else _CODE.sub(lambda code: "x" * len(code[0]), text)
    match = _HTML.search(visible)
    if match is None:
        return
    name = re.sub(r"[</>\s].*", "", match[0][1:].lstrip("/"), flags=re.DOTALL).lower()
    subject = "a comment of HTML" if match[0] == "<!--" else f"'{truncated(match[0], 40)}' is HTML, which"
    advice = _ADVICE["<!"] if match[0] == "<!--" else _ADVICE.get(name, "delete it")
    if kind == "words" and name in {"b", "strong", "i", "em", "a", "ul", "li"}:
        advice = "delete it; this text is plain"
    yield TextIssue(match.start(), match[0], "html-in-text", f"{subject} is printed as it was typed", advice)


def _list_mark(text: str) -> Iterator[TextIssue]:
    for token in parser().parse(text):
        if token.type != "inline" or token.map is None:
            continue
        lines = token.content.split("\n")
        for row, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
            if _is_mark(line, lines) or _is_label(line, below):
                offset = max(text.find(line, _start_of(text, token.map[0] + row)), 0)
                message = f"'{line[:24].strip()}' is set as running text: no item of a list begins so"
                advice = "begin each item with a hyphen and a plain space, '- ', on a line of its own"
                yield TextIssue(offset, line[:1], "list-mark", message, advice)
                return


def _start_of(text: str, row: int) -> int:
    """The offset of a line of a text; both count from 0."""
    return sum(len(line) + 1 for line in text.split("\n")[:row])


def _is_label(line: str, below: str) -> bool:
    """Whether two lines begin with labels such as "a)" and "b)", "(1)" and "(2)", "1.First" and "2.Second"."""
    one, two = _LABEL.match(line), _LABEL.match(below)
    return one is not None and two is not None and one[1].lower() in _FIRST and two[1] != one[1]


def _is_mark(line: str, lines: list[str]) -> bool:
    """Whether a line was probably meant as a list item.

    One line may start with a hyphen or a dash by chance, but not two, and a paragraph does not start with a hyphen.
    """
    if _BULLET.match(line):
        return True
    if _HYPHEN.match(line):
        return line is lines[0] or sum(bool(_HYPHEN.match(other)) for other in lines) > 1
    return bool(_DASH.match(line)) and sum(bool(_DASH.match(other)) for other in lines) > 1
