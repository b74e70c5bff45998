"""A picture or a chart without an alternative text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.model import Chart

from .blocks import blocks_of
from .manuscript import Manuscript

__all__ = ["check"]

#: File names of flags. Without ``alt`` the picture in the fact box is described as the country's flag.
_FLAG = re.compile(r"flag|fahne|drapeau|bandera|флаг|\bту\b|жалау|^[a-z]{2}$", re.IGNORECASE)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Warn of each chart without ``alt``, and of a picture without it in the fact box unless its name is a flag's."""
    for path, chart in blocks_of(manuscript.brief, Chart):
        if not chart.alt:
            yield manuscript.warn(
                "no-alt",
                "this chart has no alt: those who cannot see it are told nothing",
                path,
                key=True,
                help="add alt: with what the chart shows, in a sentence",
            )
    box = manuscript.brief.fact_box
    if box is None or box.picture is None or box.alt:
        return
    name = str(box.picture).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if not _FLAG.search(name):
        yield manuscript.warn(
            "no-alt",
            f"'{box.picture}' has no alt, and would be described as the flag of the country",
            ("fact_box", "picture"),
            help="add alt: with what the picture shows",
        )
