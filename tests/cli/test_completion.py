"""Shell completion: the proposals, and how the shells use them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the shells are those of Linux and macOS")


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A project with two briefs and a theme, and a folder `bin` with the command in it."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("content/mongolia.yaml", "content/asia/korea.yaml", "content/asia/notes.txt", "briefing.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("title: A brief\nkey_points: |\n  - One.\n" if "content" in name else "", "utf-8")
    (folder / "templates/ministry").mkdir(parents=True)
    (folder / "templates/ministry/theme.yaml").write_text("extends: standard\ndescription: Our own looks.\n", "utf-8")
    command = folder / "bin/briefing"
    command.parent.mkdir()
    command.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m briefing \"$@\"\n")
    command.chmod(0o755)
    return folder


def proposed(run_briefing, cwd: Path, *words: str) -> list[str]:
    """What the program proposes for the last of the words, which is half typed."""
    line = " ".join(["briefing", *words]) if words[-1] else " ".join(["briefing", *words[:-1], ""])
    env = {"_BRIEFING_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    run = run_briefing(cwd=cwd, env=env)
    assert (run.returncode, run.stderr) == (0, "")
    return [line.partition(",")[2] for line in run.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "proposals"),
    [
        (["b"], ["build"]),
        (["build", ""], ["content/asia/korea.yaml", "content/mongolia.yaml"]),
        (["build", "content/m"], ["content/mongolia.yaml"]),
        (["check", "content/asia/"], ["content/asia/korea.yaml"]),
        (["build", "-f", ""], ["html", "pdf", "docx"]),
        (["build", "-f", "html,p"], ["html,pdf"]),
        (["build", "--for", "h"], ["handout"]),
        (["build", "--theme", ""], ["chancery", "ministry", "standard"]),
        (["themes", "--copy", "sta"], ["standard"]),
        (["new", "--country", "K"], ["KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ"]),
        (["new", "--language", "en"], ["en-GB", "en-US"]),
        (["build", "--messages", ""], ["full", "concise", "json", "github"]),
    ],
    ids=lambda value: " ".join(value) if len(value) < 4 else "",
)
def test_completion_proposes_commands_briefs_and_option_values(run_briefing, desk, words, proposals):
    assert proposed(run_briefing, desk, *words) == proposals


def test_completion_proposes_briefs_relative_to_the_current_folder(run_briefing, desk):
    assert proposed(run_briefing, desk / "content/asia", "build", "") == ["korea.yaml", "../mongolia.yaml"]


def test_completion_works_with_a_broken_theme_and_without_a_project(run_briefing, tmp_path):
    assert proposed(run_briefing, tmp_path, "build", "x") == ["x"]
    (tmp_path / "content").mkdir()
    (tmp_path / "templates/mine").mkdir(parents=True)
    (tmp_path / "templates/mine/theme.yaml").write_text("a: [")
    assert proposed(run_briefing, tmp_path, "build", "--theme", "st") == ["standard"]


#: Each shell reads the script, completes two lines that are half typed, and prints what it got.
SHELLS = {
    "bash": """
        source ./script
        complete -p briefing >/dev/null || exit 1
        for line in "briefing build content/m" "briefing build -f html,p"; do
            COMPREPLY=(); COMP_WORDS=($line); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _briefing_completion briefing; printf '%s\\n' "${COMPREPLY[@]}"
        done
    """,
    "zsh": """
        compdef() { [[ "$*" == "_briefing_completion briefing" ]] || exit 1 }
        compadd() { print -l -- ${(P)@[-1]} }
        source ./script
        for line in "briefing build content/m" "briefing build -f html,p"; do
            words=(${=line}); CURRENT=${#words}
            _briefing_completion
        done
    """,
    "fish": """
        source script
        complete -C "briefing build content/m"
        complete -C "briefing build -f html,p"
    """,
}


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_works_in_a_real_shell(run_briefing, desk, shell):
    script = run_briefing("completion", shell)
    assert (script.returncode, script.stderr) == (0, "")
    assert "_BRIEFING_COMPLETE" in script.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    (desk / "script").write_text(script.stdout)
    plain = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    run = subprocess.run(
        [shell, *plain, "-c", SHELLS[shell]],
        cwd=desk,
        env={**os.environ, "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["content/mongolia.yaml", "html,pdf"], run.stderr


def test_the_completion_help_shows_the_setup_of_each_shell(run_briefing):
    text = run_briefing("completion", "--help").stdout
    assert [shell for shell in SHELLS if f"briefing completion {shell} >" in text] == list(SHELLS)
