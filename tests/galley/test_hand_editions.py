"""Editions for printing: large print, space for notes, numbered paragraphs, meeting sheets only."""

import json
import re
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree, html

from tests.end_to_end.test_parity import differences, without_breaks
from tests.support.read_outputs import notes_title, read, read_pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4

BRIEF = """\
series: Country brief
title: "Iceland: an island in two minds"
summary: Iceland is a member of the alliance and of the single market, and of nothing more.
country: IS
language: en-GB
as_of: 2016-10-01
issued: 2016-10-05
version: 1
reference: CB 21/2016
marking: OFFICIAL
handout_marking: UNCLASSIFIED
prepared_by: Nordic Desk
layout:
  pages: 1
  paragraph_numbers: true
key_points: |
  - It trades with the Union and stays out of it.[@yearbook]
fact_box:
  source: yearbook
  facts:
    Capital: Reykjavík
    Population:
      value: 332,000
      as_of: 2016
sections:
  - title: Trade
    id: trade
    body:
      - |
        Fish and aluminium pay for nearly everything else that the island needs.[@yearbook]

        - a list is not numbered;
        - nor is this item.

        Most of both goes to Europe, see [[goods]].
      - table:
          id: goods
          caption: What is sold
          columns: [Goods, {title: Share, unit: per cent, format: number}]
          rows:
            - [Fish, 41]
            - [Aluminium, 37]
          source: yearbook
      - sidebar:
          title: The crash
          body: Three banks fell in 2008.
      - chart:
          type: bar
          caption: Visitors
          unit: million
          categories: ["2014", "2015"]
          series:
            - name: Visitors
              values: [1.0, 1.3]
          alt: Visitors rose from 1.0 to 1.3 million.
      - |
        Tourism has overtaken both since the crash.
  - title: Talks
    body:
      - |
        Talks on accession were suspended in 2013.[@minister]
      - pull_quote:
          text: The island has no need to choose.
          by: A. N. Example
          date: 2013-09-15
          source: speech
      - timeline:
          - 1970: Joined the free trade association
          - 2013-09-12: Talks suspended[@minister]
meetings:
  - title: Call on the Foreign Minister
    when: 2016-10-12 10:30
    where: Reykjavík
    theirs:
      - name: Lilja Alfreðsdóttir
        role: Minister for Foreign Affairs
        note: Took office in April.[@minister]
    points_to_make: |
      - We value the alliance in the north, as [[trade]] and [[goods]] say.
      - Your fishermen and ours should talk.
    internal_only: |
      - Not a word about the referendum.
  - title: Reception at the harbour
    audience: all
    when: 2016-10-12 18:00
    where: Reykjavík
    points_to_make: |
      - Thank the hosts.
annexes:
  - title: The letter of 2015
    body: |
      Iceland asked not to be called a candidate any more.[@letter]
sources:
  yearbook: Statistics Iceland, Yearbook, 2016
  minister: Ministry for Foreign Affairs, press release, 12 September 2013
  speech: A. N. Example, speech in Reykjavík, 15 September 2013
  letter: Ministry for Foreign Affairs, letter of 12 March 2015
  unread: Nordic Council, The Region, 2015
glossary:
  EEA: European Economic Area
"""

EDITIONS = {
    "large-print": ("--large-print",),
    "for-notes": ("--for-notes",),
    "meetings": ("--only", "meetings"),
    "large-print-for-notes": ("--large-print", "--for-notes"),
    "handout-meetings-large-print": ("--for", "handout", "--only", "meetings", "--large-print"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("iceland")
    (folder / "content").mkdir()
    (folder / "content" / "iceland.yaml").write_text(BRIEF, "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(project, run_briefing) -> Path:
    """Every edition in one folder, the plain one first."""
    for options in ((), *EDITIONS.values()):
        run = run_briefing("build", *options, cwd=project)
        assert run.returncode == 0, run.stdout + run.stderr
    return project / "output"


def letters(pdf: Path) -> list[list[dict]]:
    """The characters of each page that a reader sees as text."""
    with pdfplumber.open(pdf) as opened:
        return [[char for char in page.chars if char["text"].strip()] for page in opened.pages]


def part(docx: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(docx) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


def styles(docx: Path) -> dict[str, etree._Element]:
    """Word's styles by the names that its users see."""
    return {style.find(f"{W}name").get(f"{W}val"): style for style in part(docx, "styles").iter(f"{W}style")}


def value(element: etree._Element, path: str, attribute: str = "val") -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{W}{attribute}", "")


# Names


def test_no_edition_overwrites_another(built):
    names = {"iceland", *(f"iceland-{edition}" for edition in EDITIONS)}
    wanted = {f"{name}.{suffix}" for name in names for suffix in ("html", "pdf", "docx")}
    assert {path.name for path in built.iterdir()} == {*wanted, ".briefing.json"}
    manifest = json.loads((built / ".briefing.json").read_text("utf-8"))
    assert set(manifest) == names
    assert all(set(hashes) == {"html", "pdf", "docx"} for hashes in manifest.values())
    assert len({mark for hashes in manifest.values() for mark in hashes.values()}) == len(wanted)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_formats_of_each_edition_have_the_same_words(built, edition):
    page = built / f"iceland-{edition}.html"
    wanted, word = read(page), read(page.with_suffix(".docx"))
    paper = read_pdf(page.with_suffix(".pdf").read_bytes(), notes_title(page))
    assert len(wanted.body) > 15
    assert differences(wanted.silent, word.silent) == []
    assert word.calls == wanted.calls
    assert differences(wanted.body, paper.body) == []
    for other in (word, paper):
        assert [without_breaks("".join(note)) for note in other.notes] == [
            without_breaks("".join(note)) for note in wanted.notes
        ]


def test_the_large_print_edition_has_no_page_budget(project, built, run_briefing):
    assert "tightened" in run_briefing("build", "-f", "pdf", cwd=project).stderr
    run = run_briefing("build", "-f", "pdf", "--large-print", cwd=project)
    assert not re.search("tightened|page-budget", run.stdout + run.stderr)
    assert len(letters(built / "iceland-large-print.pdf")) > 1


# Large print


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_large_print_text_is_14_pt_and_only_note_numbers_are_below_12_pt(project, run_briefing, tmp_path, theme):
    run = run_briefing("build", "--large-print", "--theme", theme, "-o", tmp_path, cwd=project)
    assert run.returncode == 0, run.stdout
    sizes = Counter(
        (round(char["size"], 1), char["text"])
        for page in letters(tmp_path / "iceland-large-print.pdf")
        for char in page
    )
    by_size = Counter()
    for (size, _), times in sizes.items():
        by_size[size] += times
    assert by_size[14.0] > 200
    small = {text for size, text in sizes if size < 11.9}
    assert small <= set("0123456789,")
    assert min(by_size) > 8


def test_large_print_in_word_has_the_same_font_sizes(built):
    found = styles(built / "iceland-large-print.docx")
    sizes = {name: int(size) / 2 for name, style in found.items() if (size := value(style, "rPr/sz"))}
    assert sizes["Body Text"] == sizes["Numbered Paragraph"] == 14
    # A call in the fact box hangs on an anchor of no height, which is no text.
    assert [name for name, size in sizes.items() if size < 12 and name != "Note Anchor"] == []
    with zipfile.ZipFile(built / "iceland-large-print.docx") as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("word/charts/chart")]
    assert charts
    assert {int(size) >= 1200 for chart in charts for size in re.findall(r'sz="(\d+)"', chart)} == {True}


def test_large_print_has_one_column_and_the_key_points_before_the_fact_box(built):
    page = html.document_fromstring((built / "iceland-large-print.html").read_text("utf-8"))
    parts = [element.get("class") for element in page.find(".//main").iter() if element.get("class")]
    parts = [part for part in parts if part in {"key-points", "fact-box"}]
    assert parts.index("key-points") + 1 == parts.index("fact-box")
    for number, page in enumerate(letters(built / "iceland-large-print.pdf")):
        assert min(char["x0"] for char in page) > 15 * MM, number
    section = part(built / "iceland-large-print.docx", "document").find(f".//{W}pgMar")
    assert abs(int(section.get(f"{W}left")) - int(section.get(f"{W}right"))) <= 1
    assert not part(built / "iceland-large-print.docx", "document").findall(f".//{W}framePr")


# Room for notes


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_outer_margin_for_notes_is_60_mm_wide(project, run_briefing, tmp_path, paper):
    content = project / "content" / f"iceland-{paper.lower()}.yaml"
    content.write_text(BRIEF.replace("layout:\n", f"layout:\n  paper: {paper}\n"), "utf-8")
    run = run_briefing("build", content, "--for-notes", "-o", tmp_path, cwd=project)
    content.unlink()
    assert run.returncode == 0, run.stdout
    width = {"A4": 210, "Letter": 215.9}[paper]
    pages = letters(tmp_path / f"iceland-{paper.lower()}-for-notes.pdf")
    assert len(pages) >= 3
    for number, page in enumerate(pages, 1):
        left, right = min(c["x0"] for c in page) / MM, width - max(c["x1"] for c in page) / MM
        inner, outer = (left, right) if number % 2 else (right, left)
        # The running heads reach up to the hairline, which stands 5 mm from the text.
        assert outer > 54.9, number
        assert inner > 12, number
    document = part(tmp_path / f"iceland-{paper.lower()}-for-notes.docx", "document")
    margins = document.find(f".//{W}pgMar")
    assert abs(int(margins.get(f"{W}right")) - 60 * 1440 / 25.4) <= 2
    settings = part(tmp_path / f"iceland-{paper.lower()}-for-notes.docx", "settings")
    assert settings.find(f"{W}mirrorMargins") is not None


def test_the_notes_edition_has_line_spacing_of_1_5_and_space_after_each_point(built):
    found = styles(built / "iceland-for-notes.docx")
    for name in ("Body Text", "Points To Make", "Key Points"):
        spacing = found[name].find(f"{W}pPr/{W}spacing")
        size = int(value(found[name], "rPr/sz")) / 2
        assert int(spacing.get(f"{W}line")) / 20 >= 1.5 * size - 0.13, name
    room = int(found["Points To Make"].find(f"{W}pPr/{W}spacing").get(f"{W}after")) / 20
    assert room > 3 * 8 * MM
    # On paper: from the last line of the first point to the first line of the second.
    with pdfplumber.open(built / "iceland-for-notes.pdf") as pdf:
        lines = [(page.page_number, line) for page in pdf.pages for line in page.extract_text_lines()]
    first = next(line for line in lines if "as Trade and" in line[1]["text"])
    second = next(line for line in lines if "Your fishermen" in line[1]["text"])
    assert first[0] == second[0]
    assert second[1]["top"] - first[1]["bottom"] > 3 * 8 * MM


def test_the_plain_edition_has_no_mirrored_margins(built):
    assert part(built / "iceland.docx", "settings").find(f"{W}mirrorMargins") is None


# Numbered paragraphs

NUMBERED = [
    "Fish and aluminium pay",
    "Most of both goes",
    "Tourism has overtaken",
    "Talks on accession",
    "Iceland asked not",
]


def test_paragraphs_are_numbered_through_the_whole_brief(built):
    page = html.document_fromstring((built / "iceland.html").read_text("utf-8"))
    numbers = page.find_class("paragraph-number")
    assert [number.text for number in numbers] == [f"{count}. " for count in range(1, len(NUMBERED) + 1)]
    for number, words in zip(numbers, NUMBERED, strict=True):
        assert number.getparent().text_content().startswith(f"{number.text}{words}")
    text = " ".join(read_pdf((built / "iceland.pdf").read_bytes()).body)
    for count, words in enumerate(NUMBERED, 1):
        assert f"{count}. {words}" in text


def test_word_numbers_the_paragraphs_by_their_style(built):
    docx = built / "iceland.docx"
    style = styles(docx)["Numbered Paragraph"]
    identity = value(style, "pPr/numPr/numId")
    instance = next(n for n in part(docx, "numbering").iter(f"{W}num") if n.get(f"{W}numId") == identity)
    definition = next(
        a
        for a in part(docx, "numbering").iter(f"{W}abstractNum")
        if a.get(f"{W}abstractNumId") == value(instance, "abstractNumId")
    )
    level = definition.find(f"{W}lvl")
    assert (value(level, "numFmt"), value(level, "lvlText"), value(level, "start")) == ("decimal", "%1.", "1")
    assert value(level, "pStyle") == style.get(f"{W}styleId")
    paragraphs = [
        paragraph
        for paragraph in part(docx, "document").iter(f"{W}p")
        if value(paragraph, "pPr/pStyle") == style.get(f"{W}styleId")
    ]
    assert ["".join(p.itertext())[: len(words)] for p, words in zip(paragraphs, NUMBERED, strict=True)] == NUMBERED
    # The style alone numbers: no paragraph says its number, so that one put between two of them is counted too.
    assert not any(p.find(f"{W}pPr/{W}numPr") is not None for p in paragraphs)


def test_paragraphs_are_not_numbered_by_default(project, run_briefing, tmp_path):
    content = project / "content" / "plain.yaml"
    content.write_text(BRIEF.replace("  paragraph_numbers: true\n", ""), "utf-8")
    run = run_briefing("build", content, "-f", "html,docx", "-o", tmp_path, cwd=project)
    content.unlink()
    assert run.returncode == 0, run.stdout
    assert "Fish and aluminium" in (tmp_path / "plain.html").read_text("utf-8")
    assert 'class="paragraph-number"' not in (tmp_path / "plain.html").read_text("utf-8")
    assert "Numbered Paragraph" not in styles(tmp_path / "plain.docx")


# The sheets alone


@pytest.fixture(scope="module")
def sheets(built) -> etree._Element:
    return html.document_fromstring((built / "iceland-meetings.html").read_text("utf-8")).find(".//main")


def test_the_meetings_edition_has_only_masthead_title_sheets_and_notes(sheets):
    assert [element.get("class") or element.tag for element in sheets] == [
        "masthead", "h1", "meeting-sheet", "meeting-sheet", "notes",
    ]  # fmt: skip
    words = sheets.text_content()
    for absent in ("At a glance", "Key points", "Fish and aluminium", "Further reading", "The letter of 2015"):
        assert absent not in words
    assert "OFFICIAL" in sheets.find_class("masthead")[0].text_content()
    levels = [int(element.tag[1]) for element in sheets.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_meeting_sheet_starts_on_a_new_page(built):
    with pdfplumber.open(built / "iceland-meetings.pdf") as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert ["Call on the Foreign Minister" in page for page in pages] == [True, False]
    assert ["Reception at the harbour" in page for page in pages] == [False, True]
    assert "Iceland: an island in two minds" in pages[0]
    assert "Sources" in pages[1]
    size = next(c["size"] for c in letters(built / "iceland-meetings.pdf")[0] if c["size"] > 10.5)
    assert size < 15
    document = part(built / "iceland-meetings.docx", "document")
    headings = [value(p, "pPr/pStyle") for p in document.iter(f"{W}p") if "Heading" in value(p, "pPr/pStyle")]
    assert [h for h in headings if h in {"Heading1", "SheetHeading"}] == ["Heading1", "SheetHeading"]


def test_the_meetings_edition_lists_only_the_notes_that_it_cites(built, sheets):
    assert [call.text_content() for call in sheets.find_class("note-call")] == ["1"]
    listed = [item.text_content() for item in sheets.find_class("notes")[0].iter("li")]
    assert len(listed) == 1
    assert listed[0].startswith("Ministry for Foreign Affairs, press release")
    assert read(built / "iceland-meetings.docx").notes == read(built / "iceland-meetings.html").notes


def test_references_to_unprinted_parts_are_text_without_a_link(sheets):
    point = sheets.find_class("points-to-make")[0][0]
    assert point.text_content() == "We value the alliance in the north, as Trade and Table\u00a01 say."
    assert list(point.iter("a")) == []
    ids = {element.get("id") for element in sheets.iter() if element.get("id")}
    targets = [link.get("href")[1:] for link in sheets.iter("a") if link.get("href", "").startswith("#")]
    assert targets
    assert set(targets) <= ids


def test_the_meetings_edition_of_a_handout_has_only_the_sheets_for_all(built):
    words = " ".join(read(built / "iceland-handout-meetings-large-print.html").body)
    assert "Reception at the harbour" in words
    assert "UNCLASSIFIED" in words
    for internal in ("Call on the Foreign Minister", "referendum", "fishermen"):
        assert internal not in words
    page = html.document_fromstring((built / "iceland-handout-meetings-large-print.html").read_text("utf-8"))
    assert page.find_class("notes") == []


def test_the_meetings_edition_of_a_brief_without_sheets_is_an_error(project, run_briefing, tmp_path):
    start, end = BRIEF.index("meetings:\n"), BRIEF.index("annexes:\n")
    content = project / "content" / "silent.yaml"
    content.write_text(BRIEF[:start] + BRIEF[end:], "utf-8")
    run = run_briefing("build", content, "--only", "meetings", "-o", tmp_path, cwd=project)
    content.write_text(BRIEF.replace("    audience: all\n", ""), "utf-8")
    internal = run_briefing("build", content, "--only", "meetings", "--for", "handout", "-o", tmp_path, cwd=project)
    content.unlink()
    for finished, words in (
        (run, "has no meeting sheet"),
        (internal, "no meeting sheet of this brief is for a handout"),
    ):
        assert finished.returncode == 1
        assert words in finished.stdout + finished.stderr
        assert "silent.yaml:" in finished.stdout + finished.stderr
        assert "Traceback" not in finished.stdout + finished.stderr
    assert list(tmp_path.glob("*.pdf")) == []


def test_building_an_edition_again_gives_the_same_bytes(project, built, run_briefing, tmp_path):
    run = run_briefing("build", "--for-notes", "-o", tmp_path, cwd=project)
    assert run.returncode == 0, run.stdout
    for suffix in ("html", "pdf", "docx"):
        name = f"iceland-for-notes.{suffix}"
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name
