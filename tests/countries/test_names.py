"""Names and basic facts of countries."""

import datetime as dt

import pytest

from briefing.countries import names
from briefing.countries.flags import codes

DAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("code", "language", "name", "capital"),
    [
        ("NO", "en", "Norway", "Oslo"),
        ("NO", "ru", "Норвегия", "Осло"),
        ("UA", "fr", "Ukraine", "Kiev"),
        ("CO", "es", "Colombia", "Bogotá"),
        ("KZ", "kk", "Қазақстан", "Астана"),
        ("CN", "fr-CA", "Chine", "Pékin"),
        ("TR", "de", "Türkei", "Ankara"),
        ("TR", "ar", "تركيا", "أنقرة"),
        ("TR", "vi", "Thổ Nhĩ Kỳ", "Ankara"),
        ("TR", "he", "טורקיה", ""),  # not known in Hebrew, and a name in Latin letters does not stand in such a map
        ("IL", "en", "Israel", ""),  # none is set unless the brief names one
        ("NO", "not a language", "Norway", "Oslo"),
    ],
)
def test_a_country_and_its_capital_are_named_in_the_language_of_the_brief(code, language, name, capital):
    assert names.country_name(code, language) == name
    assert names.capital(code, language) == capital


def test_neighbours_have_a_border_on_land():
    assert names.neighbours("NO") == ("FI", "RU", "SE")
    assert names.neighbours("FR") == ("AD", "BE", "CH", "DE", "ES", "IT", "LU", "MC")
    assert names.neighbours("LS") == ("ZA",)
    assert names.neighbours("VA") == ("IT",)
    assert names.neighbours("IS") == ()
    for code in codes():
        assert all(code in names.neighbours(other) for other in names.neighbours(code)), code


def test_languages_and_currencies_are_named():
    assert names.official_languages("CH", "en") == ("German", "Swiss German", "French", "Italian")
    assert names.official_languages("NO", "en") == ("Norwegian Bokmål", "Norwegian Nynorsk")
    assert names.currencies("NO", "en", DAY) == ("Norwegian Krone (NOK)",)
    assert names.currencies("HR", "en", dt.date(2022, 1, 1)) == ("Croatian Kuna (HRK)",)
    assert names.currencies("HR", "en", DAY) == ("Euro (EUR)",)
    assert names.official_languages("AQ", "en") == names.currencies("AQ", "en", DAY) == ()


def test_every_country_has_a_name_in_every_language_of_the_templates():
    for language in ("en", "fr", "de", "es", "ru", "kk", "ar", "uk"):
        assert [code for code in codes() if names.country_name(code, language) == code] == []
