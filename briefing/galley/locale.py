"""The locale of a brief: labels from label files, and dates, numbers and names of countries from Babel (CLDR)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefing.cldr import babel_locale, cell_in, date_in, number_in
from briefing.markup.inline import is_rtl
from briefing.model import Day, Moment, PartialDate, Period
from briefing.model.numbers import Number

#: The languages whose labels no native reader has reviewed yet.
UNREVIEWED = ("he", "it", "ja", "nl", "pt", "tr", "uk", "zh-Hans")


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
        """A date in the long format, as :func:`briefing.cldr.date_in` has it."""
        return date_in(self.tag, date)

    def number(self, value: float | Decimal, digits: int) -> str:
        """A number with ``digits`` decimals."""
        return number_in(self.tag, value, digits)

    def cell(self, number: Number | None) -> str:
        """A number in a table with its sign and mark; the sign for no figure if there is none."""
        return cell_in(self.tag, number)

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
