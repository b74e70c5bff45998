"""Names and basic facts of countries, from CLDR (by Babel) and the outlines, offline."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from . import atlas

if TYPE_CHECKING:
    from babel import Locale


def country_name(code: str, language: str) -> str:
    """The name of a country in a language, or its code if CLDR has none."""
    return str(_locale(language).territories.get(code, code))


def capital(code: str, language: str) -> str:
    """The name of a capital in a language; "" if none is set, or if its name in this language is not known.

    CLDR has the cities of the time zones, which are most capitals. For others there are names in some languages. The
    English name is used in other languages with Latin letters only.
    """
    found, locale = atlas.load().capitals.get(code), _locale(language)
    if found is None:
        return ""
    names = atlas.load().capital_names.get(code, {})
    known = locale.time_zones.get(found.zone, {}).get("city") if found.zone else names.get(locale.language)
    return str(known or (found.name if _is_latin(locale) else ""))


def neighbours(code: str) -> tuple[str, ...]:
    """The codes of the countries that have a border with a country on land."""
    return tuple(atlas.load().neighbours.get(code, ()))


def official_languages(code: str, language: str) -> tuple[str, ...]:
    """The official languages of a country, named in a language."""
    from babel.languages import get_official_languages

    names = _locale(language).languages
    # A language in two scripts is listed once. Babel lists Norwegian (no) beside its own variety Bokmål (nb).
    found = list(dict.fromkeys(tag.split("_")[0] for tag in get_official_languages(code, de_facto=True)))
    if "nb" in found and "no" in found:
        found.remove("no")
    return tuple(str(names.get(tag, tag)) for tag in found)


def currencies(code: str, language: str, day: dt.date) -> tuple[str, ...]:
    """The currencies of a country on a day, named in a language, each with its code."""
    from babel.numbers import get_territory_currencies

    names = _locale(language).currencies
    return tuple(f"{names.get(each, each)} ({each})" for each in get_territory_currencies(code, day))


def kilometres(distance: int, language: str) -> str:
    """A distance with its unit in a language, as the scale of a map has it: "100 km"."""
    from babel.units import format_unit

    return str(format_unit(distance, "length-kilometer", "short", locale=_locale(language)))


def _is_latin(locale: Locale) -> bool:
    """Whether a language is written with Latin letters: its name for itself is."""
    own_name = str(locale.languages.get(locale.language, ""))
    return all(unicodedata.name(letter).startswith("LATIN") for letter in own_name if letter.isalpha())


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    """The CLDR data of a language, or of English."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
