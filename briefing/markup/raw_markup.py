"""Markup that the program does not read and prints as it was typed: each kind with what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,300}?(?<!`)\1(?!`)|\\[^\w\s]", re.DOTALL)

_ASTERISK, _LINK = "an asterisk without partner", "a link that cannot be read"


class _Kind(NamedTuple):
    """A kind of markup. A text without ``sign`` has none of it, which is quicker to see than by the pattern."""

    name: str
    sign: str
    pattern: str
    advice: str


#: Markup of other programs, in the order in which it is looked for.
_KINDS = tuple(
    (kind, re.compile(kind.pattern, re.MULTILINE))
    for kind in (
        _Kind(
            "a table drawn with bars",
            "|",
            r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$|^[ \t]*\|(?:[^|\n]+\|){2,}[ \t]*$",
            "make it a block of its own: - table: with columns: and rows:",
        ),
        _Kind(
            "a note in square brackets",
            "[^",
            r"\[\^[^\]\s]{1,60}\]",
            "write [@key], with the key of an entry under sources; for a remark, use a sentence in brackets",
        ),
        _Kind("a note in the text", "^[", r"\^\[[^\]\n]+\]", "write [@key], or a sentence in brackets"),
        _Kind("a box for a remark", "[!", r"^[ \t>]*\[![A-Za-z]+\]", "make it a block of its own: - sidebar:"),
        _Kind(
            "a definition",
            "\n:",
            r"(?<=\S\n):[ \t]+(?=\S)",
            "write **term:** and its words in a paragraph or an item, or use glossary:",
        ),
        _Kind(
            "a table with tabs",
            "\t",
            r"^(?![ \t]*(?:[-*+]|\d{1,9}[.)]|[^\w\s])\t)\S[^\t\n]*\t[^\n]*\n\S[^\t\n]*\t",
            "make it a block of its own: - table: with columns: and rows:",
        ),
        _Kind("a change", "{", r"\{(?:\+\+|--|~~|>>)[^}\n]*\}", "write the words that are to be printed"),
        _Kind("a language without words", "lang", r"(?<![\]}])\{[ \t]*lang[ \t]*=[^}\n]*\}", "write [words]{lang=fr}"),
        _Kind(
            "a heading without a space",
            "#",
            r"(?:\A|(?<=\n\n))#{1,6}[^\W\d_][^\n#]*[^\n#.!?](?=\n\n|\n?\Z)",
            "write a space after #; for a plain #, write \\#",
        ),
        _Kind(
            "a citation in round brackets",
            "@",
            r"\(@[A-Za-z0-9][\w:.-]*[^()\n]{0,60}\)|\[(?:-|[^@\[\]\n]*\s)@[A-Za-z0-9][\w:.-]*[^\]\n]*\](?![({])",
            "write [@key], with the key of an entry under sources and nothing else in the brackets",
        ),
        _Kind("~~struck out~~", "~~", r"~~(?=[^\s~])[^\n]{1,300}?~~", "delete what does not hold any more"),
        _Kind("==marked==", "==", r"==(?=[^\s=])[^=\n]{1,300}==(?!=)", "write **strong** for weight"),
        _Kind(
            "a formula between dollar signs",
            "",
            r"\$(?=[^\s$])(?:[^$\n]*[\\^_{}=][^$\n]*|[A-Za-z])(?<=[^\s\\])\$(?!\d)|\\(?:frac|sqrt|cdot|times|text\w*)\b",
            "write it in words, or with raised and lowered signs: a^2^, CO~2~",
        ),
        _Kind(
            "a command of LaTeX", "\\", r"\\[a-z]{2,20}\{[^}\n]*\}", "delete it; write *emphasis*, **strong** or [@key]"
        ),
        _Kind(
            "a raised number without its second sign",
            "^",
            r"(?<=[\w)])\^(?:[-+−]?\d{1,3}\b(?![^\s^]*\^)|\{[^}\n]{1,20}\})",
            "put the sign on both sides: km^2^",
        ),
        _Kind(
            "a lowered number with _",
            "_",
            r"(?<![\w/.-])(?:[A-Z][a-z]?){1,3}_(?:\d{1,2}\b(?!\w)|\{[^}\n]{1,20}\})",
            "write it between tildes: CO~2~",
        ),
        _Kind(
            "a task",
            "]",
            r"^[ \t]*[-*+][ \t]+\[[ xX]\](?=[ \t])",
            "write - and the words, without the square brackets",
        ),
        _Kind(
            "a line of equals signs",
            "===",
            r"^[ \t]*={3,}[ \t]*$",
            "begin the heading with # and delete the line below",
        ),
        _Kind(
            "a name or class in braces", "", r"\{[#.][A-Za-z][\w-]*[^}\n]*\}|^:::+.*$", "delete it; the theme styles"
        ),
        _Kind(
            "the address of a link in a line of its own",
            "]",
            r"^[ \t]*\[[^\]^@\n]{1,80}\]:[ \t]*(?=\S)|(?<=\w)\]\[[\w -]{1,40}\]",
            "write the address behind the words: [words](https://example.org/)",
        ),
        _Kind(
            "a link whose address has a space",
            "](",
            r"\]\([ \t]*(?:https?://|mailto:)[^)\s]*[ \t]+(?![\"'()\s])[^)\n]+\)",
            "write %20 for each space in the address",
        ),
        _Kind(_LINK, "](", r"\]\((?:[a-z]+:|www\.|#)", "write [words](https://example.org/), with %20 for each space"),
        _Kind(
            _ASTERISK,
            "*",
            r"(?<![*\w])\*{1,2}(?=[^\s*])(?!\*)|(?<=[^\W\d]|[.,;:!?»”)])\*{1,2}(?![\w*])|\*\*(?=\S)|(?<=\S)\*\*"
            r"|(?<!\S)\*\*(?=[ \t][^*\n]*[^\W\d_][^*\n]*[ \t]\*\*(?!\S))",
            "put the second one at the other end of the words; for a plain asterisk, write \\*",
        ),
    )
)
#: Markdown in a text that is plain, such as a title.
_IN_PLAIN = re.compile(
    r"\*\*[^\s*][^*\n]*\*\*|(?<![\w*])\*[^\s*][^*\n]*\*(?![\w*])|\]\((?:https?:|mailto:|#)|\[@\w[^\]\n]*\]"
    r"|\w~[^\s~]{1,20}~|\w\^[^\s^]{1,20}\^|\]\{\s*lang|\[\[[a-z][\w-]*\]\]|&(?:[A-Za-z]{2,20}|#\d{2,6}|#x[0-9a-fA-F]{2,6});"
    r"|\\[*_~^\[\]#&]|\[\^[^\]\s]{1,60}\]"
)


def raw_markup(text: str, printed: str) -> Iterator[tuple[int, str, str, str]]:
    """One entry for each kind of markup that is printed as typed: its offset, the fragment, the kind, and what to do.

    ``printed`` is the text as printed, without code: an asterisk that is not in it was read.
    """
    visible = _CODE.sub(lambda match: "\x1a" * len(match[0]), text)
    for kind, pattern in _KINDS:
        if kind.sign not in text:
            continue
        if kind.name in {_ASTERISK, _LINK}:
            match = pattern.search(printed)
            if match and "\\" + match[0] not in text and match[0] in visible:
                after = printed[match.end() : match.end() + 4].partition("\n")[0]
                yield max(text.find(match[0] + after), 0), match[0], kind.name, kind.advice
        elif match := pattern.search(visible):
            start, end = match.span()
            yield start, text[start:end].strip(), kind.name, kind.advice
            visible = visible[:start] + "\x1a" * (end - start) + visible[end:]


def markup_in_plain_text(text: str) -> re.Match[str] | None:
    """The first Markdown in a plain text."""
    return _IN_PLAIN.search(text)
