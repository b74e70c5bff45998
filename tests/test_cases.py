"""Cases that read like documents: a title, a brief, and what is said about it, line by line."""

import re
from pathlib import Path

import pytest

from briefing.diagnostics import Diagnostic, Severity
from briefing.reading import read

FOLDER = Path(__file__).parent / "cases"
CASE = re.compile(r"^(?P<title>[^\n#.][^\n]*)\n\.\n(?P<yaml>.*?)^\.\n(?P<said>.*?)^\.$", re.MULTILINE | re.DOTALL)


def cases() -> list[tuple[str, str, str]]:
    return [
        (f"{path.stem}: {match['title']}", match["yaml"], match["said"])
        for path in sorted(FOLDER.glob("*.md"))
        for match in CASE.finditer(path.read_text(encoding="utf-8"))
    ]


def said(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span.line}:{diagnostic.span.column}: " if diagnostic.span else ""
    return place + ("warning: " if diagnostic.severity is Severity.WARNING else "") + diagnostic.message


def test_each_case_of_the_files_is_found():
    titles = sum(
        len(re.findall(r"^\.$", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in FOLDER.glob("*.md")
    )
    assert titles == 3 * len(cases()) > 200


@pytest.mark.parametrize(("title", "yaml", "expected"), cases(), ids=[title for title, _, _ in cases()])
def test_case(title, yaml, expected):
    found = read(yaml.encode(), "brief.yaml").diagnostics
    assert [said(diagnostic) for diagnostic in found] == expected.splitlines(), title
