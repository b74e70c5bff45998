"""The preview in a real browser: editing, errors, fixes, clicks, keyboard and downloads."""

import json
import shutil
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from tests.support.preview_client import ROOT, Preview

HERE = Path(__file__).resolve().parent
SAMPLE = (ROOT / "content/kazakhstan.yaml").read_text("utf-8")

#: What is clicked on, and the beginning of its line in the content file: a paragraph, the second of a field, an item of
#: a list, a fact, a title, a point to make.
CLICKED = {
    "Kazakhstan keeps up": "  Kazakhstan keeps up",
    "Kazakhstan calls itself": "      Kazakhstan calls itself",
    "China and the West, all": "  - *Multi-vector policy:*",
    "Tenge": "    Currency: Tenge",
    "The large partners": "  - title: The large partners",
    "pursuit of energy": "        - *China:*",
}


def where(text: str, beginning: str) -> tuple[int, int]:
    """Line and column at which the words of a field begin, in the line that begins so."""
    lines = text.split("\n")
    (number,) = [number for number, line in enumerate(lines, 1) if line.startswith(beginning)]
    key, colon, _ = lines[number - 1].partition(": ")
    before = len(key) + 2 if colon and "*" not in key else len(key) - len(key.lstrip())
    return number, before + 1


def on_paper(pdf: bytes, words: str) -> dict[str, object]:
    """Where words stand on the pages: the page, and the place on it as a share of its width and height."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            for found in page.search(words.replace(" ", r"\s+")):
                x, y = found["x0"] + 3, (found["top"] + found["bottom"]) / 2
                return {"page": number, "x": x / float(page.width), "y": y / float(page.height)}
    raise AssertionError(f"no page has '{words}'")


@pytest.fixture(scope="module")
def seen(tmp_path_factory, tool, cache, chromium):
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "briefing.yaml", folder)
    content = folder / "content/kazakhstan.yaml"
    preview = Preview(folder)
    try:
        with preview.looked_at("kazakhstan.yaml") as looker:
            assert [told["code"] for told in looker.settled()["problems"]] == ["tightened"]
        pdf = preview.get("download", brief="kazakhstan.yaml", format="pdf")
        clicks = [{"pane": "screen", "text": words} for words in CLICKED]
        clicks += [{"pane": "pages", "text": words, **on_paper(pdf, words)} for words in CLICKED]
        orders = {
            "address": preview.address,
            "brief": "kazakhstan.yaml",
            "content": str(content),
            "good": SAMPLE,
            "edited": SAMPLE.replace(
                "Kazakhstan keeps up", "This was edited in this very moment. Kazakhstan keeps up", 1
            ),
            "broken": SAMPLE.replace("- pull_quote:", "- pullquote:", 1),
            "warned": SAMPLE.replace("Kazakhstan keeps up", "<b>Kazakhstan</b> keeps up", 1),
            "clicks": clicks,
        }
        path = tmp_path_factory.mktemp("orders") / "orders.json"
        path.write_text(json.dumps(orders), "utf-8")
        report = tool("node", HERE / "preview.mjs", cache, chromium, path)
        found = json.loads(report.splitlines()[-1])
        yield {**found, "folder": folder}
    finally:
        preview.end()


def test_the_preview_loads_both_panes(seen):
    loaded = seen["loaded"]
    assert "Many vectors, one policy" in loaded["words"]
    assert (loaded["sheets"], loaded["alt"]) == (3, "Page 1 of 3")
    assert loaded["picture"]["width"] > 500
    assert loaded["briefs"] == ["every-block.yaml", "kazakhstan.ru.yaml", "kazakhstan.yaml"]
    assert loaded["title"] == "kazakhstan.yaml – Preview"


def test_the_preview_sends_no_external_requests_and_logs_no_errors(seen):
    assert seen["strangers"] == []
    assert seen["errors"] == []


def test_a_saved_edit_updates_the_screen_pane_before_the_pages(seen):
    assert seen["edit"]["screenFirst"]
    assert seen["edit"]["picture"] != seen["edit"]["oldPicture"]


def test_zoom_and_scroll_position_survive_a_save_and_a_reload(seen):
    before = seen["edit"]["before"]
    assert (before["pages"], before["screen"]) == (700, 300)
    assert seen["edit"]["after"] == before
    assert seen["reload"]["brief"] == "kazakhstan.yaml"
    assert seen["reload"]["after"] == seen["reload"]["before"]
    assert seen["reload"]["before"]["pages"] == 700


def test_a_click_opens_the_right_file_line_and_column(seen):
    assert len(seen["clicks"]) == 2 * len(CLICKED)
    for click in seen["clicks"]:
        place = where(SAMPLE, CLICKED[click["text"]])
        assert (click["file"], click["line"], click["column"]) == ("content/kazakhstan.yaml", *place), click
        assert click["link"].startswith("vscode://file/")
        assert click["link"].endswith(f"/content/kazakhstan.yaml:{place[0]}:{place[1]}")
        assert click["wentTo"] == click["link"]
        assert click["marked"] == 1, "what would be opened is not marked"
        assert click["told"] == f"Opened content/kazakhstan.yaml:{place[0]}:{place[1]}"


def test_an_invalid_file_shows_its_error_line_above_the_last_good_pages(seen):
    broken = seen["broken"]
    line = SAMPLE[: SAMPLE.index("- pull_quote:")].count("\n") + 1
    assert broken["title"] == "1 error"
    assert broken["mark"] == "pullquote"
    assert f"content/kazakhstan.yaml:{line}:9" in broken["says"]
    assert "did you mean 'pull_quote'?" in broken["says"]
    assert broken["link"].endswith(f"/content/kazakhstan.yaml:{line}:9")
    assert broken["words"], "the last good page has gone"
    assert broken["sheets"] == 3
    assert broken["behind"] == "Behind this are the last good pages."
    assert broken["hidden"], "Esc does not hide it"


def test_warnings_are_counted_on_a_button_and_cover_nothing(seen):
    assert seen["warned"]["button"] == "1 warning, 1 note"
    assert "<b>" in seen["warned"]["says"]
    assert not seen["warned"]["problems"]


def test_fixing_the_file_clears_the_error(seen):
    assert seen["mended"] == {"words": True, "state": "Up to date, 3 pages"}


def test_axe_reports_nothing_in_light_and_dark_mode(seen):
    assert set(seen["axe"]) == {
        f"{what}, {how}" for what in ("loaded", "broken", "warned", "narrow") for how in ("light", "dark")
    }
    for name, looked in seen["axe"].items():
        assert looked["rules"] > 15, f"axe-core applied only {looked['rules']} rules: {name}"
        assert looked["found"] == [], name


def test_every_control_is_reachable_by_keyboard_with_visible_focus(seen):
    reached = [step["on"] for step in seen["keyboard"]]
    for control in ("brief", "view", "html", "pdf", "docx", "smaller", "larger", "fit", "sheets"):
        assert control in reached, reached
    assert [step for step in seen["keyboard"] if step["on"] not in {"body", "iframe"} and not step["outlined"]] == []
    fitted, larger = (int(seen["keyZoom"][name].split()[0]) for name in ("fitted", "larger"))
    assert larger > fitted


def test_the_downloads_have_the_names_and_bytes_of_a_build(seen, run_briefing, tmp_path):
    assert run_briefing("build", "content/kazakhstan.yaml", "-o", tmp_path, cwd=seen["folder"]).returncode == 0
    assert sorted(seen["downloads"]) == ["kazakhstan.docx", "kazakhstan.html", "kazakhstan.pdf"]
    for name, data in seen["downloads"].items():
        assert b64decode(data) == (tmp_path / name).read_bytes(), name


def test_a_narrow_window_has_no_horizontal_scrolling(seen):
    assert seen["narrow"] == 0


def test_the_server_refuses_foreign_hosts_and_paths_outside_its_pages(seen):
    assert seen["door"] == {"host": 421, "up": 404, "dots": 404, "own": 200}
