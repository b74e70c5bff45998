"""Tables and charts from spreadsheets, and numbers in tables, as a reader finds them in all three formats."""

from __future__ import annotations

import io
import zipfile

import pytest

from briefing.edition.resolve import resolve
from briefing.galley.set import set_galley
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme
from briefing.writers import find_writer
from tests.support.read_outputs import read_docx, read_html, read_pdf, split

READERS = {"html": read_html, "pdf": read_pdf, "docx": read_docx}
HEAD = "title: Handel\nlanguage: {}\nissued: 2016-09-15\nsections:\n  - title: Ausfuhr\n    body:\n"


def pages(folder, content, data=None):
    """The words of each format, without blanks between them."""
    (folder / "brief.yaml").write_text(content, encoding="utf-8")
    if data is not None:
        (folder / "trade.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
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
