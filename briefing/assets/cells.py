"""Cells of a workbook: what they show, and which number or date they hold."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from briefing.cldr import cell_in, date_in
from briefing.model import PartialDate
from briefing.model.numbers import Number, split_mark
from briefing.model.typed import InvalidValue

#: The number formats that a workbook need not spell out, by their numbers. Those of dates have the order of the reader.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 43: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General)|(.)', re.DOTALL | re.IGNORECASE)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+", re.IGNORECASE)
_CODES = "#0?.,%@/:dmyhseDMYHSE"
_NUMBER = re.compile(r"([#0?, ]*[#0?])?(?:\.([0#?]*))?(,*)")
_SPACING = str.maketrans("", "", " \u00a0\u202f+-()")
Precision = Literal["year", "month", "day"]


class Unprintable(Exception):  # noqa: N818 - an expected result, which the reader of the workbook reports
    """A cell that cannot be printed as it is shown: the code, the reason, and what to do."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.code, self.message, self.advice = code, message, advice

    def at(self, place: str) -> Unprintable:
        """The same refusal with the place of the cell."""
        return Unprintable(self.code, f"{place}: {self.message}", self.advice)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a spreadsheet: its text as a column of text prints it, and where messages say that it is.

    ``number`` and ``date`` are as a content file has them. They are empty if the file does not say that the cell is a
    number or a date, as in a CSV file.
    """

    text: str
    place: str = ""
    number: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The format of a cell: of a date if ``precision`` is given, else of a number.

    ``decimals`` are None for the format "General", else the fewest and the most. ``scale`` is a power of ten. ``plus``:
    a plus stands before positive numbers. ``time``: it shows a time of day.
    """

    decimals: tuple[int, int] | None = None
    grouped: bool = False
    mark: str = ""
    scale: int = 0
    plus: bool = False
    precision: Precision | None = None
    time: bool = False

    def number(self, value: float) -> str:
        """The number as it is shown, as a content file has it: ``1234.5``, ``12%``, ``€5``. Raises Unprintable."""
        exact = Decimal(f"{value:.15g}").scaleb(self.scale)
        whole = len(str(int(abs(exact))))
        least, most = self.decimals or (0, max(0, min(9, 10 - whole)))
        text = f"{exact.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):f}" if whole <= 15 else ""
        if not text or (self.decimals is None and exact and not float(text)):
            raise _unprintable(f"its number {value:g} has too many digits", "round it, or choose fewer decimals for it")
        digits, _, fraction = text.lstrip("-").partition(".")
        kept = fraction[:least] + fraction[least:].rstrip("0")
        sign = "" if not float(text) else "-" if value < 0 else "+" if self.plus else ""
        plain = digits + (f".{kept}" if kept else "")
        return f"{sign}{plain}%" if self.mark == "%" else f"{sign}{self.mark}{plain}"


def number_cell(value: float, form: NumberFormat, place: str, language: str) -> Cell:
    """The cell of a number. Raises Unprintable."""
    number = form.number(value)
    return Cell(cell_in(language, Number.parse_cell(number), grouped=form.grouped), place, number=number)


def date_cell(moment: dt.datetime, form: NumberFormat, place: str, language: str) -> Cell:
    """The cell of a date, with no more than its format shows: its year, month and day, or less. Raises Unprintable."""
    if form.time and moment.time() != dt.time.min:
        raise _unprintable("it shows a time of day", "give the cell a format without the time, or the format Text")
    date = moment.date().isoformat()[: {"year": 4, "month": 7, "day": 10}[form.precision or "day"]]
    try:
        return Cell(date_in(language, PartialDate.parse(date)), place, date=date)
    except InvalidValue as invalid:
        raise _unprintable(invalid.message, "correct the date, or make the cell text") from None


def read_format(code: str) -> NumberFormat:
    """The format of a cell from its code: ``#,##0.00 "€"``. Raises Unprintable if a brief has no such format."""
    codes, literal, section = _first_section(code)
    shape = codes.strip("_ ")
    mark = literal.translate(_SPACING)
    if shape.lower() in {"general", "@"}:
        if mark:
            raise unknown_format(section)
        return NumberFormat()
    if re.search("[dmyhse]", shape, re.IGNORECASE) and not re.search("[#0?]", re.sub(r"(?i)s\.0+", "s", shape)):
        return _date_format(shape.lower(), section)
    percent = shape.count("%")
    number = _NUMBER.fullmatch(shape.strip("%_ "))
    if number is None or percent > 1 or (percent and mark) or (mark not in {"", "%"} and not _is_mark(mark)):
        raise unknown_format(section)
    whole, places = number[1] or "", number[2] or ""
    if whole.count("0") > 1:  # leading noughts: not a number but a code
        raise unknown_format(section)
    return NumberFormat(
        (places.count("0"), min(10, len(places))),
        "," in whole or " " in whole,
        "%" if percent else mark,
        2 * percent - 3 * len(number[3]),
        plus="+" in literal,
    )


def _first_section(code: str) -> tuple[str, str, str]:
    """The codes of the first section of a format with a ``_`` for other signs; these signs; the section."""
    codes, literal, section = "", "", code
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracketed, general, plain = match.groups()
        if plain == ";":
            section = code[: match.start()]
            break
        if bracketed and bracketed.startswith("$"):
            literal += bracketed[1:].partition("-")[0]
        elif bracketed and not _COLOUR.fullmatch(bracketed):
            raise unknown_format(code)
        elif general or (plain and plain in _CODES):
            codes += general or plain
        else:
            text = quoted or escaped or plain or ""
            literal += text
            codes += "_" if text.strip() else " " if text else ""
    return codes, literal, section


def _is_mark(text: str) -> bool:
    """Whether a text is a currency that a number of a brief can have."""
    return split_mark(f"1 {text}")[1] == text


def no_result() -> Unprintable:
    """The refusal of a formula that no spreadsheet program has computed."""
    advice = "open the workbook in Excel or LibreOffice, which computes it, and save it"
    return Unprintable("no-result", "its formula has no result", advice)


def error_cell(shown: str) -> Unprintable:
    """The refusal of a cell that shows an error."""
    advice = "correct it in the workbook; where there is no figure, leave the cell empty or type \u2013"
    return Unprintable("error-cell", f"it shows an error, {shown[:20]}", advice)


def other_kind(what: str) -> Unprintable:
    """The refusal of a cell that is no text, number or date."""
    return _unprintable(f"it is {what}, which a brief cannot print", "write the words into the cell")


def unknown_format(code: str) -> Unprintable:
    """The refusal of a number format."""
    message = f"its number format '{code[:60]}' is none that a brief can print"
    return _unprintable(message, "give the cell the format Number, Percentage, Currency, Date or Text")


def _unprintable(message: str, advice: str) -> Unprintable:
    return Unprintable("cell-format", message, advice)


def _date_format(shape: str, code: str) -> NumberFormat:
    time = "h" in shape or "s" in shape
    if "y" not in shape and "e" not in shape:
        what = "a time" if time else "a date without its year"
        advice = "give the cell a format with the year, or the format Text"
        raise _unprintable(f"its number format '{code[:60]}' shows {what}", advice)
    return NumberFormat(precision="day" if "d" in shape else "month" if "m" in shape else "year", time=time)
