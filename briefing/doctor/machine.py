"""Check Python, and the libraries of the system for the layout of PDFs."""

from __future__ import annotations

import io
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from .finding import Finding

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
