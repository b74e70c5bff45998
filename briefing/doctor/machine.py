"""Check Python, and the libraries of the system for the layout of PDFs."""

from __future__ import annotations

import io
import platform
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from .finding import Finding
from .system import install_pango, install_python

#: The oldest version of Python that the program runs on.
OLDEST = (3, 11)


def python(_here: Path) -> Iterator[Finding]:
    """Check the version of Python."""
    words = f"Python {platform.python_version()} on {platform.system() or sys.platform}"
    if sys.version_info[:2] < OLDEST:
        yield Finding("wrong", f"{words}: the program needs 3.11 or later", install_python())
    else:
        yield Finding("ok", words)


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
