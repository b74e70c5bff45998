"""Check the installed libraries against the requirements of the program."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from .finding import Finding

if TYPE_CHECKING:
    from packaging.requirements import Requirement

#: The extras for users, and what each is for; those for developers are not checked.
EXTRAS = {
    "preview": "briefing preview",
    "east-asian": "Chinese, Japanese and Korean letters",
    "cluster": "making briefs on several machines",
}


def libraries(_here: Path) -> Iterator[Finding]:
    """Check the required libraries."""
    wanted = _requirements("")
    yield from _compare(wanted, f"{len(wanted)} libraries, in the versions that the program asks for", "")


def extras(_here: Path) -> Iterator[Finding]:
    """Check the extras: one that is not installed is a note, one that is installed in part is wrong."""
    for extra, purpose in EXTRAS.items():
        wanted = _requirements(extra)
        if any(_version(each) for each in wanted):
            yield from _compare(wanted, f"{extra}, for {purpose}", f"{extra}: ")
        else:
            message = f"{extra} is not installed; it is for {purpose}"
            yield Finding("note", message, install_libraries(map(_for_pip, wanted)))


def _compare(wanted: list[Requirement], fine: str, name: str) -> Iterator[Finding]:
    problems = {}
    for each in wanted:
        installed = _version(each)
        if installed is None:
            problems[_for_pip(each)] = f"{each.name} is not installed"
        elif not each.specifier.contains(installed, True):
            problems[_for_pip(each)] = f"{each.name} is {installed}, not {each.specifier}"
    if problems:
        yield Finding("wrong", f"{name}{', '.join(problems.values())}", install_libraries(problems))
    else:
        yield Finding("ok", fine)


def install_libraries(requirements: Iterable[str]) -> str:
    """The command that installs libraries into the environment of the program."""
    wanted = " ".join(f'"{requirement}"' for requirement in requirements)
    if "pipx" in Path(sys.prefix).parts:
        return f"pipx inject briefing {wanted}"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {wanted}"


def _version(wanted: Requirement) -> str | None:
    try:
        return metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return None


def _requirements(extra: str) -> list[Requirement]:
    """The requirements of an extra, or those without an extra if it is empty."""
    from packaging.requirements import Requirement

    def applies(wanted: Requirement, extra: str) -> bool:
        return wanted.marker is None or wanted.marker.evaluate({"extra": extra})

    found = [Requirement(line) for line in _requirement_lines()]
    return [each for each in found if applies(each, extra) and (not extra or not applies(each, ""))]


def _for_pip(wanted: Requirement) -> str:
    """A requirement without its marker, as pip takes it."""
    return f"{wanted.name}{wanted.specifier}"


def _requirement_lines() -> list[str]:
    """All requirements as text: from pyproject.toml in a checkout, which may be newer than the installed package."""
    file = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"
    project = tomllib.loads(file.read_text("utf-8")).get("project", {}) if file.is_file() else {}
    if project.get("name") == "briefing":
        optional = project.get("optional-dependencies", {})
        return [
            *project["dependencies"],
            *(f'{line}; extra == "{extra}"' for extra, lines in optional.items() for line in lines if ";" not in line),
        ]
    return metadata.requires("briefing") or []
