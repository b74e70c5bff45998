"""Check Python, and the libraries of the system for the layout of PDFs."""

from __future__ import annotations

import io
import platform
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from .finding import Finding

if TYPE_CHECKING:
    from packaging.requirements import Requirement

#: The oldest version of Python that the program runs on.
OLDEST = (3, 11)
#: The command that installs Pango and HarfBuzz, by the package manager.
_PANGO = {
    "apt-get": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install pango",
    "pacman": "sudo pacman -S pango",
    "zypper": "sudo zypper install libpango-1_0-0",
    "apk": "sudo apk add pango",
}


def python(_here: Path) -> Iterator[Finding]:
    """Check the version of Python."""
    message = f"Python {platform.python_version()} on {platform.system() or sys.platform}"
    if sys.version_info[:2] < OLDEST:
        yield Finding("wrong", f"{message}: the program needs 3.11 or later", install_python())
    else:
        yield Finding("ok", message)


def pango(_here: Path) -> Iterator[Finding]:
    """Check Pango and HarfBuzz, which a PDF needs."""
    from briefing.writers.pdf.weasyprint_.startup import import_weasyprint

    try:
        with redirect_stdout(io.StringIO()):  # WeasyPrint prints a long text before it fails
            import_weasyprint()
            from weasyprint.text import ffi
    except OSError as failure:
        missing = str(failure).strip().split("\n")[0].split(":")[0]
        yield Finding("wrong", f"Pango, which sets the pages of a PDF, is not here ({missing})", install_pango())
        return
    number = ffi.pango.pango_version()
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    if ffi.harfbuzz_subset is None:
        yield Finding("wrong", "the part of HarfBuzz that cuts fonts for a PDF is not here", install_pango())
        return
    import uharfbuzz

    yield Finding("ok", f"Pango {version}, HarfBuzz {uharfbuzz.version_string()}")


def install_pango() -> str:
    """The command that installs Pango on this system."""
    if sys.platform == "win32":
        return "install MSYS2 (https://www.msys2.org/), then type in its shell: pacman -S mingw-w64-ucrt-x86_64-pango"
    if sys.platform == "darwin":
        return "brew install pango"
    return next((line for tool, line in _PANGO.items() if shutil.which(tool)), _PANGO["apt-get"])


def install_python() -> str:
    """The command that installs a newer Python on this system, or the advice to install it."""
    commands = {"win32": "winget install Python.Python.3.13", "darwin": "brew install python"}
    return commands.get(sys.platform, "install Python 3.11 or later with your system's tools")


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
