"""WeasyPrint set up for one brief: it sees only the theme's fonts, and its warnings become diagnostics."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, MachineError, Severity
from briefing.theme import Theme
from briefing.xml_text import escape

from .startup import import_weasyprint

INSTALL_PANGO = (
    "Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango; "
    "Windows: install MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango"
)


@contextmanager
def engine_started(font: bytes, theme: Theme) -> Iterator[tuple[Any, list[Diagnostic]]]:
    """The ``weasyprint`` module with a fallback font, and a list of its warnings as diagnostics (``page-warning``).

    Raises :class:`MachineError` (``no-pango``) when Pango or a library that it needs is missing.
    """
    warnings: list[Diagnostic] = []
    with _only_our_fonts(font, theme), _warnings_collected(warnings):
        yield _load(), warnings


def release(configuration: Any) -> None:
    """Free the fontconfig memory of an unused font configuration: Pango (1.50) keeps 0.2 MiB for each layout."""
    from weasyprint.text.ffi import ffi, pangoft2

    pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", configuration.font_map), ffi.NULL)


def _load() -> Any:
    # WeasyPrint prints a paragraph before it fails; the diagnostic says the same in one line.
    with redirect_stdout(StringIO()):
        try:
            return import_weasyprint()
        except OSError as failure:
            if "map segment" in str(failure) or "allocate memory" in str(failure):
                raise MemoryError from failure  # the library is installed, but does not fit into memory
            reason = str(failure).strip().split("\n")[0].split(":")[0] or "a library is missing"
            message = f"Pango, which sets the pages of a PDF, is not on this machine ({reason})"
            raise MachineError(Diagnostic("no-pango", message, help=INSTALL_PANGO)) from failure


@contextmanager
def _only_our_fonts(font: bytes, theme: Theme) -> Iterator[None]:
    """Hide the system's fonts from fontconfig; ``@font-face`` adds those of the theme.

    With ``@font-face`` alone fontconfig would fall back to the system's fonts, and a page would differ from machine to
    machine. Fontconfig reads the file that ``FONTCONFIG_FILE`` names whenever a font configuration is made. So the
    variable is set before the first import and restored when the pages are written. WeasyPrint crashes without any
    font, so one is there from the start. SVG text in "serif" or "sans-serif" gets the theme's faces.
    """
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{escape(face.family)}</family></prefer></alias>'
        for name, face in (("serif", theme.faces["serif"]), ("sans-serif", theme.faces["sans"]))
    )
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        fonts, file = Path(folder, "fonts"), Path(folder, "fonts.conf")
        fonts.mkdir()
        (fonts / "text.ttf").write_bytes(font)
        file.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
            f"<dir>{escape(str(fonts))}</dir><cachedir>{escape(str(Path(folder, 'cache')))}</cachedir>"
            f"{aliases}</fontconfig>",
            "utf-8",
        )
        variables = {"FONTCONFIG_FILE": str(file), "FONTCONFIG_PATH": folder}
        before = {name: os.environ.get(name) for name in variables}
        os.environ.update(variables)
        try:
            yield
        finally:
            for name, value in before.items():
                del os.environ[name]
                if value is not None:
                    os.environ[name] = value


class _DiagnosticHandler(logging.Handler):
    """Adds log records to a list, as diagnostics."""

    def __init__(self, warnings: list[Diagnostic]) -> None:
        super().__init__(logging.WARNING)
        self.warnings = warnings

    def emit(self, record: logging.LogRecord) -> None:
        warning = Diagnostic("page-warning", f"the page layout says: {record.getMessage()}", Severity.WARNING)
        if warning not in self.warnings:
            self.warnings.append(warning)


@contextmanager
def _warnings_collected(warnings: list[Diagnostic]) -> Iterator[None]:
    handler = _DiagnosticHandler(warnings)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger, logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, propagate, level in before:
            logger.removeHandler(handler)
            logger.propagate = propagate
            logger.setLevel(level)
