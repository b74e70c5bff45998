"""The galley: the output of the templates, its numbering, and the errors of wrong templates."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from textwrap import dedent

import pytest

from briefing.diagnostics import SetupError
from briefing.edition.resolve import resolve
from briefing.galley import Element, Galley, MarkupError, parse_markup, to_markup
from briefing.galley.no_breaks import with_no_breaks
from briefing.galley.set import set_galley
from briefing.galley.validate import BLOCKS, INLINE, TRANSPARENT
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme

BRIEF = """
title: "Norway: the sea decides"
series: Country brief
country: NO
language: en-GB
as_of: 2016-10
issued: 2016-10-05
version: 2
marking: OFFICIAL
handout_marking: UNCLASSIFIED
summary: Oil, fish and a long coast. [@ministry]
key_points: |
  - Peace with all neighbours. [@yearbook]
  - A fund for the future. [@ministry]
fact_box:
  facts:
    Capital:
      value: Oslo
      source: yearbook
    Population:
      value: 5.2 million
      as_of: 2016
      source: ministry
sections:
  - title: The sea
    id: sea
    body:
      - |
        Fish is sold to [Россия]{lang=ru} no more, see [[catch]] and [[sea]]. [@yearbook; @treaty]
      - table:
          id: catch
          caption: Catch
          columns:
            - Year
            - title: Tonnes
              format: number
          rows:
            - [2015, 1234567.50]
      - pull_quote:
          text: The sea gives
          by: A fisher
          date: 2016-03-01
          source: treaty
sources:
  ministry: Ministry of Finance, *Budget*, 2016
  unread:
    author: A. Nonym
    title: Never cited
    url: https://example.org/
  yearbook:
    title: Yearbook
    date: 2016-02
  treaty: Treaty of the North, 1826
glossary:
  EEA: European Economic Area
"""


def set_brief(
    tmp_path: Path, text: str = BRIEF, *, audience: str = "internal", templates: dict[str, str] | None = None
) -> Galley:
    """Set a brief of a small project, with templates of its own where given."""
    (tmp_path / "content").mkdir(exist_ok=True)
    content = tmp_path / "content" / "norway.yaml"
    content.write_text(dedent(text), "utf-8")
    for name, source in (templates or {}).items():
        file = tmp_path / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, "utf-8")
    edition = resolve(load_draft(content), audience)
    return set_galley(edition, load_theme(edition.theme, [tmp_path / "templates"]))


def elements(galley: Galley) -> list[Element]:
    return [element for top in galley.body for element in top.walk()]


def find(galley: Galley, tag: str, style: str = "") -> list[Element]:
    found = [e for e in elements(galley) if e.tag == tag and (not style or e.style == style)]
    assert found, f"no <{tag} class={style!r}> in the galley"
    return found


def texts(galley: Galley, tag: str, style: str = "") -> list[str]:
    return [e.text for e in find(galley, tag, style)]


def test_notes_are_numbered_in_reading_order_and_one_source_has_one_number(tmp_path):
    galley = set_brief(tmp_path)
    called = [(a.get("data-note"), a.text) for a in find(galley, "a") if a.get("data-note")]
    assert called == [
        ("ministry", "1"),
        ("yearbook", "2"),
        ("ministry", "1"),
        ("yearbook", "2"),
        ("ministry", "1"),
        ("yearbook", "2"),
        ("treaty", "3"),
        ("treaty", "3"),
    ]


def test_the_list_of_sources_is_in_number_order_with_links_back(tmp_path):
    (notes,) = find(set_brief(tmp_path), "section", "notes")
    entries = [item for item in notes.walk() if item.tag == "li"]
    assert [item.get("id") for item in entries] == ["source-ministry", "source-yearbook", "source-treaty"]
    assert entries[0].text == "Ministry of Finance, Budget, 2016 ↑"
    assert entries[1].text == "Yearbook, February 2016 ↑"
    assert [item.find("a", "backlink").get("href") for item in entries] == [
        "#call-ministry-1",
        "#call-yearbook-1",
        "#call-treaty-1",
    ]


def test_uncited_sources_are_listed_as_further_reading(tmp_path):
    (reading,) = find(set_brief(tmp_path), "section", "further-reading")
    assert [e.text for e in reading.walk() if e.tag == "li"] == ["A.\u00a0Nonym, Never cited, https://example.org/"]


def test_a_brief_without_sources_has_no_notes_and_no_further_reading(tmp_path):
    galley = set_brief(tmp_path, "title: A\nkey_points: One point.\n")
    assert not [e for e in elements(galley) if e.style in {"notes", "further-reading"}]


def test_adjacent_note_numbers_are_separated_by_a_comma(tmp_path):
    (paragraph,) = [p for p in find(set_brief(tmp_path), "p") if "Fish is sold" in p.text]
    assert paragraph.text.endswith("see Table\u00a01 and The sea.2,3")


def test_every_internal_link_has_a_target_and_ids_are_unique(tmp_path):
    galley = set_brief(tmp_path)
    ids = [e.get("id") for e in elements(galley) if e.get("id")]
    targets = [e.get("href")[1:] for e in find(galley, "a") if e.get("href").startswith("#")]
    assert len(targets) > 8
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_labels_references_and_quotation_marks_follow_the_language(tmp_path):
    russian = BRIEF.replace("language: en-GB", "language: ru")
    galley = set_brief(tmp_path, russian)
    assert texts(galley, "caption") == ["Таблица\u00a01 Catch"]
    assert [a.text for a in find(galley, "a", "reference")] == ["Таблица\u00a01", "The sea"]
    assert "Источники" in texts(galley, "h2")
    assert texts(galley, "blockquote")[0].startswith("«The sea gives»")
    assert galley.running.line("footer", first=True)["end"][0].text == "Стр.  из "


@pytest.mark.parametrize(
    ("language", "number", "date"),
    [
        ("en-GB", "1,234,567.50", "1 March 2016"),
        ("ru", "1\u00a0234\u00a0567,50", "1 марта 2016\u202fг."),
        ("kk", "1\u00a0234\u00a0567,50", "2016\u202fж. 1 наурыз"),
    ],
)
def test_numbers_and_dates_follow_the_language(tmp_path, language, number, date):
    galley = set_brief(tmp_path, BRIEF.replace("language: en-GB", f"language: {language}"))
    assert texts(galley, "td") == [number]
    (attribution,) = texts(galley, "p", "attribution")
    assert (
        attribution.replace("\u00a0", " ").replace("\u202f", " ").startswith("A fisher, " + date.replace("\u202f", " "))
    )


def test_the_country_code_no_is_read_as_norway(tmp_path):
    assert "Norway" in texts(set_brief(tmp_path), "p")


def test_a_language_without_labels_uses_english_ones_with_a_warning(tmp_path):
    galley = set_brief(tmp_path, BRIEF.replace("language: en-GB", "language: nb"))
    assert [(d.code, d.severity.value, d.span.line) for d in galley.diagnostics] == [("no-labels", "warning", 5)]
    assert "Sources" in texts(galley, "h2")


def test_the_draft_line_of_a_german_brief_keeps_its_capitals(tmp_path):
    galley = set_brief(tmp_path, BRIEF.replace("language: en-GB", "language: de"))
    assert galley.diagnostics == ()
    assert galley.running.words("running-draft") == "Entwurf · Fassung 2"


def test_headers_footers_and_properties_come_from_the_brief(tmp_path):
    galley = set_brief(tmp_path)
    for tag in ("header", "footer"):
        for first in (True, False):
            (middle,) = (place for name, place in galley.running.line(tag, first=first).items() if name == "middle")
            assert [line.text for line in middle] == ["OFFICIAL"]
    assert set(galley.running.line("header", first=True)) == {"middle"}
    header = galley.running.line("header", first=False)
    assert [[line.text for line in header[place]] for place in ("start", "end")] == [
        ["Norway: the sea decides"],
        ["Draft · version 2"],
    ]
    footer = galley.running.line("footer", first=False)
    assert [line.text for line in footer["start"]] == ["Country brief · 5\u00a0October 2016"]
    assert (galley.properties.title, galley.properties.issued) == ("Norway: the sea decides", "2016-10-05")
    assert galley.properties.subject == "Oil, fish and a long coast."


@pytest.mark.parametrize(
    ("dates", "stamp"),
    [("issued: 2016-10-05", "2016-10-05"), ("as_of: 2016-10", "2016-10-01"), ("", "1980-01-01")],
)
def test_the_date_of_the_output_never_comes_from_the_clock(tmp_path, dates, stamp):
    galley = set_brief(tmp_path, f"title: A\nkey_points: One.\n{dates}\n")
    assert galley.properties.issued == stamp


def test_every_printed_field_has_its_path(tmp_path):
    galley = set_brief(tmp_path)
    paths = {e.path for e in elements(galley)}
    assert {
        "title",
        "summary",
        "key_points",
        "sections[0].title",
        "sections[0].body[0]",
        "sections[0].body[1].table",
    } <= paths
    assert {"fact_box.facts.Capital", "sources.ministry", "glossary.EEA"} <= paths
    assert galley.fields["title"] == "Norway: the sea decides"
    assert set(galley.fields) <= paths


def test_the_handout_has_no_field_paths(tmp_path):
    galley = set_brief(tmp_path, audience="handout")
    assert galley.running.words("running-marking") == "UNCLASSIFIED"
    assert not [e for e in elements(galley) if e.path]
    assert galley.fields == {}


def test_every_element_is_in_the_vocabulary(tmp_path):
    galley = set_brief(tmp_path)
    assert {e.tag for e in elements(galley)} <= BLOCKS | INLINE | TRANSPARENT
    assert galley.diagnostics == ()


def test_foreign_words_are_tagged_with_their_language(tmp_path):
    (span,) = [e for e in find(set_brief(tmp_path), "span") if e.get("lang")]
    assert (span.get("lang"), span.text) == ("ru", "Россия")


def test_a_galley_can_be_pickled(tmp_path):
    galley = set_brief(tmp_path)
    assert pickle.loads(pickle.dumps(galley)) == galley


def test_content_is_never_a_template_and_never_markup(tmp_path):
    hostile = (
        "title: \"{{ 7*7 }} <b>{% raw %} & </script>\"\nkey_points: |\n  - '{{ brief }}' <script>alert(1)</script>\n"
    )
    galley = set_brief(tmp_path, hostile)
    assert texts(galley, "h1") == ["{{ 7*7 }} <b>{% raw %} & </script>"]
    assert texts(galley, "li") == ["'{{ brief }}' <script>alert(1)</script>"]


def test_braces_in_a_quotation_stay_braces(tmp_path):
    galley = set_brief(tmp_path, BRIEF.replace("The sea gives", "The {sea} {text}"))
    assert texts(galley, "blockquote")[0].startswith("“The {sea} {text}”")


BANNER = """{% extends "shipped/standard/brief.html.j2" %}
{% block banner %}<p class="banner">Read me first</p>{% endblock %}
{% block fact_box %}{% endblock %}
{% block glossary %}
{% include "parts/fact_box.html.j2" %}{{ super() }}
{% endblock %}
"""


def test_a_child_template_adds_a_banner_and_moves_the_fact_box_and_its_notes(tmp_path):
    galley = set_brief(tmp_path, templates={"standard/brief.html.j2": BANNER})
    order = [e.style or e.get("id") or e.tag for e in galley.body]
    assert order.index("banner") == 1
    assert order.index("sea") < order.index("fact-box") < order.index("glossary")
    numbers = [a.text for a in find(galley, "a") if a.get("data-note")]
    assert numbers == ["1", "2", "1", "2", "3", "3", "2", "1"]


def test_one_block_can_be_replaced_by_a_template_of_its_own(tmp_path):
    galley = set_brief(
        tmp_path,
        templates={
            "standard/blocks/pull_quote.html.j2": '<blockquote class="shout"><p>{{ block.text }}!</p></blockquote>'
        },
    )
    assert texts(galley, "blockquote", "shout") == ["The sea gives!"]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% block x %}", "standard/brief.html.j2:1:"),
        ("<p>one</p>\n{{ brief.titel }}", "brief.html.j2:2:"),
        ("{{ brief.titel }}", "this part of the brief has no 'titel'; did you mean 'title'?"),
        ("{{ breif.title }}", "there is no 'breif' here"),
        ("{{ brief.title.upper.__globals__ }}", "brief.html.j2:1:"),
        ("{{ brief.__class__.__mro__ }}", "brief.html.j2:1:"),
        ("\n\n{{ 1 / 0 }}", "brief.html.j2:3:"),
        ('{% extends "shipped/standard/nothing.html.j2" %}', "nothing.html.j2"),
        ("{{ ['a'].append('b') }}", "brief.html.j2:1:"),
        ("{{ 'x'|no_such_filter }}", "no_such_filter"),
    ],
)
def test_an_error_in_a_template_is_reported_with_its_file_and_line(tmp_path, template, words):
    with pytest.raises(SetupError) as caught:
        set_brief(tmp_path, templates={"standard/brief.html.j2": template})
    (told,) = caught.value.diagnostics
    assert words in f"{told.span or told.file} {told.message}"


def test_markup_that_is_not_well_formed_is_reported_with_its_template(tmp_path):
    with pytest.raises(SetupError) as caught:
        set_brief(
            tmp_path,
            templates={"standard/brief.html.j2": '<h1>{{ brief.title }}</h1>\n<p class="my-own">never closed\n'},
        )
    (told,) = caught.value.diagnostics
    assert told.code == "markup"
    assert "templates/standard/brief.html.j2" in told.file


@pytest.mark.parametrize("tag", ["script", "style", "template"])
def test_forbidden_elements_are_refused_with_their_line(tmp_path, tag):
    with pytest.raises(SetupError) as caught:
        set_brief(tmp_path, templates={"standard/brief.html.j2": f"<p>x</p>\n<{tag}>x</{tag}>"})
    (told,) = caught.value.diagnostics
    assert told.code == "galley-forbidden"
    assert str(told.span) == "templates/standard/brief.html.j2:2:1"


def test_an_unknown_element_is_kept_with_a_warning_at_its_line(tmp_path):
    galley = set_brief(tmp_path, templates={"standard/brief.html.j2": "<p>x</p>\n\n<marquee>y</marquee>"})
    (told,) = galley.diagnostics
    assert (told.code, told.severity.value) == ("galley-vocabulary", "warning")
    assert str(told.span) == "templates/standard/brief.html.j2:3:1"
    assert galley.body[1].text == "y"


@pytest.mark.parametrize("attribute", ['onclick="x()"', 'style="color:red"'])
def test_event_handlers_and_inline_styles_are_refused(tmp_path, attribute):
    with pytest.raises(SetupError) as caught:
        set_brief(tmp_path, templates={"standard/brief.html.j2": f"<h1>x</h1>\n<p {attribute}>x</p>"})
    (told,) = caught.value.diagnostics
    assert told.code == "galley-attribute"
    assert str(told.span) == "templates/standard/brief.html.j2:2:1"


def test_charts_carry_their_numbers_for_the_writers(tmp_path):
    chart = """
    title: Trade
    sections:
      - title: Goods
        body:
          - chart:
              type: column
              caption: Trade in goods
              unit: US$ billion
              categories: [2015, 2016]
              series:
                - name: Exports
                  values: [46, 36.8]
              alt: Exports fell.
    """
    galley = set_brief(tmp_path, chart)
    (figure,) = find(galley, "figure", "chart")
    numbers = json.loads(figure.get("data-chart"))
    assert numbers["categories"] == ["2015", "2016"]
    assert numbers["series"] == [{"name": "Exports", "values": [46.0, 36.8]}]
    assert figure.find("svg").get("viewBox")


@pytest.mark.parametrize(
    ("markup", "line"),
    [("<p>one", 1), ("<p>one</p>\n<p>two</b>", 2), ("<p>&nbsp;</p>", 1), ("<p a=1>x</p>", 1), ("<!DOCTYPE x><p/>", 1)],
)
def test_malformed_markup_is_refused_with_its_line(markup, line):
    with pytest.raises(MarkupError) as caught:
        parse_markup(markup)
    assert caught.value.line == line


def test_markup_is_unchanged_by_parsing_and_serialising():
    markup = '<p class="a">x &amp; y &lt; <br/><svg viewBox="0 0 1 1"><path d="M0 0"></path></svg></p>'
    assert "".join(to_markup(node) for node in parse_markup(markup)) == markup


def test_a_source_is_not_cited_twice_in_a_row(tmp_path):
    content = tmp_path / "content" / "fish.yaml"
    content.parent.mkdir()
    content.write_text(
        dedent("""
        title: Fish
        sections:
          - title: Catch
            body:
              - Said twice.[@a][@b; @a] And again.[@a]
              - table:
                  caption: Catch [@a]
                  columns:
                    - Year
                  rows:
                    - - 2015
                  source: a
        sources:
          a: Yearbook
          b: Ministry
        """),
        encoding="utf-8",
    )
    galley = set_galley(resolve(load_draft(content, tmp_path), "internal"), load_theme("standard"))
    words = [e.text for top in galley.body for e in top.walk() if e.tag in {"p", "caption"}]
    assert "Said twice.1,2 And again.1" in words
    assert "Table\N{NO-BREAK SPACE}1 Catch1" in words


def test_a_picture_without_a_caption_keeps_its_source(tmp_path):
    content = tmp_path / "content" / "map.yaml"
    content.parent.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    content.with_name("map.svg").write_text(svg, encoding="utf-8")
    figure = "      - figure:\n          image: map.svg\n          alt: A sketch of the coast\n          source: a\n"
    content.write_text(
        f"title: Map\nsections:\n  - title: Coast\n    body:\n{figure}sources:\n  a: Survey\n", encoding="utf-8"
    )
    galley = set_galley(resolve(load_draft(content, tmp_path), "internal"), load_theme("standard"))
    elements = [e for top in galley.body for e in top.walk()]
    assert [e.text for e in elements if e.tag == "figcaption"] == ["1"]
    assert any(e.style == "notes" for e in elements)
    assert not any(e.style == "further-reading" for e in elements)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("Annex A. From the treaty", "Annex~A. From the treaty"),
        ("Anlage B. Der Vertrag", "Anlage~B. Der Vertrag"),
        ("Group C. Norway plays", "Group~C. Norway plays"),
        ("by J. Smith and A. B. Jones", "by J.~Smith and A.~B.~Jones"),
    ],
)
def test_initials_stay_with_the_name_but_the_letter_of_an_annex_stays_with_its_word(typed, held):
    assert with_no_breaks(Element("h2", {}, (typed,)), "en").text.replace("\u00a0", "~") == held
