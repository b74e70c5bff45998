"""Numbers and dates by the rules of a language: CLDR, through Babel."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.model import Day, Moment, PartialDate, Period
from briefing.model.numbers import NO_FIGURE_SIGN, Number

if TYPE_CHECKING:
    import babel

#: Languages that do not separate the thousands of a number with four digits: CLDR's minimumGroupingDigits is 2.
_FOUR_TOGETHER = re.compile(r"(be|bg|et|hu|hy|ia|ie|it|ka|lv|pl|sl|sq)(-.*)?|es(-(ES|GQ|EA|IC|PH))?|pt-(?!BR)..|ru-UA")
#: The first day of a month as a language writes it where CLDR does not, by a pattern of tags. In Portugal it is "1".
_FIRST_DAY = {r"fr\b": "1er", r"it\b": "1º", r"oc\b": "1èr", r"pt(-BR)?$": "1º"}
#: The comma between the parts of a list, by language; elsewhere ", ".
_COMMAS = {
    **dict.fromkeys(("ar", "ckb", "dv", "fa", "ks", "ps", "sd", "ug", "ur"), "، "),
    **dict.fromkeys(("am", "ti"), "፣ "),
    **dict.fromkeys(("yue", "zh"), "，"),
    "ja": "、",
}


def date_in(tag: str, date: PartialDate | Day | Moment | Period) -> str:
    """A date in the long format (5 October 2016, October 2016, 2016), or with its time; a period in words as typed.

    A moment has the day of the week, the date, and the time of day in 24-hour format.
    """
    from babel.dates import format_date, format_skeleton

    if isinstance(date, Period):
        return date.words if date.date is None else date_in(tag, date.date)
    if isinstance(date, Moment):
        day = format_date(date.day.first_day, "full", locale=babel_locale(tag))
        day = _with_first_day(tag, day)
        pause = comma(tag) if comma(tag).endswith(" ") else " "  # no comma in Chinese and Japanese
        return day if date.hour is None else f"{day}{pause}{dt.time(date.hour, date.minute or 0):%H:%M}"
    if date.month is None:
        return str(date.year)
    if date.day is None:
        return format_skeleton("yMMMM", date.first_day, locale=babel_locale(tag))
    return _with_first_day(tag, format_date(date.first_day, "long", locale=babel_locale(tag)))


def _with_first_day(tag: str, date: str) -> str:
    first = next((first for pattern, first in _FIRST_DAY.items() if re.match(pattern, tag)), "1")
    return re.sub(r"\b1\b", first, date)


def number_in(tag: str, value: float | Decimal, digits: int, *, grouped: bool = True) -> str:
    """A number with ``digits`` decimals, the language's digit grouping, and a real minus sign (U+2212)."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    # Not by Babel's format_decimal, which loses each second apostrophe of 1'234'567.
    locale = babel_locale(tag)
    whole, _, decimals = f"{abs(Decimal(str(value))):.{digits}f}".partition(".")
    size, further = locale.decimal_formats[None].grouping
    groups, rest = ([whole[-size:]], whole[:-size]) if grouped else ([whole], "")
    while rest:
        groups, rest = [rest[-further:], *groups], rest[:-further]
    together = len(whole) <= size + 1 and _FOUR_TOGETHER.fullmatch(tag)
    text = ("" if together else get_group_symbol(locale).replace("'", "\u2019")).join(groups)
    sign = "\u2212" if value < 0 and (whole + decimals).strip("0") else ""
    return sign + text + (get_decimal_symbol(locale) + decimals if digits else "")


def cell_in(tag: str, number: Number | None, *, grouped: bool = True) -> str:
    """A number in a table with the sign and the mark that were typed; the sign for no figure if there is none."""
    if number is None:
        return NO_FIGURE_SIGN
    locale = babel_locale(tag)
    text = number_in(tag, abs(number.value), number.decimals, grouped=grouped)
    if number.mark:
        kind = locale.percent_formats[None] if number.mark == "%" else locale.currency_formats["standard"]
        before, after = (re.sub("[\u200e\u200f]", "", part[0]) for part in (kind.prefix, kind.suffix))
        if number.mark.isalpha() and before == "\u00a4":  # EUR 5, but $5
            before += "\u00a0"
        text = (before + text + after).replace("\u00a4", number.mark)
    return ("\u2212" if number.value.is_signed() else "+" if number.plus else "") + text


def comma(tag: str) -> str:
    """The comma between the parts of a list, with its space."""
    return _COMMAS.get(tag.partition("-")[0], ", ")


def semicolon(tag: str) -> str:
    """The semicolon between the groups of a list, with its space."""
    return {"، ": "؛ ", "፣ ": "፤ ", "，": "；", "、": "；"}.get(comma(tag), "; ")


@lru_cache(maxsize=32)
def babel_locale(tag: str) -> babel.Locale:
    """The CLDR data of a tag, or of the nearest one that Babel knows, or of English."""
    import babel
    from babel.core import UnknownLocaleError

    while tag:
        try:
            return babel.Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
    return babel.Locale("en")
