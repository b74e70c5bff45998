"""Other readers (mammoth, pandoc, docx2python) find the same content in the Word file as in the HTML.

Each knows Word and nothing of this program. What they find are the headings, lists, tables, notes, links and words that the
page in the browser has. LibreOffice saves every file anew, and each field is still found.
"""

import json
import re
from dataclasses import dataclass

import pytest
from lxml import html

from tests.support.read_outputs import INLINE, notes_title, read, split
from tests.support.read_roundtrip import read_back, tidy, way_home

LEVELS = {f"h{level}": level for level in range(1, 7)}
#: What a page has beside its words, or what Word has in its own way.
APART = {"note-call", "note-separator", "backlink", "chart-numbers", "paragraph-number", "footnote-ref", "call"}


@dataclass(frozen=True)
class Read:
    """What one reader finds, in its order. A heading is its level below the title and its words; a table its rows."""

    headings: list[tuple[int, str]]
    items: list[str]
    tables: list[list[list[str]]]
    heads: list[bool]
    notes: list[str]
    links: list[str]
    words: tuple[str, ...]


def said(element):
    """The words of an element, without numbers of notes and what stands apart."""
    apart = set((element.get("class") or "").split()) & APART
    if not isinstance(element.tag, str) or element.tag in {"svg", "nav", "style"} or apart:
        return ""
    if element.get("data-custom-style") == "footnote reference" or (element.get("id") or "").startswith("footnote-ref"):
        return ""
    if element.tag == "br":
        return " "
    inside = (element.text or "") + "".join(said(child) + (child.tail or "") for child in element)
    return inside if element.tag in INLINE else f" {inside} "


def item(element):
    """An item's own words, without those of the lists inside it."""
    inside = [said(child) if child.tag not in {"ul", "ol"} else "" for child in element]
    return tidy(
        (element.text or "") + "".join(text + (child.tail or "") for text, child in zip(inside, element, strict=True))
    )


def rows(table):
    return [[tidy(said(cell)) for cell in row.iter("th", "td")] for row in table.iter("tr")]


def look(root, *, base, notes):
    """What a page of HTML holds. ``base`` is the level of a section's heading, ``notes`` the elements of the notes."""
    texts = [re.sub(r"\s*[↑↩]\ufe0e?$", "", tidy(said(note))) for note in notes]
    links = [link.get("href") for link in root.iter("a") if re.match(r"https?:|mailto:|tel:", link.get("href") or "")]
    for note in notes:
        note.drop_tree()
    tables = list(root.iter("table"))
    tables = [table for table in tables if "chart-numbers" not in (table.get("class") or "")]
    return Read(
        [(LEVELS[h.tag] - base + 1, tidy(said(h))) for h in root.iter(*LEVELS) if LEVELS[h.tag] >= base],
        [item(li) for li in root.iter("li") if item(li)],
        [rows(table) for table in tables],
        [table.find("thead") is not None for table in tables],
        texts,
        sorted(links),
        split(said(root)),
    )


def page(path):
    """The HTML edition. Its list of sources is a list of footnotes in Word; a numbered paragraph is an item of a list."""
    root = html.document_fromstring(path.read_text("utf-8")).find(".//main")
    for apart in root.xpath("//nav | //section[@class='notes']/h2"):
        apart.drop_tree()
    for strip in root.xpath("//ul[@class='key-figures']"):  # a table in Word
        strip.tag = "div"
        for figure in strip:
            figure.tag = "div"
    for paragraph in root.xpath("//p[span[@class='paragraph-number']]"):
        paragraph.tag = "li"
    return look(root, base=2, notes=root.xpath("//section[@class='notes']//li"))


@pytest.fixture(scope="module")
def found(tool, cache, files):
    """case -> what the three readers find in its Word file."""
    paths = files("docx")
    report = tool(cache / "venv/bin/python", "tests/conformance/read_back.py", *paths.values())
    by_path = json.loads(report)
    return {case: by_path[str(path)] for case, path in paths.items()}


def readings(found):
    mammoth = html.fragment_fromstring(found["mammoth"], create_parent="main")
    pandoc = html.fragment_fromstring(found["pandoc"], create_parent="main")
    for contents in pandoc.xpath("//*[@data-custom-style='toc 1' or @data-custom-style='TOC Heading']"):
        contents.drop_tree()
    for words_for_the_ear in pandoc.xpath("//table[not(starts-with(@data-custom-style, 'Brief'))]/caption"):
        words_for_the_ear.drop_tree()
    return {
        "mammoth": look(mammoth, base=1, notes=mammoth.xpath("//li[starts-with(@id, 'footnote-')]")),
        "pandoc": look(pandoc, base=1, notes=pandoc.xpath("//*[contains(@class, 'footnotes')]//li")),
    }


def test_the_briefs_contain_headings_lists_tables_notes_and_links(files):
    seen = [page(path) for path in files("html").values()]
    assert all(len(one.headings) > 1 for one in seen)
    for part in ("items", "tables", "notes", "links"):
        assert sum(len(getattr(one, part)) for one in seen) > 5, part


@pytest.mark.parametrize("reader", ["mammoth", "pandoc"])
@pytest.mark.parametrize("part", ["headings", "items", "notes", "links"])
def test_other_readers_find_the_headings_lists_notes_and_links_of_the_html(case, files, found, reader, part):
    wanted, got = page(files("html")[case]), readings(found[case])[reader]
    assert getattr(got, part) == getattr(wanted, part)


@pytest.mark.parametrize("reader", ["mammoth", "pandoc"])
def test_other_readers_find_the_tables_of_the_html(case, files, found, reader):
    """In their order, each with its header row. Word has others besides: the masthead, the fact box, the sidebars."""
    wanted, got = page(files("html")[case]), readings(found[case])[reader]
    others = iter(zip(got.tables, got.heads, strict=True))
    for table, head in zip(wanted.tables, wanted.heads, strict=True):
        assert (table, head) in others
    assert len(got.tables) >= len(wanted.tables)


@pytest.mark.parametrize("reader", ["mammoth", "pandoc"])
def test_other_readers_find_the_words_of_the_html(case, files, found, reader):
    wanted, got = page(files("html")[case]), readings(found[case])[reader]
    assert len(wanted.words) > 20
    assert got.words == wanted.words


def letters(text):
    """Words of letters alone: docx2python writes numbers, notes, links and pictures into the text."""
    text = re.sub(r"----Image alt text---->.*?<(----media/.*?----|$)|----.*?----|</?a\b[^>]*>|^footnote\d+\)", "", text)
    return re.findall(r"[^\W\d_]+", text)


def test_docx2python_finds_the_words_and_notes_of_the_html(case, files, found):
    wanted = page(files("html")[case])
    body = [(style, text) for style, text in found[case]["docx2python"] if not style.lower().startswith("toc")]
    assert [word for _, text in body for word in letters(text)] == letters(" ".join(wanted.words))
    notes = [letters(text) for text in found[case]["notes"]]
    assert [note for note in notes if note] == [letters(note) for note in wanted.notes]


def test_the_html_has_a_heading_for_the_notes(files):
    assert any(notes_title(path) for path in files("html").values())


@pytest.fixture(scope="module")
def saved_anew(tool, files, tmp_path_factory):
    """case -> its Word file as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("saved")
    copies = {}
    for number, (case, path) in enumerate(files("docx").items()):
        copies[case] = folder / "before" / f"{number}.docx"
        copies[case].parent.mkdir(exist_ok=True)
        copies[case].write_bytes(path.read_bytes())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    tool("soffice", "--headless", profile, "--convert-to", "docx", "--outdir", folder, *copies.values())
    return {case: folder / copy.name for case, copy in copies.items()}


def test_libreoffice_keeps_every_field_at_its_bookmark(case, files, saved_anew):
    if "handout" in case.edition:
        pytest.skip("a handout has no bookmarks of fields")
    data = saved_anew[case].read_bytes()
    before, after = read_back(files("docx")[case].read_bytes()), read_back(data)
    assert len(before) > 5
    assert {path: field.words for path, field in after.items()} == {path: field.words for path, field in before.items()}
    assert not [field.path for field in after.values() if field.changed]


def test_a_handout_saved_by_libreoffice_has_no_field_map(case, saved_anew):
    if "handout" not in case.edition:
        pytest.skip("this edition has the map of its fields")
    assert way_home(saved_anew[case].read_bytes()) is None


def test_libreoffice_keeps_every_word(case, files, saved_anew):
    """It writes the numbers of notes that are called again as words; these alone are left out."""
    before, after = (letters(" ".join(read(path).silent)) for path in (files("docx")[case], saved_anew[case]))
    assert len(before) > 20
    assert after == before
