"""The wheel as installed by pip or pipx: it contains the themes and works outside the repository."""

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

BRIEF = """\
title: Kazakhstan
marking: OFFICIAL
summary: Good relations with Russia, China and the West at once.
sections:
  - title: Principles and priorities
    body: |
      A country of this size, with roots in both Europe and Asia, has many interests.
"""


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    run = subprocess.run([sys.executable, "-c", code, folder], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return next(folder.glob("briefing-*.whl"))


def test_the_wheel_contains_every_file_of_the_program_and_its_themes(wheel, root):
    inside = set(zipfile.ZipFile(wheel).namelist())
    themes = {f"briefing/_templates/{path.relative_to(root / 'templates').as_posix()}" for path in (root / "templates").rglob("*") if path.is_file()}  # fmt: skip
    program = {path.relative_to(root).as_posix() for path in (root / "briefing").rglob("*") if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip
    assert "briefing/_templates/standard/theme.yaml" in themes
    assert "briefing/py.typed" in program
    assert themes | program <= inside
    assert {re.split("[-/]", name)[0] for name in inside} == {"briefing"}


def test_the_installed_program_builds_a_brief_outside_the_repository(wheel, tmp_path, run_briefing):
    installed, project = tmp_path / "installed", tmp_path / "desk"
    zipfile.ZipFile(wheel).extractall(installed)
    (project / "content").mkdir(parents=True)
    (project / "content" / "kazakhstan.yaml").write_text(BRIEF, encoding="utf-8")
    env = {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}

    themes = run_briefing("themes", cwd=project, env=env)
    assert (themes.returncode, "standard" in themes.stdout) == (0, True), themes.stderr

    run = run_briefing("build", "-f", "html,docx", cwd=project, env=env)
    assert run.returncode == 0, run.stdout + run.stderr
    assert sorted(path.name for path in (project / "output").glob("kazakhstan.*")) == [
        "kazakhstan.docx",
        "kazakhstan.html",
    ]
    assert "roots in both Europe and Asia" in (project / "output" / "kazakhstan.html").read_text(encoding="utf-8")


def test_the_source_archive_contains_the_security_policy_code_and_tests(root, tmp_path):
    code = "import sys; from hatchling.build import build_sdist; build_sdist(sys.argv[1])"
    run = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    with tarfile.open(next(tmp_path.glob("briefing-*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "SECURITY.md",
        "CHANGELOG.md",
        "README.md",
        "LICENSE",
        "briefing/__init__.py",
        "tests/rules/test_package.py",
    } <= names
