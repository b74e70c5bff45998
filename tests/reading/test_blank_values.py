"""A value of blanks is like no value: it is reported where it stands, or nothing is printed for it."""

from pathlib import Path

import pytest

from briefing.diagnostics import errors
from briefing.pipeline import Job, build
from tests.support.every_field import every_field, text_fields, write

BLANKS = {"ordinary": " ", "no-break": "\u00a0", "ideographic": "\u3000", "zero-width": "\u200b", "joiner": "\u2060\u200d", "none": "",
          "soft hyphen": "\u00ad", "Braille": "\u2800", "filler": "\u3164", "lines": " \n\n "}  # fmt: skip
FIELDS = sorted(where for where, kind in text_fields().items() if kind != "address")


def blank_one(field: str, blank: str):
    return lambda _, where: blank if where == field else f"Words of {where.lower()}"


def test_there_are_many_fields_and_blanks():
    assert len(FIELDS) > 50
    assert every_field(blank_one("Brief.title", " "))["title"] == " "


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_a_blank_in_any_field_is_a_located_error_or_nothing(tmp_path: Path, blank: str):
    for field in FIELDS:
        content = write(tmp_path, blank_one(field, blank))
        outcome = build(Job(str(content), str(tmp_path / "output"), ("html",), project=str(tmp_path)))
        found = errors(outcome.diagnostics)
        assert [d.code for d in found if d.code == "internal"] == [], field
        assert all(d.span is not None for d in found), (field, found)


@pytest.mark.parametrize(
    "field", ["Brief.title", "Section.title", "PullQuote.text", "Person.name", "FactBox.facts keys"]
)
def test_a_blank_in_a_required_field_is_an_error(tmp_path: Path, field: str):
    content = write(tmp_path, blank_one(field, "\u3000"))
    outcome = build(Job(str(content), str(tmp_path / "output"), ("html",), project=str(tmp_path)))
    assert {d.code for d in errors(outcome.diagnostics)} <= {"missing-value", "empty-item"}
    assert errors(outcome.diagnostics)
