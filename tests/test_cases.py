"""Cases that read like documents: a title, a brief, and what is said about it, line by line."""

import datetime as dt
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from briefing.diagnostics import Diagnostic, Severity
from briefing.press import Job, check
from briefing.reading import read
from tests.codes import codes

FOLDER = Path(__file__).parent / "cases"
CASE = re.compile(r"^(?P<title>[^\n#.][^\n]*)\n\.\n(?P<yaml>.*?)^\.\n(?P<said>.*?)^\.$", re.MULTILINE | re.DOTALL)

#: The files whose briefs are read, resolved and checked, and for whom. The others are read alone.
WHOLE = {"checks": "internal", "files": "internal", "handout": "handout"}
TODAY = dt.date(2016, 10, 12)
PROJECT = "markings:\n  - UNCLASSIFIED\n  - OFFICIAL\n  - SECRET\n"


def cases() -> list[tuple[str, str, str]]:
    return [
        (f"{path.stem}: {match['title']}", match["yaml"], match["said"])
        for path in sorted(FOLDER.glob("*.md"))
        for match in CASE.finditer(path.read_text(encoding="utf-8"))
    ]


def said(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span.line}:{diagnostic.span.column}: " if diagnostic.span else ""
    return place + ("warning: " if diagnostic.severity is Severity.WARNING else "") + diagnostic.message


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with pictures and CSV files, good ones and bad ones, and a brief that others translate."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "briefing.yaml").write_text(PROJECT, "utf-8")
    shutil.copytree(FOLDER / "files", folder / "content")
    (folder / "content" / "data" / "large.csv").write_bytes(b"Year,Exports\n" + b"2016,37\n" * 300_000)
    return folder


@cache
def found(title: str, yaml: str, folder: Path) -> tuple[Diagnostic, ...]:
    audience = WHOLE.get(title.partition(":")[0])
    if audience is None:
        return read(yaml.encode(), "brief.yaml").diagnostics
    content = folder / "content" / "brief.yaml"
    content.write_text(yaml, "utf-8")
    return check(Job(str(content), "", (), audience, project=str(folder), today=TODAY)).diagnostics


def test_each_case_of_the_files_is_found():
    titles = sum(
        len(re.findall(r"^\.$", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in FOLDER.glob("*.md")
    )
    assert titles == 3 * len(cases()) > 200


@pytest.mark.parametrize(("title", "yaml", "expected"), cases(), ids=[title for title, _, _ in cases()])
def test_case(title, yaml, expected, project):
    assert [said(diagnostic) for diagnostic in found(title, yaml, project)] == expected.splitlines(), title


#: What no content file brings about by itself, or only a huge one: the test that brings it about, and the words by
#: which it knows it, where those are not the code.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "attach-source": ("test_problems.py",),
    "brief-exists": ("test_new.py", "is there already"),
    "brief-name": ("test_new.py", "how about south-korea?"),
    "cannot-remove": ("test_clean.py", "cannot be removed"),
    "cannot-watch": ("test_preview.py",),
    "cannot-write": ("test_publish.py", "cannot be written"),
    "cluster-address": ("test_cluster.py",),
    "cluster-path": ("test_cluster.py",),
    "cluster-version": ("test_cluster.py",),
    "engine-changed": ("test_layout_patches.py",),
    "empty": ("test_reading.py", "is empty"),
    "file-open": ("test_publish.py", "is open in another program"),
    "folder-in-use": ("test_publish.py", "another build is writing"),
    "font-not-embedded": ("test_docx_fonts.py",),
    "galley-attribute": ("test_galley.py",),
    "galley-forbidden": ("test_galley.py",),
    "galley-id": ("test_problems.py",),
    "galley-vocabulary": ("test_galley.py",),
    "handout-name": ("test_problems.py",),
    "handout-styles": ("test_docx_reference.py",),
    "internal": ("test_cli.py", "the program made a mistake of its own"),
    "layout": ("test_hostile.py",),
    "link-left-out": ("test_docx.py",),
    "markup": ("test_galley.py",),
    "memory-limit": ("test_workers.py",),
    "missing-glyph": ("test_scripts.py",),
    "no-cluster": ("test_problems.py",),
    "no-cluster-worker": ("test_cluster.py",),
    "no-content": ("test_problems.py",),
    "no-folder": ("test_cli.py", "the current folder is not there any more"),
    "no-labels": ("test_galley.py",),
    "no-meetings": ("test_problems.py",),
    "no-pango": ("test_pdf.py",),
    "no-preview": ("test_preview.py", "not installed"),
    "no-process": ("test_problems.py",),
    "no-project": ("test_problems.py",),
    "no-scheduler": ("test_cluster.py",),
    "not-a-file": ("test_publish.py", "is a symbolic link"),
    "output-outside": ("test_problems.py",),
    "page-budget": ("test_fit.py",),
    "page-warning": ("test_pdf.py",),
    "project-exists": ("test_new.py", "is a project already"),
    "port-taken": ("test_preview.py", "is in use by another program"),
    "same-output": ("test_problems.py",),
    "sheet-length": ("test_fit.py",),
    "system": ("test_problems.py",),
    "template": ("test_problems.py",),
    "template-missing": ("test_problems.py",),
    "theme-address": ("test_problems.py",),
    "theme-circle": ("test_problems.py",),
    "theme-colour": ("test_problems.py",),
    "theme-contrast": ("test_theme_css.py",),
    "theme-exists": ("test_problems.py",),
    "theme-face": ("test_problems.py",),
    "theme-fit": ("test_problems.py",),
    "theme-font": ("test_theme_fonts.py",),
    "theme-handout": ("test_docx_reference.py", "handout.docx"),
    "theme-key": ("test_problems.py",),
    "theme-logo": ("test_problems.py",),
    "theme-measure": ("test_problems.py",),
    "theme-name": ("test_problems.py",),
    "theme-outside": ("test_theme.py", "outside"),
    "theme-style": ("test_problems.py",),
    "theme-unreadable": ("test_problems.py",),
    "theme-yaml": ("test_problems.py",),
    "tightened": ("test_fit.py",),
    "time-limit": ("test_workers.py",),
    "too-deep": ("test_reading_guard.py",),
    "too-large": ("test_reading_guard.py",),
    "too-long": ("test_problems.py",),
    "too-many-aliases": ("test_reading_guard.py",),
    "too-many-anchors": ("test_reading_guard.py",),
    "too-many-parts": ("test_reading_guard.py",),
    "unknown-code": ("test_problems.py",),
    "unknown-country": ("test_new.py", "is not the code of a country"),
    "unknown-format": ("test_press.py",),
    "unknown-language": ("test_new.py", "did you mean ru?"),
    "unknown-style": ("test_problems.py",),
    "unknown-theme": ("test_press.py",),
    "unreadable": ("test_reading_gather.py", "cannot be read"),
    "unused-picture": ("test_problems.py",),
    "unwritable": ("test_theme_copy.py", "cannot"),
    "worker-died": ("test_workers.py",),
}


def test_every_code_that_a_content_file_brings_about_has_a_case_with_its_place(project):
    told = [diagnostic for title, yaml, _ in cases() for diagnostic in found(title, yaml, project)]
    assert len(told) > 200
    placed = {diagnostic.code for diagnostic in told if diagnostic.span is not None}
    assert sorted(codes().keys() - placed - ELSEWHERE.keys()) == []
    assert sorted(ELSEWHERE.keys() - codes().keys()) == [], "these codes are gone"


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_what_arises_elsewhere_is_tested_there(code):
    test, *words = ELSEWHERE[code]
    text = (Path(__file__).parent / test).read_text(encoding="utf-8")
    assert re.search(rf"(?<![\w-]){re.escape(words[0] if words else code)}(?![\w-])", text), f"{code} is not in {test}"
