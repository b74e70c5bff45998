"""Tables too wide for their column or too tall for a page, on paper and in Word."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from briefing.diagnostics import ContentError
from briefing.edition.resolve import resolve
from briefing.galley.set import set_galley
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme
from briefing.writers import find_writer
from tests.support.read_word import Opened, W

MM = 72 / 25.4
HEAD = "title: Trade\nlanguage: en-GB\nissued: 2016-09-15\nlayout: {{paper: {}}}\nsections:\n  - title: Exports\n    body:\n"


def galley(folder, rows, *, theme="standard", paper="A4", wide="false"):
    """The galley of a brief with one table; the first row has the titles, and all columns but the first have numbers."""
    first, *others = rows
    columns = "".join(f"            - {{title: '{title}', format: number}}\n" for title in first[1:])
    lines = "".join(f"            - {list(map(str, row))}\n" for row in others)
    text = (
        f"      - table:\n          caption: By year\n          wide: {wide}\n          columns:\n"
        f"            - {first[0]}\n{columns}          rows:\n{lines}"
    )
    (folder / "brief.yaml").write_text(HEAD.format(paper) + text)
    edition = resolve(load_draft(folder / "brief.yaml", folder), "internal")
    return set_galley(edition, load_theme(theme))


def years(count, value):
    return [["Partner", *range(2005, 2005 + count)], *([name, *[value] * count] for name in ("Norway", "Sweden"))]


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("wide", ["true", "false"])
@pytest.mark.parametrize(("count", "value"), [(6, "120345.5"), (12, "120345.5"), (19, "-12.5")])
def test_every_figure_of_a_wide_table_is_on_the_paper(tmp_path, theme, paper, wide, count, value):
    made = galley(tmp_path, years(count, value), theme=theme, paper=paper, wide=wide)
    with pdfplumber.open(io.BytesIO(find_writer("pdf")(made).data)) as pdf:
        (page,) = pdf.pages
        words = page.extract_words()
        figures = [word for word in words if word["text"].endswith(".5")]
        assert len(figures) == 2 * count
        sizes = {round(c["size"], 1) for c in page.chars if c["text"] == "5" and c["top"] > figures[0]["top"] - 1}
        assert min(sizes) >= 6
        assert min(word["x0"] for word in words) >= 17.9 * MM
        assert max(word["x1"] for word in words) <= float(page.width) - 17.9 * MM
    word = Opened(find_writer("docx")(made).data)
    (table,) = [t for t in word.body.iter(f"{{{W['w']}}}tbl") if len(t.findall("w:tblGrid/w:gridCol", W)) == count + 1]
    room = ((210 if paper == "A4" else 215.9) - 36) * 20 * MM
    widths = [int(column.get(f"{{{W['w']}}}w")) for column in table.findall("w:tblGrid/w:gridCol", W)]
    assert sum(widths) <= room + 20
    points = [int(size.get(f"{{{W['w']}}}val")) / 2 for size in table.findall(".//w:sz", W)] or [9]
    assert min(points) >= 6
    assert min(widths[1:]) / 20 >= len(value) * 0.45 * min(points), "a column is too narrow for its figures"


def bars(folder, count, theme, paper, name="Product"):
    """The galley of a brief with a chart of so many bars."""
    data = "".join(f"            {name} {n}: {n}\n" for n in range(count))
    chart = f"      - chart:\n          caption: Goods\n          alt: Bars\n          data:\n{data}"
    (folder / "brief.yaml").write_text(HEAD.format(paper) + chart)
    return set_galley(resolve(load_draft(folder / "brief.yaml", folder), "internal"), load_theme(theme))


@pytest.mark.parametrize(("paper", "most"), [("A4", 40), ("Letter", 37)])
@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_a_chart_taller_than_the_page_is_refused(tmp_path, theme, paper, most):
    with pytest.raises(ContentError) as refused:
        bars(tmp_path, most + 1, theme, paper)
    (found,) = refused.value.diagnostics
    assert (found.code, found.span.line) == ("chart-height", 8)
    made = bars(tmp_path, most, theme, paper)
    with pdfplumber.open(io.BytesIO(find_writer("pdf")(made).data)) as pdf:
        page = pdf.pages[-1]
        assert len(pdf.pages) <= 2
        assert {"Goods", "Product", str(most - 1)} <= set(page.extract_text().split())
        assert (
            max(word["bottom"] for word in page.extract_words() if word["text"] == str(most - 1))
            < page.height - 22 * MM
        )
    (size,) = Opened(find_writer("docx")(made).data).body.iterfind(".//{*}inline/{*}extent")
    assert int(size.get("cy")) / 36000 < (297 if paper == "A4" else 279.4) - 54


def test_bars_whose_names_are_taller_than_the_page_are_refused(tmp_path):
    with pytest.raises(ContentError) as refused:
        bars(tmp_path, 3, "standard", "A4", name="Coal and " * 90 + "copper")
    (found,) = refused.value.diagnostics
    assert (found.code, found.span.line) == ("chart-height", 8)
    assert "shorten their names" in found.help


def test_a_table_that_no_type_size_fits_is_refused_with_the_columns_that_fit(tmp_path):
    with pytest.raises(ContentError) as refused:
        galley(tmp_path, years(30, "120345.5"))
    (found,) = refused.value.diagnostics
    assert found.code == "table-width"
    assert found.span.line == 8
    assert "31 columns, but the paper has room for 1" in found.message
    galley(tmp_path, years(int(found.message.split()[-1]) - 1, "120345.5"))


@pytest.mark.parametrize("theme", ["standard", "chancery"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_taller_than_a_page_is_split_under_its_head(tmp_path, theme, place):
    words = " ".join(f"word{number}" for number in range(800))
    rows = [["Alpha", "1"], ["Beta", "2"]]
    rows.insert(place, [words, "3"])
    made = galley(tmp_path, [["Remark", "Year"], *rows], theme=theme)
    with pdfplumber.open(io.BytesIO(find_writer("pdf")(made).data)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) <= 3
    assert all("Remark" in page for page in pages)
    assert [page.count("word") > 100 for page in pages[:-1]] == [True] * (len(pages) - 1), "a page is nearly empty"
    assert sum(page.count("word") for page in pages) == 800
    body = Opened(find_writer("docx")(made).data).body
    rows = [row for row in body.iter(f"{{{W['w']}}}tr") if "word0 " in "".join(row.itertext())]
    assert [row.find("w:trPr/w:cantSplit", W) for row in rows] == [None]
