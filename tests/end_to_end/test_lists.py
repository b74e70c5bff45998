"""Lists and dates: every format has the words and numbers that were typed, in their order."""

from pathlib import Path

import pytest

from briefing.pipeline import Job, Outcome, build
from tests.support.project import ROOT
from tests.support.read_numbers import html_text, pdf_text, word_text, words

READERS = {"html": html_text, "pdf": pdf_text, "docx": word_text}


def made(folder: Path, yaml: str, theme: str = "standard") -> tuple[Outcome, dict[str, bytes]]:
    """The outcome and the outputs of a brief."""
    content = folder / "content" / "brief.yaml"
    content.parent.mkdir(parents=True, exist_ok=True)
    content.write_text(yaml, "utf-8")
    outcome = build(
        Job(str(content), str(folder / "output"), ("html", "pdf", "docx"), theme=theme, project=str(folder))
    )
    assert outcome.exit_code == 0, outcome.diagnostics
    return outcome, {suffix: (folder / f"output/brief.{suffix}").read_bytes() for suffix in READERS}


def body(text: str, language: str = "en-GB", key_points: str = "") -> str:
    """A brief with these texts; each of the texts is indented as a block of YAML."""
    blocks = {"key_points": key_points, "sections:\n  - title: Lage\n    body": text}
    rows = [f"title: Norwegen\nlanguage: {language}\nissued: 2016-09-15"]
    for key, value in blocks.items():
        if value:
            rows.append(f"{key}: |\n" + "\n".join(f"      {line}" for line in value.split("\n")))
    return "\n".join(rows) + "\n"


def seen(folder: Path, yaml: str, theme: str = "standard") -> dict[str, str]:
    """What each format says, with one space between words."""
    _, outputs = made(folder, yaml, theme)
    return {suffix: " ".join(words(READERS[suffix](data))) for suffix, data in outputs.items()}


def assert_in_order(wanted: list[str], found: dict[str, str]) -> None:
    for suffix, text in found.items():
        at = 0
        for phrase in wanted:
            place = text.find(phrase, at)
            assert place >= 0, f"{suffix} lacks '{phrase}' in its place: {text[at:]}"
            at = place + len(phrase)


DATES = {
    "de": ["27. September: Frühstück", "3. Oktober: Beginn", "17. Mai 1814", "11. März 2016"],
    "nb": ["3. oktober: Samtaler", "17. mai 1814", "1. januar 2011"],
    "cs": ["3. října: Jednání", "28. ledna 2016"],
    "fi": ["3. lokakuuta: Neuvottelut", "6. joulukuuta 1917"],
    "et": ["3. oktoobril algavad", "24. veebruaril 1918"],
    "lv": ["3. oktobrī sākas", "18. novembris 1918"],
    "hu": ["2016. október 3.: Tárgyalások", "1848. március 15."],
    "hr": ["3. listopada: Razgovori", "25. lipnja 1991."],
    "is": ["3. október: Viðræður", "17. júní 1944"],
    "de-AT": ["3. Jänner: Gespräche", "10. Jänner 2016"],
    "sr-Latn": ["3. oktobra: Razgovori", "9. januara 2016"],
    "sr": ["3. октобра: Разговори", "9. марта 2016"],
}


@pytest.mark.parametrize("language", sorted(DATES))
def test_a_date_is_printed_as_typed_in_every_position(tmp_path, language):
    dates = DATES[language]
    points = "\n".join(f"- {date} a." for date in dates)
    text = [f"{date} b." for date in dates]
    text += ["Der Vertrag trat in Kraft am\n" + date + " c." for date in dates]
    text += ["- eins\n  - " + date + " d." for date in dates] + [f"> {date} e." for date in dates]
    text.append("1. Punkt\n   - " + dates[0] + " f.\n2. Punkt")
    wanted = [f"{date} a." for date in dates] + [f"{date} b." for date in dates]
    wanted += [f"in Kraft am {date} c." for date in dates] + [
        f"{date} {mark}" for mark in ("d.", "e.") for date in dates
    ]
    wanted += ["1. Punkt", f"{dates[0]} f.", "2. Punkt"]
    assert_in_order(wanted, seen(tmp_path, body("\n\n".join(text), language, points)))


def test_a_date_in_another_language_than_the_brief_is_printed_as_typed(tmp_path):
    text = "3. [Oktober]{lang=de} is a holiday.\n\n- 3. Oktober: talks\n- 9. Mai: a parade"
    assert_in_order(
        ["3. Oktober is a holiday.", "3. Oktober: talks", "9. Mai: a parade"], seen(tmp_path, body(text, "en-GB"))
    )


def test_a_numbered_list_that_begins_with_a_month_stays_a_list(tmp_path):
    text = "1. May the talks begin?\n2. Who comes?\n\nWhen?\n\n1. May we bring a guest?\n1. Who comes?"
    outcome, outputs = made(tmp_path, body(text))
    assert [d.code for d in outcome.diagnostics] == []
    assert outputs["html"].count(b"<ol") == 2
    assert_in_order(
        ["1. May the talks begin? 2. Who comes? When?", "1. May we", "2. Who comes?"],
        {suffix: " ".join(words(READERS[suffix](data))) for suffix, data in outputs.items()},
    )


def test_a_single_doubtful_case_stays_as_typed_with_a_warning(tmp_path):
    outcome, outputs = made(tmp_path, body("1. May the talks begin?"))
    (warning,) = outcome.diagnostics
    assert (warning.code, warning.span.line, warning.span.column) == ("date-or-list", 7, 7)
    assert b"<ol" not in outputs["html"]


WRAPS = ["We met them after we saw\n1. FC Union in Berlin.", "It was signed on\n1. Januar 2011 and on\n2. Januar 2011."]


@pytest.mark.parametrize("text", WRAPS)
def test_a_line_wrap_begins_no_list(tmp_path, text):
    assert_in_order([text.replace("\n", " ")], seen(tmp_path, body(text)))


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_numbers_of_lists_are_the_same_in_every_format(tmp_path, theme):
    text = (
        "1. Fish\n2. Oil\n   1. Price\n   2. Output\n      7. Deep\n      8. Deeper\n         1. Deepest\n         2. Last\n"
        "      9. Shallow\n   3. Tax\n3. Roads\n\nA line.\n\n- Fisheries:\n  1. agree\n  2. name\n- Sea:\n  1. send\n  2. wait\n"
        "    - by post\n      4. stamp\n\nA line.\n\n9. Ferries\n10. Bridges\n\nA line.\n\n0. Nothing\n1. Something"
    )
    typed = [line.strip().removeprefix("- ") for line in text.split("\n") if line.strip()]
    blocks = body(text, key_points="1. Gas first\n2. Oil second\n   1. oil by sea").replace(
        "    body: |", "    body:\n     - sidebar: |\n         4. aside\n         5. aside two\n     - |"
    )
    found = seen(tmp_path, blocks, theme)
    assert_in_order(["1. Gas first", "2. Oil second", "1. oil by sea"], found)
    assert_in_order(["4. aside", "5. aside two"], found)
    assert_in_order(typed, found)


def test_a_list_goes_on_after_a_block_in_every_format(tmp_path):
    yaml = "title: Test\nissued: 2016-09-15\nsections:\n  - title: One\n    body:\n"
    yaml += "      - |\n        1. Fish\n        2. Oil\n      - sidebar: |\n          An aside.\n      - |\n        3. Ferries\n        4. Roads\n"
    assert_in_order(["1. Fish", "2. Oil", "3. Ferries", "4. Roads"], seen(tmp_path, yaml))


@pytest.mark.parametrize("text", ["The rest:\n3. Ferries\n4. Roads", "The rest is\n3. Ferries\n   and ships\n4. Roads"])
def test_a_list_that_begins_at_three_may_follow_a_line_of_text(tmp_path, text):
    _, outputs = made(tmp_path, body(text))
    assert b'<ol start="3"' in outputs["html"]
    assert_in_order([" ".join(text.split())], {s: " ".join(words(READERS[s](data))) for s, data in outputs.items()})


def test_a_number_that_is_printed_otherwise_gives_a_warning(tmp_path):
    outcome, _ = made(tmp_path, body("1. Fish\n3. Oil"))
    assert [(d.code, d.span.line) for d in outcome.diagnostics] == [("list-number", 8)]


def test_lines_that_begin_with_dates_and_become_one_paragraph_give_a_warning(tmp_path):
    outcome, _ = made(tmp_path, body("3. Oktober: Beginn.\n5. Oktober: Ende.", "de"))
    assert [(d.code, d.span.line) for d in outcome.diagnostics] == [("date-or-list", 7)]


def test_the_project_of_these_tests_exists():
    assert (ROOT / "templates" / "chancery").is_dir()
