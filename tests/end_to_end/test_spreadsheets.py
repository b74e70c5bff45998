"""Tables and charts from spreadsheets, and numbers in tables, as a reader finds them in all three formats."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from briefing.diagnostics import ContentError
from briefing.edition.resolve import resolve
from briefing.galley.set import set_galley
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme
from briefing.writers import find_writer
from tests.support.read_outputs import read_docx, read_html, read_pdf, split
from tests.support.workbooks import cell, ods, xlsx

READERS = {"html": read_html, "pdf": read_pdf, "docx": read_docx}
HEAD = "title: Handel\nlanguage: {}\nissued: 2016-09-15\nsections:\n  - title: Ausfuhr\n    body:\n"


def pages(folder, content, data=None, name="trade.csv"):
    """The words of each format, without blanks between them."""
    (folder / "brief.yaml").write_text(content, encoding="utf-8")
    if data is not None:
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    edition = resolve(load_draft(folder / "brief.yaml", folder), "internal")
    galley = set_galley(edition, load_theme(edition.theme))
    words = {name: reader(find_writer(name)(galley).data).body for name, reader in READERS.items()}
    return {name: " ".join(" ".join(body).split()) for name, body in words.items()}


def table(language, columns, rows="csv: trade.csv"):
    return HEAD.format(language) + (
        f"      - table:\n          caption: Handel\n          columns: [{columns}]\n          {rows}\n"
    )


@pytest.mark.parametrize(
    ("language", "columns", "data", "printed"),
    [
        ("de", "Land, {title: Euro, format: number}",
         "\ufeffLand;Euro\r\nPolen;1.234,5\r\nItalien;12.345\r\nMalta;1.000\r\n", "Polen 1.234,5 Italien 12.345 Malta 1.000"),
        ("de", "Land, {title: Euro, format: number}", "sep=;\nLand;Euro, Mio.\nPolen;+12,5\nMalta;-3\n", "Polen +12,5 Malta −3"),
        ("en-GB", "Land, {title: Euro, format: number}", "Land;Euro\nPolen;1.234,5\nMalta;\n", "Polen 1,234.5 Malta –"),
        ("de", "Land, {title: Anteil, format: number}", "Land;Anteil\nPolen;12%\nMalta;7,5 %\n", "Polen 12 % Malta 7,5 %"),
        ("en-GB", "Body, {title: Since, format: date}", "Body;Since\nCIS;5.10.2016\nUN;\n", "CIS 5 October 2016"),
        ("en-GB", "Body, Page", "Body;Page\nUN;https://example.org/a_b_(c)?d=1&e=2\n", "UN https://example.org/a_b_(c)?d=1&e=2"),
        ("de", "Land, Ref", 'Land;Ref\nPolen;"1.234\nvorläufig"\n', "Polen 1.234 vorläufig"),
    ],
)  # fmt: skip
def test_a_spreadsheet_is_printed_as_it_was_meant(tmp_path, language, columns, data, printed):
    for name, text in pages(tmp_path, table(language, columns), data).items():
        assert " ".join(split(printed.replace(" –", ""))) in text, name  # the readers split words at a dash


@pytest.mark.parametrize(
    ("language", "cells", "message", "advice"),
    [
        ("de", ["1.234,5", "12.345", "1.000", "12%"], "line 5 of 'trade.csv': '12%' may be 12% or 0.12: other cells of its column are no percentages", "type 0.12, or put %"),
        ("de", ["12%", "7,5 %", "0,05"], "line 4 of 'trade.csv': '0.05' may be 0.05% or 5%: other cells of its column are percentages", "type 0.05% or 5%"),
        ("en-GB", ["12%", "7.5%", "€5"], "line 4 of 'trade.csv': '€5' may be €5 or a percentage", "type €5 or a percentage"),
    ],
)  # fmt: skip
def test_a_percentage_among_other_numbers_is_an_error_with_both_readings(tmp_path, language, cells, message, advice):
    data = "Land;Wert\n" + "".join(f"x;{cell}\n" for cell in cells)
    with pytest.raises(ContentError) as found:
        pages(tmp_path, table(language, "Land, {title: Wert, format: number}"), data)
    (told,) = found.value.diagnostics
    assert told.message.startswith(message)
    assert told.help.startswith(advice)


def test_a_cell_without_a_figure_has_the_same_sign_everywhere(tmp_path):
    column = "{title: V, format: number}"
    rows = "row_headers: false\n          rows: [['', '-', –, —, ~, 5]]"
    pages(tmp_path, table("de", ", ".join([column] * 6), rows))
    galley = set_galley(resolve(load_draft(tmp_path / "brief.yaml", tmp_path), "internal"), load_theme("standard"))
    cells = [cell.text for element in galley.body for cell in element.walk() if cell.tag == "td"]
    assert cells == ["–"] * 5 + ["5"]


def test_a_number_with_a_bare_point_is_no_empty_item_of_a_list(tmp_path):
    words = pages(tmp_path, table("en-GB", "Body, {title: Seats, format: number}", "rows: [[UN, 5.], [CIS, '7.']]"))
    assert all("UN 5 CIS 7" in text for text in words.values()), words


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-IN", "12,34,567 1,945 +2.50 €5"), ("hi", "12,34,567 1,945 +2.50 €5"), ("es", "1.234.567 1945 +2,50 5 €"),
        ("pl", "1 234 567 1945 +2,50 5 €"), ("es-MX", "1,234,567 1,945 +2.50 €5"), ("de-CH", "1’234’567 1’945 +2.50 € 5"),
        ("tr", "1.234.567 1.945 +2,50 €5"),
    ],
)  # fmt: skip
def test_numbers_have_the_groups_and_signs_of_the_language(tmp_path, language, printed):
    column = "{title: V, format: number}"
    rows = "row_headers: false\n          rows: [[1234567, 1945, +2.50, €5]]"
    for name, text in pages(tmp_path, table(language, ", ".join([column] * 4), rows)).items():
        assert printed in text, name


def test_a_number_keeps_its_emphasis_and_its_citation(tmp_path):
    rows = 'rows: [[Fish, "**1234.5** [@factbook]"]]'
    content = table("en-GB", "Item, {title: Value, format: number}", rows)
    (tmp_path / "brief.yaml").write_text(content + "sources:\n  factbook: {title: Factbook}\n")
    edition = resolve(load_draft(tmp_path / "brief.yaml", tmp_path), "internal")
    html = find_writer("html")(set_galley(edition, load_theme(edition.theme))).data.decode()
    cell = html[html.index("<tbody") :]
    assert "<strong>1,234.5</strong>" in cell
    assert "fn" in cell or "note" in cell[: cell.index("</tbody>")]


def test_a_chart_from_a_spreadsheet_has_the_conventions_and_signs_of_a_table(tmp_path):
    chart = (
        HEAD.format("de") + "      - chart:\n          caption: Wachstum\n          alt: A\n          csv: trade.csv\n"
    )
    pages(tmp_path, chart, "Jahr;Anteil\n2014;+1.234,5%\n2015;-3%\n2016;–\n")
    galley = set_galley(resolve(load_draft(tmp_path / "brief.yaml", tmp_path), "internal"), load_theme("standard"))
    cells = [cell.text for element in galley.body for cell in element.walk() if cell.tag == "td"]
    assert cells == ["", "+1.234,5", "−3,0", "–"]
    with zipfile.ZipFile(io.BytesIO(find_writer("docx")(galley).data)) as word:
        assert "+#,##0.0;-#,##0.0;#,##0.0" in word.read("word/charts/chart1.xml").decode()


WORKBOOKS = {
    "trade.xlsx": xlsx([
        ["Land", "Anteil", "Wert", "Seit", "Jahr", "Notiz"],
        ["Polen", (0.12, "0%"), (1234.56, "#,##0.0"), dt.date(2016, 10, 1), 2016, (5.5, "[$€-407] #,##0.00")],
        ["Malta", (-0.075, "0.0%"), (-3, "#,##0.0"), (dt.date(1999, 2, 1), "mmm yyyy"), 2015, "*wie* [[getippt]]"],
    ]),
    "trade.ods": ods(
        ["Land", "Anteil", "Wert", "Seit", "Jahr", "Notiz"],
        ["Polen", cell("12 %", "percentage", "0.12"), cell("1.234,6", "float", "1234.56"), cell("1/10/16", "date", "2016-10-01", 'table:style-name="day"'),
         cell("2016", "float", "2016"), cell("5,50 €", "currency", "5.5")],
        ["Malta", cell("-7,5%", "percentage", "-0.075"), cell("-3,0", "float", "-3"), cell("Feb 99", "date", "1999-02-01", 'table:style-name="month"'),
         cell("2015", "float", "2015"), "*wie* [[getippt]]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_is_printed_as_it_is_shown_by_the_rules_of_the_language(tmp_path, name):
    content = HEAD.format("de") + f"      - table:\n          caption: Handel\n          csv: {name}\n"
    for kind, text in pages(tmp_path, content, WORKBOOKS[name], name).items():
        words = text.replace("\u00a0", " ").replace("\u202f", " ")
        assert "Polen 12 % 1.234,6 1. Oktober 2016 2016 5,50 €" in words, kind
        assert "Malta −7,5 % −3,0 Februar 1999 2015 *wie* [[getippt]]" in words, kind


def test_columns_of_a_workbook_can_have_formats_and_only_its_numbers_stand_right(tmp_path):
    columns = (
        "Land, {title: Anteil, format: number}, {title: Wert, format: number}, {title: Seit, format: date}, Jahr, Notiz"
    )
    pages(tmp_path, table("en-GB", columns, "csv: trade.xlsx"), WORKBOOKS["trade.xlsx"], "trade.xlsx")
    galley = set_galley(resolve(load_draft(tmp_path / "brief.yaml", tmp_path), "internal"), load_theme("standard"))
    cells = [one.text for element in galley.body for one in element.walk() if one.tag == "td"]
    assert cells[:4] == ["12%", "1,234.6", "1\u00a0October 2016", "2016"]
    bare = HEAD.format("de") + "      - table:\n          caption: Handel\n          csv: trade.xlsx\n"
    (tmp_path / "brief.yaml").write_text(bare, encoding="utf-8")
    (block,) = load_draft(tmp_path / "brief.yaml", tmp_path).brief.sections[0].body
    assert [column.align for column in block.columns] == [None, "right", "right", None, "right", None]


def test_a_text_in_a_column_of_numbers_of_a_workbook_is_read_as_in_a_csv_file(tmp_path):
    data = xlsx([["Land", "Wert"], ["Polen", (1234.567, "0.000")], ["Malta", "1.234,5"], ["Peru", "–"]])
    (tmp_path / "trade.xlsx").write_bytes(data)
    (tmp_path / "brief.yaml").write_text(table("de", "Land, {title: Wert, format: number}", "csv: trade.xlsx"))
    (block,) = load_draft(tmp_path / "brief.yaml", tmp_path).brief.sections[0].body
    assert [row[1] for row in block.rows] == ["1234.567", "1234.5", ""]


@pytest.mark.parametrize("name", ["trade.xlsx", "trade.ods"])
def test_a_chart_reads_a_part_of_a_workbook(tmp_path, name):
    rows = [["Year", "Growth"], ["2014", "+1.2%"], ["2015", "-3.0%"]]
    data = {
        "trade.xlsx": xlsx([["Growth of trade"], rows[0], [2014, (0.012, "+0.0%;-0.0%")], [2015, (-0.03, "+0.0%;-0.0%")]]),
        "trade.ods": ods(["Growth of trade"], rows[0], *([cell(year, "float", year), cell(text, "percentage", value)]
                         for (year, text), value in zip(rows[1:], ("0.012", "-0.03"), strict=True))),
    }  # fmt: skip
    content = HEAD.format("en-GB") + (
        f"      - chart:\n          caption: Growth\n          alt: A\n          csv: {name}\n          sheet: Trade\n          range: A2:B4\n"
    )
    for kind, text in pages(tmp_path, content, data[name], name).items():
        assert "Figure 1 Growth" in text, kind
        assert "Growth of trade" not in text, kind
    galley = set_galley(resolve(load_draft(tmp_path / "brief.yaml", tmp_path), "internal"), load_theme("standard"))
    cells = [one.text for element in galley.body for one in element.walk() if one.tag in {"th", "td"}]
    assert cells == ["", "Growth", "2014", "+1.2", "2015", "−3.0"]
