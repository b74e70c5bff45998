"""The libraries that are installed, against what the program asks for."""

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

__all__ = ["extras", "libraries"]

#: Extras for a user of the program, and what each is good for.
EXTRAS = {
    "preview": "briefing preview",
    "east-asian": "Chinese, Japanese and Korean letters",
    "cluster": "making briefs on several machines",
}


def libraries(_here: Path) -> Iterator[Finding]:
    """The libraries that every user needs."""
    wanted = _wanted("")
    yield from _compared(wanted, f"{len(wanted)} libraries, in the versions that the program asks for", "")


def extras(_here: Path) -> Iterator[Finding]:
    """The libraries that only some need: an extra that is not there is a note, one that is half there is wrong."""
    for extra, purpose in EXTRAS.items():
        wanted = _wanted(extra)
        if any(_version(each) for each in wanted):
            yield from _compared(wanted, f"{extra}, for {purpose}", f"{extra}: ")
        else:
            words = f"{extra} is not installed; it is for {purpose}"
            yield Finding("note", words, install_libraries(map(str, map(_plain, wanted))))


def _compared(wanted: list[Requirement], fine: str, name: str) -> Iterator[Finding]:
    bad = {each: _version(each) for each in wanted}
    bad = {each: there for each, there in bad.items() if there is None or not each.specifier.contains(there, True)}
    if not bad:
        yield Finding("ok", fine)
        return
    words = ", ".join(
        f"{each.name} is not installed" if there is None else f"{each.name} is {there}, not {each.specifier}"
        for each, there in bad.items()
    )
    yield Finding("wrong", f"{name}{words}", install_libraries(str(_plain(each)) for each in bad))


def _version(wanted: Requirement) -> str | None:
    try:
        return metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return None


def _wanted(extra: str) -> list[Requirement]:
    """What the program asks for, for everybody or for an extra."""
    from packaging.requirements import Requirement

    found = [Requirement(line) for line in _asked()]
    if not extra:
        return [each for each in found if each.marker is None or each.marker.evaluate({"extra": ""})]
    return [
        each
        for each in found
        if each.marker and each.marker.evaluate({"extra": extra}) and not each.marker.evaluate({"extra": ""})
    ]


def _plain(wanted: Requirement) -> Requirement:
    """Without its marker: as somebody types it."""
    from packaging.requirements import Requirement

    return Requirement(f"{wanted.name}{wanted.specifier}")


def _asked() -> list[str]:
    """The lines of pyproject.toml in a checkout, which may be newer than its installation; else of the package."""
    file = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"
    project = tomllib.loads(file.read_text("utf-8")).get("project", {}) if file.is_file() else {}
    if project.get("name") == "briefing":
        optional = project.get("optional-dependencies", {})
        return [
            *project["dependencies"],
            *(f'{line}; extra == "{extra}"' for extra, lines in optional.items() for line in lines if ";" not in line),
        ]
    return metadata.requires("briefing") or []
