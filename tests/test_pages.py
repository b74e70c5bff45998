"""The printed page, as a designer looks at it: every brief of content/ and harder ones, in both themes, on both papers."""

from __future__ import annotations

from pathlib import Path

from briefing.galley.setting import set_galley
from briefing.reading import gather, resolve
from briefing.theme.load import load_theme

ROOT = Path(__file__).resolve().parent.parent


def body_of_fact_box(theme):
    edition = resolve(gather(ROOT / "content" / "every-block.yaml"), "internal")
    galley = set_galley(edition, theme)
    (box,) = [element for element in galley.body if element.style == "fact-box"]
    return galley, box


# The map of the fact box


def test_a_map_stands_under_the_facts_with_the_note_on_boundaries():
    galley, box = body_of_fact_box(load_theme("standard"))
    assert [element.style for element in box.elements] == ["fact-box-title", "flag", "facts", "locator"]
    locator = box.elements[-1]
    assert locator.find("img").get("src").removeprefix("picture:") in galley.pictures
    assert "Norway" in locator.find("img").get("alt")
    assert locator.text.strip() == "Boundaries shown do not imply endorsement."


def test_a_theme_leaves_the_note_on_boundaries_out(tmp_path):
    folder = tmp_path / "ministry"
    folder.mkdir()
    (folder / "theme.yaml").write_text(
        'name: ministry\ndescription: D\nextends: standard\noptions: {boundary_note: "no"}\n', "utf-8"
    )
    _, box = body_of_fact_box(load_theme("ministry", (tmp_path,)))
    assert box.find("figure", "locator") is not None
    assert "Boundaries" not in box.text
