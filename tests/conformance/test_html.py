"""The HTML of every brief passes the Nu HTML checker and axe-core in a browser."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FAULTY = """<!DOCTYPE html><html lang="en"><title>Faulty</title><link rel="icon" href="data:,">
<style>p { width: 2000px; color: #ccc; background: #fff }</style><img src="https://example.org/flag.png"><p>Kazakhstan</html>"""


def nu_checker(tool, cache, files):
    """file -> everything the Nu HTML checker says about it, warnings too."""
    report = tool(
        "java", "-jar", cache / "node_modules/vnu-jar/build/dist/vnu.jar", "--format", "json", *files, codes=(0, 1)
    )  # fmt: skip
    found = {file: [] for file in files}
    for message in json.loads(report[report.index("{") :])["messages"]:
        place = f"{message.get('lastLine')}:{message.get('firstColumn', message.get('lastColumn'))}"
        words = f"{message['message']} | {message.get('extract', '')[:300]}"
        found[Path(message["url"].removeprefix("file:"))].append(f"{place}: {words}")
    return found


def axe(tool, cache, chromium, files):
    """file -> what axe-core finds, and sideways scroll, requests and errors, in light and dark, narrow and wide."""
    report = tool("node", HERE / "axe.mjs", cache, chromium, *files)
    return {
        Path(file): found
        for file, found in json.loads(report[report.rindex('\n{"') if '\n{"' in report else 0 :]).items()
    }


@pytest.fixture(scope="module")
def nu_checked(tool, cache, files):
    return nu_checker(tool, cache, list(files("html").values()))


@pytest.fixture(scope="module")
def axe_checked(tool, cache, chromium, files):
    return axe(tool, cache, chromium, list(files("html").values()))


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "faulty.html"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_the_nu_checker_detects_a_fault(tool, cache, faulty):
    assert "alt" in "".join(nu_checker(tool, cache, [faulty])[faulty])


def test_axe_and_the_browser_detect_faults(tool, cache, chromium, faulty):
    found = "\n".join(axe(tool, cache, chromium, [faulty])[faulty])
    for words in ("image-alt", "color-contrast", "scrolls sideways", "asks for https://example.org/flag.png"):
        assert f"light, 360 px: {words}" in found
        assert f"dark, 1280 px: {words}" in found or words == "scrolls sideways"


def test_the_nu_checker_reports_no_errors(case, files, nu_checked):
    found = nu_checked[files("html")[case]]
    assert not found, "\n".join(found)


def test_axe_reports_nothing_and_the_page_sends_no_requests(case, files, axe_checked):
    found = axe_checked[files("html")[case]]
    assert not found, "\n".join(found)
