"""Fixtures: every brief in content/, in both editions and every theme, built once by the command line; the checkers.

The checkers are third-party programs that check the output files; a failing test shows their output.
`make conformance` installs them; a checker that is not installed is a failure, not a skipped test.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.publish.lock import locked
from tests.support.project import ROOT

CACHE = ROOT / ".cache" / "checkers"
EDITIONS = {"internal": "", "handout": "-handout"}
#: Print editions with a theme: their options. One brief in one theme is enough to check what an edition adds.
HAND = {
    ("large-print", "standard"): ("--large-print",),
    ("for-notes", "chancery"): ("--for-notes",),
    ("meetings-large-print", "chancery"): ("--only", "meetings", "--large-print"),
    ("handout-meetings-for-notes", "standard"): ("--for", "handout", "--only", "meetings", "--for-notes"),
}

BRIEFS = sorted(path.relative_to(ROOT / "content").with_suffix("") for path in (ROOT / "content").rglob("*.yaml"))
THEMES = sorted(path.parent.name for path in (ROOT / "templates").glob("*/theme.yaml"))


@dataclass(frozen=True)
class Case:
    """One brief in one edition and one theme."""

    brief: Path
    edition: str
    theme: str

    def file(self, suffix: str) -> Path:
        """The path of its output, relative to the folder of all outputs."""
        name = f"{self.brief.name}{EDITIONS.get(self.edition, f'-{self.edition}')}.{suffix}"
        return Path(self.theme, self.edition) / self.brief.parent / name

    def __str__(self) -> str:
        return f"{self.brief.as_posix()}, {self.edition}, {self.theme}"


CASES = [Case(brief, edition, theme) for brief in BRIEFS for edition in EDITIONS for theme in THEMES]
CASES += [Case(Path("every-block"), edition, theme) for edition, theme in HAND]


@dataclass(frozen=True)
class Print:
    """One PDF: a brief in a theme, with a paper size, in an edition that can be printed."""

    brief: Path
    theme: str
    paper: str
    edition: str

    @property
    def options(self) -> tuple[str, ...]:
        """The options of the command line for it."""
        return PRINTED[self.edition][0]

    def file(self) -> Path:
        """The path of the PDF, relative to the folder of all outputs."""
        name = f"{self.brief.name}{PRINTED[self.edition][1]}.pdf"
        whole = self.paper == "A4" and self.edition in EDITIONS  # built with the other formats
        folder = Path(self.theme, self.edition) if whole else Path("prints", self.theme, self.paper, self.edition)
        return folder / self.brief.parent / name

    def __str__(self) -> str:
        return f"{self.brief.as_posix()}, {self.theme}, {self.paper}, {self.edition}"


#: The editions of a PDF: the options, and the suffix of the file name.
PRINTED = {
    "internal": ((), ""),
    "handout": (("--for", "handout"), "-handout"),
    "source": (("--attach-source",), ""),
    "large-print": (("--large-print",), "-large-print"),
    "for-notes": (("--for-notes",), "-for-notes"),
    "meetings": (("--only", "meetings"), "-meetings"),
}


def content_of(brief: Path, project: Path = ROOT) -> Path:
    """The content file of a brief; with_suffix() would cut a name with dots."""
    return project / "content" / brief.parent / f"{brief.name}.yaml"


def _has_meetings(brief: Path) -> bool:
    return "\nmeetings:" in content_of(brief).read_text("utf-8")


# Both paper sizes for the most used editions, A4 for the others.
PRINTS = [
    Print(brief, theme, paper, edition)
    for edition in PRINTED
    for paper in (("A4", "Letter") if edition in EDITIONS else ("A4",))
    for theme in THEMES
    for brief in BRIEFS
    if edition != "meetings" or _has_meetings(brief)
]

Tool = Callable[..., str]
Findings = dict[Path, list[str]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CASES, ids=str)
    if "sheet" in metafunc.fixturenames:
        metafunc.parametrize("sheet", PRINTS, ids=str)
    if "whole_sheet" in metafunc.fixturenames:
        whole = [sheet for sheet in PRINTS if sheet.edition in {"internal", "source"}]
        metafunc.parametrize("whole_sheet", whole, ids=str)


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process of this run makes; the other processes wait for it."""
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    folder, done = shared / name, shared / f"{name}-is-made"
    with locked(shared, wait=900):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, run_briefing) -> Path:
    """The folder of every case in every format, built by `briefing build`."""
    return once(tmp_path_factory, "built", lambda folder: _build_all(folder, run_briefing))


def _build_all(folder: Path, run_briefing) -> None:
    assert len(BRIEFS) >= 3, f"only {BRIEFS} found in content/"
    assert len(THEMES) >= 2, f"only {THEMES} found in templates/"
    for theme in THEMES:
        for edition in EDITIONS:
            run = run_briefing("build", "--theme", theme, "--for", edition, "-o", folder / theme / edition)
            assert run.returncode == 0, f"briefing build --theme {theme} --for {edition}:\n{run.stdout}{run.stderr}"
    for (edition, theme), options in HAND.items():
        whole = ("build", "content/every-block.yaml", "--theme", theme, *options, "-o", folder / theme / edition)
        run = run_briefing(*whole)
        assert run.returncode == 0, f"briefing {' '.join(map(str, whole))}:\n{run.stdout}{run.stderr}"


@pytest.fixture(scope="session")
def files(built: Path) -> Callable[[str], dict[Case, Path]]:
    """`files("pdf")`: the paths of all cases' files in that format, after checking that they exist."""

    def paths(suffix: str) -> dict[Case, Path]:
        found = {case: built / case.file(suffix) for case in CASES}
        missing = [str(path.relative_to(built)) for path in found.values() if not path.is_file()]
        assert not missing, f"not built: {', '.join(missing)}"
        return found

    return paths


@pytest.fixture(scope="session")
def prints(built: Path, tmp_path_factory: pytest.TempPathFactory, run_briefing) -> dict[Print, Path]:
    """The path of each PDF, in every theme, paper and edition."""
    once(tmp_path_factory, "letter", lambda letter: _print_all(built, letter, run_briefing))
    found = {sheet: built / sheet.file() for sheet in PRINTS}
    missing = [str(sheet) for sheet, path in found.items() if not path.is_file()]
    assert not missing, f"not built: {', '.join(missing)}"
    return found


def _print_all(built: Path, letter: Path, run_briefing) -> None:
    shutil.copytree(ROOT / "content", letter / "content")
    for path in (ROOT / "briefing.yaml", *(ROOT / "content").rglob("*.yaml")):
        text = path.read_text("utf-8").replace("paper: A4", "paper: Letter")
        (letter / path.relative_to(ROOT)).write_text(text, "utf-8")
    assert "paper: Letter" in (letter / "briefing.yaml").read_text("utf-8")
    for folder in dict.fromkeys(sheet.file().parent for sheet in PRINTS if sheet.file().parts[0] == "prints"):
        sheets = [sheet for sheet in PRINTS if sheet.file().parent == folder]
        project = ROOT if sheets[0].paper == "A4" else letter
        content = [content_of(sheet.brief, project) for sheet in sheets]
        options = (*sheets[0].options, "--theme", sheets[0].theme, "-f", "pdf", "-o", built / folder)
        run = run_briefing("build", *content, *options, cwd=project)
        assert run.returncode == 0, f"{sheets[0]}:\n{run.stdout}{run.stderr}"


@pytest.fixture(scope="session")
def tool() -> Tool:
    """`tool("qpdf", "--check", path)`: the output of the program, stdout and stderr; fails if it is not installed.

    `codes` are the exit codes of a complete run, with or without findings.
    """

    def run(
        program: str | Path, *arguments: object, codes: tuple[int, ...] = (0,), env: dict[str, str] | None = None
    ) -> str:
        found = shutil.which(program)
        assert found, f"{program} is not installed; make conformance does that"
        finished = subprocess.run(
            [found, *map(str, arguments)],
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=600,  # seconds; a checker that hangs is a failure, and does not block CI
        )
        assert finished.returncode in codes, f"{program} ended with {finished.returncode}:\n{finished.stdout[-4000:]}"
        return finished.stdout

    return run


@pytest.fixture(scope="session")
def cache() -> Path:
    """The folder into which `make conformance` installs the checkers from npm and pip."""
    assert (CACHE / "made-for").is_file(), "the checkers are not installed; make conformance does that"
    return CACHE


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser: $CHROMIUM, or the first one found."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "no Chromium is installed; make conformance does that"
    return found
