"""The names of months that the program knows are those of CLDR."""

import re

import pytest
from babel import Locale

from briefing.markup.list_numbers import _DOTTED, _OTHERS, _is_month
from briefing.markup.month_names import NAMES

GROUPS = {**dict.fromkeys(_DOTTED.split(), _DOTTED), **dict.fromkeys(_OTHERS.split(), _OTHERS)}


@pytest.mark.parametrize("language", NAMES)
def test_every_name_of_a_month_in_babel_is_known(language):
    months = Locale.parse(language).months
    names = {name.casefold() for form in ("format", "stand-alone") for name in months[form]["wide"].values()}
    words = [name for name in names if re.fullmatch(r"[^\W\d_]+", name)]
    assert len(words) >= 10 or language in {"gd", "ga", "fo", "dsb"}
    assert [word for word in words if not _is_month(word, GROUPS[language])] == []


def test_every_language_of_a_rule_has_names_and_the_other_way_round():
    assert GROUPS.keys() == NAMES.keys()
    assert _is_month("oktobers", _DOTTED)
    assert _is_month("oktoobril", _DOTTED)
    assert not _is_month("oktopus", _DOTTED)
