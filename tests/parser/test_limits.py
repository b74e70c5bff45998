"""Hostile files are refused quickly, in little memory, with a position."""

import subprocess
import sys

import pytest

from briefing.reading import read
from tests.support.project import ROOT

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
BOMBS = {
    "50,000 levels of brackets": ("a: " + "[" * 50_000, "too-deep"),
    "50,000 levels of braces": ("a: " + "{a: " * 50_000, "too-deep"),
    "50,000 levels of lists": ("- " * 50_000, "too-deep"),
    "1,400 levels of indentation": ("".join(" " * n + "a:\n" for n in range(1400)), "too-deep"),
    "a billion laughs": (LAUGHS, "too-many-parts"),
    "100,000 anchors": ("".join(f"- &a{n}\n" for n in range(100_000)), "too-many-anchors"),
    "100,000 anchors of one name": ("- &a x\n" * 100_000, "too-many-anchors"),
    "100,000 aliases": ("- &a x\n" + "- *a\n" * 100_000, "too-many-aliases"),
    "200,000 items": ("- a\n" * 200_000, "too-many-parts"),
    "10 MB of text": ("a: " + "x" * 10_000_000, "too-large"),
    "5 MB in UTF-16": (("a: " + "x" * 2_500_000).encode("utf-16"), "too-large"),
    "a thousand slips": ("".join(f"a{n}: %\n" for n in range(1000)), "starts-with"),
    "a million control characters": ("a: " + "\x01" * 900_000, "character"),
}


@pytest.mark.parametrize(("content", "code"), BOMBS.values(), ids=BOMBS)
def test_an_oversized_or_deeply_nested_file_is_refused_with_a_reason(content, code):
    reading = read(content.encode() if isinstance(content, str) else content, "bomb.yaml")
    assert reading.brief is None
    assert code in {diagnostic.code for diagnostic in reading.diagnostics}
    assert len(reading.diagnostics) < 100
    assert all(len(diagnostic.message) < 300 for diagnostic in reading.diagnostics)


def test_a_value_that_contains_itself_is_refused():
    (found,) = read(b"title: T\nkey_points: &me [*me]\n", "bomb.yaml").diagnostics
    assert (found.code, found.span.line) == ("alias", 2)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
from tests.parser.test_limits import BOMBS
from briefing.reading import read
for content, _ in BOMBS.values():
    assert read(content.encode() if isinstance(content, str) else content, "bomb.yaml").brief is None
print("alive")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set with POSIX's resource")
def test_oversized_and_deeply_nested_files_need_little_time_and_memory():
    done = subprocess.run([sys.executable, "-c", LIMITED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "alive\n", done.stderr[-2000:]


MARKDOWN = {
    "brackets": "[" * 20_000,
    "citations that do not close": "[@a" * 20_000,
    "references that do not close": "[[a" * 20_000,
    "foreign text in foreign text": "[" * 5_000 + "x" + "]{lang=kk}" * 5_000,
    "stars": "*a_ " * 20_000,
    "quotations in quotations": ">" * 5_000 + " x",
    "backticks": "`" * 9_999 + " x " + "`" * 9_998,
    "links in links": "[a](" * 10_000,
    "angles": "<" * 20_000,
    "lists in lists": "".join("  " * level + "- x\n" for level in range(200)),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_hostile_markdown_is_read_or_refused(name):
    text = "".join(f"      {line}\n" for line in MARKDOWN[name].splitlines())
    reading = read(f"title: T\nsections:\n  - title: S\n    body: |\n{text}".encode(), "bomb.yaml")
    assert reading.brief is not None or reading.diagnostics
