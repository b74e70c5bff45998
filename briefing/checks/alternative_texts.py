"""Checks of alternative texts: a picture or chart without one, or with the name of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, once
from briefing.markup.walk import blocks_of
from briefing.model import Chart, Figure
from briefing.model.data_path import DataPath

from .context import CheckContext

#: File names of flags. Without ``alt`` the picture in the fact box is described as the country's flag.
_FLAG = re.compile(r"flag|fahne|drapeau|bandera|флаг|\bту\b|жалау|^[a-z]{2}$", re.IGNORECASE)
_FILE = re.compile(r"\S+\.(?:png|jpe?g|svg|gif|webp|tiff?|bmp|pdf|csv|xlsx|ods)", re.IGNORECASE)


def no_alt(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each chart without ``alt``, and of a picture without it in the fact box unless its name is a flag's."""
    message = "this chart has no alt: those who cannot see it are told nothing"
    yield from once(
        context.warn(message, path, key=True, help="add alt: with what the chart shows, in a sentence")
        for path, chart in blocks_of(context.brief, Chart)
        if not chart.alt
    )
    box = context.brief.fact_box
    if box is None or box.picture in {None, "none"} or box.alt:
        return
    name = str(box.picture).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if not _FLAG.search(name):
        message = f"'{box.picture}' has no alt, and would be described as the flag of the country"
        yield context.warn(message, ("fact_box", "picture"), help="add alt: with what the picture shows")


def alt_is_file_name(context: CheckContext) -> Iterator[Diagnostic]:
    """Warn of each ``alt`` that is a file name, or the same words as the name of its picture's file."""
    for path, alt, file in _alternative_texts(context):
        if _FILE.fullmatch(alt.strip()) or (file and _bare_name(alt) == _bare_name(file)):
            message = f"'{alt}' is the name of a file, and does not say what the picture shows"
            yield context.warn(message, path, help="write what one sees, in a sentence")


def _alternative_texts(context: CheckContext) -> Iterator[tuple[DataPath, str, str]]:
    """The path of each alternative text, the text, and the name of its file."""
    box = context.brief.fact_box
    if box is not None:
        for key, alt, file in (("alt", box.alt, box.picture), ("map_alt", box.map_alt, box.map and box.map.file)):
            if alt:
                yield ("fact_box", key), str(alt), str(file or "")
    for path, figure in blocks_of(context.brief, Figure):
        yield (*path, "alt"), str(figure.alt), str(figure.image)
    for path, chart in blocks_of(context.brief, Chart):
        if chart.alt:
            yield (*path, "alt"), str(chart.alt), str(chart.csv or "")


def _bare_name(name: str) -> str:
    """The name without folders, suffix and punctuation, case-folded."""
    return re.sub(r"[\W_]+", " ", re.sub(r"\.\w{3,4}$", "", name.rsplit("/", 1)[-1])).strip().casefold()
