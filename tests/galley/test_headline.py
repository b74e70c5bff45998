"""The title and the country on page one, and the shorter title in the headers of the pages after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.edition.resolve import resolve
from briefing.galley import Element, Galley
from briefing.galley.set import set_galley
from briefing.reading.load import load_draft
from briefing.theme.load import load_theme

LONG = "A very long title about the sea, its fish, its oil and all who live beside it, in three parts and an annex"


def galley_of(folder: Path, head: str, theme: str = "standard") -> Galley:
    content = folder / "brief.yaml"
    points = "" if "key_points:" in head else "key_points: One method.\n"
    content.write_text(head + points, "utf-8")
    return set_galley(resolve(load_draft(content, folder), "internal"), load_theme(theme))


def words(galley: Galley, tag: str, style: str = "", part: str = "body") -> list[str]:
    tops = galley.body if part == "body" else [top for top in galley.running.parts if top.tag == part]
    found = [e for top in tops if isinstance(top, Element) for e in top.walk()]
    return [" ".join(e.text.split()) for e in found if e.tag == tag and style in {"", e.style}]


@pytest.mark.parametrize(
    ("title", "country", "language", "name", "headline"),
    [
        ("Norway: the sea decides", "NO", "en-GB", "Norway", "The sea decides"),
        ("NORWAY: the sea decides", "NO", "en-GB", "Norway", "The sea decides"),
        ("Норвегия: всё решает море", "NO", "ru", "Норвегия", "Всё решает море"),
        ("Norwegen: über das Meer", "NO", "de", "Norwegen", "Über das Meer"),
        ("Türkiye: ile ilgili", "TR", "tr", "Türkiye", "İle ilgili"),
        ("The north: the sea decides", "NO", "en-GB", "Norway", "The north: the sea decides"),
        ("Sweden: the sea decides", "NO", "en-GB", "Norway", "Sweden: the sea decides"),
        ("Norway", "NO", "en-GB", "Norway", "Norway"),
        ("Norway and the sea", "NO", "en-GB", "Norway", "Norway and the sea"),
        ("Norway: the sea: a review", "NO", "en-GB", "Norway", "The sea: a review"),
    ],
)
def test_the_country_stands_in_the_masthead_and_not_again_in_the_title(
    tmp_path, title, country, language, name, headline
):
    galley = galley_of(tmp_path, f'title: "{title}"\ncountry: {country}\nlanguage: {language}\n')
    assert words(galley, "h1") == [headline]
    assert words(galley, "p", "country") == [name]
    assert galley.properties.title == title


def test_without_a_country_the_title_is_whole(tmp_path):
    galley = galley_of(tmp_path, 'title: "Norway: the sea decides"\nlanguage: en-GB\n')
    assert words(galley, "h1") == ["Norway: the sea decides"]
    assert words(galley, "p", "country") == []


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_headers_have_the_title_or_the_short_one_and_an_ellipsis_if_it_is_too_long(tmp_path, theme):
    def head(text: str) -> str:
        (found,) = words(galley_of(tmp_path, text, theme), "p", "running-head", "header")
        return found

    assert head("title: The sea\nlanguage: en\n") == "The sea"
    assert head(f"title: {LONG}\nshort_title: The sea\nlanguage: en\n") == "The sea"
    cut = head(f"title: {LONG}\nlanguage: en\n")
    assert cut.endswith("…")
    assert LONG.startswith(cut[:-1])
    assert 12 < len(cut) < 60
    assert cut[-2] not in " ,;:–-"


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_a_draft_says_so_in_the_masthead_of_page_one_and_in_the_headers_after_it(tmp_path, theme):
    text = "title: The sea\nseries: Country brief\nversion: 2\nlanguage: en\nmarking: OFFICIAL\n"
    galley = galley_of(tmp_path, text, theme)
    assert words(galley, "p", "series") == ["Country brief Draft"]
    assert words(galley, "span", "draft-mark") == ["Draft"]
    first, others = [top for top in galley.running.parts if top.tag == "header"]
    assert first.get("class") == "first-page"
    assert " ".join(first.text.split()) == "OFFICIAL"
    assert "Draft · version 2" in " ".join(others.text.split())
    final = galley_of(tmp_path, f"{text}status: final\ncleared_by: A. Head\n", theme)
    assert words(final, "p", "series") == ["Country brief"]
    assert all("Draft" not in top.text for top in final.running.parts)


def test_a_draft_without_a_series_has_its_mark_alone(tmp_path):
    assert words(galley_of(tmp_path, "title: The sea\nlanguage: en\n"), "p", "series") == ["Draft"]


def test_only_emphasis_that_ends_a_phrase_leads_in(tmp_path):
    points = "key_points: |\n  - *Trade:* up.\n  - **Gas**: down.\n  - *Nature* says so.\n  - Plain *words:* here.\n"
    galley = galley_of(tmp_path, f"title: Norway\nlanguage: en-GB\n{points}")
    assert words(galley, "strong", "lead-in") == ["Trade:", "Gas"]
    assert words(galley, "em") == ["Nature", "words:"]
