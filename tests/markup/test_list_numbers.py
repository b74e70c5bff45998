"""Which numbers with a full stop begin a list, by the language of the text."""

import pytest

from briefing.markup.markdown import prose

DATES = [
    ("de", "3. Oktober beginnt es."), ("de", "Ende des\n\n3. Oktobers"), ("de", "1. JANUAR 2016"), ("de-AT", "1. Jänner 2016"),
    ("pl", "3. stycznia 2016 r."), ("cs", "3. října jednání"), ("sk", "3. októbra rokovania"), ("sl", "3. oktobra začetek"),
    ("sl", "1. januarja"), ("sl", "3. junija"), ("sr", "3. октобра почиње"), ("sr-Latn", "3. oktobra počinje"), ("bs", "3. septembra"),
    ("hr", "3. listopada počinje"), ("fi", "3. lokakuuta alkaa"), ("et", "3. oktoobril algab"), ("lv", "3. oktobrī sākas"),
    ("nb", "3. oktober starter"), ("no", "3. oktober starter"), ("is", "3. október hefst"), ("hu", "3. október"), ("ru", "3. октября 2016"),
    ("uk", "3. жовтня"), ("fr", "3. octobre"), ("tr", "3. Ekim"), ("en-GB", "3. October"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), DATES)
def test_a_month_of_the_brief_s_own_language_makes_a_date(language, text):
    assert "<ol" not in prose(text, language=language)


@pytest.mark.parametrize("text", ["3. [Oktober]{lang=de} is a holiday.", "[3. Oktober]{lang=de} is a holiday."])
def test_a_month_in_the_language_of_a_passage_makes_a_date(text):
    assert "<ol" not in prose(text, language="en-GB")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "1. Mars Inc. invests in the north."),  # March, in French
        ("en-GB", "1. Mai Nguyen speaks first."),
        ("de", "1. May I come in?"),
        ("de", "3. Sept. ist kein voller Name."),
        ("ru", "1. Mai"),
    ],
)
def test_a_month_of_another_language_or_a_short_name_begins_an_item(language, text):
    assert "<ol" in prose(text, language=language)


def test_a_text_in_an_unknown_language_knows_the_months_of_all():
    assert "<ol" not in prose("3. Oktober beginnt es.")
