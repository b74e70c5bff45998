"""`briefing doctor`: a healthy machine, a machine with problems, and the command that fixes each one."""

import itertools
import os
import re
import sys
from pathlib import Path

import pytest

from briefing.doctor.machine import install_libraries, install_pango
from briefing.doctor.places import fonts, output, project, schemas
from tests.cli.test_cli import NO_PANGO
from tests.support.project import ROOT


@pytest.fixture
def desk(tmp_path) -> Path:
    (tmp_path / "desk/content").mkdir(parents=True)
    return tmp_path / "desk"


def told(findings) -> list[tuple[str, str, str]]:
    return [(finding.state, finding.message, finding.fix) for finding in findings]


def test_doctor_reports_nothing_wrong_on_a_healthy_machine(run_briefing, desk):
    run = run_briefing("doctor", cwd=desk)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    lines = run.stdout.splitlines()
    assert lines[-1] == "nothing is wrong"
    assert {line[:2] for line in lines[:-1] if line[0] != " "} <= {"ok", "no"}
    for words in ("Python 3.", "libraries", "Pango 1.", "HarfBuzz", "font files of 2 themes: chancery, standard"):
        assert re.search(rf"^ok     .*{re.escape(words)}", run.stdout, re.MULTILINE), words
    for words in (f"project: {desk.as_posix()}", f"outputs can be written to {desk.as_posix()}/output"):
        assert f"ok     {words}\n" in run.stdout
    assert re.search(r"^ok     a trial brief was made in [\d.]+ s: HTML, PDF, Word$", run.stdout, re.MULTILINE)
    assert [path.name for path in desk.iterdir()] == ["content"], "something was left behind"


#: A machine whose libraries for the preview have been taken away.
NO_PREVIEW = """
import importlib.metadata as metadata
version = metadata.version
def without(name):
    if name in {"starlette", "uvicorn", "watchfiles", "pypdfium2"}:
        raise metadata.PackageNotFoundError(name)
    return version(name)
metadata.version = without
"""


def test_doctor_reports_each_problem_with_the_command_that_fixes_it(run_briefing, desk, tmp_path):
    site = tmp_path / "site"
    (site / "Babel-2.0.dist-info").mkdir(parents=True)
    (site / "Babel-2.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: Babel\nVersion: 2.0\n")
    (site / "sitecustomize.py").write_text(NO_PANGO + NO_PREVIEW)
    run = run_briefing("doctor", cwd=desk, env={"PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])})
    assert run.returncode == 3
    assert "Traceback" not in run.stdout + run.stderr
    lines = run.stdout.splitlines()
    after = dict(itertools.pairwise(lines))
    wrong = [line for line in lines if line.startswith("wrong")]
    assert [line.partition("(")[0].strip() for line in wrong] == [
        "wrong  babel is 2.0, not <3,>=2.16",
        "wrong  Pango, which sets the pages of a PDF, is not here",
    ]
    assert after[wrong[0]] == f'       {sys.executable} -m pip install "babel<3,>=2.16"'
    assert after[wrong[1]] == f"       {install_pango()}"
    note = "note   preview is not installed; it is for briefing preview"
    assert re.fullmatch(
        r'       .* -m pip install "pypdfium2\S+" "starlette\S+" "uvicorn\S+" "watchfiles\S+"', after[note]
    )
    # The rest of the machine is looked at all the same.
    assert re.search(r"^ok     a trial brief was made in [\d.]+ s: HTML, Word$", run.stdout, re.MULTILINE)
    assert lines[-1] == "2 things are wrong: the line below each says what to type or to do"


def test_an_unexpected_exception_is_reported_without_a_traceback(run_briefing, desk, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise RuntimeError('something odd')\n")
    run = run_briefing("doctor", cwd=desk, env={"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])})
    assert run.returncode == 3
    assert "wrong  pango: this could not be looked at (something odd)\n" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert "a trial brief was made" in run.stdout


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"no font", "is no font"), (b"wOF2" + bytes(20), "is a web font"), (None, "is not there")],
)
def test_an_unreadable_font_is_reported(desk, data, words):
    theme = desk / "templates/ministry"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text(
        "extends: standard\nfaces:\n  sans:\n    family: House\n    roman: House.ttf\n", "utf-8"
    )
    if data is not None:
        (theme / "House.ttf").write_bytes(data)
    ((state, said, mend),) = told(fonts(desk))
    assert state == "wrong"
    assert "the theme ministry: the font file 'House.ttf'" in said
    assert words in said
    assert mend


def test_a_file_in_place_of_the_output_folder_is_reported(desk):
    (desk / "output").write_text("a file")
    ((state, said, mend),) = told(output(desk))
    assert state == "wrong"
    assert said.endswith("/output cannot be written: a file stands where a folder is wanted")
    assert "--output" in mend


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_output_folder_is_reported(desk):
    (desk / "output").mkdir(mode=0o500)
    assert [state for state, _, _ in told(output(desk))] == ["wrong"]


def test_a_schema_of_another_version_is_reported(desk, run_briefing):
    run_briefing("new", "norway", cwd=desk)
    assert told(schemas(desk)) == []
    schema = desk / ".vscode/briefing.schema.json"
    schema.write_text(schema.read_text("utf-8").replace("fact_box", "factbox"), "utf-8")
    ((state, said, mend),) = told(schemas(desk))
    assert state == "note"
    assert ".vscode/briefing.schema.json" in said
    assert run_briefing(*mend.split()[1:], cwd=desk).returncode == 0
    assert told(schemas(desk)) == []


def test_without_a_project_doctor_shows_how_to_create_one(tmp_path):
    assert told(project(tmp_path)) == [("note", "there is no project here", "briefing new --project desk")]
    assert told(schemas(tmp_path)) == []


@pytest.mark.parametrize(
    ("system", "words"), [("linux", "libpango-1.0-0"), ("darwin", "brew install pango"), ("win32", "pacman -S mingw")]
)
def test_the_command_to_install_pango_depends_on_the_operating_system(monkeypatch, system, words):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("PATH", "")
    assert words in install_pango()


def test_libraries_of_a_pipx_installation_are_installed_with_pipx(monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(Path("home", "pipx", "venvs", "briefing")))
    assert install_libraries(["starlette<2"]) == 'pipx inject briefing "starlette<2"'
