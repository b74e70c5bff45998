"""Check the installed libraries against the requirements of the program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from .finding import Finding
from .system import install_libraries

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
            words = f"{extra} is not installed; it is for {purpose}"
            yield Finding("note", words, install_libraries(map(str, map(_without_marker, wanted))))


def _compare(wanted: list[Requirement], fine: str, name: str) -> Iterator[Finding]:
    bad = {each: _version(each) for each in wanted}
    bad = {
        each: installed
        for each, installed in bad.items()
        if installed is None or not each.specifier.contains(installed, True)
    }
    if not bad:
        yield Finding("ok", fine)
        return
    words = ", ".join(
        f"{each.name} is not installed" if installed is None else f"{each.name} is {installed}, not {each.specifier}"
        for each, installed in bad.items()
    )
    yield Finding("wrong", f"{name}{words}", install_libraries(str(_without_marker(each)) for each in bad))


def _version(wanted: Requirement) -> str | None:
    try:
        return metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return None


def _requirements(extra: str) -> list[Requirement]:
    """The requirements of an extra, or those without an extra if it is empty."""
    from packaging.requirements import Requirement

    found = [Requirement(line) for line in _requirement_lines()]
    if not extra:
        return [each for each in found if each.marker is None or each.marker.evaluate({"extra": ""})]
    return [
        each
        for each in found
        if each.marker and each.marker.evaluate({"extra": extra}) and not each.marker.evaluate({"extra": ""})
    ]


def _without_marker(wanted: Requirement) -> Requirement:
    """A requirement without its marker, as pip takes it."""
    from packaging.requirements import Requirement

    return Requirement(f"{wanted.name}{wanted.specifier}")


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
