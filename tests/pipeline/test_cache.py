"""A brief is built again if any of its inputs has changed, and only then."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from briefing.cache import Cache
from briefing.pipeline import Job, build
from tests.support.project import ROOT
from tests.support.workbooks import xlsx

BRIEF = """\
title: Mongolia
summary: Between Russia and China, Mongolia looks for friends further away.
review_by: 2999-01-01
fact_box:
  facts:
    Capital: Ulaanbaatar
sections:
  - title: Trade
    body:
      - table:
          caption: Trade
          csv: data/trade.csv
      - table:
          caption: Shares
          csv: data/shares.xlsx
      - figure:
          image: images/map.svg
          alt: A map of Mongolia
          caption: Mongolia
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#123456"/></svg>'
)


def entry_of(folder: Path) -> Path:
    """The one entry in the cache of a project."""
    (path,) = (folder / ".briefing-cache").glob("*.json")
    return path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def lay_out(folder: Path) -> None:
    """Write a project with everything that a brief can be made from."""
    import docx

    from briefing.theme.load import load_theme

    write(folder / "briefing.yaml", "contact: desk@example.org\nlogo: crest.svg\nlayout:\n  theme: ours\n")
    write(folder / "crest.svg", PICTURE)
    write(folder / "content/mongolia.yaml", BRIEF)
    write(folder / "content/data/trade.csv", "Partner,Share\nChina,80\nRussia,5\n")
    (folder / "content/data/shares.xlsx").write_bytes(xlsx([["Partner", "Share"], ["China", 80]]))
    write(folder / "content/images/map.svg", PICTURE)
    theme = folder / "templates/ours"
    faces = "faces:\n  serif:\n    family: Our Serif\n    roman: fonts/Our.ttf\n"
    write(theme / "theme.yaml", f"name: ours\nextends: standard\n{faces}")
    write(theme / "print.css", ".summary { color: #333333 }\n")
    write(theme / "screen.css", ".summary { color: #333333 }\n")
    write(theme / "labels/en.yaml", "sources: References\n")
    write(theme / "blocks/table.html.j2", "{% extends 'shipped/standard/blocks/table.html.j2' %}\n")
    (theme / "fonts").mkdir()
    shutil.copyfile(load_theme("standard").faces["serif"].roman, theme / "fonts/Our.ttf")
    docx.Document().save(str(theme / "handout.docx"))


@pytest.fixture(scope="module")
def built(run_briefing, tmp_path_factory) -> Path:
    """A folder with the project, built once, in "desk"; "kept" is a copy of it."""
    folder = tmp_path_factory.mktemp("built")
    lay_out(folder / "desk")
    run = run_briefing("build", "-f", "html", cwd=folder / "desk")
    assert run.returncode == 0, run.stderr
    assert "wrote  output/mongolia.html" in run.stdout
    shutil.copytree(folder / "desk", folder / "kept")
    return folder


@pytest.fixture
def desk(built, run_briefing) -> Path:
    """The project as it was when it was built, in the same place. Nothing has to be done."""
    shutil.rmtree(built / "desk", ignore_errors=True)
    shutil.copytree(built / "kept", built / "desk")
    assert_same(run_briefing("build", "-f", "html", cwd=built / "desk"))
    return built / "desk"


def assert_same(run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 0, run.stderr
    assert "same   output/mongolia.html: nothing has changed" in run.stdout
    assert "wrote" not in run.stdout


def rebuilt(run_briefing, desk: Path, *arguments: object, env=None) -> str:
    """Build with ``--explain-rebuild``; returns the output."""
    run = run_briefing("build", "-f", "html", "--explain-rebuild", *arguments, cwd=desk, env=env)
    assert run.returncode == 0, run.stderr
    return run.stdout


def swap(path: Path, old: str, new: str) -> None:
    """Change a file, in the same place, to one of the same length."""
    text = path.read_text("utf-8")
    assert old in text
    assert len(old) == len(new)
    with path.open("r+", encoding="utf-8", newline="") as file:
        file.write(text.replace(old, new))


def as_before(path: Path, change) -> None:
    """Change a file and put its times back."""
    before = path.stat()
    change(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)


CHANGES = {
    "the content": lambda d: swap(d / "content/mongolia.yaml", "Capital", "capital"),
    "the content, its times put back": lambda d: as_before(
        d / "content/mongolia.yaml", lambda path: swap(path, "Capital", "capital")
    ),
    "a picture": lambda d: swap(d / "content/images/map.svg", "#123456", "#654321"),
    "a table's CSV": lambda d: swap(d / "content/data/trade.csv", "80", "81"),
    "a table's workbook": lambda d: (d / "content/data/shares.xlsx").write_bytes(
        xlsx([["Partner", "Share"], ["China", 81]])
    ),
    "the project's defaults": lambda d: swap(d / "briefing.yaml", "desk@", "disk@"),
    "the project's logo": lambda d: swap(d / "crest.svg", "#123456", "#654321"),
    "a theme's settings": lambda d: write(
        d / "templates/ours/theme.yaml", (d / "templates/ours/theme.yaml").read_text() + "description: Ours\n"
    ),
    "a stylesheet for paper": lambda d: swap(d / "templates/ours/print.css", "#333333", "#444444"),
    "a stylesheet for screens": lambda d: swap(d / "templates/ours/screen.css", "#333333", "#444444"),
    "a label": lambda d: swap(d / "templates/ours/labels/en.yaml", "References", "Literature"),
    "a template": lambda d: write(
        d / "templates/ours/blocks/table.html.j2", "{% extends 'shipped/standard/blocks/table.html.j2' %}\n\n"
    ),
    "a font": lambda d: (d / "templates/ours/fonts/Our.ttf").write_bytes(
        (d / "templates/ours/fonts/Our.ttf").read_bytes() + b"\0"
    ),
    "the Word file of the theme": lambda d: (d / "templates/ours/handout.docx").write_bytes(
        _other_word_file(d / "templates/ours/handout.docx")
    ),
    "a template that appears": lambda d: write(
        d / "templates/ours/blocks/figure.html.j2", "{% extends 'shipped/standard/blocks/figure.html.j2' %}\n"
    ),
    "a stylesheet that is gone": lambda d: (d / "templates/ours/screen.css").unlink(),
    "an output that is gone": lambda d: (d / "output/mongolia.html").unlink(),
    "an output that was changed": lambda d: as_before(
        d / "output/mongolia.html", lambda path: swap(path, "Ulaanbaatar", "Ulaanbator!")
    ),
    "no manifest": lambda d: (d / "output/.briefing.json").unlink(),
    "a manifest that makes no sense": lambda d: write(d / "output/.briefing.json", "{"),
    "a build that was killed": lambda d: write(d / "output/.briefing-journal.json", "{}"),
    "no entry": lambda d: entry_of(d).unlink(),
    "half an entry": lambda d: write(entry_of(d), entry_of(d).read_text()[:900]),
    "a list for an entry": lambda d: write(entry_of(d), "[]"),
    "an entry of other types": lambda d: change_entry(d, files=[], libraries={"a": 1}),
    "an entry without outputs": lambda d: change_entry(d, outcome={"files": [], "older": [], "diagnostics": []}),
    "an entry with the outputs of another brief": lambda d: write(
        entry_of(d), entry_of(d).read_text().replace("output/mongolia.html", "output/other.html")
    ),
    "an entry without files": lambda d: change_entry(d, files={}, outcome={}),
    "another version of the program": lambda d: change_entry(d, shared={"the program": "0"}),
    "another Pango": lambda d: change_entry(d, libraries={"/usr/lib/libpango-1.0.so.0": "0"}),
    "a library that is gone": lambda d: change_entry(d, libraries={"/nowhere/libpango-1.0.so.0": "/nowhere 1"}),
    "a day that has come": lambda d: change_entry(d, days=["2020-01-01", "2020-02-01"]),
    "a clock that was put back": lambda d: change_entry(d, days=["2999-01-01", ""]),
}


def _other_word_file(path: Path) -> bytes:
    import io

    import docx

    document, data = docx.Document(str(path)), io.BytesIO()
    document.add_paragraph("Ours")
    document.save(data)
    return data.getvalue()


def change_entry(desk: Path, **parts: object) -> None:
    entry = json.loads(entry_of(desk).read_text())
    assert entry.keys() >= parts.keys()
    write(entry_of(desk), json.dumps({**entry, **parts}))


JOB = Job("content/mongolia.yaml", "output", ("html",), project=".")


@pytest.fixture
def known(desk, monkeypatch) -> Path:
    """The project, with an entry made in this process."""
    monkeypatch.chdir(desk)
    Cache([JOB]).store([build(JOB)])
    assert Cache([JOB]).stale == []
    return desk


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_kind_of_change_is_a_reason_to_rebuild(known, change):
    change(known)
    cache = Cache([JOB])
    assert cache.reasons[JOB]
    assert cache.stale == [JOB]


@pytest.mark.parametrize(
    "change", ["the content", "a template that appears", "an output that was changed", "half an entry"]
)
def test_a_changed_brief_is_rebuilt_once(run_briefing, desk, change):
    before = (desk / "output/mongolia.html").read_text("utf-8")
    CHANGES[change](desk)
    said = rebuilt(run_briefing, desk)
    assert "wrote  output/mongolia.html" in said
    assert "why    content/mongolia.yaml: " in said
    assert ((desk / "output/mongolia.html").read_text("utf-8") == before) is (change != "the content")
    assert_same(run_briefing("build", "-f", "html", cwd=desk))


def test_a_new_project_file_in_the_content_folder_turns_it_into_the_project(run_briefing, desk):
    write(desk / "content/briefing.yaml", "language: de\n")
    assert "wrote  content/output/mongolia.html" in rebuilt(run_briefing, desk)


def test_a_change_within_the_same_second_is_detected(run_briefing, tmp_path):
    lay_out(tmp_path)
    run_briefing("build", "-f", "html", cwd=tmp_path)
    swap(tmp_path / "content/mongolia.yaml", "Capital", "capital")
    run = run_briefing("build", "-f", "html", cwd=tmp_path)
    assert "wrote" in run.stdout
    assert b">capital<" in (tmp_path / "output/mongolia.html").read_bytes()


@pytest.mark.parametrize("reason", ["--theme=standard", "--for-notes", "--large-print", "-fhtml,docx", "-oelsewhere"])
def test_another_edition_theme_format_or_folder_is_built_once(run_briefing, desk, reason):
    for words in ("wrote", "same"):
        run = run_briefing("build", "-f", "html", reason, cwd=desk)
        assert run.returncode == 0, run.stderr
        assert words in run.stdout
    if reason != "-fhtml,docx":  # the outputs of the usual edition are still the ones that were written
        assert ("same" in rebuilt(run_briefing, desk)) is (reason != "--theme=standard")


def test_a_change_of_a_relevant_environment_variable_causes_a_rebuild(run_briefing, desk):
    said = rebuilt(run_briefing, desk, env={"PANGO_LANGUAGE": "mn"})
    assert "wrote" in said
    assert "the variable PANGO_LANGUAGE is new" in said
    assert "wrote" not in rebuilt(run_briefing, desk, env={"PANGO_LANGUAGE": "mn", "EDITOR": "vi"})


def test_another_version_of_a_library_causes_a_rebuild(run_briefing, desk, tmp_path):
    library = tmp_path / "site/somelib-1.0.dist-info"
    library.mkdir(parents=True)
    path = os.pathsep.join([str(ROOT), str(library.parent)])
    rebuilt(run_briefing, desk, env={"PYTHONPATH": path})
    assert "wrote" not in rebuilt(run_briefing, desk, env={"PYTHONPATH": path})
    library.rename(library.with_name("somelib-1.1.dist-info"))
    said = rebuilt(run_briefing, desk, env={"PYTHONPATH": path})
    assert "wrote" in said
    assert "Python or an installed package has changed" in said


def test_a_change_of_the_program_causes_a_rebuild(run_briefing, desk, tmp_path):
    shutil.copytree(ROOT / "briefing", tmp_path / "program/briefing", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", tmp_path / "program/templates")
    env = {"PYTHONPATH": str(tmp_path / "program")}
    rebuilt(run_briefing, desk, env=env)
    for file in ("briefing/galley/locale.py", "templates/standard/screen.css"):
        assert "wrote" not in rebuilt(run_briefing, desk, env=env)
        with (tmp_path / "program" / file).open("a") as mended:
            mended.write("\n")
        said = rebuilt(run_briefing, desk, env=env)
        assert "wrote" in said
        assert "the program has changed" in said


def test_a_new_time_stamp_alone_causes_no_rebuild(run_briefing, desk):
    os.utime(desk / "content/mongolia.yaml")
    os.utime(desk / "templates/ours/theme.yaml")
    assert "wrote" not in rebuilt(run_briefing, desk)


def test_a_link_to_another_file_causes_a_rebuild(run_briefing, desk):
    picture = desk / "content/images/map.svg"
    shutil.copyfile(picture, picture.with_name("one.svg"))
    write(picture.with_name("two.svg"), PICTURE.replace("#123456", "#654321"))
    picture.unlink()
    try:
        picture.symlink_to("one.svg")
    except OSError:
        pytest.skip("this system makes no symbolic links for everybody")
    rebuilt(run_briefing, desk, "--force")
    assert "wrote" not in rebuilt(run_briefing, desk)
    picture.unlink()
    picture.symlink_to("two.svg")
    assert "images/map.svg has changed" in rebuilt(run_briefing, desk)


def test_a_change_in_a_linked_theme_folder_is_detected(run_briefing, desk):
    theme = desk / "templates/ours"
    shutil.move(theme, desk / "shared")
    try:
        theme.symlink_to(desk / "shared", target_is_directory=True)
        (desk / "templates/back").symlink_to(desk / "templates", target_is_directory=True)  # a circle
    except OSError:
        pytest.skip("this system makes no symbolic links for everybody")
    rebuilt(run_briefing, desk, "--force")
    assert "wrote" not in rebuilt(run_briefing, desk)
    swap(desk / "shared/screen.css", "#333333", "#444444")
    assert "templates/ours/screen.css has changed" in rebuilt(run_briefing, desk)


def test_a_theme_that_changes_during_the_build_is_not_cached(desk, monkeypatch):
    monkeypatch.chdir(desk)
    entry_of(desk).unlink()
    cache = Cache([JOB])
    outcome = build(JOB)
    swap(desk / "templates/ours/screen.css", "#333333", "#444444")
    cache.store([outcome])
    assert Cache([JOB]).stale == [JOB]
    cache = Cache([JOB])
    cache.store([build(JOB)])
    assert Cache([JOB]).stale == []


def test_a_new_project_file_causes_a_rebuild(run_briefing, tmp_path):
    write(tmp_path / "content/japan.yaml", "title: Japan\nkey_points: |\n  - An old friend.\n")
    assert "wrote" in rebuilt(run_briefing, tmp_path)
    assert "same" in rebuilt(run_briefing, tmp_path)
    write(tmp_path / "briefing.yaml", "contact: desk@example.org\n")
    said = rebuilt(run_briefing, tmp_path)
    assert "wrote" in said
    assert "briefing.yaml is new" in said


# Which briefs are meant.


def test_a_new_brief_is_built_and_a_deleted_one_causes_no_error(run_briefing, desk):
    write(desk / "content/visits/japan.yaml", "title: Japan\nkey_points: |\n  - An old friend.\n")
    said = rebuilt(run_briefing, desk)
    assert "wrote  output/visits/japan.html" in said
    assert "1 of 2 briefs made" in said
    assert "1 brief up to date" in said
    assert "2 briefs up to date" in rebuilt(run_briefing, desk)
    (desk / "content/visits/japan.yaml").unlink()
    assert "same   output/mongolia.html" in rebuilt(run_briefing, desk)


def test_only_the_changed_brief_is_rebuilt(run_briefing, desk):
    for name in ("one", "two", "three"):
        write(desk / f"content/{name}.yaml", f"title: {name}\nkey_points: |\n  - A point.\n")
    rebuilt(run_briefing, desk)
    swap(desk / "content/two.yaml", "A point", "A paint")
    said = rebuilt(run_briefing, desk)
    assert [line.split()[1] for line in said.splitlines() if line.startswith("wrote")] == ["output/two.html"]
    assert "why    content/two.yaml: content/two.yaml has changed" in said


def test_a_moved_project_is_up_to_date_and_rebuilds_in_its_new_folder(run_briefing, desk):
    moved = desk.rename(desk.with_name("moved"))
    assert_same(run_briefing("build", "-f", "html", cwd=moved))
    (moved / "output/mongolia.html").unlink()
    assert "wrote" in rebuilt(run_briefing, moved)
    assert not desk.exists()


# What is said.


def test_cached_warnings_are_repeated_and_strict_still_fails(run_briefing, desk):
    write(desk / "content/mongolia.yaml", BRIEF.replace("title: Mongolia", "title: Mongolia\nlanguage: mn"))
    first = run_briefing("build", "-f", "html", cwd=desk)
    assert "wrote" in first.stdout
    assert "warning[no-labels]" in first.stderr
    for strict, code in (((), 0), (("--strict",), 1)):
        for _ in range(2):
            again = run_briefing("build", "-f", "html", *strict, cwd=desk)
            assert again.returncode == code
            assert again.stderr == first.stderr
            assert "same" in again.stdout
    concise = run_briefing("build", "-f", "html", "--messages", "concise", cwd=desk)
    assert concise.stderr.startswith("content/mongolia.yaml:2:11: warning[no-labels]")


def test_the_json_output_is_the_same_for_built_and_cached_briefs(run_briefing, desk):
    said = [json.loads(rebuilt(run_briefing, desk, "--messages", "json", *more)) for more in (("--force",), (), ())]
    assert [file["path"] for file in said[0]["files"]] == ["output/mongolia.html"]
    assert said[0] == said[1] == said[2]


def test_force_causes_a_rebuild(run_briefing, desk):
    for _ in range(2):
        said = rebuilt(run_briefing, desk, "--force")
        assert "wrote" in said
        assert "it was asked for (--force)" in said


def test_a_mistake_is_reported_on_every_build(run_briefing, desk):
    swap(desk / "content/mongolia.yaml", "title: Mongolia", "titel: Mongolia")
    for _ in range(2):
        run = run_briefing("build", "-f", "html", cwd=desk)
        assert run.returncode == 1
        assert "error" in run.stderr


def test_an_edited_word_file_is_kept_and_rebuilt(run_briefing, desk):
    word = ("build", "-f", "docx")
    run_briefing(*word, cwd=desk)
    with (desk / "output/mongolia.docx").open("ab") as file:
        file.write(b"by hand")
    run = run_briefing(*word, cwd=desk)
    assert "wrote  output/mongolia.docx" in run.stdout
    (kept,) = (desk / "output").glob("mongolia (edited *).docx")
    assert kept.read_bytes().endswith(b"by hand")
    assert "same" in run_briefing(*word, cwd=desk).stdout


def test_cached_messages_are_printed_without_control_characters(run_briefing, desk):
    write(desk / "content/mongolia.yaml", BRIEF.replace("title: Mongolia", "title: Mongolia\nlanguage: mn"))
    run_briefing("build", "-f", "html", cwd=desk)
    (path,) = [p for p in (desk / ".briefing-cache").glob("*.json") if "no-labels" in p.read_text()]
    entry = json.loads(path.read_text())
    for diagnostic in entry["outcome"]["diagnostics"]:
        diagnostic["message"] = "\x1b]0;evil\x07" + diagnostic["message"]
    write(path, json.dumps(entry))
    run = run_briefing("build", "-f", "html", cwd=desk)
    assert "same" in run.stdout
    assert "evil" in run.stderr
    assert "\x1b" not in run.stdout + run.stderr
    assert "\x07" not in run.stdout + run.stderr


# Where it is kept.


def test_git_ignores_the_cache_folder(desk):
    assert (desk / ".briefing-cache/.gitignore").read_text() == "*\n"


def test_a_project_with_an_unwritable_cache_is_rebuilt_every_time(run_briefing, desk):
    shutil.rmtree(desk / ".briefing-cache")
    write(desk / ".briefing-cache", "a file")
    for _ in range(2):
        assert "wrote" in rebuilt(run_briefing, desk)
    assert (desk / ".briefing-cache").read_text() == "a file"


@pytest.fixture
def alone(tmp_path) -> Path:
    """A folder that holds a content file and is no project."""
    write(tmp_path / "alone/japan.yaml", "title: Japan\nkey_points: |\n  - An old friend.\n")
    return tmp_path / "alone"


def test_a_brief_without_a_project_is_cached_in_the_users_cache_folder(run_briefing, alone, tmp_path):
    env = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    assert "wrote" in rebuilt(run_briefing, alone, "japan.yaml", env=env)
    assert sorted(path.name for path in alone.iterdir()) == ["japan.yaml", "output"]
    assert list((tmp_path / "cache").rglob("*.json"))
    assert "same" in rebuilt(run_briefing, alone, "japan.yaml", env=env)
    swap(alone / "japan.yaml", "old", "new")
    assert "japan.yaml has changed" in rebuilt(run_briefing, alone, "japan.yaml", env=env)


def test_briefs_of_the_same_name_in_two_folders_are_cached_separately(run_briefing, alone, tmp_path):
    env = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    write(tmp_path / "other/japan.yaml", "title: Japan\nkey_points: |\n  - A new friend.\n")
    for words in ("wrote", "same"):
        for folder in (alone, tmp_path / "other"):
            assert words in rebuilt(run_briefing, folder, "japan.yaml", env=env)
    assert "An old friend" in (alone / "output/japan.html").read_text("utf-8")
    assert "A new friend" in (tmp_path / "other/output/japan.html").read_text("utf-8")


def test_a_project_file_beside_a_brief_turns_its_folder_into_a_project(run_briefing, alone, tmp_path):
    env = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    rebuilt(run_briefing, alone, "japan.yaml", env=env)
    write(alone / "briefing.yaml", "contact: desk@example.org\n")
    assert "wrote" in rebuilt(run_briefing, alone, "japan.yaml", env=env)
    assert (alone / ".briefing-cache").is_dir()
    (alone / "briefing.yaml").unlink()
    assert "wrote" in rebuilt(run_briefing, alone, "japan.yaml", env=env), "the outputs are those with the defaults"


def test_without_the_users_cache_folder_a_brief_is_rebuilt_every_time(run_briefing, alone, tmp_path):
    write(tmp_path / "file", "no folder")
    for _ in range(2):
        assert "wrote" in rebuilt(run_briefing, alone, "japan.yaml", env={"BRIEFING_CACHE_DIR": str(tmp_path / "file")})


def test_nothing_is_written_through_a_linked_cache_folder(run_briefing, desk, tmp_path):
    write(tmp_path / "elsewhere/precious.json", "{}")
    shutil.rmtree(desk / ".briefing-cache")
    try:
        (desk / ".briefing-cache").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links for everybody")
    for _ in range(2):
        assert "wrote" in rebuilt(run_briefing, desk)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["precious.json"]


def test_a_linked_cache_entry_is_replaced(run_briefing, desk, tmp_path):
    entry, target = entry_of(desk), tmp_path / "target"
    write(target, "precious")
    entry.unlink()
    (desk / ".briefing-cache/.gitignore").unlink()
    try:
        entry.symlink_to(target)
        (desk / ".briefing-cache/.gitignore").symlink_to(tmp_path / "new")
    except OSError:
        pytest.skip("this system makes no symbolic links for everybody")
    assert "wrote" in rebuilt(run_briefing, desk)
    assert target.read_text() == "precious"
    assert not (tmp_path / "new").exists()
    assert not entry.is_symlink()


def test_cache_entries_of_deleted_briefs_are_removed(run_briefing, desk):
    before = entry_of(desk)
    for name in ("one", "two"):
        write(desk / f"content/{name}.yaml", f"title: {name}\nkey_points: |\n  - A point.\n")
    killed, writing = (desk / f".briefing-cache/{digit * 32}.json.123" for digit in "01")
    write(killed, "{")  # left by a build that was killed
    os.utime(killed, (0, 0))
    write(writing, "{")  # another build is writing it
    write(desk / ".briefing-cache/notes.json", "not ours")
    rebuilt(run_briefing, desk)
    entries = set((desk / ".briefing-cache").iterdir())
    assert len(entries) == 6, "three entries, .gitignore, one being written, and a file that the program did not write"
    (desk / "content/one.yaml").unlink()
    (desk / "output/two.html").unlink()
    swap(desk / "content/mongolia.yaml", "Capital", "capital")
    rebuilt(run_briefing, desk, "content/mongolia.yaml")
    left = {path.name for path in (desk / ".briefing-cache").iterdir()}
    assert left == {before.name, writing.name, ".gitignore", "notes.json"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_theme_that_is_linked_to_another_theme_causes_a_rebuild(run_briefing, desk):
    for name, accent in (("aa", "#5a1230"), ("bb", "#12305a")):
        write(desk / f"templates/{name}/theme.yaml", f'extends: standard\ncolours:\n  accent: "{accent}"\n')
    (desk / "templates/house").symlink_to("aa")
    rebuilt(run_briefing, desk, "--theme", "house")
    assert "same" in run_briefing("build", "-f", "html", "--theme", "house", cwd=desk).stdout
    before = (desk / "output/mongolia.html").read_bytes()
    (desk / "templates/house").unlink()
    (desk / "templates/house").symlink_to("bb")
    rebuilt(run_briefing, desk, "--theme", "house")
    assert (desk / "output/mongolia.html").read_bytes() != before


def test_a_change_of_a_theme_named_like_a_python_cache_causes_a_rebuild(run_briefing, desk):
    theme = desk / "templates/my__pycache__/theme.yaml"
    write(theme, 'extends: standard\ncolours:\n  accent: "#5a1230"\n')
    rebuilt(run_briefing, desk, "--theme", "my__pycache__")
    before = (desk / "output/mongolia.html").read_bytes()
    swap(theme, "#5a1230", "#12305a")
    rebuilt(run_briefing, desk, "--theme", "my__pycache__")
    assert (desk / "output/mongolia.html").read_bytes() != before


def test_temporary_files_of_a_killed_build_are_removed_even_if_nothing_changed(run_briefing, desk):
    litter = desk / "output/.briefing-new-html-1"
    write(litter, "half")
    run = run_briefing("build", "-f", "html", "--explain-rebuild", cwd=desk)
    assert "an earlier build was stopped" in run.stdout
    assert not litter.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a file without an end is a thing of Linux")
def test_files_named_in_a_foreign_cache_entry_are_not_read(desk):
    entry = json.loads(entry_of(desk).read_text("utf-8"))
    write(entry_of(desk), json.dumps(entry | {"shared": {}, "files": {"/proc/self/pagemap": "x"}}))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "briefing", "build", "-f", "html"]
    run = subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert "wrote" in run.stdout


# How it is done.


def test_no_engine_and_no_worker_process_is_loaded_if_nothing_changed(desk):
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "briefing", "build", "-f", "html"],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}
    assert "briefing.cache" in loaded
    assert "same" in run.stdout
    engines = {"babel", "jinja2", "lxml", "markdown_it", "pebble", "platformdirs", "rich", "weasyprint", "yaml"}
    assert not engines & loaded
    assert not {name for name in loaded if name.startswith(("briefing.workers", "concurrent", "multiprocessing"))}


def test_every_file_that_a_build_opens_is_in_its_cache_entry(tmp_path):
    lay_out(tmp_path)
    script = textwrap.dedent("""
        import sys
        from pathlib import Path

        opened = set()
        sys.addaudithook(lambda event, found: opened.add(found[0]) if event == "open" else None)
        from briefing.cache import Cache
        from briefing.pipeline import Job, build

        job = Job("content/mongolia.yaml", "output", project=".", attach_source=True)
        cache = Cache([job])
        opened.clear()
        outcome = build(job)
        files = sorted(str(path) for path in opened if isinstance(path, (str, Path)))
        cache.store([outcome])
        for path in files:
            print(Path(path).absolute())
    """)
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    opened = {
        Path(line).relative_to(tmp_path).as_posix()
        for line in run.stdout.splitlines()
        if str(tmp_path) in line and Path(line).is_file()
    }
    entry = json.loads(entry_of(tmp_path).read_text())
    known = {*entry["shared"], *entry["files"]}
    read = {name for name in opened if not name.startswith(("output", ".briefing-cache"))}
    assert read >= {"briefing.yaml", "content/mongolia.yaml", "content/images/map.svg", "templates/ours/theme.yaml"}
    assert read - known == set()


def test_the_cache_entry_records_the_versions_of_system_libraries(tmp_path):
    """Pango and HarfBuzz set the pages: another version of one of them may set other lines."""
    lay_out(tmp_path)
    job = Job(str(tmp_path / "content/mongolia.yaml"), str(tmp_path / "output"), ("pdf",), project=str(tmp_path))
    Cache([job]).store([build(job)])
    libraries = json.loads(entry_of(tmp_path).read_text())["libraries"]
    assert any("pango" in path for path in libraries)
    assert any("harfbuzz" in path for path in libraries)
    assert all(version for version in libraries.values())


def test_a_translation_is_rebuilt_if_its_original_appears_or_changes(run_briefing, desk):
    write(
        desk / "content/mongolia.ru.yaml",
        "title: Монголия\nlanguage: ru\ntranslation_of: peace.yaml\nkey_points: |\n  - В 2016 году.\n",
    )
    only = "content/mongolia.ru.yaml"
    assert "wrote" in rebuilt(run_briefing, desk, only)
    assert "same " in rebuilt(run_briefing, desk, only)
    write(desk / "content/peace.yaml", "title: Mongolia\nkey_points: |\n  - In 2016.\n")
    assert "content/peace.yaml is new" in rebuilt(run_briefing, desk, only)
    assert "same " in rebuilt(run_briefing, desk, only)
    swap(desk / "content/peace.yaml", "2016", "2017")
    assert "content/peace.yaml has changed" in rebuilt(run_briefing, desk, only)


def test_a_translation_is_rebuilt_if_its_original_was_a_folder_and_becomes_a_file(run_briefing, desk):
    write(
        desk / "content/mongolia.ru.yaml",
        "title: Монголия\nlanguage: ru\ntranslation_of: peace.yaml\nkey_points: |\n  - В 2016 году.\n",
    )
    only = "content/mongolia.ru.yaml"
    (desk / "content/peace.yaml").mkdir()
    run = run_briefing("build", "-f", "html", only, cwd=desk)
    assert "original-unreadable" in run.stderr
    (desk / "content/peace.yaml").rmdir()
    write(desk / "content/peace.yaml", "title: Mongolia\nkey_points: |\n  - In 2016.\n")
    run = run_briefing("build", "-f", "html", "--explain-rebuild", only, cwd=desk)
    assert "content/peace.yaml is new" in run.stdout
    assert "original-unreadable" not in run.stderr
