"""Reading a content file: the accepted forms of YAML, positions, and error messages."""

import pickle

import pytest

from briefing.diagnostics import Severity, errors
from briefing.model import BLOCKS, PageBreak, Paragraphs, PartialDate, PullQuote, Table, Timeline
from briefing.model.data_path import format_path
from briefing.reading import read
from briefing.reading.schema import brief_schema

PLAIN = """\
title: "Kazakhstan: many vectors, one policy"
summary: |
  Four partners,
  one method.
country: NO
as_of: 2016
version: 1.10
key_points: |
  - One method.
sections:
  - title: The OSCE chairmanship
    id: osce
    body: |
      It framed the *Four Ts*. [@blake]
  - title: Partners
    body:
      - |
        See [[osce]].
      - pull_quote:
          text: It is charting a course.
          by: Robert O. Blake
          source: blake
      - timeline:
          - 2010-01-20: Remarks in Washington
          - 2017 to 2018: Term on the Security Council
      - page_break
      - table:
          caption: Codes
          columns: [Name, Code]
          rows:
            - [Norway, NO]
            - [Noon, 12:30]
            - [Modes, 0777]
            - [Version, 1.10]
            - [Nothing, ~]
sources:
  blake: Robert O. Blake, "Remarks", 20 January 2010
"""


def brief_of(text):
    reading = read(text.encode(), "brief.yaml")
    assert errors(reading.diagnostics) == ()
    return reading.brief


def codes(text):
    return [diagnostic.code for diagnostic in read(text.encode(), "brief.yaml").diagnostics]


# What is typed stays as typed -----------------------------------------------------------------------------------------


def test_scalars_are_read_as_typed():
    brief = brief_of(PLAIN)
    assert (brief.country, brief.version, str(brief.as_of)) == ("NO", "1.10", "2016")
    table = brief.sections[1].body[-1]
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["NO", "12:30", "0777", "1.10", ""]


def test_a_year_is_read_as_a_partial_date():
    assert brief_of("title: T\nkey_points: x\nas_of: 2016\n").as_of == PartialDate(2016)


@pytest.mark.parametrize(
    "value",
    ["yes", "no", "on", "off", "true", "null-island", "0o14", "1e3", "1_000", ".inf", "12:30:45", "=", "2016-10"],
)
def test_plain_yaml_values_are_read_as_text(value):
    assert brief_of(f"title: {value}\nkey_points: x\n").title == value


@pytest.mark.parametrize("value", ["", "~", "null", "Null", "NULL"])
def test_an_empty_or_null_value_is_treated_as_missing(value):
    brief = brief_of(f"title: T\nseries: {value}\nkey_points: x\nsources: {value}\nlayout: {value}\n")
    assert brief.series is None
    assert brief.sources == {}


@pytest.mark.parametrize("value", ['"~"', "'null'", '"null"'])
def test_a_quoted_null_is_text(value):
    assert brief_of(f"title: T\nseries: {value}\nkey_points: x\n").series == value.strip("'\"")


@pytest.mark.parametrize(
    "only", ["key_points: One method.", "sections:\n  - title: Trade", "key_points:\n  - One.\n  - Two."]
)
def test_a_brief_needs_only_a_title_and_key_points_or_sections(only):
    assert brief_of(f"title: Kazakhstan\n{only}\n").title == "Kazakhstan"


def test_key_points_may_be_a_yaml_list():
    assert (
        brief_of("title: T\nkey_points:\n  - One.\n  - Two, in\n    two lines.\n").key_points
        == "- One.\n- Two, in two lines."
    )


def test_a_body_of_one_text_is_one_paragraphs_block():
    (block,) = brief_of(PLAIN).sections[0].body
    assert isinstance(block, Paragraphs)
    assert block.text == "It framed the *Four Ts*. [@blake]\n"


def test_the_blocks_of_a_body_keep_their_order():
    assert [type(block) for block in brief_of(PLAIN).sections[1].body] == [
        Paragraphs,
        PullQuote,
        Timeline,
        PageBreak,
        Table,
    ]


def test_a_timeline_accepts_dates_and_text():
    timeline = brief_of(PLAIN).sections[1].body[2]
    assert isinstance(timeline, Timeline)
    assert [str(entry.when) for entry in timeline.entries] == ["2010-01-20", "2017 to 2018"]


def test_a_page_break_may_be_written_with_a_colon():
    (block,) = brief_of("title: T\nsections:\n  - title: S\n    body:\n      - page_break:\n").sections[0].body
    assert isinstance(block, PageBreak)


def test_an_alias_has_the_value_of_its_anchor():
    brief = brief_of("title: &name Kazakhstan\nseries: *name\nkey_points: x\n")
    assert brief.series == "Kazakhstan"


def test_a_mistake_in_an_alias_is_reported_at_the_alias():
    found = read(b"title: &when Kazakhstan\nkey_points: x\nissued: *when\n", "brief.yaml").diagnostics
    assert [(d.code, d.span.line, d.span.column) for d in found] == [("day-form", 3, 9)]


# Encodings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_utf_8_and_utf_16_are_read(encoding):
    text = "title: Қазақстан\nkey_points: Бір әдіс.\nbad: x\n"
    boms = {"utf-16-le-bom": ("utf-16-le", b"\xff\xfe"), "utf-16-be-bom": ("utf-16-be", b"\xfe\xff")}
    name, bom = boms.get(encoding, (encoding, b""))
    found = read(bom + text.encode(name), "brief.yaml").diagnostics
    assert [(d.span.line, d.span.column, d.excerpt) for d in found] == [(3, 1, "bad: x")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("title: Côte d’Ivoire\n".encode("cp1252"), "is not saved as UTF-8"),
        ("title: Қазақстан\n".encode("cp1251", "replace") + b"\xca", "is not saved as UTF-8"),
        ("title: x\n".encode("utf-16-le"), "looks like UTF-16 without a byte order mark"),
        ("title: x\n".encode("utf-32"), "UTF-32"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not saved as UTF-8"),
    ],
)
def test_other_encodings_give_one_error(content, sentence):
    (found,) = read(content, "brief.yaml").diagnostics
    assert found.code == "encoding"
    assert sentence in found.message
    assert "UTF-8" in found.help


def test_a_byte_that_is_not_utf_8_is_reported_at_its_position():
    (found,) = read("title: x\nseries: Côte\n".encode("cp1252"), "brief.yaml").diagnostics
    assert (found.span.line, found.span.column) == (2, 10)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# only a comment\n", b"~\n", b"---\n", b"\xef\xbb\xbf"])
def test_an_empty_file_gives_one_error(content):
    (found,) = read(content, "brief.yaml").diagnostics
    assert (found.code, found.message) == ("empty", "brief.yaml is empty")
    assert "title" in found.help


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_in_an_editor_for_every_line_ending(ending):
    text = ending.join(["title: T", "key_points: |", "  - [x](ftp://a.b)", "bad: x", ""])
    found = read(text.encode(), "brief.yaml").diagnostics
    assert [(d.code, d.span.line, d.span.column) for d in found] == [("link", 3, 9), ("unknown-key", 4, 1)]


# Places ---------------------------------------------------------------------------------------------------------------


def test_a_field_is_found_by_its_path_in_the_file_or_in_the_model():
    source_map = read(PLAIN.encode(), "brief.yaml").source_map
    in_file = ("sections", 1, "body", 1, "pull_quote", "by")
    assert str(source_map.span(in_file)) == "brief.yaml:21:15"
    assert source_map.span(("sections", 1, "body", 1, "by")) == source_map.span(in_file)
    assert source_map.real(("sections", 1, "body", 1, "by")) == in_file
    assert source_map.source(in_file) == "Robert O. Blake"


def test_an_unknown_path_leads_to_the_nearest_enclosing_field():
    source_map = read(PLAIN.encode(), "brief.yaml").source_map
    path = ("sections", 0, "body", 0, "text")
    assert source_map.real(path) == ("sections", 0, "body")
    assert source_map.source(path) == "It framed the *Four Ts*. [@blake]\n"
    assert source_map.real(("meetings", 3, "title")) == ()


def test_the_entries_of_a_timeline_are_found_by_date_and_text():
    source_map = read(PLAIN.encode(), "brief.yaml").source_map
    path = ("sections", 1, "body", 2, "entries", 1)
    assert str(source_map.span((*path, "when"))) == "brief.yaml:25:13"
    assert source_map.source((*path, "text")) == "Term on the Security Council"


def test_a_fragment_is_found_in_a_literal_block():
    source_map = read(PLAIN.encode(), "brief.yaml").source_map
    span = source_map.span(("summary",), fragment="one method")
    assert (span.line, span.column, span.end_column) == (4, 3, 13)


def test_a_fragment_of_a_quoted_value_marks_the_whole_value():
    source_map = read(PLAIN.encode(), "brief.yaml").source_map
    assert source_map.span(("title",), fragment="many vectors") == source_map.span(("title",))


def test_a_position_leads_to_its_field():
    source_map = read(PLAIN.encode(), "brief.yaml").source_map
    assert format_path(source_map.path_at(21, 20)) == "sections[1].body[1].pull_quote.by"
    assert format_path(source_map.path_at(4, 5)) == "summary"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("sections", 1, "body", 0, "text"), "sections[1].body[0].text"),
        (("fact_box", "facts", "Head of state"), 'fact_box.facts["Head of state"]'),
        (("glossary", "OSCE"), "glossary.OSCE"),
        (("sources", "blake-2010", "title"), 'sources["blake-2010"].title'),
        (("glossary", 'a "b"'), 'glossary["a \\"b\\""]'),
        ((), ""),
    ],
)
def test_a_path_is_formatted_with_dots_and_brackets(path, written):
    assert format_path(path) == written


# All mistakes in one run ----------------------------------------------------------------------------------------------

TEN = """\
title: Kazakhstan: many vectors
sumary: Four partners.
country: Kazakhstan
issued: 2016-02-30
marking: %
key_points:
  - *Multi-vector* policy
  - One method. [@blacke]
fact_box:
  facts:
    Capital: Astana
    Capital: Almaty
sections:
  - title: Trade
    body:
      - pullquote: Up.
      - table:
          caption: Memberships
          columns: [Body, Since]
          rows:
            - [OSCE]
  - title: Partners
    body: |
      See [the map](file:///C:/map.png).
sources:
  blake: Remarks
"""


def test_different_mistakes_are_all_reported_in_one_run():
    reading = read(TEN.encode(), "brief.yaml")
    assert reading.brief is None
    assert [(d.span.line, d.code) for d in reading.diagnostics] == [
        (1, "colon-in-value"),
        (2, "unknown-key"),
        (3, "country"),
        (4, "no-such-date"),
        (5, "starts-with"),
        (7, "starts-with"),
        (8, "unknown-source"),
        (12, "duplicate-key"),
        (16, "unknown-block"),
        (21, "row-length"),
        (24, "link"),
    ]
    for diagnostic in reading.diagnostics:
        assert diagnostic.excerpt == TEN.splitlines()[diagnostic.span.line - 1]
        assert diagnostic.severity is Severity.ERROR


def test_error_messages_contain_no_technical_type_names():
    wild = "title: [a]\nsections: x\nkey_points: {a: b}\nfact_box: [x]\nlayout: [1]\nmeetings:\n  - 1\n  - title: M\n    ours: {a: b}\nsources: [x]\nglossary: x\nannexes:\n  - body: [[a], {}]\nchecks:\n  ignore: {a: b}\n"
    found = read(wild.encode(), "brief.yaml").diagnostics
    assert len(found) > 10
    for diagnostic in found:
        assert not {"Input", "input", "dictionary", "tuple", "instance", "validation", "string"} & set(
            diagnostic.message.split()
        )
        assert diagnostic.span is not None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sumary", "summary"), ("Title", "title"), ("as-of", "as_of"), ("Key points", "key_points"), ("fact box", "fact_box"),
        ("glosary", "glossary"), ("section", "sections"), ("source", "sources"),
    ],
)  # fmt: skip
def test_a_misspelt_key_is_reported_with_a_suggestion(typed, meant):
    found = read(f"title: T\nkey_points: x\n{typed}: x\n".encode(), "brief.yaml").diagnostics
    assert [d.label for d in found if d.code == "unknown-key"] == [f"did you mean '{meant}'?"]


def test_the_error_for_an_unknown_block_lists_all_blocks():
    (found,) = read(b"title: T\nsections:\n  - title: S\n    body:\n      - pullquote: x\n", "b.yaml").diagnostics
    assert (found.label, found.help) == (
        "did you mean 'pull_quote'?",
        "blocks are " + ", ".join(sorted(BLOCKS)),
    )


def test_thousands_of_mistakes_give_fewer_than_1000_messages():
    text = "title: T\nkey_points: x\n" + "".join(f"key{n}: x\n" for n in range(5000))
    assert 100 < len(read(text.encode(), "brief.yaml").diagnostics) < 1000


# A project's defaults -------------------------------------------------------------------------------------------------


def with_project(brief, project):
    return read(brief.encode(), "brief.yaml", project=project.encode(), project_file="briefing.yaml")


def test_the_brief_overrides_the_defaults_of_the_project():
    reading = with_project(
        "title: T\nkey_points: x\nmarking: SECRET\nlayout:\n  paper: Letter\nchecks:\n  ignore: [todo]\n",
        "series: Country brief\nmarking: OFFICIAL\nlanguage: en-GB\nlayout:\n  theme: bold\n  paper: A4\nchecks:\n  ignore: [stale-fact, todo]\nlogo: images/crest.svg\nmarkings: [OFFICIAL, SECRET]\n",
    )
    brief = reading.brief
    assert (brief.series, brief.marking, brief.language) == ("Country brief", "SECRET", "en-GB")
    assert (brief.layout.theme, brief.layout.paper) == ("bold", "Letter")
    assert brief.checks.ignore == ("todo", "stale-fact")
    assert reading.project.markings == ("OFFICIAL", "SECRET")


def test_a_mistake_in_the_project_file_is_reported_in_that_file():
    reading = with_project("title: T\nkey_points: x\n", "serie: Country brief\ntitle: T\n")
    assert [(str(d.span), d.label) for d in reading.diagnostics] == [
        ("briefing.yaml:1:1", "did you mean 'series'?"),
        ("briefing.yaml:2:1", "each brief has its own"),
    ]


def test_an_empty_project_file_is_accepted():
    reading = with_project("title: T\nkey_points: x\n", "# nothing yet\n")
    assert reading.diagnostics == ()
    assert reading.brief is not None


def test_the_error_for_an_unknown_key_lists_all_keys_of_the_schema():
    (found,) = read(b"title: T\nkey_points: x\nxyzzy: 1\n", "brief.yaml").diagnostics
    assert set(found.help.removeprefix("keys are ").split(", ")) == set(brief_schema()["properties"])


def test_a_reading_can_be_pickled():
    reading = read(PLAIN.encode(), "brief.yaml")
    again = pickle.loads(pickle.dumps(reading))
    assert again == reading
    assert again.source_map.span(("summary",), fragment="one") == reading.source_map.span(("summary",), fragment="one")


def mistakes(text):
    return [(d.code, d.span.line) for d in read(text.encode(), "brief.yaml").diagnostics]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("titel: Norway\nkey_points: x\n", [("unknown-key", 1)]),
        ("Title: Norway\nkey_points: x\n", [("unknown-key", 1)]),
        ("subject: Norway\nkey_points: x\n", [("missing-key", 1), ("unknown-key", 1)]),
        ("title: N\nkey_points: See. [@a]\nsources:\n  - Yearbook\n", [("keys-expected", 3)]),
        ("title: N\nkey_points: See. [@a]\nsources:\n", [("unknown-source", 2)]),
    ],
)
def test_one_mistake_gives_one_message(text, found):
    assert mistakes(text) == found


def test_a_table_row_without_its_second_hyphen_is_reported_with_the_fix():
    text = (
        "title: N\nsections:\n  - title: S\n    body:\n      - table:\n          caption: C\n"
        "          columns:\n            - A\n          rows:\n            - 5\n"
    )
    [found] = read(text.encode(), "brief.yaml").diagnostics
    assert (found.code, found.span.line) == ("row-form", 10)
    assert "- - 5" in found.help
    assert mistakes(text.replace("- 5", "- - 5")) == []
