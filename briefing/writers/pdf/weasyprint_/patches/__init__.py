"""Everything that replaces a part of WeasyPrint, with a module for each patch (:class:`.guard.Patch`).

``tags``, ``actual_text``, ``svg_text`` and ``trailing_space`` correct the output; ``xml_parser``, ``style_values``,
``empty_line_height`` and ``line_cache`` save time. A patch is applied while one brief is laid out or written, and then
removed. Before its first use ``guard`` compares the functions that it replaces with those that it was written for. If
they differ, there is a warning (``engine-changed``), or an error if the file would not be valid PDF/A or PDF/UA without
the patch. ``tests/canaries`` fails when the library no longer needs a patch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from briefing.diagnostics import Diagnostic, MachineError, Severity
from briefing.writers.pdf.placeholder_glyph import PlaceholderGlyphs

from . import actual_text, empty_line_height, line_cache, style_values, svg_text, tags, trailing_space, xml_parser
from .guard import Patch, changed_target

#: The patches for the layout, in this order, which are optional; and those without which the file would not be valid.
LAYOUT = (svg_text, xml_parser, style_values, empty_line_height, trailing_space, line_cache)
OUTPUT = (tags, actual_text)


@contextmanager
def layout_patched(warnings: list[Diagnostic]) -> Iterator[None]:
    """Apply the patches of the layout. One that no longer fits is left out, and a warning is added to ``warnings``."""
    left_out = [patch for patch in LAYOUT if _changed(patch)]
    if left_out:
        reasons = "; ".join(dict.fromkeys(patch.REASON for patch in left_out))
        message = f"{_version()} differs from the version that this program was made for, so {reasons}"
        remedy = "update briefing, or install the version that it was tested with (pyproject.toml names the range)"
        warnings.append(Diagnostic("engine-changed", message, Severity.WARNING, help=remedy))
    with ExitStack() as stack:
        for patch in LAYOUT:
            if patch not in left_out:
                stack.enter_context(patch.apply())
        yield


@contextmanager
def output_patched(document: Any) -> Iterator[PlaceholderGlyphs]:
    """Apply the patches for writing a document; returns the boxes that are drawn for characters without a glyph.

    Raises :class:`MachineError` (``engine-changed``) if a patch no longer fits.
    """
    for patch in OUTPUT:
        if name := _changed(patch):
            message = (
                f"there is no PDF: {_version()} has another {name.partition(':')[2]} than this program was made for, "
                f"and without our own, {patch.REASON}"
            )
            remedy = "update briefing, or install the version of WeasyPrint that it was tested with"
            raise MachineError(Diagnostic("engine-changed", message, help=remedy))
    with tags.apply(document), actual_text.apply(document) as boxes:
        yield boxes


@cache
def _changed(patch: Patch) -> str:
    return changed_target(patch)


def _version() -> str:
    import weasyprint

    return f"WeasyPrint {weasyprint.__version__}"
