"""docs/extending.md: following the steps for a new block gives a program that knows the block."""

import re
import shutil
from pathlib import Path, PurePosixPath

import pytest

from tests.support.project import ROOT
from tests.support.read_outputs import read

PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
CHAPTER = re.search(r"^## A block\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)[1]
WORDS = ("What happens next", "Parliament votes on the treaty", "The president signs it")


def snippet(kind: str) -> str:
    """The only snippet of a kind in the chapter, without the indentation of the list in which it stands."""
    found = re.findall(rf"^   ```{kind}\n(.*?)^   ```$", CHAPTER, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"the chapter has {len(found)} snippets of {kind}"
    return re.sub(r"^   ", "", found[0], flags=re.MULTILINE)


def named_file(text: str) -> tuple[str, str]:
    """The path in the comment on the first line of a snippet, and the rest."""
    first, _, rest = text.partition("\n")
    path = re.fullmatch(r"(?:# |\{# )(\S+)(?: #\})?", first)
    assert path, f"the first line of a snippet names its file, not: {first}"
    return path[1], rest


def patched(text: str, diff: str) -> str:
    """A text after the changes of a diff, whose parts are separated by @@ and have no line numbers."""
    for part in diff.split("@@\n"):
        lines = part.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert old != new
        assert text.count(old) == 1, f"not found once:\n{old}"
        text = text.replace(old, new)
    return text


@pytest.fixture
def extended(tmp_path) -> Path:
    """A copy of the program with the changes of the page."""
    copy = tmp_path / "program"
    for folder in ("briefing", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for kind in ("python", "jinja"):
        path, text = named_file(snippet(kind))
        assert not (copy / path).exists(), f"{path} is there already"
        (copy / path).write_text(text, encoding="utf-8")
    path, diff = named_file(snippet("diff"))
    (copy / path).write_text(patched((copy / path).read_text(encoding="utf-8"), diff), encoding="utf-8")
    return copy


@pytest.fixture
def brief(tmp_path) -> Path:
    content = tmp_path / "desk" / "content" / "treaty.yaml"
    content.parent.mkdir(parents=True)
    block = "".join(f"      {line}\n" for line in snippet("yaml").splitlines())
    content.write_text(f"title: The treaty\nsections:\n  - title: What follows\n    body:\n{block}", encoding="utf-8")
    return content


def test_the_documented_block_is_printed_in_all_three_formats(extended, brief, run_briefing):
    desk = brief.parent.parent
    without = run_briefing("build", cwd=desk)
    assert without.returncode == 1
    assert "error[unknown-block]" in without.stdout + without.stderr

    run = run_briefing("build", "--strict", cwd=desk, env={"PYTHONPATH": str(extended)})
    assert run.returncode == 0, run.stdout + run.stderr
    for name in ("treaty.html", "treaty.pdf", "treaty.docx"):
        text = " ".join(read(desk / "output" / name).body)
        assert [words for words in WORDS if words not in text] == [], name


def test_the_schema_and_the_messages_know_the_documented_block(extended, brief, run_briefing):
    desk = brief.parent.parent
    schema = run_briefing("schema", cwd=desk, env={"PYTHONPATH": str(extended)})
    assert '"$ref": "#/$defs/Steps"' in schema.stdout
    brief.write_text(brief.read_text(encoding="utf-8").replace("title: What happens", "heading: What happens"), "utf-8")
    run = run_briefing("check", cwd=desk, env={"PYTHONPATH": str(extended)})
    assert run.returncode == 1
    assert "the block 'steps' has no key 'heading'" in run.stdout + run.stderr


def test_a_new_block_changes_at_most_four_files_and_the_page_lists_them():
    files = re.findall(r"^\| `([^`]+)` \|", CHAPTER, re.MULTILINE)
    assert 3 <= len(files) <= 4
    assert {named_file(snippet(kind))[0] for kind in ("python", "diff", "jinja")} < set(files)


def test_every_file_that_the_page_names_exists_unless_it_is_new():
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)
    new = {
        path
        for files, change in rows
        if re.match(r"new|optional: the", change)
        for path in re.findall(r"`([^`]+)`", files)
    }
    assert len(new) >= 6
    named = set(re.findall(r"`((?:briefing|templates|tests|content|docs)/[^` ]+)`", PAGE))
    assert len(named) > 25
    assert sorted(path for path in named - new if not (ROOT / PurePosixPath(path)).exists()) == []
