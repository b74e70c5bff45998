"""The PDF writer: the printed page, tags and metadata, and what it refuses to load."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from briefing.galley import Element, Galley, Running, parse_markup
from briefing.writers.html import write_html
from briefing.writers.output import Output
from briefing.writers.pdf import write_pdf
from tests.support.galley_with_everything import RUNNING, elements
from tests.support.project import ROOT
from tests.support.read_outputs import read_html, read_pdf
from tests.support.sample_galley import brief, norway, set_brief

MM = 72 / 25.4


@dataclass(frozen=True)
class Place:
    """Where words stand on a page, in mm from its top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@cache
def pressed(audience: str = "internal") -> Output:
    return write_pdf(norway(audience))


@pytest.fixture(scope="module")
def pdf():
    with pdfplumber.open(BytesIO(pressed().data)) as opened:
        yield opened


def find(pdf, words: str) -> Place:
    """The place of the first words of a paragraph, as they follow each other on one line."""
    for page in pdf.pages:
        for found in page.search(re.escape(words)):
            return Place(page.page_number, *(found[key] / MM for key in ("x0", "top", "x1", "bottom")))
    raise AssertionError(f"'{words}' is not in the PDF")


def lines_between(page, left: float, right: float) -> list[Place]:
    """The lines of a page that lie between two verticals, in mm."""
    crop = page.crop((left * MM, 0, right * MM, page.height))
    return [
        Place(page.page_number, *(line[key] / MM for key in ("x0", "top", "x1", "bottom")))
        for line in crop.extract_text_lines()
    ]


def body_of(pages: str) -> Galley:
    """The brief with another body."""
    return replace(norway(), body=tuple(e for e in parse_markup(pages) if isinstance(e, Element)))


# The page


def test_the_paper_size_follows_the_brief(pdf):
    assert [round(size / MM) for size in (pdf.pages[0].width, pdf.pages[0].height)] == [210, 297]
    with pdfplumber.open(BytesIO(write_pdf(replace(norway(), paper="Letter")).data)) as letter:
        assert (letter.pages[0].width, letter.pages[0].height) == (612, 792)
        assert find(letter, "Capital").left == pytest.approx(18 + 116 + 8, abs=0.5)


def test_the_side_margins_are_equal(pdf):
    for page in pdf.pages:
        text = page.crop((0, 20 * MM, page.width, page.height - 22 * MM))
        words = text.extract_words()
        assert words
        assert min(word["x0"] for word in words) / MM >= 17.5
        assert max(word["x1"] for word in words) / MM <= 192.5


def test_the_marking_is_at_the_top_and_bottom_of_every_page(pdf):
    assert len(pdf.pages) >= 3
    for page in pdf.pages:
        for top, bottom in ((0, 20), (297 - 22, 297)):
            margin = page.crop((0, top * MM, page.width, bottom * MM))
            (found,) = margin.search("OFFICIAL-SENSITIVE")
            assert (found["x0"] + found["x1"]) / 2 / MM == pytest.approx(105, abs=1)
            chars = found["chars"]
            assert {round(char["size"]) for char in chars} == {10}
            assert all("Bold" in char["fontname"] for char in chars)


def test_the_first_header_is_the_marking_and_the_others_have_title_and_draft(pdf):
    first, *others = (page.crop((0, 0, page.width, 20 * MM)) for page in pdf.pages)
    assert first.extract_text() == "OFFICIAL-SENSITIVE"
    for header in others:
        assert header.extract_text() == "Norway: the sea decides OFFICIAL-SENSITIVE Draft · version 3"
        (title,), (draft,) = header.search("Norway: the sea decides"), header.search("Draft · version 3")
        assert title["x0"] / MM == pytest.approx(18, abs=0.5)
        assert draft["x1"] / MM == pytest.approx(192, abs=0.5)


def test_the_masthead_has_series_draft_mark_country_and_issue_line(pdf):
    lines = (
        "Country brief Draft",
        "Norway",
        "CB 15/2016 · Version 3 · 15 September 2016 · Facts as of 1 September 2016",
    )
    masthead = pdf.pages[0].crop((0, 20 * MM, pdf.pages[0].width, (find(pdf, "The sea decides").top - 1) * MM))
    assert masthead.extract_text().split("\n") == list(lines)


def test_the_footer_shows_the_page_number_and_the_page_count(pdf):
    for page in pdf.pages:
        foot = page.crop((0, 275 * MM, page.width, page.height)).extract_text()
        assert f"Page {page.page_number} of {len(pdf.pages)}" in foot
        assert "CB 15/2016 · 15 September 2016" in foot
    assert pressed().pages == len(pdf.pages)


def test_page_numbers_are_in_the_language_of_the_brief():
    galley = replace(norway(), running=Running(elements(RUNNING.replace("Page", "стр.").replace(" of ", " из "))))
    with pdfplumber.open(BytesIO(write_pdf(galley).data)) as russian:
        foot = russian.pages[1].crop((0, 269 * MM, russian.pages[1].width, russian.pages[1].height))
        assert "стр. 2 из" in foot.extract_text()


def test_the_fact_box_is_in_the_side_column_beside_the_key_points(pdf):
    summary, points, first_fact = (find(pdf, words) for words in ("Norway trades with", "Key points", "At a glance"))
    assert first_fact.page == 1
    assert first_fact.left > 140
    assert abs(first_fact.top - points.top) < 8
    assert first_fact.top > summary.bottom
    for fact in ("Capital", "Population", "Head of state"):
        assert find(pdf, fact).left > 140
    assert points.left == pytest.approx(18 + 4, abs=0.5)
    assert points.top > summary.bottom


def test_text_stays_within_its_column(pdf):
    (page,) = [page for page in pdf.pages if page.page_number == 2]
    body = [line for line in lines_between(page, 0, 210) if 22 < line.top < 275 and line.left < 19]
    assert len(body) > 10
    assert all(line.right <= 18 + 116 + 0.5 for line in lines_between(page, 17, 140) if 22 < line.top < 275)


def test_quotations_are_in_the_side_column_and_overlap_nothing(pdf):
    quote, extract = find(pdf, "“A line on a map"), find(pdf, "A treaty that is")
    for piece in (quote, extract):
        assert piece.left > 140
    assert find(pdf, "A. N. Example").page == quote.page
    for page in pdf.pages:
        lines = sorted(line.top for line in lines_between(page, 141, 193) if 30 < line.top < 275)
        assert all(after - before > 2.5 for before, after in pairwise(lines))
    side = [line for line in lines_between(pdf.pages[extract.page - 1], 141, 191) if line.top < extract.top]
    if extract.page == 1:
        assert extract.top > find(pdf, "Erna Solberg").bottom + 5
    assert side


@pytest.mark.parametrize("paragraphs", [1, 2, 4, 5, 6, 8])
def test_side_content_never_moves_text_to_another_page(paragraphs):
    """However the text falls, no page but the last of a part ends far above its foot, and no quotation is lost."""
    data = write_pdf(set_brief(brief(paragraphs=paragraphs))).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
        for words in ("Breakfast with", "Abbreviations", "A. N. Example, Head"):
            assert words in text
        assert "speech" in text
        for page in pdf.pages[:-2]:
            feet = [line.bottom for line in lines_between(page, 17, 140) if line.bottom < 275.5]
            assert max(feet) > 275 - 45, f"page {page.page_number} ends at {max(feet):.0f} mm"
        for page in pdf.pages:
            side = [line for line in lines_between(page, 141, 193) if line.top > 30]
            assert all(line.bottom < 276 or line.top > 276 for line in side)


def test_a_meeting_sheet_starts_on_a_new_page(pdf):
    sheet = find(pdf, "Breakfast with the Minister")
    assert sheet.top < 36
    assert sheet.page == len(pdf.pages)
    assert find(pdf, "Sources").page < sheet.page
    assert find(pdf, "Tuesday, 27 September").left > 140


def test_the_sources_are_numbered_and_citations_are_links(pdf):
    assert find(pdf, "1. ").page == find(pdf, "Sources").page
    inner = [link for page in pdf.pages for link in page.annots if "uri" not in link or not link["uri"]]
    assert len(inner) >= 8


def test_the_arrows_back_to_the_text_are_only_in_html(pdf):
    assert b"\xe2\x86\x91" in write_html(norway()).data
    assert "↑" not in "".join(page.extract_text() for page in pdf.pages)


def test_a_short_last_word_is_not_alone_on_its_line():
    words = (
        "The ferries go on through winter, and they carry all that the coast needs: mail, fish, people, oil, and so on."
    )
    lines = []
    for extra in range(60):
        galley = body_of(f"<p>{'x' * extra} {words}</p>")
        with pdfplumber.open(BytesIO(write_pdf(galley).data)) as pdf:
            lines = [line["text"] for line in pdf.pages[0].crop((0, 26 * MM, 400, 700)).extract_text_lines()]
        if lines[-1].startswith("so on"):
            break
        assert lines[-1] != "on."
    else:
        raise AssertionError("the last line was never short")


# The file


def test_only_fonts_of_the_theme_are_embedded(pdf):
    names = {char["fontname"] for page in pdf.pages for char in page.chars}
    assert len(names) >= 5
    assert {re.sub(r"^[A-Z]{6}\+", "", name).split("-4")[0].split("-3")[0] for name in names} == {
        "Source-Serif",
        "Source-Sans",
    }
    fonts = [resolve1(font) for page in pdf.pages for font in resolve1(page.page_obj.resources["Font"]).values()]
    descriptors = [resolve1(resolve1(resolve1(font["DescendantFonts"])[0])["FontDescriptor"]) for font in fonts]
    assert descriptors
    assert all("FontFile2" in descriptor for descriptor in descriptors)


def test_the_pdf_properties_come_from_the_brief(pdf):
    assert pdf.metadata["Title"] == "Norway: the sea decides"
    assert pdf.metadata["Author"] == "Nordic Desk"
    assert pdf.metadata["Subject"].startswith("Norway trades")
    assert "CB 15/2016" in pdf.metadata["Keywords"]
    assert pdf.metadata["CreationDate"] == pdf.metadata["ModDate"] == "D:20160915000000Z"


def test_headings_are_bookmarks(pdf):
    titles = [title for _, title, *_ in pdf.doc.get_outlines()]
    assert titles[0] == "The sea decides"
    assert [title for title in titles if title in {"The sea", "The neighbours", "Sources"}] == [
        "The sea",
        "The neighbours",
        "Sources",
    ]
    assert "Key points" not in titles
    assert "At a glance" not in titles


def tags(element, found=None):
    found = [] if found is None else found
    found.append(element)
    for child in element.get("children", []):
        tags(child, found)
    return found


def test_the_file_is_tagged_with_its_language(pdf):
    assert pdf.doc.catalog["Lang"] in (b"en-GB", "en-GB")
    elements = [e for top in pdf.structure_tree for e in tags(top)]
    kinds = {element["type"] for element in elements}
    assert kinds >= {"H1", "H2", "P", "L", "LI", "Table", "TH", "TD", "Figure", "Caption", "Link", "BlockQuote", "Sect"}
    assert any(element.get("lang") == "ru" for element in elements)
    (figure,) = [element for element in elements if element["type"] == "Figure"]
    assert figure["alt_text"] == "A white cross on a red ground"
    assert {e["attributes"].get("Scope") for e in elements if e["type"] == "TH"} == {"Column", "Row"}


def test_headers_footers_and_extracts_are_artifacts(pdf):
    unread = "".join(char["text"] for page in pdf.pages for char in page.chars if char["tag"] == "Artifact")
    assert unread.count("OFFICIAL-SENSITIVE") == 2 * len(pdf.pages) - 1, "the first is text"
    assert f"Page 1 of {len(pdf.pages)}" in unread
    assert "A treaty that is kept" in unread
    assert "A line on a map" not in unread
    assert "a treaty that is kept is worth more here" not in unread


def test_words_can_be_copied_with_their_spaces():
    galley = body_of('<p><span class="as-of">July 2016</span> <span class="unit">per cent</span> <em>of all</em></p>')
    with pdfplumber.open(BytesIO(write_pdf(galley).data)) as pdf:
        chars = "".join(char["text"] for char in pdf.pages[0].chars)
    assert "July 2016 per cent of all" in chars


def test_the_handout_holds_nothing_internal():
    with pdfplumber.open(BytesIO(pressed("handout").data)) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
        said = text + str(pdf.metadata)
    assert "UNCLASSIFIED" in said
    for secret in ("SENSITIVE", "quota", "Breakfast", "value the work"):
        assert secret not in said


ELSEWHERE = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.support.sample_galley import norway
from briefing.writers.pdf import write_pdf
sys.stdout.buffer.write(write_pdf(norway()).data)
"""


def test_the_same_galley_gives_the_same_bytes_in_another_environment(tmp_path):
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            ELSEWHERE,
            str(ROOT),
        ],
        cwd=tmp_path,
        env={**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout == pressed().data
    assert write_pdf(norway()).data == pressed().data


# What it never does


def test_nothing_is_fetched_from_an_address_or_a_file(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    address = secret.as_uri()
    theme = norway().theme
    hostile = replace(
        body_of(
            f'<p>Fish <img src="{address}" alt="one" width="9" height="9"/> '
            '<img src="http://127.0.0.1:9/spy.png" alt="two" width="9" height="9"/></p>'
            f'<p>Oil <svg viewBox="0 0 9 9" aria-label="three"><image href="{address}" width="9" height="9"/></svg></p>'
        ),
        theme=replace(
            theme,
            print_css=theme.print_css
            + f"\nmain {{ background: url({address}) }} @import url(http://127.0.0.1:9/a.css);"
            f"\n@font-face {{ font-family: spy; src: url({address}) }}",
        ),
    )
    made = write_pdf(hostile)
    assert [d.code for d in made.diagnostics if d.code != "page-warning"] == []
    said = " ".join(d.message for d in made.diagnostics)
    assert "takes nothing from addresses or files" in said
    assert b"secret" not in made.data


def test_the_fetcher_serves_only_the_resources_it_was_given():
    pytest.importorskip("weasyprint")
    from briefing.writers.pdf.layout import make_fetcher

    fetcher = make_fetcher({"picture:0": (b"data", "image/png")})
    assert fetcher.fetch("picture:0").read() == b"data"
    for address in (
        "https://example.com/",
        "file:///etc/hosts",
        "ftp://example.com/",
        "data:text/plain,x",
        "picture:1",
    ):
        with pytest.raises(ValueError, match="takes nothing"):
            fetcher.fetch(address)
        with pytest.raises(ValueError, match="takes nothing"):
            fetcher.open(address)


def test_a_letter_without_a_font_is_a_warning_with_its_field():
    galley = body_of('<p data-path="sections[0].body[0]">A snowman ☃ and again ☃.</p>')
    (warning,) = write_pdf(replace(galley, theme=replace(galley.theme, scripts={}))).diagnostics
    assert warning.code == "missing-glyph"
    assert "U+2603" in warning.message
    assert "☃" in warning.message
    assert "sections[0].body[0]" in warning.message
    assert "snowman" in warning.message
    assert warning.severity == "warning"


def test_a_valid_brief_gives_no_warnings():
    assert pressed().diagnostics == ()


def test_warnings_of_the_layout_engine_become_diagnostics(capfd):
    theme = replace(norway().theme, print_css=norway().theme.print_css + "\np { colour: tartan }")
    made = write_pdf(replace(norway(), theme=theme))
    assert [d.code for d in made.diagnostics] == ["page-warning"]
    assert "tartan" in made.diagnostics[0].message
    assert capfd.readouterr() == ("", "")


def test_writing_a_pdf_leaves_the_environment_unchanged():
    before = dict(os.environ)
    write_pdf(norway())
    assert dict(os.environ) == before


NO_PANGO = """
import sys
sys.path.insert(0, sys.argv[1])
import cffi

def dlopen(self, name, flags=0):
    raise OSError(f"cannot load library '{name}': no such file")

cffi.FFI.dlopen = dlopen
from briefing.diagnostics import MachineError
from briefing.writers.pdf import write_pdf
from tests.support.sample_galley import norway
try:
    write_pdf(norway())
except MachineError as failure:
    (found,) = failure.diagnostics
    print(failure.exit_code, found.code, found.message, found.help, sep="|")
"""


def test_a_missing_pango_is_reported_with_the_install_command(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", NO_PANGO, str(ROOT)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    (line,) = run.stdout.strip().split("\n")
    code, name, message, what_to_do = line.split("|")
    assert (code, name) == ("3", "no-pango")
    assert "Pango" in message
    for words in ("apt-get install libpango-1.0-0", "brew install pango", "pacman -S mingw-w64-ucrt-x86_64-pango"):
        assert words in what_to_do


def test_a_fact_box_that_a_template_moves_behind_the_text_is_not_split():
    body = list(norway().body)
    (box,) = [element for element in body if element.style == "fact-box"]
    body.remove(box)
    at = next(number for number, element in enumerate(body) if element.style == "notes")
    for paragraphs in (1, 3, 4):
        text = set_brief(brief(paragraphs=paragraphs))
        parts = [e for e in text.body if e.style != "fact-box"]
        galley = replace(text, body=(*parts[:at], box, *parts[at:]))
        with pdfplumber.open(BytesIO(write_pdf(galley).data)) as pdf:
            places = [find(pdf, words) for words in ("At a glance", "Capital", "Head of state", "Erna Solberg")]
            page = pdf.pages[places[0].page - 1]
            grounds = [rect for rect in page.rects if rect["fill"] and rect["height"] > 50 * MM]
        assert len({place.page for place in places}) == 1
        # The ground of the box stands under its words, and nowhere else.
        assert grounds
        for ground in grounds:
            assert all(ground["top"] / MM <= place.top <= ground["bottom"] / MM for place in places)


def test_the_page_of_a_right_to_left_brief_is_mirrored():
    galley = replace(norway(), language="ar", direction="rtl")
    with pdfplumber.open(BytesIO(write_pdf(galley).data)) as pdf:
        assert find(pdf, "Capital").right == pytest.approx(18 + 50, abs=0.5)
        assert find(pdf, "Key points").right == pytest.approx(192 - 4, abs=0.5)
        assert find(pdf, "A. N. Example").left < 66
        assert pdf.pages[1].crop((0, 0, 60 * MM, 20 * MM)).search("Draft")
        assert pdf.pages[0].crop((0, 275 * MM, 60 * MM, 297 * MM)).search("Page 1 of")


def test_another_theme_changes_layout_and_colours_but_not_the_words(pdf):
    with pdfplumber.open(BytesIO(write_pdf(norway(theme="chancery")).data)) as other:
        assert find(other, "Capital").left == pytest.approx(18, abs=0.5)
        assert find(other, "Key points").left > 60
        assert find(other, "A. N. Example").right < 66
        words = [sorted(" ".join(page.extract_text() for page in one.pages).split()) for one in (pdf, other)]
        colours = {char["non_stroking_color"] for char in other.pages[0].chars}
    assert set(words[1]) >= {"Capital", "Breakfast", "Erna"} <= set(words[0])
    assert colours.isdisjoint({char["non_stroking_color"] for char in pdf.pages[0].search("At a glance")[0]["chars"]})


def test_text_in_drawings_and_pictures_uses_the_fonts_of_the_theme():
    drawing = '<svg viewBox="0 0 90 30" aria-label="Quayside"><text x="1" y="9" font-weight="700">Żółw ůž</text></svg>'
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="1" y="9">\xc4\xb0zm\xc4\xb1r</text></svg>'
    flag = norway().pictures["images/flag.svg"]
    galley = replace(
        body_of(
            f'<figure class="chart">{drawing}</figure><p><img src="picture:map" alt="a" width="90" height="30"/></p>'
        ),
        pictures={"map": replace(flag, name="map", data=picture)},
    )
    made = write_pdf(galley)
    assert made.diagnostics == ()
    with pdfplumber.open(BytesIO(made.data)) as pdf:
        chars = [char for char in pdf.pages[0].chars if char["text"] in "Żółůžİı"]
        assert "".join(char["text"] for char in chars) == "Żółůžİı"
        assert all("Source-Sans" in char["fontname"] for char in chars)


def test_the_page_map_gives_the_first_page_of_each_part():
    made = pressed()
    assert made.starts["sea"] == 1
    assert made.starts["meeting-1"] == made.pages
    assert 1 <= made.starts["neighbours"] <= made.starts["sources"] < made.pages


def test_the_pdf_declares_pdf_a_2a_and_pdf_ua_1(pdf):
    said = resolve1(pdf.doc.catalog["Metadata"]).get_data().decode("utf-8")
    assert said.count("<rdf:RDF") == said.count("</rdf:RDF>") == 1
    assert re.search(r'pdfaid:part="2"', said)
    assert re.search(r'pdfaid:conformance="A"', said)
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert resolve1(pdf.doc.catalog["OutputIntents"])
    assert resolve1(pdf.doc.catalog["MarkInfo"])


def one_page(*quotations: str, facts: int = 5, words: int = 8) -> str:
    """A brief whose text is short and whose quotations are many: each stands after a paragraph of its own."""
    rows = "\n".join(f"    Fact {number}: value {number}" for number in range(facts))
    parts = "\n".join(
        f"      - {'The coast decides. ' * words}\n      - pull_quote:\n          text: {text}\n          by: Witness {at}"
        for at, text in enumerate(quotations)
    )
    return (
        "title: Norway\nsummary: Norway trades with the Union from outside.\ncountry: NO\nlanguage: en-GB\n"
        "as_of: 2016-09-01\nissued: 2016-09-15\nprepared_by: Nordic Desk\ncontact: nordic@example.org\n"
        f"fact_box:\n  title: At a glance\n  facts:\n{rows}\nsections:\n  - title: The sea\n    body:\n{parts}\n"
        f"      - {'The coast decides. ' * words}\n"
    )


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("facts", [3, 5])
@pytest.mark.parametrize(("lengths", "words"), [((1, 1, 1), 8), ((4, 4, 4), 8), ((6, 2, 2), 60)])
def test_side_content_keeps_its_order_below_the_fact_box(theme, facts, lengths, words):
    """A quotation is never above one that is read before it, nor above the fact box or the summary of page one."""
    names = zip(("Alpha", "Beta", "Gamma"), lengths, strict=True)
    quotations = [f"{name} {'says what others said before ' * length}" for name, length in names]
    with pdfplumber.open(
        BytesIO(write_pdf(set_brief(one_page(*quotations, facts=facts, words=words), theme=theme)).data)
    ) as pdf:
        names = [find(pdf, name) for name in ("Alpha says", "Beta says", "Gamma says")]
        box, summary = find(pdf, f"Fact {facts - 1}"), find(pdf, "Norway trades")
        ends = [find(pdf, f"Witness {number}") for number in range(3)]
    aside = [name for name in names if (name.left > 140 if theme == "standard" else name.left < 60)]
    assert aside
    assert [(place.page, place.top) for place in aside] == sorted((place.page, place.top) for place in aside)
    for place in aside:
        assert place.page > 1 or place.top > box.bottom > summary.top
    # Nor does one stand on another.
    for name, end in pairwise(
        sorted({(p.page, p.top, e.bottom) for p, e in zip(names, ends, strict=True) if p in aside})
    ):
        assert name[0] < end[0] or name[2] < end[1]


def test_quotations_without_space_in_the_side_column_are_placed_in_the_text():
    quotations = [f"{name} {'says what others said before ' * 6}" for name in ("Alpha", "Beta", "Gamma", "Delta")]
    with pdfplumber.open(BytesIO(write_pdf(set_brief(one_page(*quotations, facts=9, words=3))).data)) as pdf:
        places = [find(pdf, f"{name} says") for name in ("Alpha", "Beta", "Gamma", "Delta")]
    assert {place.left > 140 for place in places} == {True, False}
    aside = [(place.page, place.top) for place in places if place.left > 140]
    inside = [(place.page, place.top) for place in places if place.left < 140]
    assert aside == sorted(aside)
    assert inside == sorted(inside)


ROWS = "".join(
    f'            - ["Council {n} of the north, with [a link](https://example.org/{n}) and words to fill its line", {1900 + n}]\n'
    for n in range(60)
)


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_a_table_and_a_fact_box_over_two_pages_are_tagged_once_and_completely(theme):
    """A table of sixty rows and a fact box taller than a page: the tags hold the galley's words in its own order."""
    facts = "".join(f"    Fact {n}: value number {n}, with words so that it runs on\n" for n in range(25))
    text = brief().replace("            - [Arctic Council, 1996]\n", ROWS)
    galley = set_brief(text.replace("    Currency: Krone (NOK)\n", facts), theme=theme)
    page, data = read_html(write_html(galley).data), write_pdf(galley).data
    assert page.body.count("Council") == 60
    aloud = read_pdf(data, "Sources")
    assert [word.lower() for word in aloud.body] == [word.lower() for word in page.aloud]
    assert aloud.notes == page.notes
    with pdfplumber.open(BytesIO(data)) as pdf:
        assert sum(len(page.search("Body Since")) for page in pdf.pages) > 1, "the head is shown on each page"
        elements = [e for top in pdf.structure_tree for e in tags(top)]
        (table,) = [e for e in elements if e["type"] == "Table"]
        heads = [e for e in tags(table) if e["type"] == "TH"]
        assert [e["type"] for e in table["children"]] == ["Caption", "THead", "TBody"]
        assert len(heads) == 2 + 61
        cells = [e for e in tags(table) if e["type"] == "TD"]
        assert len(cells) == 61
        # Each cell names the heads of its column and row, on the later pages too.
        assert len({str(resolve1(cell["attributes"]["Headers"])[-1]) for cell in cells}) == 1


def test_a_reference_after_a_note_number_in_a_caption_keeps_its_space():
    call = '<sup class="note-call"><a>{}</a></sup>'
    for words in range(0, 24, 2):
        caption = f"{'The north of it ' * 4}{'x ' * words}now{call.format(2)} <a>The neighbours</a>{call.format(1)}"
        galley = body_of(f'<table class="brief-table"><caption>{caption}</caption><tr><td>Fish</td></tr></table>')
        data = write_pdf(galley).data
        assert "now2 The neighbours1 Fish" in " ".join(read_pdf(data).body)
        with pdfplumber.open(BytesIO(data)) as pdf:
            assert find(pdf, "The neighbours").right < 20 + 116 + 0.5


def test_each_script_without_a_font_gives_one_warning():
    arabic, hebrew = "الاتحاد الأوروبي، بحر الشمال", "הים הצפוני"
    galley = body_of(f'<p data-path="summary">{arabic} {hebrew}</p><p>北海の条約。 A snowman ☃</p>')
    made = write_pdf(replace(galley, theme=replace(galley.theme, scripts={})))
    said = [warning.message for warning in made.diagnostics]
    assert {warning.code for warning in made.diagnostics} == {"missing-glyph"}
    assert [re.search(r"(\d+ \w+ characters|no '.')", words)[1] for words in said] == [
        "13 Arabic characters",
        "7 Hebrew characters",
        "5 CJK characters",
        "no 'の'",
        "no '☃'",
    ]
    assert [warning.label for warning in made.diagnostics] == ["ا", "ה", "北", "の", "☃"]
    assert "'ا' (U+0627), 'ل' (U+0644), 'ت' (U+062A), 'ح' (U+062D) and 9 more; the first is in summary" in said[0]


def test_meeting_sheets_and_annexes_do_not_count_in_the_page_budget():
    sheets = parse_markup(
        '<section class="meeting-sheet" id="meeting-1"><h2>Call</h2><p>One.</p></section>'
        '<section class="annex" id="annex-1"><h2>Annex A</h2><p>Two.</p></section>'
    )
    galley = body_of("<h1>Norway</h1><p>One page.</p>")
    galley = replace(galley, body=(*galley.body, *(e for e in sheets if isinstance(e, Element))), page_budget=1)
    made = write_pdf(galley)
    assert (made.pages, made.diagnostics) == (3, ())
