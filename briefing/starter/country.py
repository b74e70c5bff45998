"""Names, official languages and currencies of countries, and language tags, from CLDR (by Babel), offline."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.cldr import comma
from briefing.countries.names import capital, currencies, official_languages
from briefing.diagnostics import Diagnostic, SetupError
from briefing.galley.locale import capitalised

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True, slots=True)
class CountryData:
    """A country, with texts in one language. ``capital``, ``languages`` and ``currency`` are empty if unknown."""

    code: str
    name: str
    capital: str
    languages: str
    currency: str


def find_country(code: str, language: str, day: dt.date) -> CountryData:
    """The country of an ISO 3166 code. Raises :class:`SetupError` for an unknown code, if possible with a hint."""
    names = country_names("en")
    wanted = code.upper()
    if wanted not in names:
        by_name = {_normalised(name): known for known, name in names.items()}
        near = difflib.get_close_matches(_normalised(code), by_name, n=1, cutoff=0.75)
        advice = "a country is two letters, as in KZ or NO (ISO 3166)"
        if near:
            advice = f"did you mean {by_name[near[0]]} ({names[by_name[near[0]]]})?"
        raise SetupError(Diagnostic("unknown-country", f"'{code}' is not the code of a country", help=advice))
    locale = _locale(language)
    name = str(locale.territories.get(wanted, names[wanted]))
    languages = _joined(official_languages(wanted, language), locale)
    return CountryData(
        wanted, name, capital(wanted, language), languages, _joined(currencies(wanted, language, day), locale)
    )


def country_named(name: str, language: str) -> str | None:
    """The code of the country with this name in English or the language, or None: ``south-korea`` is KR."""
    known = (*country_names("en").items(), *country_names(language).items())
    return next((code for code, known_name in known if _normalised(known_name) == _normalised(name)), None)


def find_language(tag: str) -> str:
    """A language tag in its usual form: ``EN-gb`` becomes ``en-GB``. Raises :class:`SetupError` for an unknown one."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        return str(Locale.parse(tag.replace("_", "-"), sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError, TypeError):
        names = {str(name).lower(): known for known, name in Locale("en").languages.items()}
        near = difflib.get_close_matches(tag.lower(), names, n=1, cutoff=0.75)
        advice = f"did you mean {names[near[0]]}?" if near else "write its tag, as in en-GB, ru or kk (BCP 47)"
        raise SetupError(Diagnostic("unknown-language", f"'{tag}' is not the tag of a language", help=advice)) from None


def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language, sep="-")


def country_names(language: str) -> dict[str, str]:
    """The names of countries by their codes, without the regions and pseudo-territories of CLDR."""
    found = _locale(language).territories
    return {
        str(code): str(name)
        for code, name in found.items()
        if re.fullmatch("[A-Z]{2}", str(code)) and code not in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    }


def _normalised(name: str) -> str:
    """A name without accents, case and punctuation: "Côte d’Ivoire" and "cote-d-ivoire" are equal."""
    return " ".join(re.findall(r"\w+", unaccented(name.casefold().replace("&", " and "))))


def unaccented(text: str) -> str:
    """The text without accents and other combining characters."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _joined(words: Iterable[str], locale: Locale) -> str:
    """The words with the comma of the language between them, and a capital at the beginning."""
    tag = str(locale).replace("_", "-")
    return capitalised(comma(tag).join(words), tag)
