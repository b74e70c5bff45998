"""`briefing clean` removes the unchanged outputs of the program and keeps every other file."""

import json
import os
import shutil
from pathlib import Path

import pytest

MONGOLIA = """\
title: "Mongolia: the third neighbour"
language: en-GB
issued: 2016-10-05
key_points: |
  - Two neighbours, and a policy of the third.
meetings:
  - title: Call on the Foreign Minister
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory, run_briefing) -> Path:
    """A project with three briefs, one in a folder, that have been built."""
    folder = tmp_path_factory.mktemp("built") / "desk"
    for name in ("mongolia.yaml", "norway.yaml", "asia/korea.yaml"):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MONGOLIA, "utf-8")
    run = run_briefing("build", "-f", "html,docx", cwd=folder)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def desk(built, tmp_path) -> Path:
    """That project, for one test to do with as it likes."""
    return Path(shutil.copytree(built, tmp_path / "desk"))


def outputs(folder: Path) -> list[str]:
    """All files in the output folder, the hidden ones too."""
    output = folder / "output"
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if not path.is_dir())


def test_clean_removes_all_outputs_and_keeps_the_folder(desk, run_briefing):
    assert {"mongolia.html", "asia/korea.docx", ".briefing.json"} <= set(outputs(desk))
    run = run_briefing("clean", cwd=desk)
    assert (run.returncode, run.stderr) == (0, "")
    assert "removed  output/mongolia.html\n" in run.stdout
    assert run.stdout.endswith("6 files removed\n")
    assert outputs(desk) == []
    assert not (desk / "output/asia").exists()
    assert (desk / "output").is_dir()
    assert (desk / "content/mongolia.yaml").read_text("utf-8") == MONGOLIA
    assert run_briefing("clean", cwd=desk).stdout == "nothing removed\n"


def test_a_dry_run_changes_nothing_and_lists_the_same_files(desk, run_briefing):
    before = {name: (desk / "output" / name).read_bytes() for name in outputs(desk)}
    dry = run_briefing("clean", "--dry-run", cwd=desk)
    assert before == {name: (desk / "output" / name).read_bytes() for name in outputs(desk)}
    wet = run_briefing("clean", cwd=desk)
    named = [line.rpartition("  ")[2] for line in wet.stdout.splitlines() if line.startswith("removed")]
    assert len(named) == 6
    assert [line.rpartition("  ")[2] for line in dry.stdout.splitlines() if line.startswith("would remove")] == named


def test_edited_word_files_are_kept_and_reported(desk, run_briefing):
    word = desk / "output/mongolia.docx"
    edited = word.read_bytes() + b"changed"
    word.write_bytes(edited)
    run_briefing("build", "-f", "docx", "content/mongolia.yaml", cwd=desk)
    (aside,) = (desk / "output").glob("mongolia (edited *).docx")
    (desk / "output/norway.docx").write_bytes(edited)
    run = run_briefing("clean", cwd=desk)
    assert run.returncode == 0
    assert f"kept     output/{aside.name}: it was changed by hand\n" in run.stdout
    assert "kept     output/norway.docx: it was changed by hand\n" in run.stdout
    assert outputs(desk) == [".briefing.json", aside.name, "norway.docx"]
    assert aside.read_bytes() == edited
    # It is known as edited still: the next build keeps it, and makes its own beside it.
    assert "kept   output/norway (edited" in run_briefing("build", "-f", "docx", cwd=desk).stdout


def test_files_that_the_program_did_not_write_are_kept(desk, run_briefing):
    (desk / "output/notes.txt").write_text("Mine.")
    (desk / "output/empty").mkdir()
    (desk / "output/norway.html").write_text("Mine as well.")
    run = run_briefing("clean", cwd=desk)
    assert "kept     output/norway.html: it was changed by hand" in run.stdout
    assert run.stdout.endswith("5 files removed; 1 kept; 1 left alone: the program did not write them\n")
    assert outputs(desk) == [".briefing.json", "norway.html", "notes.txt"]
    assert (desk / "output/empty").is_dir()


def test_cleaning_one_brief_removes_all_its_editions_and_nothing_else(desk, run_briefing):
    (desk / "content/mongolia-sea.yaml").write_text(MONGOLIA, "utf-8")
    run_briefing("build", "-f", "html", "content/mongolia-sea.yaml", cwd=desk)
    run_briefing("build", "-f", "html", "--only", "meetings", "--large-print", "content/mongolia.yaml", cwd=desk)
    before = set(outputs(desk))
    assert "mongolia-meetings-large-print.html" in before
    (desk / "content/mongolia.yaml").unlink()  # renamed, say: its outputs are what somebody wants to be rid of
    assert run_briefing("clean", "content/mongolia.yaml", cwd=desk).returncode == 0
    assert before - set(outputs(desk)) == {"mongolia.html", "mongolia.docx", "mongolia-meetings-large-print.html"}


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("content/asia", {"mongolia.html", "norway.html"}),
        ("output/asia", {"mongolia.html", "norway.html"}),
        ("content", set()),
        (".", set()),
    ],
)
def test_clean_accepts_a_folder_of_content_or_of_outputs(desk, run_briefing, path, left):
    assert run_briefing("clean", path, cwd=desk).returncode == 0
    assert {name for name in outputs(desk) if name.endswith(".html")} == left


def test_temporary_files_of_a_killed_build_are_removed(desk, run_briefing):
    for name in (".briefing-new-norway.pdf", ".briefing-old-norway.docx"):
        (desk / "output" / name).write_bytes(b"half")
    assert "would remove  output/.briefing-new-norway.pdf" in run_briefing("clean", "-n", cwd=desk).stdout
    run_briefing("clean", cwd=desk)
    assert outputs(desk) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_nothing_is_removed_through_a_link(desk, run_briefing, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (desk / "output/asia").rename(elsewhere)
    (desk / "output/asia").symlink_to(elsewhere)
    (desk / "output/norway.html").unlink()
    (desk / "output/norway.html").symlink_to(desk / "content/norway.yaml")
    run = run_briefing("clean", cwd=desk)
    assert run.returncode == 0
    assert (elsewhere / "korea.html").is_file()
    assert (desk / "output/norway.html").is_symlink()
    assert (desk / "content/norway.yaml").is_file()
    for path in ("output/asia", "content/asia"):
        run = run_briefing("clean", path, cwd=desk)
        assert run.returncode == 2
        assert "output/asia is a symbolic link, so nothing was removed" in run.stderr
    assert (elsewhere / "korea.html").is_file()


def test_a_manifest_cannot_name_files_outside_its_folder(desk, run_briefing):
    manifest = desk / "output/.briefing.json"
    entries = json.loads(manifest.read_text())
    mark = entries["norway"]["html"]
    (desk / "norway.html").write_bytes((desk / "output/norway.html").read_bytes())
    manifest.write_text(json.dumps({**entries, "../norway": {"html": mark}, "x": {"../norway.html": mark}}))
    assert run_briefing("clean", cwd=desk).returncode == 0
    assert (desk / "norway.html").is_file()
    assert outputs(desk) == [".briefing.json"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may remove anything")
def test_an_unwritable_folder_is_reported_and_the_others_are_cleaned(desk, run_briefing):
    (desk / "output/asia").chmod(0o500)
    run = run_briefing("clean", cwd=desk)
    (desk / "output/asia").chmod(0o700)
    assert run.returncode == 3
    assert "error[cannot-remove]" in run.stderr
    assert "output/asia cannot be removed: you may not write there" in run.stderr
    assert "removed  output/norway.html" in run.stdout


def test_a_wrong_call_exits_with_2_and_an_error_message(tmp_path, run_briefing):
    run = run_briefing("clean", cwd=tmp_path)
    assert (run.returncode, "this is no project" in run.stderr) == (2, True)
    run = run_briefing("clean", "drafts", cwd=tmp_path)
    assert (run.returncode, "there is no file or folder 'drafts'" in run.stderr) == (2, True)
