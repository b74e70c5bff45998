"""A value of blanks is like no value: it is reported where it stands, or nothing is printed for it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from briefing.diagnostics import Diagnostic, errors
from briefing.pipeline import Job, build
from tests.support.every_field import every_field, text_fields, write

BLANKS = {"ordinary": " ", "no-break": "\u00a0", "ideographic": "\u3000", "zero-width": "\u200b", "joiner": "\u2060\u200d", "none": "",
          "soft hyphen": "\u00ad", "Braille": "\u2800", "filler": "\u3164", "lines": " \n\n "}  # fmt: skip
FIELDS = sorted(where for where, kind in text_fields().items() if kind != "address")


#: So many fields, of different parts of a brief, are blank at once where that is not an error.
AT_ONCE = 6


def blank_in(fields: Iterable[str], blank: str):
    return lambda _, where: blank if where in fields else f"Words of {where.lower()}"


def problems(folder: Path, fields: Iterable[str], blank: str) -> list[Diagnostic]:
    """The errors of a brief with a blank in these fields."""
    content = write(folder, blank_in(fields, blank))
    return errors(build(Job(str(content), str(folder / "output"), ("html",), project=str(folder))).diagnostics)


@cache
def refused() -> frozenset[str]:
    """The fields in which a blank is an error."""
    with TemporaryDirectory() as folder:
        return frozenset(field for field in FIELDS if problems(Path(folder), [field], " "))


def test_there_are_many_fields_and_blanks():
    assert len(FIELDS) > 50
    assert every_field(blank_in(["Brief.title"], " "))["title"] == " "


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_a_blank_in_any_field_is_a_located_error_or_nothing(tmp_path: Path, blank: str):
    others = [field for field in FIELDS if field not in refused()]
    turns = -(-len(others) // AT_ONCE)
    trials = [others[turn::turns] for turn in range(turns)] + [[field] for field in sorted(refused())]
    assert sorted(field for fields in trials for field in fields) == FIELDS
    while trials:
        fields = trials.pop()
        found = problems(tmp_path, fields, blank)
        assert [d.code for d in found if d.code == "internal"] == [], fields
        assert all(d.span is not None for d in found), (fields, found)
        if found and len(fields) > 1:  # an error in one of them hides what becomes of the others
            trials += [[field] for field in fields]


@pytest.mark.parametrize(
    "field", ["Brief.title", "Section.title", "PullQuote.text", "Person.name", "FactBox.facts keys"]
)
def test_a_blank_in_a_required_field_is_an_error(tmp_path: Path, field: str):
    found = problems(tmp_path, [field], "\u3000")
    assert {d.code for d in found} <= {"missing-value", "empty-item"}
    assert found
