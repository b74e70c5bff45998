"""Explain common YAML mistakes: an error of the parser -> the likely cause and a correction.

Each mistake also has a ``mend``, with which the file is parsed again to find further mistakes. It overwrites characters
with meaningless ones, so that lines and columns do not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lines import blank, continuation, entry_of, indentation, quoted, short

_SPECIAL_STARTS = {
    "*": "a '*' at the beginning of a value means something else in YAML",
    "&": "an '&' at the beginning of a value means something else in YAML",
    "%": "a value cannot begin with '%'",
    "@": "a value cannot begin with '@'",
    "`": "a value cannot begin with a backtick",
    "|": "text stands on the line of the bar '|'",
    ">": "a '>' at the beginning of a value means something else in YAML",
    "?": "a value cannot begin with '? '",
}


@dataclass(frozen=True, slots=True)
class SyntaxHint:
    """A syntax error: its row and column (from 0), its width in characters, a message, and what to do.

    ``mend`` has the rows to replace before the next pass, with their new text.
    """

    code: str
    message: str
    row: int
    column: int
    width: int
    help: str = ""
    mend: tuple[tuple[int, str], ...] = ()


def explain(
    problem: str,
    context: str,
    at: tuple[int, int],
    start: tuple[int, int],
    lines: list[str],
    quoted_from: tuple[int, int] | None,
) -> SyntaxHint:
    """The mistake that caused an error of the parser.

    ``problem`` and ``context`` are its messages. Positions are row and column, from 0: the parser stopped at ``at``;
    ``start`` is the start of its context; ``quoted_from`` that of the quoted value just before, if there was one.
    """
    # Both positions may be on a line after the last one.
    row, column = min(at[0], len(lines) - 1), at[1]
    start = (min(start[0], len(lines) - 1), start[1])
    if "\t" in indentation(lines[row]) or (column < len(lines[row]) and lines[row][column] == "\t"):
        return _tab(lines, row)
    if "quoted scalar" in context:
        return _in_quotes(problem, at, start, lines)
    if quoted_from is not None and quoted_from[0] < row:
        return _unclosed(lines, *quoted_from)
    if "alias" in context or "anchor" in context or "block scalar" in context:
        row, column = start
    if "document start" in problem and not any(text.startswith("...") for text in lines[: row + 1]):
        return SyntaxHint(
            "yaml",
            "this line stands outside the keys and values of the file",
            row,
            column,
            1,
            "begin with title: and go on with one key on each line",
        )
    if "document start" in problem:
        return SyntaxHint(
            "several-documents",
            "the text goes on after the line '...', which ends a document",
            row,
            0,
            1,
            "delete the line '...'; one file is one brief",
        )
    return _in_line(problem, context, (row, column), start, lines)


def _in_line(problem: str, context: str, at: tuple[int, int], start: tuple[int, int], lines: list[str]) -> SyntaxHint:
    row, column = at
    entry = entry_of(lines[row])
    value, begin = entry["value"].rstrip(), entry.start("value")
    if "mapping values" in problem:
        return _colon(lines, row, column, value, begin)
    if value[:1] in {'"', "'"} and column > begin:
        return _after_quotes(lines, row, value, begin)
    if value.startswith("["):
        return _bracket(problem, context, at, start, lines, value, begin)
    if value[:1] in _SPECIAL_STARTS and column <= begin + 1:
        # A line without a key and a hyphen is blanked completely.
        is_bare = entry["key"] is None and not entry["lead"].strip()
        new = " " * len(lines[row]) if is_bare else blank(lines[row], begin)
        mend = ((row, new), *continuation(lines, row))
        return SyntaxHint("starts-with", _SPECIAL_STARTS[value[0]], row, begin, 1, _retype(entry["key"], value), mend)
    if "expected ':'" in problem:
        return _no_colon(lines, start[0])
    if problem.startswith("block sequence entries"):
        return SyntaxHint(
            "list-on-key-line",
            "a list begins on the line below its key",
            row,
            column,
            1,
            "press Enter after the colon and indent the '- ' by two spaces",
            ((row, blank(lines[row], begin)),),
        )
    if "flow" in context:
        return _open_bracket(lines, *start)
    if "cannot start any token" in problem and column < len(lines[row]):
        end = next((i for i in range(column, len(lines[row])) if lines[row][i] in ",]}"), len(lines[row]))
        return SyntaxHint(
            "starts-with",
            f"a value cannot begin with '{lines[row][column]}'",
            row,
            column,
            1,
            "put the value in quotation marks",
            ((row, lines[row][:column] + "x" * (end - column) + lines[row][end:]),),
        )
    if "did not find expected" in problem and column <= len(indentation(lines[row])):
        return SyntaxHint(
            "indentation",
            "this line is not indented like the lines that it belongs to",
            row,
            column,
            max(len(lines[row].strip()), 1),
            "let keys of one level begin in the same column, and text of a value stand two spaces further in",
        )
    return SyntaxHint(
        "yaml",
        f"this line cannot be read as YAML ({problem})",
        row,
        column,
        1,
        "often a quotation mark, a colon or an indentation is the cause; put the value in quotation marks",
    )


def _no_colon(lines: list[str], row: int) -> SyntaxHint:
    if is_after_colon(lines[row]):
        return SyntaxHint(
            "no-break-space",
            AFTER_COLON,
            row,
            lines[row].index(":") + 1,
            1,
            RETYPE,
            ((row, " " * len(lines[row])),),
        )
    tight = re.match(r"\s*(?:- )*([A-Za-z_]\w*):(\S)", lines[row])
    if tight:
        message, advice = "there is no space after the colon", f"write '{tight[1]}: ' with a space"
    else:
        message = "this line has no colon, so it is no key"
        advice = "write key: value, or indent the line under the value that it belongs to"
    begin = len(indentation(lines[row]))
    return SyntaxHint("no-colon", message, row, begin, len(lines[row].strip()), advice, ((row, " " * len(lines[row])),))


def _tab(lines: list[str], row: int) -> SyntaxHint:
    with_tabs = [index for index, text in enumerate(lines) if "\t" in indentation(text)] or [row]
    first = with_tabs[0]
    others = f", and in {len(with_tabs) - 1} more" if len(with_tabs) > 1 else ""
    column = lines[first].find("\t")
    return SyntaxHint(
        "tab",
        f"a tab stands at the beginning of this line{others}",
        first,
        max(column, 0),
        1,
        "YAML wants spaces: in VS Code, press F1 and choose 'Convert Indentation to Spaces'",
    )


def _in_quotes(problem: str, at: tuple[int, int], start: tuple[int, int], lines: list[str]) -> SyntaxHint:
    row, column = start
    if "escape" in problem:
        row, column = at
        entry = entry_of(lines[start[0]])
        value = entry["value"].rstrip()
        inner = value[1:-1] if value.endswith('"') and len(value) > 1 else ""
        advice = (
            f"use single quotation marks: '{inner}'"
            if inner and "'" not in inner and len(inner) < 60
            else "use single quotation marks around the value"
        )
        mend = tuple(
            (index, blank(lines[index], start[1] if index == start[0] else len(indentation(lines[index]))))
            for index in range(start[0], row + 1)
        )
        return SyntaxHint(
            "backslash",
            "a backslash in double quotation marks means something else in YAML",
            row,
            column,
            1,
            advice,
            mend,
        )
    return _unclosed(lines, row, column)


def _unclosed(lines: list[str], row: int, column: int) -> SyntaxHint:
    mark = lines[row][column] if column < len(lines[row]) else '"'
    return SyntaxHint(
        "unclosed-quote",
        f"this quotation mark ({mark}) is not closed",
        row,
        column,
        1,
        f"put another {mark} at the end of the value",
        ((row, blank(lines[row], column)), *continuation(lines, row)),
    )


def _after_quotes(lines: list[str], row: int, value: str, begin: int) -> SyntaxHint:
    mend = ((row, blank(lines[row], begin)), *continuation(lines, row))
    if value[0] == "'":
        inner = value[1:-1] if value.endswith("'") else value
        return SyntaxHint(
            "quote-ends",
            "the value ends at its second ' mark, and text follows",
            row,
            begin,
            len(value),
            "put the value in double quotation marks: " + short(quoted(inner)),
            mend,
        )
    return SyntaxHint(
        "quote-ends",
        "the value ends at its second quotation mark, and text follows",
        row,
        begin,
        len(value),
        "put the whole value in single quotation marks: " + short(quoted(value)),
        mend,
    )


def _bracket(
    problem: str, context: str, at: tuple[int, int], start: tuple[int, int], lines: list[str], value: str, begin: int
) -> SyntaxHint:
    row, column = at
    mend = ((row, blank(lines[row], begin)), *continuation(lines, row))
    if value.startswith("[@"):
        return SyntaxHint(
            "starts-with",
            "a value cannot begin with a citation: '[' begins a list in YAML",
            row,
            begin,
            1,
            "put the value in quotation marks: " + short(quoted(value)),
            mend,
        )
    close = value.find("]")
    if 0 <= close < len(value) - 1 and "cannot start any token" not in problem and "flow" not in context:
        return SyntaxHint(
            "starts-with",
            "a value cannot begin with '[': it begins a list in YAML, and text follows the list",
            row,
            begin,
            1,
            "put the value in quotation marks: " + short(quoted(value)),
            mend,
        )
    if "cannot start any token" in problem and column < len(lines[row]):
        end = next((i for i in range(column, len(lines[row])) if lines[row][i] in ",]}"), len(lines[row]))
        return SyntaxHint(
            "starts-with",
            f"an item of a list cannot begin with '{lines[row][column]}'",
            row,
            column,
            1,
            "put the item in quotation marks",
            ((row, lines[row][:column] + "x" * (end - column) + lines[row][end:]),),
        )
    if "flow" in context:
        return _open_bracket(lines, *start)
    return SyntaxHint(
        "yaml",
        "this list cannot be read",
        row,
        column,
        1,
        "put items with brackets, colons or quotation marks in quotation marks",
        mend,
    )


def _open_bracket(lines: list[str], row: int, column: int) -> SyntaxHint:
    opening = lines[row][column] if column < len(lines[row]) else "["
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    return SyntaxHint(
        "unclosed-bracket",
        f"this '{opening}' is not closed, or something inside needs quotation marks",
        row,
        column,
        1,
        f"put '{closing}' at the end, or write the list with a '- ' on each line",
        ((row, blank(lines[row], column)), *continuation(lines, row)),
    )


def _colon(lines: list[str], row: int, column: int, value: str, begin: int) -> SyntaxHint:
    """A colon in a value, in the continuation of a value, or below a line that has none."""
    inner = re.search(r":(?:\s|$)", lines[row][begin:])
    if (
        begin > len(indentation(lines[row]))
        and inner is not None
        and begin + inner.start() >= column
        and not value.startswith(("- ", "["))
    ):
        mend = ((row, blank(lines[row], begin)), *continuation(lines, row))
        return SyntaxHint(
            "colon-in-value",
            "a colon followed by a space cannot stand in a value without quotation marks",
            row,
            begin + inner.start(),
            1,
            "put the value in quotation marks: " + short(quoted(value)),
            mend,
        )
    above = next(
        (
            index
            for index in range(row - 1, -1, -1)
            if lines[index].strip() and not lines[index].lstrip().startswith("#")
        ),
        None,
    )
    if above is not None:
        entry = entry_of(lines[above])
        width = len(indentation(lines[above]))
        if entry["key"] is None and not re.search(r":\s*$", lines[above]) and width == len(indentation(lines[row])):
            return _no_colon(lines, above)
        if (
            entry["key"] is not None
            and entry["value"].strip()
            and len(indentation(lines[row])) > len(indentation(lines[above]))
        ):
            return SyntaxHint(
                "colon-in-value",
                "this line goes on with the value above, in which no colon followed by a space can stand",
                row,
                column,
                1,
                "use the bar: write | after the key's colon, and the text below; if this is a key, indent it less",
                ((row, blank(lines[row], len(indentation(lines[row])))),),
            )
    return SyntaxHint(
        "colon-in-value",
        "a colon followed by a space cannot stand here",
        row,
        column,
        1,
        "put the value in quotation marks",
        ((row, blank(lines[row], len(indentation(lines[row])))),),
    )


def _retype(key: str | None, value: str) -> str:
    """What to type instead of a value that starts with a special character."""
    if value[0] == "|":
        return "press Enter after the bar and indent the text by two spaces"
    return f"put the value in quotation marks: {(key or '- ').strip()} {short(quoted(value))}"


AFTER_COLON = "a no-break space (U+00A0) stands after the colon; YAML wants plain spaces"
RETYPE = "delete it and type a space with the space bar; text pasted from Word may hold more of them"

_SPACES = "\u00a0\u2007\u202f"
_INDENTATION = re.compile(rf"[ {_SPACES}]*(?:-[ {_SPACES}]+)*")
#: Keys of briefs are in lower case. A word with a colon at the start of a line of text usually has a capital.
_KEY_START = re.compile(rf"[a-z_]+[{_SPACES}]*:(?:[ {_SPACES}]+|(?=\s|$))")
#: The space between a plain value and the comment after it.
_COMMENT = re.compile(rf"^([^\"'#]*[^\"'#\s])([ {_SPACES}]{{1,99}})(?=#(?:\s|$))")
_BLOCK_SCALAR = re.compile(rf"(?:^|[ {_SPACES}])[|>][-+1-9]{{0,2}}\s*(?:\s#.*)?$")
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " "))


@dataclass(frozen=True, slots=True)
class NoBreakSpace:
    """A line with no-break spaces that must be plain ones: its row, and the column of the first one, both from 0.

    ``where`` describes the position in words; ``mended`` is the line with plain spaces.
    """

    row: int
    column: int
    where: str
    mended: str


def no_breaks(lines: list[str]) -> Iterator[NoBreakSpace]:
    """Lines with a no-break space in the indentation, after a hyphen, next to a key's colon, or before a comment."""
    block_indent: int | None = None  # the text of a block scalar is indented more than this, in columns
    for row, line in enumerate(lines):
        if block_indent is not None and len(line) - len(line.lstrip(" ")) > block_indent:
            continue
        if not line.strip():
            if (empty := line.translate(_PLAIN)) != line:
                yield NoBreakSpace(row, len(line) - len(line.lstrip(" \t")), "in a line that looks empty", empty)
            continue
        lead = _end(_INDENTATION, line)
        key = _KEY_START.match(line, lead)
        head = key.end() if key else lead
        rest = _COMMENT.sub(lambda match: match[1] + match[2].translate(_PLAIN), line[head:])
        mended = line[:head].translate(_PLAIN) + rest
        if mended != line:
            column = next(index for index, (old, new) in enumerate(zip(line, mended, strict=True)) if old != new)
            yield NoBreakSpace(
                row, column, _where(line, column, lead) if column < head else "before the comment", mended
            )
        block_indent = None
        if _BLOCK_SCALAR.search(mended):
            block_indent = lead if mended[lead:].lstrip()[:1] not in {"|", ">"} else max(mended[:lead].rfind("-"), 0)


def is_after_colon(line: str) -> bool:
    """Whether a line has a no-break space after its first colon."""
    return re.match(rf"[^:]*:[{_SPACES}]", line) is not None


def _where(line: str, column: int, lead: int) -> str:
    if column >= lead:
        return "after the colon" if ":" in line[:column] else "before the colon"
    return "after the hyphen" if "-" in line[:column] else "at the beginning of this line"


def _end(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    return match.end() if match else 0
