"""Excel and OpenDocument workbooks: what they show is what a table prints, and what cannot be printed is refused."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from briefing.assets.archives import MAX_PART
from briefing.assets.files import FileRefused
from briefing.assets.workbooks import read_workbook
from tests.support.workbooks import cell, changed, ods, xlsx

HEAD = ["Partner", "Share"]
WHOLE = xlsx([HEAD, ["Italy", (0.12, "0%")], ["China", (0.075, "0.0%")]])


def read(data, name="trade.xlsx", sheet="", area="", language="en-GB", wanted=0):
    """The titles and the rows of a workbook."""
    found = read_workbook(name, data, sheet, area, language, lambda _: None, wanted)
    return [list(found.titles), *([cell.text for cell in row.cells] for row in found.rows)]


def refused(data, name="trade.xlsx", sheet="", area=""):
    others: list[FileRefused] = []
    with pytest.raises(FileRefused) as found:
        read_workbook(name, data, sheet, area, "en-GB", others.append)
    assert found.value.advice
    return [*others, found.value]


# What a cell shows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "shown", "typed"),
    [
        # Percentages.
        (0.12, "0%", "12 %", "12%"), (0.07, "0%", "7 %", "7%"), (0.0734, "0.0%", "7,3 %", "7.3%"), (-0.005, "0.0%", "−0,5 %", "-0.5%"),
        (0.025, "+0.0%;-0.0%", "+2,5 %", "+2.5%"), (7, '0.0"%"', "7,0 %", "7.0%"), (1.005, "0.00%", "100,50 %", "100.50%"),
        # Numbers: with the decimals and the groups that Excel shows.
        (1234.56, "#,##0.0", "1.234,6", "1234.6"), (1234.5, "0.00", "1234,50", "1234.50"), (2016, None, "2016", "2016"), (1234.5, "# ##0", "1.235", "1235"),
        (1 / 3, None, "0,333333333", "0.333333333"), (100 / 3, None, "33,33333333", "33.33333333"), (2.5, "0.0##", "2,5", "2.5"), (-3, "0;[Red](0)", "−3", "-3"),
        (1_234_567, "#,##0,", "1.235", "1235"), (-0.001, "0.0", "0,0", "0.0"), (1e14, None, "100000000000000", "100000000000000"),
        # Currencies.
        (5.5, "[$€-407] #,##0.00", "5,50 €", "€5.50"), (5.5, '#,##0.00\\ "€"', "5,50 €", "€5.50"), (7, '"$"#,##0', "7 $", "$7"), (7, "[$US$-409]#,##0", "7 US$", "US$7"),
        (7, "[$CHF] #,##0", "7 CHF", "CHF7"), (-5, '_-* #,##0\\ "€"_-;\\-* #,##0\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "−5 €", "-€5"),
    ],
)  # fmt: skip
def test_a_number_has_the_decimals_and_signs_that_excel_shows(value, code, shown, typed):
    found = read_workbook("t.xlsx", xlsx([HEAD, ["x", (value, code)]]), "", "", "de", pytest.fail)
    printed = found.rows[0].cells[1]
    assert (printed.text.replace("\u00a0", " "), printed.number, printed.date) == (shown, typed, "")


@pytest.mark.parametrize(
    ("code", "shown", "typed"),
    [
        ("d/m/yyyy", "5. Oktober 2016", "2016-10-05"), ("mm-dd-yy", "5. Oktober 2016", "2016-10-05"), ("mmm yyyy", "Oktober 2016", "2016-10"),
        ("yyyy", "2016", "2016"), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "5. Oktober 2016", "2016-10-05"), ('yyyy"年"m"月"d"日"', "5. Oktober 2016", "2016-10-05"),
        ("d/m/yyyy h:mm", "5. Oktober 2016", "2016-10-05"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("epoch", [False, True])
def test_a_date_is_printed_with_no_more_than_its_format_shows(code, shown, typed, epoch):
    data = xlsx([HEAD, ["x", (dt.date(2016, 10, 5), code)]], default_date_format=code, date_1904=epoch)
    printed = read_workbook("t.xlsx", data, "", "", "de", pytest.fail).rows[0].cells[1]
    assert (printed.text, printed.date, printed.number) == (shown, typed, "")


def test_the_first_days_of_excel_are_not_one_day_off():
    days = [["x", (number, "d/m/yyyy")] for number in (59, 61)]
    assert [row[1] for row in read(xlsx([HEAD, *days]))[1:]] == ["28 February 1900", "1 March 1900"]


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        (5, "0.00E+00", "number format '0.00E+00'"), (0.5, "# ?/?", "number format"), (7, "0000", "number format"), (5551234, "000-0000", "number format"),
        (7, '0 "km"', "number format"), (7, "[>5]0", "number format"), (1.5, "[h]:mm", "number format"), (0.5, "h:mm", "shows a time"), (42648.5, "d/m/yyyy h:mm", "time of day"),
        (42648, "d mmm", "a date without its year"), (-5, "d/m/yyyy", "is no date"), (60, "d/m/yyyy", "is no date"), (True, None, "true or false"),
        (1e-12, None, "too many digits"), (1e15, "0.0", "too many digits"), (7, 44, "number format '[built-in 44]'"),
    ],
)  # fmt: skip
def test_a_cell_that_a_brief_cannot_print_as_it_is_shown_is_refused(value, code, message):
    (found,) = refused(xlsx([HEAD, ["x", (value, code)]]))
    assert found.code == "cell-format"
    assert found.message.startswith("cell B2 of 'trade.xlsx': ")
    assert message in found.message


def test_several_cells_are_refused_at_once_but_not_hundreds():
    found = refused(xlsx([HEAD, *([f"x{n}", (n, '0 "km"')] for n in range(100))]))
    assert [one.message[:7] for one in found] == ["cell B2", "cell B3", "cell B4", "cell B5", "cell B6"]


def test_texts_are_read_as_typed():
    def change(book, page):
        page.write_rich_string("A2", "Po", book.add_format({"bold": True}), "land")
        page.write_string("B2", "two\nlines")
        page.write_string("A3", "0012")
        page.write_formula("B3", '="a"&"b"', None, "ab")

    assert read(xlsx([HEAD], change))[1:] == [["Poland", "two\nlines"], ["0012", "ab"]]
    reading = changed(
        WHOLE, {"xl/sharedStrings.xml": ("<t>Italy</t>", '<t>Italy</t><rPh sb="0" eb="1"><t>イタリア</t></rPh>')}
    )
    assert read(reading)[1][0] == "Italy"


@pytest.mark.parametrize(
    ("one", "shown", "typed"),
    [
        (cell("12%", "percentage", "0.12"), "12 %", "12%"), (cell("7,30 %", "percentage", "0.073"), "7,30 %", "7.30%"), (cell("+2.5%", "percentage", "0.025"), "+2,5 %", "+2.5%"),
        (cell("1.234,6", "float", "1234.56"), "1.234,6", "1234.6"), (cell("1234.56", "float", "1234.56"), "1234,56", "1234.56"), (cell("-5", "float", "-5"), "−5", "-5"),
        (cell("2016", "float", "2016"), "2016", "2016"), (cell("0,333333333333333", "float", "0.333333333333333"), "0,333333333", "0.333333333"), (cell("0,00", "float", "0"), "0,00", "0.00"),
        (cell("5,50 €", "currency", "5.5", 'office:currency="EUR"'), "5,50 €", "€5.50"), (cell("$7", "currency", "7"), "7 $", "$7"), (cell("7 EUR", "currency", "7"), "7 EUR", "EUR7"),
        (cell("05/10/16", "date", "2016-10-05", 'table:style-name="day"'), "5. Oktober 2016", "2016-10-05"),
        (cell("Okt 16", "date", "2016-10-05", 'table:style-name="bold-month"'), "Oktober 2016", "2016-10"),
        (cell("05.10.16", "date", "2016-10-05T00:00:00"), "5. Oktober 2016", "2016-10-05"),
    ],
)  # fmt: skip
def test_a_cell_of_an_opendocument_file_has_the_decimals_and_signs_that_it_shows(one, shown, typed):
    printed = read_workbook("t.ods", ods(HEAD, ["x", one]), "", "", "de", pytest.fail).rows[0].cells[1]
    assert (printed.text.replace("\u00a0", " "), printed.number or printed.date) == (shown, typed)


@pytest.mark.parametrize(
    ("one", "code", "message"),
    [
        (cell("1,23E+03", "float", "1234"), "cell-format", "it shows '1,23E+03'"), (cell("7 km", "float", "7"), "cell-format", "it shows '7 km'"),
        (cell("14:30", "time", ""), "cell-format", "it is a time"), (cell("TRUE", "boolean", "true"), "cell-format", "true or false"),
        (cell("5.10.", "date", "2016-10-05T14:30:00", 'table:style-name="day"'), "", ""),
        (cell("#N/A", "string", "", 'table:formula="of:=NA()" calcext:value-type="error"'), "error-cell", "#N/A"),
        (cell("Err:502", "float", "0", 'table:formula="of:=X(1)"'), "error-cell", "Err:502"),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "no-result", "no result"),
    ],
)  # fmt: skip
def test_a_cell_of_an_opendocument_file_that_cannot_be_printed_is_refused(one, code, message):
    data = ods(HEAD, ["x", one])
    if not code:  # the format shows the day alone, and so does the brief
        assert read(data, "t.ods")[1] == ["x", "5 October 2016"]
        return
    (found,) = refused(data, "t.ods")
    assert (found.code, found.message[:7]) == (code, "cell B2")
    assert message in found.message


def test_an_opendocument_text_keeps_its_lines_and_leaves_out_its_comment():
    comment = "<office:annotation><text:p>secret</text:p></office:annotation>"
    text = f'<table:table-cell office:value-type="string">{comment}<text:p>two<text:s/>words</text:p><text:p>and <text:span>more</text:span></text:p></table:table-cell>'
    assert read(ods(HEAD, [text, "y"]), "t.ods")[1] == ["two words\nand more", "y"]


# Another reader -------------------------------------------------------------------------------------------------------


def test_another_reader_finds_the_same_values_in_both_kinds_of_file():
    """python-calamine shares no code with ours. It has no formats, so only plain values are compared."""
    rows = [
        ["Year", "Partner", "Since"],
        [2015, "Italy & Sons", dt.date(2016, 10, 5)],
        [2.5, "naïve _x000D_", dt.date(1999, 1, 1)],
    ]
    dates = [cell("x", "date", row[2].isoformat(), 'table:style-name="day"') for row in rows[1:]]
    lines = [
        [cell(str(row[0]), "float", str(row[0])), str(row[1]).replace("&", "&amp;"), date]
        for row, date in zip(rows[1:], dates, strict=True)
    ]
    for name, data in {"t.xlsx": xlsx(rows), "t.ods": ods(rows[0], *lines)}.items():
        theirs = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        ours = read_workbook(name, data, "", "", "en-GB", pytest.fail)
        found = [[one.date or one.number or one.text for one in row.cells] for row in ours.rows]
        assert found == [[f"{v:g}" if isinstance(v, float) else str(v) for v in row] for row in theirs[1:]], name


# Sheets and ranges ----------------------------------------------------------------------------------------------------


def two_sheets(book, page):
    page.write_column("D1", ["Other", 1, 2])
    second = book.add_worksheet("It's 2016")
    second.write_column("B3", ["Year", 2015, 2016])
    second.write_column("C3", ["Sum", 5, 6])
    second.add_table(
        "B10:C12",
        {"name": "Sums", "columns": [{"header": "Year"}, {"header": "Total"}], "data": [[2015, 7], [2016, 8]]},
    )
    book.define_name("Totals", "='It''s 2016'!$B$3:$C$4")
    book.define_name("Constant", "=5")


BOOK = xlsx([HEAD, ["Italy", 5], ["China", 6]], two_sheets)
ODS = ods(
    HEAD, ["Italy", "5"], ["China", "6"],
    sheets="<table:table table:name=\"It's 2016\"><table:table-row><table:table-cell/></table:table-row>"
    + "".join(f"<table:table-row><table:table-cell/>{cell(a)}{cell(b)}</table:table-row>" for a, b in (("Year", "Sum"), ("2015", "5"), ("2016", "6")))
    + "</table:table>",
    names="<table:named-range table:name=\"Totals\" table:cell-range-address=\"$'It''s 2016'.$B$2:.$C$3\"/>",
)  # fmt: skip
YEARS = [["Year", "Sum"], ["2015", "5"], ["2016", "6"]]


@pytest.mark.parametrize(
    ("data", "name", "sheet", "area", "rows"),
    [
        (BOOK, "t.xlsx", "It's 2016", "B3:C5", YEARS), (BOOK, "t.xlsx", "", "Totals", YEARS[:2]), (BOOK, "t.xlsx", "It's 2016", "totals", YEARS[:2]),
        (BOOK, "t.xlsx", "", "Sums", [["Year", "Total"], ["2015", "7"], ["2016", "8"]]), (BOOK, "t.xlsx", "Trade", "$a$1:$b$2", [HEAD, ["Italy", "5"]]),
        (BOOK, "t.xlsx", "Trade", "B2:A1", [HEAD, ["Italy", "5"]]), (ODS, "t.ods", "It's 2016", "", YEARS), (ODS, "t.ods", "", "Totals", YEARS[:2]),
        (ODS, "T.ODS", "Trade", "A1:B2", [HEAD, ["Italy", "5"]]),
    ],
)  # fmt: skip
def test_a_brief_can_name_a_sheet_and_a_range(data, name, sheet, area, rows):
    assert read(data, name, sheet, area) == rows


@pytest.mark.parametrize(
    ("sheet", "area", "code", "message", "advice"),
    [
        ("", "", "sheet", "has 2 sheets", "Trade, It's 2016"), ("Trades", "", "sheet", "no sheet 'Trades'", "did you mean 'Trade'?"), ("x", "", "sheet", "no sheet 'x'", "Trade, It's 2016"),
        ("Trade", "Totals", "range", "is on the sheet 'It's 2016'", "leave sheet: out"), ("", "Nothing", "range", "no range 'Nothing'", "totals, sums"), ("", "Constant", "range", "no range 'Constant'", "B2:E9"),
        ("Trade", "A0:B2", "range", "no range 'A0:B2'", "B2:E9"), ("Trade", "A1:XFE9", "range", "no range", "B2:E9"), ("Trade", "X1:Z9", "no-rows", "no rows", ""),
    ],
)  # fmt: skip
def test_a_sheet_or_a_range_that_is_not_there_is_refused_with_those_that_are(sheet, area, code, message, advice):
    (found,) = refused(BOOK, "trade.xlsx", sheet, area)
    assert found.code == code
    assert message in found.message
    assert advice in found.advice


def test_a_hidden_sheet_is_read_only_if_the_brief_names_it():
    def hide(book, _):
        book.add_worksheet("Notes").write_column("A1", ["Secret", "x"])
        book.get_worksheet_by_name("Notes").hide()

    data = xlsx([HEAD, ["Italy", 5]], hide)
    assert read(data) == [HEAD, ["Italy", "5"]]
    assert read(data, sheet="Notes") == [["Secret"], ["x"]]
    second = '<table:table table:name="Notes" table:style-name="hidden"><table:table-row><table:table-cell/></table:table-row></table:table>'
    assert read(ods(HEAD, ["Italy", "5"], sheets=second), "t.ods") == [HEAD, ["Italy", "5"]]


# Hidden, merged, computed ---------------------------------------------------------------------------------------------


def test_hidden_rows_and_columns_are_left_out_with_a_remark():
    def hide(_, page):
        page.set_row(2, None, None, {"hidden": True})
        page.set_column("B:C", None, None, {"hidden": True})
        page.set_row(50, None, None, {"hidden": True})

    found = read_workbook(
        "t.xlsx", xlsx([["a", "b", "c", "d"], *([f"{n}"] * 4 for n in range(3))], hide), "", "", "en", pytest.fail
    )
    assert found.titles == ("a", "d")
    assert [[one.text for one in row.cells] for row in found.rows] == [["0", "0"], ["2", "2"]]
    assert found.remark == "row 3 and columns B, C of 't.xlsx' are hidden there, and left out"
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = f'<table:table-row table:visibility="filter">{cell("China")}{cell("6")}</table:table-row>'
    found = read_workbook(
        "t.ods", ods(["a", "b", "c"], ["Italy", "5", "6"], rows, head=columns), "", "", "en", pytest.fail
    )
    assert (found.titles, len(found.rows), found.remark) == (
        ("a", "c"),
        1,
        "row 3 and column B of 't.ods' are hidden there, and left out",
    )


def test_an_error_in_a_hidden_row_does_not_matter():
    def hide(_, page):
        page.write_formula("B3", "=1/0", None, "#DIV/0!")
        page.set_row(2, None, None, {"hidden": True})

    assert read(xlsx([HEAD, ["Italy", 5], ["China"]], hide)) == [HEAD, ["Italy", "5"]]


def test_merged_cells_in_the_table_are_refused_and_those_above_it_are_not():
    data = xlsx([[], [], HEAD, ["Italy", 5]], lambda _, page: page.merge_range("A1:B1", "Trade with the world"))
    (found,) = refused(data)
    assert (found.code, found.message) == ("merged-cells", "the cells A1:B1 of 'trade.xlsx' are merged into one")
    assert read(data, area="A3:B4") == [HEAD, ["Italy", "5"]]
    wide = cell("Trade", more='table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    data = ods(f"<table:table-row>{wide}</table:table-row>", HEAD, ["Italy", "5"])
    (found,) = refused(data, "t.ods")
    assert (found.code, found.message) == ("merged-cells", "the cells A1:B1 of 't.ods' are merged into one")
    assert read(data, "t.ods", area="A2:B3") == [HEAD, ["Italy", "5"]]


def test_a_formula_has_the_result_that_was_saved_and_is_refused_without_one():
    data = xlsx([HEAD, ["Italy"]], lambda _, page: page.write_formula("B2", "=1+1", None, 2))
    assert read(data)[1] == ["Italy", "2"]
    for nothing in ("", "<v></v>", "<v/>"):  # as other programs write it
        (found,) = refused(changed(data, {"xl/worksheets/sheet1.xml": ("</f><v>2</v>", f"</f>{nothing}")}))
        assert (found.code, found.message) == ("no-result", "cell B2 of 'trade.xlsx': its formula has no result")


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_in_a_cell_is_refused(error):
    (found,) = refused(xlsx([HEAD, ["Italy"]], lambda _, page: page.write_formula("B2", "=x", None, error)))
    assert (found.code, found.message) == ("error-cell", f"cell B2 of 'trade.xlsx': it shows an error, {error}")


def test_empty_rows_and_columns_around_a_table_are_left_out():
    rows = [[], [None, None, "Partner", None, "Share"], [], [None, None, "Italy", None, (0.5, "0%")]]
    assert read(xlsx(rows)) == [["Partner", "Share"], ["Italy", "50%"]]
    assert read(xlsx([["Partner", None], ["Italy", 5]]), wanted=2) == [["Partner", ""], ["Italy", "5"]]


# Files that are not read ----------------------------------------------------------------------------------------------

NINE = cell("x", more='table:number-columns-repeated="9"')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("name", "data", "message", "advice"),
    [
        ("t.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password", "without a password"), ("t.xlsx", OLE, "old kind", "save it as .xlsx"),
        ("t.xls", OLE, "a kind that is not read", "save it as .xlsx"), ("t.xlsm", WHOLE, "a kind that is not read", "without macros"), ("t.numbers", b"", "a kind that is not read", ".xlsx"),
        ("t.xlsx", b"Partner,Share\n", "is not a workbook, or is damaged", "save it again"), ("t.xlsx", WHOLE[:-40], "is not a workbook", "save it again"), ("t.xlsx", b"", "is not a workbook", ""),
        ("t.xlsx", changed(WHOLE, {"[Content_Types].xml": ("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")}), "macros", "save it as .xlsx"),
        ("t.ods", WHOLE, "no 'content.xml'", ""), ("t.xlsx", ods(HEAD), "no '[Content_Types].xml'", ""),
        ("t.ods", changed(ods(HEAD), {"META-INF/manifest.xml": ("</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>")}), "protected with a password", ""),
        ("t.xlsx", changed(WHOLE, {"xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', _ENTITY)}), "no spreadsheet program", ""),
        ("t.xlsx", changed(WHOLE, {"xl/worksheets/sheet1.xml": ("</sheetData>", "")}), "is damaged", ""), ("t.xlsx", changed(WHOLE, {"xl/worksheets/sheet1.xml": ("<v>0.12</v>", "<v>many</v>")}), "is damaged", ""),
        ("t.xlsx", changed(WHOLE, {"xl/worksheets/sheet1.xml": ("<v>0</v>", "<v>99</v>")}), "is damaged", ""), ("t.xlsx", changed(WHOLE, add={f"p{n}": b"" for n in range(2_001)}), "far more parts", ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_refused_with_advice(name, data, message, advice):
    (found,) = refused(data, name)
    assert found.code == "workbook"
    assert message in found.message
    assert advice in found.advice


def test_a_part_that_unpacks_without_end_is_refused_before_it_is_unpacked():
    bomb = changed(WHOLE, {"xl/worksheets/sheet1.xml": ("<sheetData>", "<sheetData>" + " " * MAX_PART)})
    assert len(bomb) < 100_000
    (found,) = refused(bomb)
    assert "too large" in found.message


def test_a_table_with_too_many_cells_is_refused_and_a_part_of_it_is_read():
    row = "<row>" + '<c t="str"><v>x</v></c>' * 10 + "</row>"
    data = changed(WHOLE, {"xl/worksheets/sheet1.xml": ("</sheetData>", row * 5_000 + "</sheetData>")})
    (found,) = refused(data)
    assert "more than 50,000 cells" in found.message
    assert read(data, area="A1:B3") == read(WHOLE)
    repeated = f'<table:table-row table:number-rows-repeated="1000000">{NINE}</table:table-row>'
    (found,) = refused(ods(HEAD, repeated), "t.ods")
    assert "more than 50,000 cells" in found.message


def test_cells_in_two_far_corners_do_not_fill_the_memory():
    corners = changed(
        WHOLE,
        {
            "xl/worksheets/sheet1.xml": (
                "</sheetData>",
                '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row></sheetData>',
            )
        },
    )
    (found,) = refused(corners)
    assert "more than 50,000 cells" in found.message
    assert read(corners, area="A1:B3") == read(WHOLE)
