"""Explain common YAML mistakes: an error of the parser -> the likely cause and a correction.

Each mistake also has a ``repair``, with which the file is parsed again to find further mistakes. It overwrites
characters with meaningless ones, so that lines and columns do not change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from briefing.diagnostics import Diagnostic, Span

#: Rows of a file, from 0, with their new text.
Repair: TypeAlias = tuple[tuple[int, str], ...]
#: A row and a column of a file, both from 0.
Position: TypeAlias = tuple[int, int]

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
_QUOTE = "put the value in quotation marks"
#: Mistakes that a text without a bar causes.
_OF_TEXT = frozenset(
    {"starts-with", "quote-ends", "yaml", "indentation", "colon-in-value", "no-colon", "unclosed-quote"}
)
#: A key for text of several lines, without a value on its line.
_TEXT_KEY = re.compile(
    r"(?P<lead>\s*(?:- )*)(?P<key>key_points|summary|body|objectives|points_to_make|their_objectives|internal_only|"
    r"response|background|text):\s*(?:#.*)?$"
)


@dataclass(frozen=True, slots=True)
class SyntaxHint:
    """A syntax error: a message, its row and column (from 0), what to do, and its width in characters."""

    code: str
    message: str
    row: int
    column: int
    help: str = ""
    repair: Repair = ()
    width: int = 1

    def diagnostic(self, file: str, lines: Sequence[str]) -> Diagnostic:
        """The diagnostic, with an excerpt of the file's lines."""
        row, column = self.row + 1, self.column + 1
        span = Span(file, row, column, row, column + self.width)
        return Diagnostic(self.code, self.message, span=span, help=self.help, excerpt=lines[self.row], file=file)


def explain(
    problem: str, context: str, at: Position, start: Position, lines: list[str], quoted_from: Position | None
) -> SyntaxHint:
    """The mistake that caused an error of the parser.

    ``problem`` and ``context`` are its messages. The parser stopped at ``at``; ``start`` is the start of its context,
    and ``quoted_from`` that of the quoted value just before, if there was one.
    """
    # Both positions may be on a line after the last one.
    row, column = min(at[0], len(lines) - 1), at[1]
    start = (min(start[0], len(lines) - 1), start[1])
    if "\t" in indentation(lines[row]) or lines[row][column : column + 1] == "\t":
        return _tab(lines, row)
    if "quoted scalar" in context:
        return _bad_escape(lines, start, (row, column)) if "escape" in problem else _unclosed_quote(lines, *start)
    if quoted_from is not None and quoted_from[0] < row:
        return _unclosed_quote(lines, *quoted_from)
    if "alias" in context or "anchor" in context or "block scalar" in context:
        row, column = start
    if "document start" in problem:
        if any(text.startswith("...") for text in lines[: row + 1]):
            message = "the text goes on after the line '...', which ends a document"
            return SyntaxHint("several-documents", message, row, 0, "delete the line '...'; one file is one brief")
        message = "this line stands outside the keys and values of the file"
        return SyntaxHint("yaml", message, row, column, "begin with title: and go on with one key on each line")
    return _with_bar(_in_line(problem, context, (row, column), start, lines), lines)


def _with_bar(hint: SyntaxHint, lines: list[str]) -> SyntaxHint:
    """The hint; if the line is text under a key for text without a bar, the advice to put one."""
    if hint.code not in _OF_TEXT or not (key := key_without_bar(lines, hint.row)):
        return hint
    advice = f"put a bar after the colon, and leave the text as it is: {key[1]}: |"
    if not hint.code.startswith("yaml") and hint.code != "indentation":
        return replace(hint, help=advice)
    width = len(indentation(lines[hint.row]))
    message = f"'{key[1]}:' has no bar, so YAML does not read what stands below it as text"
    last = next(
        (i for i in range(hint.row, len(lines)) if lines[i].strip() and not _is_below(lines[i], width)), len(lines)
    )
    begin = key[0] + 1
    repair = tuple((i, (" " * (width + 1) + "x").ljust(len(lines[i]))) for i in range(begin, last) if lines[i].strip())
    return SyntaxHint("no-bar", message, hint.row, width, advice, repair, max(len(lines[hint.row].strip()), 1))


def _is_below(line: str, width: int) -> bool:
    """Whether a line belongs to a text that begins at this column."""
    return len(indentation(line)) > width or (
        len(indentation(line)) == width and re.match(r"\w+:(\s|$)", line.strip()) is None
    )


def key_without_bar(lines: Sequence[str], row: int) -> tuple[int, str] | None:
    """The row and name of the key for text that a line stands below, if it has no bar and no blocks below it."""
    width = len(indentation(lines[row]))
    for above in range(row - 1, -1, -1):
        line = lines[above]
        if match := _TEXT_KEY.match(line):
            inner = len(match["lead"])
            is_item = lines[row].lstrip().startswith("- ")
            end = next(
                (i for i in range(above + 1, len(lines)) if lines[i].strip() and len(indentation(lines[i])) < inner),
                None,
            )
            below = lines[above + 1 : end]
            has_blocks = match["key"] == "body" and any(re.match(r"\s*- \w+:\s*$|\s*- [|>]", one) for one in below)
            if width > inner or (width == inner and is_item):
                return None if has_blocks else (above, match["key"])
        if line.strip() and (len(indentation(line)) < width and not line.lstrip().startswith("- ")):
            return None
    return None


def _in_line(problem: str, context: str, at: Position, start: Position, lines: list[str]) -> SyntaxHint:
    row, column = at
    entry = entry_of(lines[row])
    value, begin = entry["value"].rstrip(), entry.start("value")
    if "mapping values" in problem:
        return _colon(lines, row, column, value, begin)
    if value[:1] in {'"', "'"} and column > begin:
        return _text_after_quote(lines, row, value, begin)
    if value.startswith("["):
        return _bracket(problem, context, at, start, lines, value, begin)
    is_start = column <= begin + 1 or (value[:1] in {"*", "&"} and "did not find expected" in problem)
    if value[:1] in _SPECIAL_STARTS and is_start:
        # A line without a key and a hyphen is blanked completely.
        is_bare = entry["key"] is None and not entry["lead"].strip()
        repair = _blank_value(lines, row, 0 if is_bare else begin, " " if is_bare else "x")
        return SyntaxHint(
            "starts-with", _SPECIAL_STARTS[value[0]], row, begin, _quoted_entry(entry["key"], value), repair
        )
    if "expected ':'" in problem:
        return _no_colon(lines, start[0])
    if problem.startswith("block sequence entries"):
        advice = "press Enter after the colon and indent the '- ' by two spaces"
        repair = ((row, blank(lines[row], begin)),)
        return SyntaxHint("list-on-key-line", "a list begins on the line below its key", row, column, advice, repair)
    if "flow" in context:
        return _unclosed_bracket(lines, *start)
    if "cannot start any token" in problem and column < len(lines[row]):
        return _bad_start(lines, row, column, "a value", "value")
    if "did not find expected" in problem and column <= len(indentation(lines[row])):
        advice = "let keys of one level begin in the same column, and text of a value stand two spaces further in"
        message = "this line is not indented like the lines that it belongs to"
        return SyntaxHint("indentation", message, row, column, advice, width=max(len(lines[row].strip()), 1))
    advice = f"often a quotation mark, a colon or an indentation is the cause; {_QUOTE}"
    return SyntaxHint("yaml", f"this line cannot be read as YAML ({problem})", row, column, advice)


def _blank_value(lines: list[str], row: int, column: int, filler: str = "x") -> Repair:
    """The line with everything from a column on replaced, and the further lines of its value blanked."""
    line = lines[row]
    return ((row, line[:column] + filler * (len(line) - column)), *continuation(lines, row))


def _bad_start(lines: list[str], row: int, column: int, subject: str, noun: str) -> SyntaxHint:
    """A value, or an item of a list in brackets, that starts with a refused character."""
    line = lines[row]
    end = next((index for index in range(column, len(line)) if line[index] in ",]}"), len(line))
    message = f"{subject} cannot begin with '{line[column]}'"
    repair = ((row, line[:column] + "x" * (end - column) + line[end:]),)
    return SyntaxHint("starts-with", message, row, column, f"put the {noun} in quotation marks", repair)


def _no_colon(lines: list[str], row: int) -> SyntaxHint:
    line = lines[row]
    repair = ((row, " " * len(line)),)
    if is_after_colon(line):
        return SyntaxHint("no-break-space", AFTER_COLON, row, line.index(":") + 1, RETYPE_SPACE, repair)
    if tight := re.match(r"\s*(?:- )*([A-Za-z_]\w*):(\S)", line):
        message, advice = "there is no space after the colon", f"write '{tight[1]}: ' with a space"
    else:
        message = "this line has no colon, so it is no key"
        advice = "write key: value, or indent the line under the value that it belongs to"
    return SyntaxHint("no-colon", message, row, len(indentation(line)), advice, repair, len(line.strip()))


def _tab(lines: list[str], row: int) -> SyntaxHint:
    first, *others = [index for index, text in enumerate(lines) if "\t" in indentation(text)] or [row]
    message = "a tab stands at the beginning of this line" + (f", and in {len(others)} more" if others else "")
    advice = "YAML wants spaces: in VS Code, press F1 and choose 'Convert Indentation to Spaces'"
    return SyntaxHint("tab", message, first, max(lines[first].find("\t"), 0), advice)


def _bad_escape(lines: list[str], start: Position, at: Position) -> SyntaxHint:
    value = entry_of(lines[start[0]])["value"].rstrip()
    inner = value[1:-1] if value.endswith('"') and len(value) > 1 else ""
    advice = (
        f"use single quotation marks: '{inner}'"
        if inner and "'" not in inner and len(inner) < 60
        else "use single quotation marks around the value"
    )
    repair = tuple(
        (row, blank(lines[row], start[1] if row == start[0] else len(indentation(lines[row]))))
        for row in range(start[0], at[0] + 1)
    )
    message = "a backslash in double quotation marks means something else in YAML"
    return SyntaxHint("backslash", message, *at, advice, repair)


def _unclosed_quote(lines: list[str], row: int, column: int) -> SyntaxHint:
    mark = lines[row][column : column + 1] or '"'
    message, advice = f"this quotation mark ({mark}) is not closed", f"put another {mark} at the end of the value"
    return SyntaxHint("unclosed-quote", message, row, column, advice, _blank_value(lines, row, column))


def _text_after_quote(lines: list[str], row: int, value: str, begin: int) -> SyntaxHint:
    if value[0] == "'":
        message = "the value ends at its second ' mark, and text follows"
        inner = value[1:-1] if value.endswith("'") else value
        advice = "put the value in double quotation marks: " + short(quoted(inner))
    else:
        message = "the value ends at its second quotation mark, and text follows"
        advice = "put the whole value in single quotation marks: " + short(quoted(value))
    return SyntaxHint("quote-ends", message, row, begin, advice, _blank_value(lines, row, begin), len(value))


def _bracket(
    problem: str, context: str, at: Position, start: Position, lines: list[str], value: str, begin: int
) -> SyntaxHint:
    """A mistake in a value that starts with ``[``."""
    row, column = at
    repair = _blank_value(lines, row, begin)
    is_bad_start, close = "cannot start any token" in problem, value.find("]")
    message = ""
    if value.startswith("[@"):
        message = "a value cannot begin with a citation: '[' begins a list in YAML"
    elif 0 <= close < len(value) - 1 and not is_bad_start and "flow" not in context:
        message = "a value cannot begin with '[': it begins a list in YAML, and text follows the list"
    if message:
        return SyntaxHint("starts-with", message, row, begin, f"{_QUOTE}: {short(quoted(value))}", repair)
    if is_bad_start and column < len(lines[row]):
        return _bad_start(lines, row, column, "an item of a list", "item")
    if "flow" in context:
        return _unclosed_bracket(lines, *start)
    advice = "put items with brackets, colons or quotation marks in quotation marks"
    return SyntaxHint("yaml", "this list cannot be read", row, column, advice, repair)


def _unclosed_bracket(lines: list[str], row: int, column: int) -> SyntaxHint:
    opening = lines[row][column : column + 1] or "["
    message = f"this '{opening}' is not closed, or something inside needs quotation marks"
    closing = "}" if opening == "{" else "]"
    advice = f"put '{closing}' at the end, or write the list with a '- ' on each line"
    return SyntaxHint("unclosed-bracket", message, row, column, advice, _blank_value(lines, row, column))


def _colon(lines: list[str], row: int, column: int, value: str, begin: int) -> SyntaxHint:
    """A colon in a value, in the continuation of a value, or below a line that has none."""
    width = len(indentation(lines[row]))
    inner = re.search(r":(?:\s|$)", lines[row][begin:])
    if begin > width and inner and begin + inner.start() >= column and not value.startswith(("- ", "[")):
        message = "a colon followed by a space cannot stand in a value without quotation marks"
        advice, repair = f"{_QUOTE}: {short(quoted(value))}", _blank_value(lines, row, begin)
        return SyntaxHint("colon-in-value", message, row, begin + inner.start(), advice, repair)
    message, advice = "a colon followed by a space cannot stand here", _QUOTE
    above = next((i for i in range(row - 1, -1, -1) if lines[i].strip() and lines[i].lstrip()[0] != "#"), None)
    if above is not None:
        entry, width_above = entry_of(lines[above]), len(indentation(lines[above]))
        if entry["key"] is None and not re.search(r":\s*$", lines[above]) and width_above == width:
            return _no_colon(lines, above)
        if entry["key"] is not None and entry["value"].strip() and width > width_above:
            message = "this line goes on with the value above, in which no colon followed by a space can stand"
            advice = "use the bar: write | after the key's colon, and the text below; if this is a key, indent it less"
    return SyntaxHint("colon-in-value", message, row, column, advice, ((row, blank(lines[row], width)),))


def _quoted_entry(key: str | None, value: str) -> str:
    """What to type instead of a value that starts with a special character."""
    if value[0] == "|":
        return "press Enter after the bar and indent the text by two spaces"
    return f"{_QUOTE}: {(key or '- ').strip()} {short(quoted(value))}"


AFTER_COLON = "a no-break space (U+00A0) stands after the colon; YAML wants plain spaces"
RETYPE_SPACE = "delete it and type a space with the space bar; text pasted from Word may hold more of them"

_SPACES = "\u00a0\u2007\u202f"
_INDENTATION = re.compile(rf"[ {_SPACES}]*(?:-[ {_SPACES}]+)*")
#: Keys of briefs are in lower case. A word with a colon at the start of a line of text usually has a capital.
_KEY_START = re.compile(rf"[a-z_]+[{_SPACES}]*:(?:[ {_SPACES}]+|(?=\s|$))")
#: The space between a plain value and the comment after it.
_COMMENT = re.compile(rf"^([^\"'#]*[^\"'#\s])([ {_SPACES}]{{1,99}})(?=#(?:\s|$))")
_BLOCK_SCALAR = re.compile(rf"(?:^|[ {_SPACES}])[|>][-+1-9]{{0,2}}\s*(?:\s#.*)?$")
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " "))


def replace_no_breaks(lines: list[str]) -> SyntaxHint | None:
    """Replace no-break spaces by plain ones, in place, where YAML wants them; returns the hint for the first one.

    These are the indentation, and the spaces after a hyphen, next to a key's colon, and before a comment. A plain space
    has the same width, so positions do not change.
    """
    found: list[tuple[int, int, str]] = []
    block_indent: int | None = None  # the text of a block scalar is indented more than this, in columns
    for row, line in enumerate(lines):
        if block_indent is not None and len(line) - len(line.lstrip(" ")) > block_indent:
            continue
        if not line.strip():
            lines[row] = line.translate(_PLAIN)
            if lines[row] != line:
                found.append((row, len(indentation(line)), "in a line that looks empty"))
            continue
        lead = _end(_INDENTATION, line, 0)
        head = _end(_KEY_START, line, lead)
        rest = _COMMENT.sub(lambda match: match[1] + match[2].translate(_PLAIN), line[head:])
        lines[row] = repaired = line[:head].translate(_PLAIN) + rest
        if repaired != line:
            column = next(index for index, (old, new) in enumerate(zip(line, repaired, strict=True)) if old != new)
            found.append((row, column, _where(line, column, lead) if column < head else "before the comment"))
        block_indent = None
        if _BLOCK_SCALAR.search(repaired):
            is_value = repaired[lead:].lstrip()[:1] not in {"|", ">"}
            block_indent = lead if is_value else max(repaired[:lead].rfind("-"), 0)
    if not found:
        return None
    (row, column, where), more = found[0], len(found) - 1
    others = f", and in {more} more {'line' if more == 1 else 'lines'}" if more else ""
    message = f"a no-break space (U+00A0) stands {where}{others}; YAML wants plain spaces"
    return SyntaxHint("no-break-space", message, row, column, RETYPE_SPACE)


def is_after_colon(line: str) -> bool:
    """Whether a line has a no-break space after its first colon."""
    return re.match(rf"[^:]*:[{_SPACES}]", line) is not None


def _where(line: str, column: int, lead: int) -> str:
    if column >= lead:
        return "after the colon" if ":" in line[:column] else "before the colon"
    return "after the hyphen" if "-" in line[:column] else "at the beginning of this line"


def _end(pattern: re.Pattern[str], line: str, start: int) -> int:
    """The end of a match at a column; the column itself if there is none."""
    match = pattern.match(line, start)
    return match.end() if match else start


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
