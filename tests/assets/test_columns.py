"""The numbers and dates of a spreadsheet's column: one convention for all its cells, or an error with both readings."""

from __future__ import annotations

import pytest

from briefing.assets.columns import read_dates, read_numbers
from briefing.assets.files import FileRefused
from briefing.assets.tables import read_csv


def placed(texts):
    return [(f"line {line}", text) for line, text in enumerate(texts, 2)]


@pytest.mark.parametrize(
    ("language", "typed", "numbers"),
    [
        ("de", ["1.234,5", "12.345", "1.000"], ["1234.5", "12345", "1000"]),
        ("de", ["12.345"], ["12345"]),
        ("de", ["1.234.567", "1.234"], ["1234567", "1234"]),
        ("de", ["12.5", "1.234"], ["12.5", "1.234"]),  # an English file in a German brief
        ("de", ["0.123"], ["0.123"]),
        ("en-GB", ["1,234", "5,678.5"], ["1234", "5678.5"]),
        ("en-GB", ["33,1", "1.234,5"], ["33.1", "1234.5"]),
        ("en-IN", ["12,34,567", "1,000"], ["1234567", "1000"]),
        ("fr", ["1\u202f234,5", "12\u00a0345", "1 000"], ["1234.5", "12345", "1000"]),
        ("de-CH", ["1'234.50", "1\u2019234"], ["1234.50", "1234"]),
        ("de", ["+2,5", "-3,1", "\u22124", "0,50"], ["+2.5", "-3.1", "\u22124", "0.50"]),
        ("de", ["12%", "7,5 %"], ["12%", "7.5%"]),
        ("de", ["1.234,50 €", "€ 5", "-7 €", "USD 12"], ["€1234.50", "€5", "-€7", "USD12"]),
        ("en-GB", ["", "-", "\u2013", "5"], ["", "", "", "5"]),
        ("en-GB", ["", "\u2014"], ["", ""]),
        ("en-GB", ["5.", "6.25"], ["5", "6.25"]),
        ("he", ["\u200e-5", "5\u200f"], ["-5", "5"]),
    ],
)
def test_the_numbers_of_a_column_have_one_convention(language, typed, numbers):
    assert read_numbers(placed(typed), language) == numbers


@pytest.mark.parametrize(
    ("language", "typed", "evidence", "readings"),
    [
        ("fr", ["5", "1.234"], "", ("1.234", "1234")), ("en-GB", ["1,234"], ",", ("1.234", "1234")),
        ("de", ["1.234"], ".", ("1.234", "1234")), ("pl", ["12,345", "1"], ".", ("12.345", "12345")),
    ],
)  # fmt: skip
def test_a_number_with_two_readings_is_refused_with_both(language, typed, evidence, readings):
    with pytest.raises(FileRefused) as refused:
        read_numbers(placed(typed), language, evidence)
    assert refused.value.code == "ambiguous-cell"
    assert all(reading in refused.value.message for reading in (*readings, "line "))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["12", "n/a"], "line 3: 'n/a' is not a number"), (["1,234.5", "1.234,5"], "'1.234,5' and '1,234.5'"),
        (["007", "12"], "'007' is not a number"), (["(12)"], "'(12)'"), (["1.23E+05"], "1.23E+05"), (["12 345 6"], "12 345 6"), (["5%%"], "5%%"), (["1,2,3"], "1,2,3"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_refused_with_its_line(typed, words):
    with pytest.raises(FileRefused) as refused:
        read_numbers(placed(typed), "en-GB")
    assert refused.value.code == "number-form"
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("language", "typed", "dates"),
    [
        ("de", ["5.10.2016", "05.10.2016", "5. 10. 2016"], ["2016-10-05"] * 3),
        ("en-US", ["5.10.2016", ""], ["2016-10-05", ""]),
        ("en-GB", ["5/10/2016"], ["2016-10-05"]), ("en-US", ["10/5/2016"], ["2016-10-05"]),
        ("en", ["10/25/2016", "5/10/2016"], ["2016-10-25", "2016-05-10"]),
        ("fr", ["25/10/2016", "5/10/2016 00:00:00"], ["2016-10-25", "2016-10-05"]),
        ("ja", ["2016/10/5", "2016-10", "2016"], ["2016-10-05", "2016-10", "2016"]),
    ],
)  # fmt: skip
def test_the_dates_of_a_column_have_one_order(language, typed, dates):
    assert read_dates(placed(typed), language) == dates


@pytest.mark.parametrize(
    ("language", "typed", "code", "words"),
    [
        ("en", ["5/10/2016"], "ambiguous-cell", "2016-10-05 or 2016-05-10"),
        ("de", ["31.2.2016"], "date-form", "31.2.2016"), ("de", ["5.10.16"], "date-form", "5.10.16"),
        ("de", ["2016", "soon"], "date-form", "line 3: 'soon'"),
        ("en", ["25/10/2016", "10/25/2016"], "date-form", "25/10/2016"),
    ],
)  # fmt: skip
def test_a_date_with_two_readings_or_none_is_refused(language, typed, code, words):
    with pytest.raises(FileRefused) as refused:
        read_dates(placed(typed), language)
    assert refused.value.code == code
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("text", "titles", "rows"),
    [
        ("Land;Ausfuhr, Mio. Euro\nPolen;12,5\n", ("Land", "Ausfuhr, Mio. Euro"), [("Polen", "12,5")]),
        ("Land,Ausfuhr; geschätzt\nPolen,12\n", ("Land", "Ausfuhr; geschätzt"), [("Polen", "12")]),
        ('"Land;Stadt","b"\n"x;y","2"\n', ("Land;Stadt", "b"), [("x;y", "2")]),
        ("a|b\n1,5|2,5\n", ("a", "b"), [("1,5", "2,5")]),
        ("Wert\n12,5\n7,5\n", ("Wert",), [("12,5",), ("7,5",)]),
        ("sep=;\nLand;Euro\nPolen;12,5\n", ("Land", "Euro"), [("Polen", "12,5")]),
        ('"sep=,"\r\na,b\r\n1,2\r\n', ("a", "b"), [("1", "2")]), ("SEP=|\na|b\n1|2\n", ("a", "b"), [("1", "2")]),
        ("\ufeffsep=\t\na\tb\n1\t2\n", ("a", "b"), [("1", "2")]), ("sep=;;;\na;b;c\n1;2;3\n", ("a", "b", "c"), [("1", "2", "3")]),
        ("Country,Exports,,\nPoland,12.5,,\n,,,\n", ("Country", "Exports"), [("Poland", "12.5")]),
        (",Country,,Exports\n,Poland,,12.5\n", ("Country", "Exports"), [("Poland", "12.5")]),
        ("a,b\n1,2,\n3,4,,\n", ("a", "b"), [("1", "2"), ("3", "4")]),
        ("Year;Exports;Imports\n2015;46;31\n2016;37;\n", ("Year", "Exports", "Imports"), [("2015", "46", "31"), ("2016", "37", "")]),
        ('a,b\n"He said ""no""", "x, y"\n5" pipe,2\n', ("a", "b"), [('He said "no"', "x, y"), ('5" pipe', "2")]),
        ('a;b\n"two\nlines";2\n', ("a", "b"), [("two\nlines", "2")]), ("a;b\r1;2\r", ("a", "b"), [("1", "2")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_is_read_as_it_was_meant(text, titles, rows, encoding):
    table = read_csv("trade.csv", text.removeprefix("\ufeff").encode(encoding))
    assert table.titles == titles
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == rows


def test_a_message_names_the_first_line_of_a_row():
    table = read_csv("trade.csv", b'sep=;\na;b\n"two\nlines";2\n\n3;4\n')
    assert [row.place for row in table.rows] == ["line 3 of 'trade.csv'", "line 6 of 'trade.csv'"]


def test_an_empty_column_that_the_brief_names_stays():
    assert read_csv("trade.csv", b"a,b,\n1,2,\n", wanted=3).titles == ("a", "b", "")
