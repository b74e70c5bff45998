"""The format of messages: the line, a caret under the mistake, and advice."""

import json

import pytest

from briefing.cli import messages
from briefing.diagnostics import Diagnostic, Severity, Span, sorted_diagnostics

UNKNOWN = Diagnostic(
    "unknown-block",
    "a section's body has no block 'pullquote'",
    span=Span("content/kazakhstan.yaml", 41, 9, 41, 18),
    label="did you mean 'pull_quote'?",
    help="blocks are chart, figure, page_break, people, pull_quote, sidebar, table, timeline",
    excerpt="      - pullquote:",
)


def about(excerpt: str, start: int, end: int, *, line: int = 7, last: int = 7, label: str = "") -> Diagnostic:
    return Diagnostic("code", "message", span=Span("a.yaml", line, start, last, end), excerpt=excerpt, label=label)


def caret(diagnostic: Diagnostic) -> tuple[str, str]:
    """The excerpt and the line below it, without the gutter."""
    _, _, _, excerpt, under, *_ = messages.full(diagnostic).splitlines()
    return excerpt.partition("| ")[2], under.partition("| ")[2]


def test_the_full_message_matches_the_manual():
    assert messages.full(UNKNOWN) == (
        """\
error[unknown-block]: a section's body has no block 'pullquote'
  --> content/kazakhstan.yaml:41:9
   |
41 |       - pullquote:
   |         ^^^^^^^^^ did you mean 'pull_quote'?
   = help: blocks are chart, figure, page_break, people, pull_quote, sidebar, table, timeline
   = more: briefing explain unknown-block"""
    )


def test_the_gutter_grows_with_the_line_number():
    told = messages.full(about("title: x", 8, 9, line=1234, last=1234)).splitlines()
    assert told[1:-1] == ["    --> a.yaml:1234:8", "     |", "1234 | title: x", "     |        ^"]


def test_a_message_without_a_position_shows_the_file():
    told = messages.full(Diagnostic("empty", "this file is empty", file="content/a.yaml", help="write a title"))
    assert (
        told
        == "error[empty]: this file is empty\n --> content/a.yaml\n  = help: write a title\n  = more: briefing explain empty"
    )


def test_a_message_without_a_file_shows_no_location():
    told = messages.full(Diagnostic("no-pango", "Pango is missing", Severity.WARNING))
    assert told == "warning[no-pango]: Pango is missing\n  = more: briefing explain no-pango"


@pytest.mark.parametrize(
    ("excerpt", "start", "end", "shown", "under"),
    [
        ("title: x y", 8, 11, "title: x y", "       ^^^"),
        ("\ttitle: x", 2, 7, "    title: x", "    ^^^^^"),
        ("ab\ttitle: x", 4, 9, "ab  title: x", "    ^^^^^"),
        ("国名: 日本", 5, 7, "国名: 日本", "      ^^^^"),
        ("e\u0301te\u0301: x", 8, 9, "e\u0301te\u0301: x", "     ^"),
        ("ｆｕｌｌ: x", 1, 5, "ｆｕｌｌ: x", "^^^^^^^^"),
        ("📌 x", 3, 4, "📌 x", "   ^"),
        ("title:", 7, 8, "title:", "      ^"),
        ("title:", 40, 41, "title:", "      ^"),
    ],
    ids=["plain", "tab", "tab inside", "wide", "combining", "full width", "emoji", "end of line", "past the end"],
)
def test_the_carets_mark_the_span(excerpt, start, end, shown, under):
    assert caret(about(excerpt, start, end)) == (shown, under)


def test_a_span_of_several_lines_is_underlined_to_the_end_of_its_first_line():
    assert caret(about("body: some words  ", 7, 3, last=9)) == ("body: some words", "      ^^^^^^^^^^")


@pytest.mark.parametrize("place", [1, 500, 999])
def test_a_very_long_line_is_shown_around_the_caret(place):
    excerpt = "".join(chr(ord("a") + i % 26) for i in range(1000))
    shown, under = caret(about(excerpt, place, place + 3, label="here"))
    assert len(shown) <= messages.WIDEST + 2
    at = under.index("^")
    assert shown[at : at + 2] == excerpt[place - 1 : place + 1]
    assert under.endswith(" here")


@pytest.mark.parametrize(
    "text", ["\x1b[31mred", "\x07bell", "\x9b31m", "\u202eturned", "two\r\nlines", "two\u2028lines", "\ud800"]
)
@pytest.mark.parametrize("form", [messages.full, messages.concise])
def test_control_characters_in_content_are_not_printed(form, text):
    nasty = Diagnostic("c", text, span=Span(text, 1, 1, 1, 2), label=text, help=text, excerpt=text)
    told = form(nasty)
    assert len(told.splitlines()) == (1 if form is messages.concise else 7)
    assert not set(told) & set("\x1b\x07\x9b\u202e\r\ud800")


def test_colours_do_not_change_the_text():
    plain, coloured = messages.full(UNKNOWN), messages.full(UNKNOWN, colour=True)
    for code in (messages.RED, messages.BLUE, messages.BOLD, messages.PLAIN):
        assert code in coloured
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_a_concise_message_is_one_line():
    assert messages.concise(UNKNOWN) == (
        "content/kazakhstan.yaml:41:9: error[unknown-block]: a section's body has no block 'pullquote' (did you mean 'pull_quote'?)"
    )
    assert (
        messages.concise(Diagnostic("empty", "this is empty", file="a.yaml")) == "a.yaml: error[empty]: this is empty"
    )
    assert messages.concise(Diagnostic("empty", "this is empty")) == "error[empty]: this is empty"


def test_a_github_message_annotates_the_line():
    assert messages.github(UNKNOWN) == (
        "::error title=unknown-block,file=content/kazakhstan.yaml,line=41,col=9,endLine=41,endColumn=18"
        "::a section's body has no block 'pullquote'. did you mean 'pull_quote'?. "
        "blocks are chart, figure, page_break, people, pull_quote, sidebar, table, timeline"
    )


def test_a_message_cannot_inject_a_github_command():
    told = messages.github(Diagnostic("c", "50%\n::set-env name=x::y", Severity.WARNING, file="a:b,c.yaml"))
    assert told == "::warning title=c,file=a%3Ab%2Cc.yaml::50%25%0A::set-env name=x::y"


def test_a_json_message_has_code_severity_span_and_label():
    data = json.loads(json.dumps([messages.as_data(UNKNOWN)]))[0]
    assert data["code"] == "unknown-block"
    assert data["severity"] == "error"
    assert data["span"] == {
        "file": "content/kazakhstan.yaml",
        "line": 41,
        "column": 9,
        "end_line": 41,
        "end_column": 18,
    }
    assert data["label"] == "did you mean 'pull_quote'?"


def test_diagnostics_are_sorted_errors_first_by_position_without_duplicates():
    def at(file: str, line: int, severity: Severity) -> Diagnostic:
        return Diagnostic("c", "m", severity, Span(file, line, 1, line, 2))

    first, second, third = at("a", 2, Severity.ERROR), at("a", 10, Severity.ERROR), at("b", 1, Severity.ERROR)
    fourth, fifth = at("a", 1, Severity.WARNING), at("b", 1, Severity.WARNING)
    assert sorted_diagnostics([fifth, third, second, first, fourth, first]) == (
        first,
        second,
        third,
        fourth,
        fifth,
    )


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [(0, 0, ""), (1, 0, "1 error"), (2, 1, "2 errors and 1 warning"), (0, 3, "3 warnings")],
)
def test_errors_and_warnings_are_counted(errors, warnings, words):
    found = [Diagnostic("c", "m")] * errors + [Diagnostic("c", "m", Severity.WARNING)] * warnings
    assert messages.count(found) == words


def test_repeated_warnings_of_a_file_are_grouped_with_their_lines():
    def todo(line: int, file: str = "norway.yaml") -> Diagnostic:
        span = Span(file, line, 3, line, 7)
        return Diagnostic("todo", "a TODO is left here", Severity.WARNING, span, excerpt="  TODO", file=file)

    wrong = Diagnostic("no-title", "a brief needs a title", span=Span("norway.yaml", 1, 1, 1, 2))
    told = messages.grouped([wrong, todo(22), todo(60), todo(61), todo(9, "oman.yaml"), wrong])
    assert [(diagnostic.code, [span.line for span in also]) for diagnostic, also in told] == [
        ("no-title", []),
        ("todo", [60, 61]),
        ("todo", []),
    ]
    shown = messages.full(*told[1])
    assert "  --> norway.yaml:22:3" in shown
    assert "   = also: in lines 60 and 61" in shown.splitlines()
    assert "also" not in messages.full(*told[2])
