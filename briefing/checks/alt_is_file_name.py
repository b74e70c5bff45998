"""An alternative text that is a file name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import Chart, Figure
from briefing.reading.draft import Path

from .blocks import blocks_of
from .manuscript import Manuscript

__all__ = ["check"]

_FILE = re.compile(r"\S+\.(?:png|jpe?g|svg|gif|webp|tiff?|bmp|pdf|csv)", re.IGNORECASE)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each ``alt`` that is a file name, or the same words as the name of its picture's file."""
    for path, alt, file in _alternative_texts(manuscript):
        if _FILE.fullmatch(alt.strip()) or (file and _bare_name(alt) == _bare_name(file)):
            yield manuscript.warn(
                "alt-is-file-name",
                f"'{alt}' is the name of a file, and does not say what the picture shows",
                path,
                help="write what one sees, in a sentence",
            )


def _alternative_texts(manuscript: Manuscript) -> Iterator[tuple[Path, str, str]]:
    box = manuscript.brief.fact_box
    if box is not None:
        for key, alt, file in (("alt", box.alt, box.picture), ("map_alt", box.map_alt, box.map)):
            if alt:
                yield ("fact_box", key), str(alt), str(file or "")
    for path, figure in blocks_of(manuscript.brief, Figure):
        yield (*path, "alt"), str(figure.alt), str(figure.image)
    for path, chart in blocks_of(manuscript.brief, Chart):
        if chart.alt:
            yield (*path, "alt"), str(chart.alt), str(chart.csv or "")


def _bare_name(name: str) -> str:
    """The name without folders, suffix and punctuation, case-folded."""
    return re.sub(r"[\W_]+", " ", re.sub(r"\.\w{3,4}$", "", name.rsplit("/", 1)[-1])).strip().casefold()
