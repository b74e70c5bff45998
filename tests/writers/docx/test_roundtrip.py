"""Round trip: every printed field is found in the Word file, edited or not; a handout has no field marks."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph
from lxml import etree, html

from briefing.writers.docx import write_docx
from tests.support.galley_with_everything import galley
from tests.support.read_outputs import INLINE
from tests.support.read_roundtrip import W, hash_of, read_back, tidy, way_home, without_words

#: Parts of the brief that are made of fields and print no words of their own.
PARTS = re.compile(r"(sections|meetings|annexes)\[\d+\]")


@pytest.fixture(scope="module")
def built(tmp_path_factory, run_briefing) -> Path:
    """The briefs with every block and with quotations beside the text, in both editions and both themes."""
    folder = tmp_path_factory.mktemp("way-home")
    for theme in ("standard", "chancery"):
        for edition in ("internal", "handout"):
            run = run_briefing(
                "build", "content/every-block.yaml", "content/kazakhstan.yaml", "--for", edition, "--theme", theme, "--format", "html",
                "--format", "docx", "-o", folder / theme,
            )  # fmt: skip
            assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="module", params=["standard", "chancery"])
def file(request, built) -> Path:
    return built / request.param / "every-block.docx"


def said(element) -> str:
    """The words of an element of the page, as they are read: no numbers of notes and paragraphs, no arrows back."""
    classes = set((element.get("class") or "").split())
    if element.tag == "svg" or classes & {
        "note-call",
        "note-separator",
        "backlink",
        "paragraph-number",
        "chart-numbers",
    }:
        return ""
    inside = (element.text or "") + "".join(said(child) + (child.tail or "") for child in element)
    return inside if element.tag in INLINE else f" {inside} "


def printed(file: Path) -> dict[str, str]:
    """The fields of the page beside a Word file, which says where its words come from: path -> words."""
    fields: dict[str, str] = {}
    for element in html.document_fromstring(file.with_suffix(".html").read_text("utf-8")).iter():
        path = element.get("data-path") if isinstance(element.tag, str) else None
        if (
            path
            and not PARTS.fullmatch(path)
            and not any(up.get("data-path") == path for up in element.iterancestors())
        ):
            fields[path] = tidy(f"{fields.get(path, '')} {said(element)}")
    return fields


def test_every_printed_field_is_found_with_its_words(file):
    wanted, got = printed(file), read_back(file.read_bytes())
    assert len(wanted) > 90
    assert {
        "country",
        "reference",
        "issued",
        "as_of",
        "key_figures.Population",
        "contact",
        "fact_box.title",
        "meetings[0].when",
        "meetings[0].where",
    } <= set(wanted)
    assert set(got) == {without_words(path) for path in wanted}
    assert {path: got[without_words(path)].words for path in wanted} == wanted
    assert not [field.path for field in got.values() if field.changed]


def test_bookmarks_alone_identify_every_field(file):
    """LibreOffice keeps no controls."""
    wanted, got = printed(file), read_back(file.read_bytes(), bookmarks_alone=True)
    assert {path: got[without_words(path)].words for path in wanted} == wanted
    assert {field.by for field in got.values()} == {"bookmark"}


def test_fields_of_whole_paragraphs_have_content_controls(file):
    got = read_back(file.read_bytes())
    controlled = {path for path, field in got.items() if field.by == "control"}
    assert {"title", "summary", "sections[0].body", "sections[3].body[1].table"} <= controlled
    assert {
        "sections[1].body[1].map",
        "sections[1].body[2].chart",
        "sections[2].body[3].timeline",
        "meetings[0].points_to_make",
    } <= controlled
    assert "fact_box" not in controlled
    cited = next(path for path in got if path == without_words("sources.factbook"))
    assert got[cited].by == "bookmark", "no control stands in a footnote"
    assert not [path for path in controlled if path.startswith(("fact_box", "key_points", "key_figures", "country"))], (
        "tables"
    )


def controls(file: Path) -> list:
    with zipfile.ZipFile(file) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    return [control for control in document.iter(f"{W}sdt") if control.find(f"{W}sdtPr/{W}tag") is not None]


def test_content_controls_are_hidden_and_not_locked(file):
    found = controls(file)
    assert len(found) > 30
    for control in found:
        properties = control.find(f"{W}sdtPr")
        appearance = properties.find("{http://schemas.microsoft.com/office/word/2012/wordml}appearance")
        assert appearance.get("{http://schemas.microsoft.com/office/word/2012/wordml}val") == "hidden"
        assert properties.find(f"{W}lock") is None
        assert properties.find(f"{W}showingPlcHdr") is None


def test_no_floating_part_is_in_a_content_control(built):
    file = built / "standard" / "kazakhstan.docx"
    with zipfile.ZipFile(file) as package:
        document = package.read("word/document.xml")
    assert b"w:framePr" in document
    assert b"w:tblpPr" in document
    inside = [
        element for control in controls(file) for element in control.iter(f"{W}framePr", f"{W}tblpPr", f"{W}sectPr")
    ]
    assert inside == []


def test_bookmark_numbers_and_names_are_unique_and_short(file):
    with zipfile.ZipFile(file) as package:
        stories = [package.read(name).decode() for name in ("word/document.xml", "word/footnotes.xml")]
    marks = [mark for story in stories for mark in re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"', story)]
    assert sum(name.startswith("_bf_") for _, name in marks) > 60
    assert len({number for number, _ in marks}) == len({name for _, name in marks}) == len(marks)
    assert all(len(name) <= 40 for _, name in marks)


def test_the_field_map_contains_no_word_of_the_brief(file):
    root = way_home(file.read_bytes())
    assert root.attrib.pop("brief") == "every-block"
    said_in_map = " ".join(value for element in root.iter() for value in (element.text or "", *element.attrib.values()))
    words = {word for words in printed(file).values() for word in re.findall(r"[^\W\d_]{4,}", words)}
    # What a model of a brief is made of may be a word of a brief as well.
    names = {
        "title",
        "summary",
        "table",
        "figure",
        "people",
        "sources",
        "objectives",
        "points",
        "body",
        "made",
        "make",
        "annexes",
        "country",
    }
    assert len(words) > 300
    assert {word for word in words if re.search(rf"\b{word}\b", said_in_map)} - names == set()


def test_keys_that_are_words_of_the_brief_are_not_in_tags(file):
    tags = [control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") for control in controls(file)]
    assert any(tag.startswith("glossary[#") for tag in tags)
    assert not [tag for tag in tags if "EFTA" in tag]


def edited(file: Path, change) -> dict:
    """What comes back after an edit and a save by python-docx, which wrote the file too.

    That other programs keep the marks is seen with LibreOffice (``conformance/test_word_read_back.py``).
    """
    document = Document(str(file))
    change(document)
    buffer = BytesIO()
    document.save(buffer)
    return read_back(buffer.getvalue())


def paragraph(document, words: str):
    found = [p for p in document.element.body.iter(f"{W}p") if words in "".join(t.text or "" for t in p.iter(f"{W}t"))]
    assert found, f"{words} is nowhere"
    return Paragraph(found[0], document._body)


def changed(fields: dict) -> set[str]:
    return {path for path, field in fields.items() if field.changed}


def test_an_edit_is_found_in_its_field(file):
    """A word is struck out, another is typed at the end of a paragraph, and a third in a cell of the fact box."""

    def change(document):
        run = next(run for run in paragraph(document, "Exports follow the price").runs if "Exports" in run.text)
        run.text = run.text.replace("Exports follow", "Exports followed")
        paragraph(document, "Norway trades with").add_run(" Typed by a colleague.")
        paragraph(document, "Oslo").add_run(", the old Christiania")

    before, after = read_back(file.read_bytes()), edited(file, change)
    fact = without_words("fact_box.facts.Capital")
    assert changed(after) >= {"sections[1].body[0]", "summary", fact, "fact_box"}
    assert after["sections[1].body[0]"].words.startswith("Exports followed the price")
    assert after["summary"].words == before["summary"].words + " Typed by a colleague."
    assert after[fact].words == "Capital Oslo, the old Christiania"
    untouched = set(after) - {"sections[1].body[0]", "summary", fact, "fact_box", "sections[1].body[5].pull_quote"}
    assert not changed(after) & untouched


def test_an_added_paragraph_belongs_to_the_field_around_it(file):
    def change(document):
        paragraph(document, "It has no seat in the Council").insert_paragraph_before("Put in between.")

    after = edited(file, change)
    assert changed(after) == {"sections[0].body"}
    assert "Institutions Put in between. It has no seat" in after["sections[0].body"].words


def test_a_deleted_field_is_detected(file):
    def change(document):
        tag = next(t for t in document.element.body.iter(f"{W}tag") if t.get(f"{W}val") == "sections[2].body[0]")
        control = tag.getparent().getparent()
        control.getparent().remove(control)

    after = edited(file, change)
    assert changed(after) == {"sections[2].body[0]"}
    assert after["sections[2].body[0]"].by == ""


def test_a_comment_is_found_in_its_field(file):
    def change(document):
        run = paragraph(document, "Norway and Russia share a land border").runs[0]
        document.add_comment(run, text="196 or 198 km?", author="A colleague")

    after = edited(file, change)
    assert {path: field.comments for path, field in after.items() if field.comments} == {
        "sections[2].body[0]": ("196 or 198 km?",)
    }
    assert not changed(after)


def test_tracked_changes_are_read_as_accepted(file):
    def change(document):
        target = paragraph(document, "Exports follow the price")
        struck = OxmlElement("w:del")
        struck.set(f"{W}id", "9001")
        struck.set(f"{W}author", "A colleague")
        first = next(run for run in target.runs if "Exports" in run.text)._r
        first.addprevious(struck)
        struck.append(first)

    after = edited(file, change)
    assert "Exports" not in after["sections[1].body[0]"].words.split()[0]
    assert "sections[1].body[0]" in changed(after)


def everything(file: Path) -> bytes:
    with zipfile.ZipFile(file) as package:
        names = package.namelist()
        return "\n".join(names).encode() + b"".join(package.read(name) for name in names)


def test_a_handout_has_no_round_trip_marks(file):
    handout = everything(file.with_name("every-block-handout.docx"))
    internal = everything(file)
    for trace in (b"_bf_", b"<w:tag ", b"customXml", b"way-home", b"data-field", b"sections[0]", b"mc:Ignorable"):
        assert (trace in internal) == (trace != b"data-field"), trace
        assert trace not in handout, trace
    for path in printed(file):
        if re.search(r"[.\[]", path):
            assert path.encode() not in handout


def test_a_path_too_long_for_a_tag_is_found_through_the_field_map():
    long = "sections[0].body[0]." + "a_very_long_name_" * 5
    page = galley(f'<p data-path="{long}">Words of a field.</p>')
    found = read_back(write_docx(page).data)
    assert found[long].words == "Words of a field."
    assert found[long].by == "control"


def test_a_field_printed_twice_is_read_from_both_places():
    page = galley('<h1 data-path="title">One title</h1><p>Between.</p><p data-path="title">One title</p>')
    data = write_docx(page).data
    for alone in (False, True):
        assert read_back(data, bookmarks_alone=alone)["title"].words == "One title One title"


def test_several_fields_in_one_line_are_read_separately():
    page = galley(
        '<p>Prepared by <span data-path="prepared_by">Nordic <em>Desk</em></span>, cleared by <span data-path="cleared_by">the Head</span></p>'
    )
    found = read_back(write_docx(page).data)
    assert {path: field.words for path, field in found.items()} == {
        "prepared_by": "Nordic Desk",
        "cleared_by": "the Head",
    }


def test_the_hash_ignores_white_space():
    assert hash_of("Oslo\u00a0 2016\n") == hash_of("Oslo 2016") != hash_of("Oslo 2017")
