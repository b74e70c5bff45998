"""The locale of a brief: labels from label files, and dates, numbers and names of countries from Babel (CLDR)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing.markup.inline import is_rtl
from briefing.model import Day, Moment, PartialDate, Period
from briefing.model.numbers import NO_FIGURE_SIGN, Number

if TYPE_CHECKING:
    import babel


#: Languages that do not separate the thousands of a number with four digits: CLDR's minimumGroupingDigits is 2.
_FOUR_TOGETHER = re.compile(r"(be|bg|et|hu|hy|ia|ie|it|ka|lv|pl|sl|sq)(-.*)?|es(-(ES|GQ|EA|IC|PH))?|pt-(?!BR)..|ru-UA")
#: The first day of a month as a language writes it where CLDR does not, by a pattern of tags. In Portugal it is "1".
_FIRST_DAY = {r"fr\b": "1er", r"it\b": "1º", r"oc\b": "1èr", r"pt(-BR)?$": "1º"}
#: The languages whose labels no native reader has reviewed yet.
UNREVIEWED = ("he", "it", "ja", "nl", "pt", "tr", "uk", "zh-Hans")
#: The comma between the parts of a list, by language; elsewhere ", ".
_COMMAS = {
    **dict.fromkeys(("ar", "ckb", "dv", "fa", "ks", "ps", "sd", "ug", "ur"), "، "),
    **dict.fromkeys(("am", "ti"), "፣ "),
    **dict.fromkeys(("yue", "zh"), "，"),
    "ja": "、",
}


@dataclass(frozen=True)
class Locale:
    """The formats and labels of one language."""

    tag: str
    labels: Mapping[str, str]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The writing direction."""
        return "rtl" if is_rtl(self.tag) else "ltr"

    def label(self, key: str, **values: object) -> str:
        """The label for ``key``, with the values filled in.

        Values are not searched for braces, which content may have. Raises KeyError for an unknown key.
        """
        return fill_in(self.labels[key], values)

    def date(self, date: PartialDate | Day | Moment | Period) -> str:
        """A date in the long format (5 October 2016, October 2016, 2016), or with its time; a period in words as typed.

        A moment has the day of the week, the date, and the time of day in 24-hour format.
        """
        from babel.dates import format_date, format_skeleton

        if isinstance(date, Period):
            return date.words if date.date is None else self.date(date.date)
        if isinstance(date, Moment):
            day = format_date(date.day.first_day, "full", locale=babel_locale(self.tag))
            day = self._with_first_day(day)
            pause = comma(self.tag) if comma(self.tag).endswith(" ") else " "  # no comma in Chinese and Japanese
            return day if date.hour is None else f"{day}{pause}{dt.time(date.hour, date.minute or 0):%H:%M}"
        if date.month is None:
            return str(date.year)
        if date.day is None:
            return format_skeleton("yMMMM", date.first_day, locale=babel_locale(self.tag))
        return self._with_first_day(format_date(date.first_day, "long", locale=babel_locale(self.tag)))

    def _with_first_day(self, date: str) -> str:
        first = next((first for pattern, first in _FIRST_DAY.items() if re.match(pattern, self.tag)), "1")
        return re.sub(r"\b1\b", first, date)

    def number(self, value: float | Decimal, digits: int) -> str:
        """A number with ``digits`` decimals, the language's digit grouping, and a real minus sign (U+2212)."""
        from babel.numbers import get_decimal_symbol, get_group_symbol

        # Not by Babel's format_decimal, which loses each second apostrophe of 1'234'567.
        locale = babel_locale(self.tag)
        whole, _, decimals = f"{abs(Decimal(str(value))):.{digits}f}".partition(".")
        size, further = locale.decimal_formats[None].grouping
        groups, rest = [whole[-size:]], whole[:-size]
        while rest:
            groups, rest = [rest[-further:], *groups], rest[:-further]
        together = len(whole) <= size + 1 and _FOUR_TOGETHER.fullmatch(self.tag)
        text = ("" if together else get_group_symbol(locale).replace("'", "\u2019")).join(groups)
        sign = "\u2212" if value < 0 and (whole + decimals).strip("0") else ""
        return sign + text + (get_decimal_symbol(locale) + decimals if digits else "")

    def cell(self, number: Number | None) -> str:
        """A number in a table with the sign and the mark that were typed; the sign for no figure if there is none."""
        if number is None:
            return NO_FIGURE_SIGN
        locale = babel_locale(self.tag)
        text = self.number(abs(number.value), number.decimals)
        if number.mark:
            kind = locale.percent_formats[None] if number.mark == "%" else locale.currency_formats["standard"]
            before, after = (re.sub("[\u200e\u200f]", "", part[0]) for part in (kind.prefix, kind.suffix))
            if number.mark.isalpha() and before == "\u00a4":  # EUR 5, but $5
                before += "\u00a0"
            text = (before + text + after).replace("\u00a4", number.mark)
        return ("\u2212" if number.value.is_signed() else "+" if number.plus else "") + text

    def currency_before(self, unit: str) -> tuple[str, str]:
        """The currency at the beginning of a unit, and the rest of the unit.

        ("", unit) if there is none, or if the language puts currencies after the number.
        """
        from babel.numbers import is_currency

        found = re.match(r"([A-Z]{0,3}[$\u00a2-\u00a5\u0e3f\u20a0-\u20cf]|[A-Z]{3})(?:\s+|$)", unit)
        stands_before = babel_locale(self.tag).currency_formats["standard"].prefix[0].find("\u00a4") >= 0
        if found is None or not stands_before or (found[1].isalpha() and not is_currency(found[1])):
            return "", unit
        return found[1], unit[found.end() :]

    def kilometres(self, distance: int) -> str:
        """A distance: 100 km."""
        from babel.units import format_unit

        return str(format_unit(distance, "length-kilometer", length="short", locale=babel_locale(self.tag)))

    def country(self, code: str) -> str:
        """The country's name, or its ISO code if Babel has none."""
        return str(babel_locale(self.tag).territories.get(code, code))


def fill_in(text: str, values: Mapping[str, object]) -> str:
    """The text with each ``{name}`` replaced by its value, if it has one."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match[1], match[0])), text)


def comma(tag: str) -> str:
    """The comma between the parts of a list, with its space."""
    return _COMMAS.get(tag.partition("-")[0], ", ")


def capitals(text: str, tag: str) -> str:
    """The text in capitals, by the rules of its language (Unicode's SpecialCasing, and CLDR for Greek and Armenian)."""
    language = tag.partition("-")[0]
    if language in {"az", "tr"}:
        text = text.replace("i\u0307", "i").replace("i", "İ")
    elif language == "hy":
        text = text.replace("և", "եվ")
    elif language in {"el", "lt"}:
        text = unicodedata.normalize("NFD", text)
        if language == "lt":
            text = re.sub("([ij]\u0328?)\u0307", r"\1", text)  # a small i keeps its dot below an accent
        else:
            # Accents are left out, except on "ή" (or). A vowel after an accented one gets the dots that keep it apart.
            text = re.sub("(?<![\\w\u0301])[ηΗ]\u0301(?![\\w\u0301])", "\ue000", text)
            text = re.sub("([αεηιουω]\u0301[ιυ])(?!\u0308)", "\\1\u0308", text, flags=re.IGNORECASE)
            text = re.sub("[\u0300\u0301\u0304\u0306\u0313\u0314\u0342]", "", text).replace("\ue000", "Η\u0301")
        text = unicodedata.normalize("NFC", text)
    return text.upper()


def capitalised(text: str, tag: str) -> str:
    """The text with a capital at its beginning; in Dutch "ij" is one letter."""
    length = 2 if tag.partition("-")[0] == "nl" and text[:2] == "ij" else 1
    return capitals(text[:length], tag) + text[length:]


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


def locale_for(tag: str, labels: Mapping[str, Mapping[str, str]]) -> tuple[Locale, bool]:
    """The language for a tag, and whether it has labels of its own; without them the English ones are used."""
    own: dict[str, str] = {}
    for name in dict.fromkeys((tag.partition("-")[0], _with_script(tag), tag)):
        own |= labels.get(name, {})
    return Locale(tag, {**labels.get("en", {}), **own}), bool(own)


def _with_script(tag: str) -> str:
    """The language and the script of a tag: "zh-Hans" of "zh-CN", "zh-Hant" of "zh-TW"."""
    from babel.core import get_global

    language, *parts = tag.split("-")
    likely = get_global("likely_subtags")
    guess = str(likely.get(tag.replace("-", "_")) or likely.get(language) or "").split("_")
    script = next((part for part in parts if len(part) == 4), "") or (guess[1] if len(guess) > 1 else "")
    return f"{language}-{script}"
