"""The pre-commit hook, the GitHub action and the editor settings."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.project import ROOT

GOOD = "title: Mongolia\nlanguage: en-GB\nkey_points: |\n  - Two neighbours.\n"
BAD = "title: Mongolia\nkey_pionts: |\n  - Two neighbours.\n"
WARNED = GOOD + "reference: CB #1\n"


@pytest.fixture
def desk(tmp_path) -> Path:
    """A repository with briefs, and a folder `bin` with the command in it, as an installation makes it."""
    (tmp_path / "content").mkdir()
    for name, text in {"good": GOOD, "bad": BAD, "warned": WARNED}.items():
        (tmp_path / "content" / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "briefing"
    command.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m briefing \"$@\"\n")
    command.chmod(0o755)
    return tmp_path


def run(arguments: list[str], desk: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        cwd=desk,
        env={**os.environ, **env, "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


unix = pytest.mark.skipif(os.name == "nt", reason="the command is a shell script here")


# The pre-commit hook.


@pytest.fixture(scope="module")
def hook() -> dict:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return only


@unix
@pytest.mark.parametrize(
    ("names", "code", "words"),
    [(["good"], 0, "1 brief checked: nothing is wrong"), (["good", "bad"], 1, "did you mean 'key_points'?")],
)
def test_the_hook_checks_the_files_that_it_is_given(hook, desk, names, code, words):
    done = run([*shlex.split(hook["entry"]), *(f"content/{name}.yaml" for name in names)], desk)
    assert done.returncode == code
    assert words in done.stdout + done.stderr


def test_the_hook_matches_only_content_files(hook):
    def given(name: str) -> bool:
        return bool(re.search(hook["files"], name)) and not re.search(hook["exclude"], name)

    assert hook["language"] == "python"
    assert all(map(given, ("content/norway.yaml", "content/asia/korea.yml")))
    assert not any(map(given, ("briefing.yaml", "templates/x/theme.yaml", "content/a.csv", "content/templates/x.yaml")))


# The GitHub action.


@pytest.fixture(scope="module")
def action() -> dict:
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_the_action_sets_up_python_and_installs_from_its_own_folder(action):
    setup, install, check = action["runs"]["steps"]
    assert action["runs"]["using"] == "composite"
    assert setup["uses"].startswith("actions/setup-python@")
    assert (install["env"]["ACTION"], "pip install" in install["run"]) == ("${{ github.action_path }}", True)
    assert '"$ACTION"' in install["run"]
    # Nothing that a caller writes is put into a script: a value in braces would be run as shell.
    assert [step for step in (install, check) if "${{" in step["run"]] == []
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) }}", json.dumps(action["runs"]))
    assert sorted(used) == sorted(action["inputs"])


@unix
@pytest.mark.parametrize(
    ("path", "strict", "code", "line"),
    [
        ("", "false", 1, "::error title=unknown-key,file=content/bad.yaml,line=2,"),
        ("content/warned.yaml", "false", 0, "::warning title=cut-by-hash,file=content/warned.yaml,line=5,"),
        ("content/warned.yaml", "true", 1, "::warning title=cut-by-hash,file=content/warned.yaml,line=5,"),
        ("--help; touch gone", "false", 2, "::error title=no-content::"),
    ],
)
def test_the_action_annotates_the_lines_with_errors(action, desk, path, strict, code, line):
    script = action["runs"]["steps"][-1]["run"]
    # As GitHub runs it.
    done = run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], desk, BRIEFS=path, STRICT=strict)
    assert done.returncode == code, done.stdout + done.stderr
    assert any(each.startswith(line) for each in [*done.stdout.splitlines(), ""])
    assert not (desk / "gone").exists()


def test_the_manual_documents_every_input_and_the_hook(action, hook, root):
    manual = (root / "docs" / "automation.md").read_text("utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", manual, re.MULTILINE) == list(action["inputs"])
    assert f"- id: {hook['id']}" in manual
    examples = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)]
    assert len(examples) == 2


# The settings of the editor.


def test_the_editor_finds_the_schema_of_every_content_file(root):
    settings = json.loads((root / ".vscode" / "settings.json").read_text("utf-8"))
    schemas = settings["yaml.schemas"]
    assert all((root / path).is_file() for path in schemas)
    by_pattern = {pattern: path for path, patterns in schemas.items() for pattern in patterns}
    assert by_pattern["briefing.yaml"].endswith("briefing-project.schema.json")
    assert by_pattern["content/**/*.yaml"].endswith("briefing.schema.json")
    briefs = [path.relative_to(root).as_posix() for path in (root / "content").rglob("*.yaml")]
    assert briefs
    assert [name for name in briefs if not any(fnmatch.fnmatch(name, p.replace("**/", "*")) for p in by_pattern)] == []
    assert "redhat.vscode-yaml" in json.loads((root / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="this is no clone")
def test_git_ignores_editor_files_except_the_shared_settings(root):
    names = [".vscode/settings.json", ".vscode/extensions.json", ".vscode/launch.json"]
    ignored = subprocess.run(["git", "check-ignore", *names], cwd=root, capture_output=True, text=True, check=False)
    assert ignored.stdout.split() == [".vscode/launch.json"]
