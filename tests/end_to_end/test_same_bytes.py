"""The same content gives the same bytes, in three formats and two editions, on any machine."""

import json
import locale
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT

FORMATS = ("html", "pdf", "docx")


def has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


#: Every one is built in another folder, with another umask and another home, besides; `JOBS` is how many at a time.
SURROUNDINGS = {
    "another folder": {"PYTHONDONTWRITEBYTECODE": "1", "JOBS": "1"},
    "the C locale": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "a German locale, far east": {
        "LC_ALL": "de_DE.UTF-8" if has_locale("de_DE.UTF-8") else "C.UTF-8",
        "LANGUAGE": "de",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "4242",
    },
    "somebody else, far west": {
        "TZ": "America/Caracas",
        "PYTHONHASHSEED": "1",
        "PYTHONOPTIMIZE": "2",
        "SOURCE_DATE_EPOCH": "1",
        "USER": "somebody",
        "COLUMNS": "40",
        "PYTHONDONTWRITEBYTECODE": "1",
        "JOBS": "2",
    },
}


def copy(folder: Path) -> Path:
    """The project's content and settings, somewhere else."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "briefing.yaml", folder)
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory, run_briefing) -> dict[str, bytes]:
    """What the first build makes of every brief, in both editions."""
    folder = copy(tmp_path_factory.mktemp("first") / "desk")
    for edition in ("internal", "handout"):
        run = run_briefing("build", "--for", edition, cwd=folder, env={"PYTHONHASHSEED": "0", "TZ": "UTC"})
        assert run.returncode == 0, run.stderr
    return outputs(folder / "output")


def test_the_first_build_wrote_every_brief_in_every_format(first):
    assert {Path(name).suffix for name in first} >= {f".{suffix}" for suffix in FORMATS}
    assert sum(name.endswith(".pdf") for name in first) == 2 * len(list((ROOT / "content").rglob("*.yaml")))
    assert all(len(data) > 5000 for name, data in first.items() if not name.endswith(".json"))


@pytest.mark.parametrize("surroundings", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_the_same_content_gives_the_same_bytes_in_any_environment(first, tmp_path, run_briefing, surroundings):
    folder = copy(tmp_path / "somewhere else" / "désk (2)")
    home = tmp_path / "home"
    home.mkdir()
    before = os.umask(0o077)
    try:
        for edition in ("internal", "handout"):
            env = {"HOME": str(home), "XDG_CACHE_HOME": str(home), **surroundings}
            # Given one by one, in the opposite order, and from another folder.
            briefs = sorted((str(p.relative_to(tmp_path)) for p in (folder / "content").rglob("*.yaml")), reverse=True)
            jobs = ("-j", surroundings["JOBS"]) if "JOBS" in surroundings else ()
            run = run_briefing("build", "--for", edition, *jobs, *briefs, cwd=tmp_path, env=env)
            assert run.returncode == 0, run.stderr
    finally:
        os.umask(before)
    again = outputs(folder / "output")
    assert again.keys() == first.keys()
    assert [name for name in first if again[name] != first[name]] == []


def test_no_html_or_json_output_contains_a_path_of_the_machine(first):
    words = {str(ROOT), str(Path.home()), sys.prefix, "somewhere else"} - {"/", ""}
    for name, data in first.items():
        if name.endswith((".html", ".json")):
            assert not [word for word in words if word.encode() in data], name


def test_the_manifest_has_no_times_and_no_paths(first):
    manifest = json.loads(first[".briefing.json"])
    assert set(manifest) >= {"kazakhstan", "kazakhstan-handout"}
    assert all(len(mark) == 64 for entry in manifest.values() for mark in entry.values())


@pytest.mark.parametrize("theme", ["standard", "chancery"])
def test_a_theme_is_never_applied_on_top_of_itself(theme, tmp_path, run_briefing):
    """Same bytes in the source folder, in a project, and in a project with unchanged copies of the shipped themes."""
    plain, with_copies = copy(tmp_path / "plain"), copy(tmp_path / "copies")
    shutil.copytree(ROOT / "templates", with_copies / "templates")
    built = {}
    for folder in (ROOT, plain, with_copies):
        target = tmp_path / f"out-{folder.name}"
        run = run_briefing("build", "content/kazakhstan.yaml", "--theme", theme, "--force", "-o", target, cwd=folder)
        assert run.returncode == 0, run.stderr
        built[folder] = {name: data for name, data in outputs(target).items() if not name.startswith(".")}
    assert len(built[ROOT]) == 3
    assert built[ROOT] == built[plain] == built[with_copies]
    page = built[ROOT]["kazakhstan.html"].decode()
    first_rule = (ROOT / "templates" / theme / "screen.css").read_text("utf-8").split("}")[0].strip().splitlines()[-1]
    assert page.count(first_rule) == 1, first_rule
