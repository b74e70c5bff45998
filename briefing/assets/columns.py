"""Read the numbers and dates of a column of a spreadsheet: one convention for all its cells, whatever Excel wrote.

The cells decide, then the language of the brief. If both leave two readings, the column is refused with both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from briefing.cldr import babel_locale
from briefing.model.blocks.table import AS_TYPED
from briefing.model.numbers import NO_FIGURE, Number, split_mark
from briefing.model.typed import InvalidValue

from .files import FileRefused

#: The decimal sign and the sign between thousands of a number.
Convention = tuple[str, str]

CONVENTIONS: tuple[Convention, ...] = tuple((d, g) for d, g in product(".,", ".,' ") if d != g)
_DATES = ("dmy", "mdy")
#: Marks of direction, which spreadsheets in Hebrew and Arabic write beside numbers.
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def decimal_signs(texts: Sequence[str]) -> set[str]:
    """The decimal signs with which all these numbers can be read."""
    cells = [text for text in texts if text.strip() not in NO_FIGURE]
    return {d for d, g in CONVENTIONS if all(_read(text, (d, g)) is not None for text in cells)}


def read_numbers(cells: Sequence[tuple[str, str]], language: str, evidence: str = "") -> list[str]:
    """The numbers of a column as a content file has them: ``1234.5``, ``+2.5``, ``12%``; "" where there is none.

    ``cells`` has pairs of a place ("line 2 of 'trade.csv'") and a text. ``evidence`` is the decimal sign that the rest
    of the file shows, if any. Raises FileRefused.
    """
    figures = [(place, text) for place, text in cells if text.strip() not in NO_FIGURE]
    readings: dict[Convention, list[str | None]] = {
        convention: [_read(text, convention) for _, text in figures] for convention in CONVENTIONS
    }
    valid = {convention: values for convention, values in readings.items() if None not in values}
    if not valid:
        raise _unreadable(figures, readings)
    chosen = _chosen(valid, _convention(language), evidence)
    if chosen is None:
        one, other = sorted({tuple(values) for values in valid.values()}, key=str)[:2]
        index = next(i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
        place, text = figures[index]
        message = f"{place}: '{text}' may be {one[index]} or {other[index]}"
        advice = (
            f"write {one[index]} as 1234.5 is written, with a point and nothing between thousands, or give a number "
            "of the column both signs (1.234,0); with format: text, cells are printed as typed"
        )
        raise FileRefused("ambiguous-cell", message, advice)
    found = iter(chosen)
    return ["" if text.strip() in NO_FIGURE else str(next(found)) for _, text in cells]


def read_dates(cells: Sequence[tuple[str, str]], language: str) -> list[str]:
    """The dates of a column as a content file has them (2016-10-05), from 5.10.2016, 5/10/2016 and 2016/10/5.

    Other texts stay as they are. Raises FileRefused.
    """
    readings = {order: [_date(text, order) for _, text in cells] for order in _DATES}
    valid = {order: dates for order, dates in readings.items() if None not in dates}
    if len(valid) == 2 and valid["dmy"] != valid["mdy"]:
        pattern = babel_locale(language).date_formats["short"].pattern.lower()
        order = "".join(dict.fromkeys(letter for letter in pattern if letter in "dmy"))
        if order not in valid or language == "en":
            place, text = next(cell for cell, a, b in zip(cells, *valid.values(), strict=True) if a != b)
            one, other = _date(text, "dmy"), _date(text, "mdy")
            message = f"{place}: '{text}' may be {one} or {other}"
            raise FileRefused("ambiguous-cell", message, f"write {one} or {other} into the file")
        valid = {order: valid[order]}
    dates = next(iter(valid.values()), None)
    if dates is None:
        place, text = next(c for c, a, b in zip(cells, *readings.values(), strict=True) if a is None or b is None)
        raise FileRefused("date-form", f"{place}: '{text}' is not a date", AS_TYPED["date"])
    return [str(date) for date in dates]


def _chosen(valid: Mapping[Convention, list[str | None]], own: Convention, evidence: str) -> list[str | None] | None:
    """The reading of a column; None if two are left. The language decides unless the file's evidence is against it."""
    if len({tuple(values) for values in valid.values()}) == 1:
        return next(iter(valid.values()))
    wanted = valid.get(own)
    agreeing = {tuple(values) for (decimal, _), values in valid.items() if decimal == evidence}
    if wanted is None or (evidence and tuple(wanted) not in agreeing):
        return None
    return wanted


def _unreadable(figures: Sequence[tuple[str, str]], readings: Mapping[Convention, list[str | None]]) -> FileRefused:
    """The refusal of a column that no convention can read: names a cell that is no number, or two that disagree."""
    for index, (place, text) in enumerate(figures):
        if all(values[index] is None for values in readings.values()):
            try:
                Number.parse_cell(text)
            except InvalidValue as invalid:
                return FileRefused("number-form", f"{place}: {invalid.message}", AS_TYPED["number"])
    best = max(readings.values(), key=lambda values: sum(value is not None for value in values))
    place, text = figures[best.index(None)]
    other = next(t for (_, t), value in zip(figures, best, strict=True) if value is not None and re.search("[.,' ]", t))
    message = f"{place}: '{text}' and '{other}' in one column do not have the same signs for decimals and thousands"
    return FileRefused("number-form", message, "write all numbers of the column in the same way")


@lru_cache(maxsize=4096)  # the evidence of the file and the reading of the column ask for the same
def _read(text: str, convention: Convention) -> str | None:
    """A number as a content file has it, or None if the convention cannot read it."""
    sign, mark, digits = split_mark(_MARKS.sub("", text))
    digits = re.sub(r"\s", " ", digits.strip()).replace("\u2019", "'")
    match = _number(convention).fullmatch(digits)
    if match is None or not (match[1] or match[2]):
        return None
    plain = re.sub(r"\D", "", match[1] or "0") + (f".{match[2]}" if match[2] else "")
    typed = f"{sign}{plain}%" if mark == "%" else f"{sign}{mark}{plain}"
    try:
        Number.parse_cell(typed)
    except InvalidValue:
        return None
    return typed


@cache
def _number(convention: Convention) -> re.Pattern[str]:
    """The digits before and after the decimal sign."""
    decimal, group = map(re.escape, convention)
    whole = rf"0|[1-9]\d*|[1-9]\d{{0,2}}(?:{group}\d{{3}})+|[1-9]\d?(?:{group}\d{{2}})+{group}\d{{3}}"
    return re.compile(rf"({whole})?(?:{decimal}(\d*))?", re.ASCII)


def _date(text: str, order: str) -> str | None:
    """A date as a content file has it, or None if it is none. A time of midnight, which Excel adds, is left out."""
    plain = re.sub(r"[ T]00:00(:00)?$", "", text.strip())
    if plain in NO_FIGURE or re.fullmatch(r"\d{4}(-\d\d){0,2}", plain, re.ASCII):
        return plain
    day = r"(\d{1,2})(\. ?|[/-])(\d{1,2})\2(\d{4})"
    if match := re.fullmatch(day, plain, re.ASCII):
        parts = [match[4], match[3], match[1]]
        if order == "mdy" and match[2] != "." and match[2] != ". ":
            parts = [match[4], match[1], match[3]]
    elif match := re.fullmatch(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})", plain, re.ASCII):
        parts = [match[1], match[3], match[4]]
    else:
        return None
    try:
        return dt.date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def _convention(language: str) -> Convention:
    """The decimal sign and the sign between thousands of a language, by CLDR."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = babel_locale(language)
    group = re.sub(r"\s", " ", get_group_symbol(locale)).replace("\u2019", "'")
    return get_decimal_symbol(locale), group
