"""The Word writer: page, side column, tables, pictures, contents list, headers and footers."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from briefing.charts import Numbers
from briefing.galley import Running
from briefing.theme.load import load_theme
from briefing.writers.docx.ooxml.elements import NAMESPACES, name
from briefing.writers.docx.tables import column_widths
from briefing.writers.docx.text_size import text_width
from tests.support.galley_with_everything import BODY, call, galley
from tests.support.read_word import Opened, W, footnotes, style_of, word_file, words


@pytest.fixture(scope="module")
def brief() -> Opened:
    return word_file()


@pytest.mark.parametrize(("paper", "size"), [("A4", ("11906", "16838")), ("Letter", ("12240", "15840"))])
def test_the_text_column_is_as_wide_as_in_the_pdf(paper, size):
    section = word_file(paper=paper).body.find("w:sectPr", W)
    page, margins = section.find("w:pgSz", W), section.find("w:pgMar", W)
    assert (page.get(name("w:w")), page.get(name("w:h"))) == size
    text = int(size[0]) - int(margins.get(name("w:left"))) - int(margins.get(name("w:right")))
    assert text / 1440 * 25.4 == pytest.approx(116, abs=0.1)


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_the_side_column_uses_the_extra_width_of_letter_paper(theme):
    opened = word_file(paper="Letter", theme=load_theme(theme))
    (box,) = opened.body.xpath("//w:tbl[w:tblPr/w:tblpPr]", namespaces=W)
    start = int(box.find("w:tblPr/w:tblpPr", W).get(name("w:tblpX"))) / 1440 * 25.4
    width = int(box.find("w:tblPr/w:tblW", W).get(name("w:w"))) / 1440 * 25.4
    margins = opened.body.find("w:sectPr/w:pgMar", W)
    far = int(margins.get(name("w:left" if theme == "chancery" else "w:right"))) / 1440 * 25.4
    side = {"standard": 50, "chancery": 48}[theme] + 5.9
    assert width == pytest.approx(side, abs=0.1)
    assert far == pytest.approx(side + {"standard": 8, "chancery": 7}[theme] + 18, abs=0.1)
    assert start == pytest.approx(18 if theme == "chancery" else 142, abs=0.1)


def test_the_fact_box_floats_beside_the_text(brief):
    (box,) = brief.body.xpath("//w:tbl[w:tblPr/w:tblpPr]", namespaces=W)
    place = box.find("w:tblPr/w:tblpPr", W)
    assert int(place.get(name("w:tblpX"))) / 1440 * 25.4 == pytest.approx(142, abs=0.1)
    assert place.get(name("w:horzAnchor")) == "page"
    width = box.find("w:tblPr/w:tblW", W).get(name("w:w"))
    assert [column.get(name("w:w")) for column in box.iter(name("w:gridCol"))] == [width]
    assert int(width) / 1440 * 25.4 == pytest.approx(50, abs=0.1)
    assert box.find("w:tblPr/w:tblCaption", W).get(name("w:val")) == "At a glance"
    assert "Population" in box.find("w:tblPr/w:tblDescription", W).get(name("w:val"))
    rows = box.findall("w:tr", W)
    assert len(rows) == 1 + 1 + 8  # its title, the flag, eight facts
    assert rows[0].find("w:trPr/w:tblHeader", W) is not None
    assert [brief.name_of(p) for p in rows[2].iter(name("w:p"))] == ["Fact Label", "Fact Value"]


def box_of(facts: int, *, summary: int = 120, title: str = "At a glance") -> str:
    """A brief that begins with a long summary and a fact box with so many facts, and ends with its sources."""
    pairs = "".join(
        f"<div><dt>Fact {n}</dt><dd>A value of some words, which fill two lines{call('factbook', 1, n)}</dd></div>"
        for n in range(1, facts + 1)
    )
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    return (
        f'<h1>Kazakhstan</h1><p class="summary">{"balance " * summary}</p><aside class="fact-box"><p class="fact-box-title">'
        f'{title}</p><dl class="facts">{pairs}</dl></aside><section><h2>Heading</h2><p>Text.</p></section>{notes}'
    )


def test_a_fact_box_too_tall_for_the_page_is_placed_in_the_text_and_may_break():
    assert len(word_file(box_of(5)).body.findall(".//w:tblpPr", W)) == 1
    assert len(word_file(box_of(10, summary=20)).body.findall(".//w:tblpPr", W)) == 1
    opened = word_file(box_of(25))
    assert opened.body.findall(".//w:tblpPr", W) == []
    (box,) = opened.body.findall("w:tbl", W)
    assert box.find("w:tblPr/w:tblStyle", W).get(name("w:val")) == "FactBox"
    assert box.find("w:tblPr/w:tblCaption", W).get(name("w:val")) == "At a glance"
    assert "Fact 25" in box.find("w:tblPr/w:tblDescription", W).get(name("w:val"))
    assert int(box.find("w:tblPr/w:tblW", W).get(name("w:w"))) / 1440 * 25.4 == pytest.approx(116, abs=0.1)
    title, *facts = box.findall("w:tr", W)
    assert title.find("w:trPr/w:tblHeader", W) is not None
    assert [[words(cell).split(",")[0] for cell in row.findall("w:tc", W)] for row in facts] == [
        [f"Fact {n}", "A value of some words"] for n in range(1, 26)
    ]
    # A row whose words keep with the next row keeps the whole box on one page.
    for paragraph in (p for row in facts for p in row.iter(name("w:p"))):
        assert paragraph.find("w:pPr/w:keepNext", W) is None
        assert opened.styles[style_of(paragraph)].find("w:pPr/w:keepNext", W) is None
    assert len(box.findall(".//w:footnoteReference", W)) == 1


def test_a_repeated_header_row_holds_no_footnote():
    opened = word_file(box_of(25, title=f"At a glance{call('election', 1)}"))
    (box,) = opened.body.findall("w:tbl", W)
    assert "1" in words(box.find("w:tr", W))
    assert box.find("w:tr", W).find(".//w:footnoteReference", W) is None
    assert box.getprevious().find(".//w:footnoteReference", W).get(name("w:id")) == "1"
    assert [note.split(",")[0] for note in footnotes(opened)] == ["United Nations", "Central Intelligence Agency"]


def test_a_pull_quote_is_in_a_frame_and_its_footnote_is_before_it(brief):
    quote, attribution = brief.paragraphs("Pull Quote") + brief.paragraphs("Pull Quote Attribution")
    frames = [p.find("w:pPr/w:framePr", W) for p in (quote, attribution)]
    assert [int(frame.get(name("w:x"))) / 1440 * 25.4 for frame in frames] == pytest.approx([142, 142], abs=0.1)
    before = quote.getprevious()
    assert before.find(".//w:footnoteReference", W).get(name("w:id")) == "4"


TEXT = "<p>" + "Norway trades with the European Union from outside and works with it from within. " * 3 + "</p>"
QUOTE = '<blockquote class="pull-quote"><p>{}</p></blockquote>'


@pytest.mark.parametrize(
    ("before", "after", "quoted", "where"),
    [
        (3, 4, 20, "level with the text"),
        (8, 4, 28, "on the foot of the page"),
        (8, 1, 20, "in the text"),  # it would stand alone on the foot of a short page
        (11, 4, 28, "in the text"),  # on this page or on the next one, which then is short
        (12, 4, 20, "level with the text"),
        (10, 8, 60, "on the foot of the page"),
        (8, 1, 9, "level with the text"),
    ],
)
def test_a_quotation_near_the_page_bottom_is_aligned_with_it_or_placed_in_the_text(before, after, quoted, where):
    """LibreOffice leaves it where it is, in whatever faces it has; Word would move it up."""
    opened = word_file(f"<h1>Norway</h1>{TEXT * before}{QUOTE.format('word ' * quoted)}{TEXT * after}")
    frames = opened.body.findall(".//w:framePr", W)
    places = [(frame.get(name("w:vAnchor")), frame.get(name("w:yAlign"))) for frame in frames]
    assert (
        places
        == {
            "in the text": [],
            "level with the text": [("text", None)],
            "on the foot of the page": [("margin", "bottom")],
        }[where]
    )


def test_the_position_of_a_quotation_is_estimated_from_the_last_page_break():
    """Three paragraphs above the break must not count: with them the quotation would seem to stand on the next page."""
    body = f"{TEXT * 8}{QUOTE.format('word ' * 28)}{TEXT * 4}"
    for before in ("", f'{TEXT * 3}<hr class="page-break"/>'):
        (frame,) = word_file(f"<h1>Norway</h1>{before}{body}").body.findall(".//w:framePr", W)
        assert frame.get(name("w:yAlign")) == "bottom"


def test_text_beside_a_short_quotation_near_the_page_bottom_is_kept_together():
    short = "<p>Fisheries are joint work.</p>"
    opened = word_file(f"<h1>Norway</h1>{TEXT * 8}{QUOTE.format('word ' * 9)}{short * 8}")
    (quote,) = opened.paragraphs("Pull Quote")
    assert quote.getprevious().find("w:pPr/w:keepLines", W) is None
    rules = [
        [p.find(f"w:pPr/w:{rule}", W) is not None for rule in ("keepLines", "keepNext")]
        for p in quote.itersiblings(name("w:p"))
    ]
    assert rules == [[True, True]] * 2 + [[True, False]] + [[False, False]] * 5


def test_a_narrow_column_leaves_space_for_its_words_in_a_wider_font():
    columns = [
        ["Since", "1945"],
        ["Founding member; see the section about the north"] * 2,
        ["North Atlantic Council"] * 2,
    ]
    narrow, *long = column_widths(columns, 110.0, 9.0, 3.0)
    assert narrow - 3.0 == pytest.approx(1.22 * text_width("Since", 9.0, bold=True))  # DejaVu, beside the theme's face
    assert narrow + sum(long) == pytest.approx(110.0)


def test_text_below_a_table_is_not_kept_together_for_a_quotation_above_it():
    table = "<table><thead><tr><th>Body</th></tr></thead><tbody><tr><td>Nordic Council</td></tr></tbody></table>"
    short = "<p>Fisheries are joint work.</p>"
    opened = word_file(f"<h1>Norway</h1>{TEXT * 8}{QUOTE.format('word ' * 9)}{short}{table}{short * 8}")
    kept = [p.find("w:pPr/w:keepLines", W) is not None for p in opened.body.findall("w:p", W)]
    assert kept.count(True) == 1


SHEET = """<section class="meeting-sheet"><h2>Call on the Minister</h2>
  <dl class="meeting-details"><div><dt>When</dt><dd>12 October 2016</dd></div></dl>
  <h3>For them</h3><dl class="people"><div><dt>Erlan Idrissov</dt><dd>Minister of Foreign Affairs.{call}</dd></div></dl>
  <h3>Objectives</h3><ul class="objectives"><li>Learn what Astana wants.</li></ul></section>"""


def framed(opened: Opened) -> list[str]:
    return [words(p) for p in opened.body.iter(name("w:p")) if p.find("w:pPr/w:framePr", W) is not None]


def test_time_and_people_of_a_meeting_are_placed_beside_its_points():
    opened = word_file("<p>Before.</p>" + SHEET.replace("{call}", ""))
    assert framed(opened) == [
        "When 12 October 2016", "For them", "Erlan Idrissov Minister of Foreign Affairs.",
    ]  # fmt: skip
    assert opened.texts("heading 2") == ["For them", "Objectives"]
    order = [words(p) for p in opened.body.iter(name("w:p"))]
    assert order.index("Call on the Minister") < order.index("For them") < order.index("Learn what Astana wants.")


@pytest.mark.parametrize("why", ["a note", "no side column", "too many people"])
def test_the_people_of_a_meeting_are_placed_in_the_text_if_necessary(why):
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    person = "<div><dt>Somebody</dt><dd>Head of an office with a long name, in a city of some size.</dd></div>"
    sheet = SHEET.replace("{call}", call("blake", 1) if why == "a note" else "")
    sheet = sheet.replace("</dl>\n  <h3>Obj", person * 30 + "</dl>\n  <h3>Obj") if why == "too many people" else sheet
    theme = load_theme("standard")
    if why == "no side column":
        theme = replace(theme, measures=replace(theme.measures, text=170.0, gutter=0.0, side=0.0))
    opened = word_file("<p>Before.</p>" + sheet + notes, theme=theme)
    assert framed(opened) == []
    assert "Erlan Idrissov Minister of Foreign Affairs." in opened.texts("People")


def test_a_short_list_of_abbreviations_is_kept_together_under_a_small_title():
    entries = "".join(f"<div><dt>A{n}</dt><dd>Abbreviation {n}</dd></div>" for n in range(12))
    body = '<section class="glossary"><h2>Abbreviations</h2><dl class="abbreviations">{}</dl></section><p>End.</p>'
    short = word_file(body.format(entries[: entries.index("<div><dt>A3")]))
    assert short.texts("Side Title") == ["Abbreviations"]
    assert short.styles["SideTitle"].find("w:pPr/w:outlineLvl", W).get(name("w:val")) == "0"
    kept = [p.find("w:pPr/w:keepNext", W) is not None for p in short.paragraphs("Abbreviations")]
    assert kept == [True, True, False]
    assert word_file(body.format(entries)).texts("heading 1") == ["Abbreviations"]
    # Where the brief begins a page with it, it has the heading that does so.
    assert word_file(f'<p>Text.</p><hr class="page-break"/>{body.format(entries)}').texts("Sheet Heading") == [
        "Abbreviations"
    ]


def test_a_quotation_that_would_overlap_the_fact_box_is_placed_in_the_text():
    quote = '<blockquote class="pull-quote"><p>“Early.”</p><p class="attribution">A. Speaker</p></blockquote>'
    early = BODY.replace("<p>Kazakhstan (<span", quote + "<p>Kazakhstan (<span", 1)
    opened = word_file(early)
    assert opened.texts("Intense Quote") == ["“Early.”"]
    assert opened.texts("Attribution") == ["A. Speaker"]


def test_a_footnote_is_never_attached_to_a_heading():
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    quote = f'<blockquote class="pull-quote"><p>“Now.”</p><p class="attribution">A. Speaker{call("blake", 1)}</p></blockquote>'
    opened = word_file(
        f"<section><h2>Heading</h2>{quote}<p>{'Text that runs on beside it. ' * 30}</p></section>{notes}"
    )
    assert opened.texts("Intense Quote") == ["“Now.”"]
    (heading,) = opened.paragraphs("heading 1")
    assert heading.find(".//w:footnoteReference", W) is None
    assert opened.paragraphs("Attribution")[0].find(".//w:footnoteReference", W) is not None


def in_a_row(text: int, *, kind: str, before: str = "") -> Opened:
    """Beside a fact box: so many sentences, a long quotation without a source, one with a source, text that runs on."""
    box, end, _ = box_of(8, summary=10).partition("</aside>")
    first = f'<blockquote class="{kind}"><p>{"Twice in a row. " * 20}</p></blockquote>'
    said = f'<blockquote class="pull-quote"><p>“Now.”</p><p class="attribution">A. Speaker{call("blake", 2)}</p></blockquote>'
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    return word_file(
        f"{box}{end}<section><h2>Heading</h2><p>{'Running text. ' * text}</p>{before}{first}{said}"
        f"<p>{'Text that runs on beside it. ' * 60}</p></section>{notes}"
    )


@pytest.mark.parametrize(("kind", "in_text"), [("extract", "Extract In Text"), ("pull-quote", "Intense Quote")])
def test_a_footnote_is_attached_to_the_text_and_not_to_a_quotation_between(kind, in_text):
    """Where the first quotation stands in the column and ends below the fact box, the second stands beside the text."""
    written = [in_a_row(text, kind=kind) for text in range(20, 400, 30)]
    found = [o for o in written if o.texts("Pull Quote") == ["“Now.”"] and len(o.texts(in_text)) == 1]
    assert found
    for opened in found:
        (carrier,) = opened.body.xpath("//w:p[.//w:footnoteReference[@w:id='2']]", namespaces=W)
        assert words(carrier).startswith("Running text.")
        assert opened.paragraphs(in_text)[0].find(".//w:footnoteReference", W) is None


@pytest.mark.parametrize(
    "before", ["<h3>Another</h3>", '<hr class="page-break"/>', "<table><tr><td>1</td></tr></table>"]
)
def test_a_footnote_is_not_moved_across_a_heading_page_break_or_table(before):
    written = [in_a_row(text, kind="extract", before=before) for text in range(20, 400, 60)]
    for opened in written:
        (carrier,) = opened.body.xpath("//w:p[.//w:footnoteReference[@w:id='2']]", namespaces=W)
        assert opened.name_of(carrier) == "Attribution"
        assert opened.texts("Intense Quote") == ["“Now.”"]


def test_the_second_of_two_quotations_is_placed_in_the_text_with_its_footnote():
    quotes = "".join(
        f'<blockquote class="pull-quote"><p>“{said}”</p><p class="attribution">A. Speaker{call(key, number)}</p></blockquote>'
        for said, key, number in (("One.", "blake", 1), ("Two.", "election", 2))
    )
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    opened = word_file(f"<section><h2>H</h2><p>Before.</p>{quotes}<p>{'Runs on. ' * 200}</p></section>{notes}")
    assert opened.texts("Pull Quote") == ["“One.”"]
    assert opened.texts("Intense Quote") == ["“Two.”"]
    carriers = {
        words(p): [call.get(name("w:id")) for call in p.iter(name("w:footnoteReference"))]
        for p in opened.body.iter(name("w:p"))
    }
    assert carriers["Before."] == ["1"]
    assert [p.find(".//w:footnoteReference", W).get(name("w:id")) for p in opened.paragraphs("Attribution")] == ["2"]


def test_a_theme_can_place_the_side_column_before_the_text():
    theme = load_theme("chancery")
    assert theme.options["side_column"] == "before"
    opened = word_file(theme=theme)
    measures = theme.measures
    margin = int(opened.body.find("w:sectPr/w:pgMar", W).get(name("w:left"))) / 1440 * 25.4
    assert margin == pytest.approx(measures.sides + measures.side + measures.gutter, abs=0.1)
    (box,) = opened.body.iter(name("w:tblpPr"))
    assert int(box.get(name("w:tblpX"))) / 1440 * 25.4 == pytest.approx(measures.sides, abs=0.1)
    outdents = [int(i.get(name("w:w"))) for i in opened.body.iter(name("w:tblInd"))]
    assert [o / 1440 * 25.4 for o in outdents] == pytest.approx([-(measures.gutter + measures.side)] * 2, abs=0.1)


def test_a_quotation_before_a_wide_table_is_placed_in_the_text():
    body = '<p>Text.</p><blockquote class="extract"><p>Text</p></blockquote><table class="brief-table wide"><tbody><tr><td>1</td></tr></tbody></table>'
    assert word_file(body).texts("Extract In Text") == ["Text"]


@pytest.mark.parametrize("before", ['<p class="issue-line">', "</header>"])
def test_a_masthead_with_one_more_line_keeps_its_rule_above_all_of_them(before):
    theme = load_theme("standard")
    styles = {**theme.styles, "desk": replace(theme.styles["series"], name="desk")}
    more = BODY.replace(before, f'<p class="desk">Central Asia desk</p>{before}', 1)
    opened = word_file(more, theme=replace(theme, styles=styles))
    (masthead,) = (
        t for t in opened.body.iter(name("w:tbl")) if t.find("w:tblPr/w:tblStyle", W).get(name("w:val")) == "Masthead"
    )
    assert masthead is opened.body.find("w:tbl", W)
    rule = opened.xml("word/styles.xml").xpath("//w:style[@w:styleId='Masthead']//w:tblBorders/w:top", namespaces=W)[0]
    assert rule.get(name("w:color")) == theme.colours["accent"].lstrip("#").upper()
    lines = [words(p) for p in masthead.iter(name("w:p"))]
    assert [line for line in lines if "desk" in line] == ["Central Asia desk"]
    assert len(lines) == 4
    assert len(list(masthead.iter(name("w:tr")))) == len(list(masthead.iter(name("w:gridCol")))) == 1
    assert opened.texts("Rule") == []


def test_headers_and_footers_have_marking_draft_and_page_numbers(brief):
    running = brief.running()
    assert set(running) == {
        f"{kind}Reference {place}" for kind in ("header", "footer") for place in ("first", "default")
    }
    assert brief.body.find("w:sectPr/w:titlePg", W) is not None
    for kind, part in running.items():
        assert part.find(".//w:tblStyle", W).get(name("w:val")) == "RunningLine"
        assert "OFFICIAL" in words(part)
        assert ("Draft · version 2" in words(part)) == (kind == "headerReference default")
        if kind == "headerReference first":
            assert words(part) == "OFFICIAL"
        elif kind.startswith("footer"):
            assert [code.text.strip() for code in part.iter(name("w:instrText"))] == ["PAGE", "NUMPAGES"]
            assert re.search(r"Page \d+ of \d+$", words(part))


def watermarks(opened: Opened) -> list[str]:
    path = "{urn:schemas-microsoft-com:vml}textpath"
    return [
        shape.find(path).get("string")
        for kind, part in sorted(opened.running().items())
        for shape in part.iter("{urn:schemas-microsoft-com:vml}shape")
        if kind.startswith("header")
    ]


def test_a_draft_has_a_watermark_in_every_header_if_the_theme_enables_it():
    theme = load_theme("standard")
    marked = replace(theme, options={**theme.options, "watermark": "yes"})
    assert watermarks(word_file(theme=marked, labels={"draft": "Draft"})) == ["DRAFT", "DRAFT"]
    final = replace(galley().properties, status="final")
    assert watermarks(word_file(theme=marked, properties=final, labels={"draft": "Draft"})) == []
    assert watermarks(word_file(labels={"draft": "Draft"})) == []


def test_the_header_shows_the_title_on_every_page_except_the_first(brief):
    heads = brief.running()
    assert "many vectors" not in words(heads["headerReference first"])
    assert "Kazakhstan: many vectors, one policy" in words(heads["headerReference default"])


def test_a_brief_without_a_marking_has_none_in_headers_and_footers():
    opened = word_file(running=Running())
    assert "OFFICIAL" not in "".join(words(part) for part in opened.running().values())


def test_tables_repeat_their_header_row_and_do_not_split_rows(brief):
    tables = [
        t for t in brief.body.iter(name("w:tbl")) if t.find("w:tblPr/w:tblStyle", W).get(name("w:val")) == "BriefTable"
    ]
    assert len(tables) == 2
    for table in tables:
        rows = table.findall("w:tr", W)
        assert rows[0].find("w:trPr/w:tblHeader", W) is not None
        assert [row for row in rows if row.find("w:trPr/w:cantSplit", W) is None] == []
    widths = [sum(int(c.get(name("w:w"))) for c in t.iter(name("w:gridCol"))) / 1440 * 25.4 for t in tables]
    assert widths == pytest.approx([116, 174], abs=0.1)


def test_rows_that_may_be_taller_than_a_page_may_break():
    """LibreOffice cuts off at the foot of the page what may not break, and the rows under it."""
    long = "Words that run on. " * 200
    rows = f"<tr><td>A</td><td>{long}</td></tr><tr><td>B</td><td>Short.</td></tr>"
    fact = box_of(3).replace("A value of some words", long, 1)
    sidebar = f'<aside class="sidebar"><p class="sidebar-title">Title</p><p>{long}</p></aside>'
    opened = word_file(
        f'{fact}<table class="brief-table"><thead><tr><th>1</th><th>2</th></tr></thead><tbody>{rows}</tbody></table>{sidebar}'
    )
    whole = [
        [row.find("w:trPr/w:cantSplit", W) is not None for row in table.findall("w:tr", W)]
        for table in opened.body.findall("w:tbl", W)
    ]
    assert whole == [[True, False, True, True], [True, False, True], [False]]
    (_, table, _) = opened.body.findall("w:tbl", W)
    assert table.findall("w:tr", W)[1].find(".//w:keepNext", W) is None


def test_a_column_of_long_words_is_wider_than_one_of_numbers(brief):
    table = next(
        t
        for t in brief.body.iter(name("w:tbl"))
        if "Memberships"
        in (
            t.find("w:tblPr/w:tblCaption", W).get(name("w:val"))
            if t.find("w:tblPr/w:tblCaption", W) is not None
            else ""
        )
    )
    body, part, since = [int(c.get(name("w:w"))) for c in table.iter(name("w:gridCol"))]
    assert body > part > since


def test_merged_cells_keep_their_grid():
    body = (
        '<table class="brief-table"><tbody><tr><td rowspan="2">A</td><td colspan="2">B</td></tr>'
        "<tr><td>C</td><td>D</td></tr><tr><td>E</td><td>F</td><td>G</td></tr></tbody></table>"
    )
    (table,) = word_file(body).body.iter(name("w:tbl"))
    rows = [[words(cell) for cell in row.findall("w:tc", W)] for row in table.findall("w:tr", W)]
    assert rows == [["A", "B"], ["", "C", "D"], ["E", "F", "G"]]
    assert [merge.get(name("w:val")) for merge in table.iter(name("w:vMerge"))] == ["restart", "continue"]


def test_pictures_have_alternative_text_and_an_svg_beside_the_png(brief):
    described = {drawing.get("descr") for drawing in brief.body.iter(name("wp:docPr"))}
    assert described == {
        "Flag of Kazakhstan", "Map of Central Asia", "Exports in 2014 and 2015: 79.5 and 46.0 billion US dollars",
    }  # fmt: skip
    media = {part.rpartition(".")[2] for part in brief.parts if part.startswith("word/media/")}
    assert media == {"png", "svg"}
    wide = [e for e in brief.body.iter(name("wp:extent")) if int(e.get("cx")) / 36000 > 160]
    assert [int(e.get("cx")) / 36000 for e in wide] == pytest.approx([174], abs=0.1)


def test_a_chart_is_a_native_word_chart_with_editable_numbers(brief):
    chart = brief.parts["word/charts/chart1.xml"].decode()
    assert 'c:barDir val="bar"' in chart
    assert "<c:v>79.5</c:v>" in chart
    assert 'a:schemeClr val="accent1"' in chart
    with zipfile.ZipFile(io.BytesIO(brief.parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])) as workbook:
        assert b"79.5" in workbook.read("xl/worksheets/sheet1.xml")
        assert b"Exports" in workbook.read("xl/sharedStrings.xml")


@pytest.mark.parametrize(("kind", "element"), [("column", "c:barChart"), ("line", "c:lineChart")])
def test_column_and_line_charts_keep_their_gaps(kind, element):
    numbers = Numbers(kind, "", ("2014", "2015"), (("A", (1, None)), ("B", (-2, 3)))).to_json()
    body = f"<figure class='chart' data-chart='{numbers}'><svg viewBox='0 0 300 100' aria-label='Two years'></svg></figure>"
    chart = word_file(body).xml("word/charts/chart1.xml")
    (drawn,) = chart.iter(name(element))
    series = drawn.findall("c:ser", NAMESPACES)
    points = [[p.get("idx") for p in s.findall("c:val//c:pt", NAMESPACES)] for s in series]
    assert points == [["0"], ["0", "1"]]


def test_lists_restart_at_one_or_at_their_start_number():
    opened = word_file("<ol><li>One</li></ol><p>Between.</p><ol start='3'><li>Three</li></ol>")
    numbers = [p.find("w:pPr/w:numPr/w:numId", W).get(name("w:val")) for p in opened.paragraphs("List Number")]
    assert len(set(numbers)) == 2
    starts = {
        num.get(name("w:numId")): num.find("w:lvlOverride/w:startOverride", W).get(name("w:val"))
        for num in opened.xml("word/numbering.xml").iterfind("w:num", W)
        if num.find("w:lvlOverride", W) is not None
    }
    assert [starts[number] for number in numbers] == ["1", "3"]


def test_a_page_break_is_part_of_the_style_of_the_next_heading(brief):
    body = '<p>Text.</p><hr class="page-break"/><section><h2>On a page of its own</h2><p>Text.</p></section>'
    assert word_file(body).texts("Sheet Heading") == ["On a page of its own"]
    style = brief.styles["SheetHeading"]
    assert style.find("w:pPr/w:pageBreakBefore", W) is not None
    assert style.find("w:basedOn", W).get(name("w:val")) == "Heading1"
    assert brief.body.xpath("//w:br[@w:type='page']", namespaces=W) == []


CONTENTS = """<nav class="contents" id="contents"><p class="contents-title">In this brief</p><ol>
  <li><a href="#a">One</a><ol><li><a href="#aa">Part of one</a></li></ol></li><li><a href="#b">Two</a></li></ol></nav>
  <section id="a"><h2>One</h2><p>Text.</p><h3 id="aa">Part of one</h3></section><section id="b"><h2>Two</h2></section>"""


def test_a_contents_list_is_a_field_without_an_update_prompt():
    opened = word_file(CONTENTS + f"<p>{'Words of a long brief. ' * 600}</p>")
    assert opened.texts("TOC Heading") == ["In this brief"]
    assert opened.texts("toc 1") == ["One", "Two"]
    assert opened.texts("toc 2") == ["Part of one"]
    (code,) = [c.text.strip() for c in opened.body.iter(name("w:instrText"))]
    assert code == r'TOC \o "1-2" \n \h \z \u'
    assert b"updateFields" not in opened.parts["word/settings.xml"]


def test_a_contents_list_has_the_page_numbers_of_the_pdf_each_in_a_field():
    opened = word_file(CONTENTS, starts={"contents": 1, "a": 1, "aa": 2, "b": 14}, pages=15)
    assert opened.texts("toc 1") == ["One 1", "Two 14"]
    assert opened.texts("toc 2") == ["Part of one 2"]
    code, *pages = [c.text.strip() for c in opened.body.iter(name("w:instrText"))]
    assert code == r'TOC \o "1-2" \h \z \u'
    links = [p.find("w:hyperlink", W).get(name("w:anchor")) for p in opened.paragraphs("toc 1")]
    assert pages[0] == rf"PAGEREF {links[0]} \h"
    assert pages[2] == rf"PAGEREF {links[1]} \h"
    kinds = [char.get(name("w:fldCharType")) for char in opened.body.iter(name("w:fldChar"))]
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * 3, "end"]
    (tab,) = opened.styles["Toc1"].iter(name("w:tab"))
    assert (tab.get(name("w:val")), tab.get(name("w:leader"))) == ("right", "dot")
    assert int(tab.get(name("w:pos"))) / 1440 * 25.4 == pytest.approx(116, abs=0.1)


def test_the_contents_list_omits_headings_that_word_does_not_print():
    """The sources are footnotes there."""
    notes = BODY[BODY.index('<section class="notes"') : BODY.index('<section class="further')]
    listed = CONTENTS.replace("</ol></nav>", '<li><a href="#sources">Sources</a></li></ol></nav>')
    opened = word_file(
        listed + f"<p>Text.{call('blake', 1)}</p>" + notes,
        starts={"contents": 1, "a": 1, "aa": 1, "b": 2, "sources": 3},
        pages=4,
    )
    assert opened.texts("toc 1") == ["One 1", "Two 2"]


def test_a_brief_without_a_contents_list_has_none_in_word(brief):
    codes = [code.text.strip() for code in brief.body.iter(name("w:instrText"))]
    assert len(codes) > 10
    assert [code for code in codes if code.startswith("TOC")] == []
    assert brief.texts("toc 1") == brief.texts("TOC Heading") == []
