"""The contents list: from four pages on, in every format or in none, with the pages of the headings."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from lxml import html

from briefing.edition import resolve
from briefing.galley import Element, Galley
from briefing.galley.contents import LONG, estimated_pages, prints_contents
from briefing.galley.set import set_galley
from briefing.pipeline import Job, build
from briefing.reading import load_draft
from briefing.theme.load import load_theme
from briefing.writers.docx import write_docx
from briefing.writers.html import write_html
from briefing.writers.pdf import write_pdf
from tests.support.project import ROOT
from tests.support.read_word import Opened

LONG_BRIEF, SHORT_BRIEF = "every-block", "kazakhstan"


@cache
def content(name: str, theme: str = "standard") -> Galley:
    return set_galley(resolve(load_draft(ROOT / "content" / f"{name}.yaml"), "internal"), load_theme(theme))


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Both briefs, as `briefing build` leaves them."""
    folder = tmp_path_factory.mktemp("contents")
    for name in (LONG_BRIEF, SHORT_BRIEF):
        outcome = build(Job(str(ROOT / "content" / f"{name}.yaml"), str(folder)))
        assert outcome.exit_code == 0, outcome.diagnostics
    return folder


def in_html(file: Path) -> list[str]:
    page = html.document_fromstring(file.read_text("utf-8"))
    links = page.xpath("//nav[@class='contents']//a")
    ids = set(page.xpath("//main//@id"))
    assert all(link.get("href")[1:] in ids for link in links)
    return ["".join(link.itertext()) for link in links]


def in_word(file: Path) -> list[tuple[str, str]]:
    return [tuple(line.split("\t")) for line in Opened(file.read_bytes()).contents_list()]


def words_of(data: bytes, kind: str) -> list[list[tuple[str, int]]]:
    """For each element of a kind, in the order of reading: its runs of words, each with the page that it stands on."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        marked: dict[tuple[int, int], str] = {}
        for page in pdf.pages:
            for char in page.chars:
                key = (page.page_number, char["mcid"])
                marked[key] = marked.get(key, "") + char["text"]
        found: list[list[tuple[str, int]]] = []

        def read(element, *, inside: bool) -> None:
            if element["type"] == kind:
                found.append([])
                inside = True
            number = element.get("page_number", 1)
            if inside:
                found[-1] += [(marked.get((number, mark), ""), number) for mark in element.get("mcids", ())]
            for child in element.get("children", ()):
                read(child, inside=inside)

        for element in pdf.structure_tree:
            read(element, inside=False)
    return found


def in_pdf(data: bytes) -> list[tuple[str, int]]:
    """The entries of the list, each with the page that it names."""
    entries = [[words for words, _ in runs] for runs in words_of(data, "TOCI")]
    return [(" ".join(" ".join(words).split()), int(page)) for *words, page in entries]


def headings(data: bytes) -> dict[str, int]:
    """The page on which each heading of a section stands."""
    return {" ".join("".join(words for words, _ in runs).split()): runs[0][1] for runs in words_of(data, "H2")}


def test_the_contents_list_gives_the_pages_of_the_headings(built):
    data = (built / f"{LONG_BRIEF}.pdf").read_bytes()
    listed, stand = in_pdf(data), headings(data)
    assert len(listed) > 5
    assert listed == sorted(listed, key=lambda entry: entry[1])
    assert len({page for _, page in listed}) > 3
    for title, page in listed:
        starts = {number for heading, number in stand.items() if heading.startswith(title)}
        assert page in starts, (title, page, stand)


def test_all_formats_of_a_long_brief_have_the_same_contents_list(built):
    titles = in_html(built / f"{LONG_BRIEF}.html")
    pages = in_pdf((built / f"{LONG_BRIEF}.pdf").read_bytes())
    word = in_word(built / f"{LONG_BRIEF}.docx")
    assert len(titles) > 5
    assert [title for title, _ in pages] == [title.replace("\u00a0", " ") for title in titles]
    # Word has notes at the foot of its pages, and no list of sources that could be found.
    assert [(title, str(page)) for title, page in pages if title != "Sources"] == [
        (title.replace("\u00a0", " "), page) for title, page in word
    ]


def test_a_brief_of_three_pages_has_no_contents_list_in_any_format(built):
    with pdfplumber.open(built / f"{SHORT_BRIEF}.pdf") as pdf:
        assert len(pdf.pages) == 3
    assert in_pdf((built / f"{SHORT_BRIEF}.pdf").read_bytes()) == []
    assert in_html(built / f"{SHORT_BRIEF}.html") == []
    assert in_word(built / f"{SHORT_BRIEF}.docx") == []
    assert "Contents" not in (built / f"{SHORT_BRIEF}.html").read_text("utf-8")


@pytest.mark.parametrize("name", [LONG_BRIEF, SHORT_BRIEF])
def test_without_a_page_count_html_and_word_rely_on_the_same_estimate(name):
    galley = content(name)
    assert galley.pages is None
    printed = b'<nav class="contents"' in write_html(galley).data
    assert printed is (name == LONG_BRIEF)
    assert bool(docx_entries(galley)) is printed
    assert all("\t" not in entry for entry in docx_entries(galley))


def docx_entries(galley: Galley) -> list[str]:
    return Opened(write_docx(galley).data).contents_list()


@pytest.mark.parametrize("name", [LONG_BRIEF, SHORT_BRIEF, "kazakhstan.ru"])
def test_the_page_estimate_is_within_one_page(name):
    galley = content(name)
    made = write_pdf(galley)
    assert made.pages is not None
    assert abs(estimated_pages(galley) - made.pages) <= 1
    assert (estimated_pages(galley) >= LONG) == (made.pages >= LONG)


def test_the_real_page_count_overrides_a_wrong_estimate():
    """Page breaks make a short brief long: the list comes with the second layout."""
    breaks = Element("hr", {"class": "page-break"})
    galley = content(SHORT_BRIEF)
    body = tuple(e.having(*e.children, breaks) if e.tag == "section" and not e.style else e for e in galley.body)
    galley = replace(galley, body=body, page_budget=None)
    assert estimated_pages(galley) < LONG
    made = write_pdf(galley)
    assert made.pages is not None
    assert made.pages >= LONG
    assert in_pdf(made.data)
    after = replace(galley, pages=made.pages, starts=made.starts)
    assert prints_contents(after)
    assert b'<nav class="contents"' in write_html(after).data


def test_a_contents_list_of_two_entries_is_left_out():
    galley = content(LONG_BRIEF)
    assert any(e.style == "contents" for e in galley.body)
    two = "title: Norway\nmarking: none\nsections:\n" + "".join(
        f"  - title: {title}\n    body: Fish and oil.\n" for title in ("Trade", "The sea")
    )
    from tests.support.sample_galley import set_brief

    assert not any(e.style == "contents" for e in set_brief(two).body)
    three = two + "  - title: The north\n    body: Ice.\n"
    (listed,) = (e for e in set_brief(three).body if e.style == "contents")
    assert re.findall("Trade|The sea|The north", listed.text) == ["Trade", "The sea", "The north"]


def test_a_contents_list_too_long_for_the_side_column_is_placed_in_the_text():
    """Otherwise the pages would be laid out to see that, and then once more."""
    from briefing.writers.pdf.markup import entries_beside, move_to_side

    room = entries_beside(content(LONG_BRIEF))
    assert 20 < room < 100
    for entries, place in ((room, "side"), (room + 1, "in-text")):
        listed = Element("ol", {}, tuple(Element("li", {}, ("Trade",)) for _ in range(entries)))
        page = move_to_side(
            Element("main", {}, (Element("nav", {"class": "contents"}, (listed,)),)), iter([0]), frozenset(), limit=room
        )
        assert [e.get("class") for e in page.children] == [place]
