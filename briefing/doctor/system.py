"""Installation commands for this operating system."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

#: The command that installs Pango and HarfBuzz, by the package manager.
_PANGO = {
    "apt-get": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install pango",
    "pacman": "sudo pacman -S pango",
    "zypper": "sudo zypper install libpango-1_0-0",
    "apk": "sudo apk add pango",
}


def install_pango() -> str:
    """The command that installs Pango on this system."""
    if sys.platform == "win32":
        return "install MSYS2 (https://www.msys2.org/), then type in its shell: pacman -S mingw-w64-ucrt-x86_64-pango"
    if sys.platform == "darwin":
        return "brew install pango"
    return next((line for tool, line in _PANGO.items() if shutil.which(tool)), _PANGO["apt-get"])


def install_python() -> str:
    """The command that installs a newer Python on this system, or the advice to install it."""
    if sys.platform == "win32":
        return "winget install Python.Python.3.13"
    return (
        "brew install python" if sys.platform == "darwin" else "install Python 3.11 or later with your system's tools"
    )


def install_libraries(requirements: Iterable[str]) -> str:
    """The command that installs libraries into the environment of the program."""
    wanted = " ".join(f'"{requirement}"' for requirement in requirements)
    if "pipx" in Path(sys.prefix).parts:
        return f"pipx inject briefing {wanted}"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {wanted}"
