"""Find pictures with too few pixels for their place in print."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.assets.pictures import MIN_DPI
from briefing.diagnostics import Diagnostic, Severity
from briefing.edition.resolve import Edition
from briefing.markup.walk import blocks_of
from briefing.model import Figure
from briefing.model.data_path import DataPath
from briefing.theme import Theme

#: The largest width and height of a flag, and the greatest heights, in mm, as in the stylesheets of the shipped themes.
FLAG_MM, MAP_HEIGHT_MM, FIGURE_HEIGHT_MM = 22.0, 46.0, 80.0
#: A picture that fills this share of its place is not called small.
FILLED = 0.75


def small_pictures(edition: Edition, theme: Theme) -> Iterator[Diagnostic]:
    """A warning for each picture that is printed much narrower than its place in the theme, to keep to ``MIN_DPI``."""
    for name, path, width, height in _places(edition, theme):
        picture = edition.pictures.get(name)
        if picture is None or picture.widest >= FILLED * (place := min(width, height * picture.width / picture.height)):
            continue
        message = f"'{name}' is only {picture.width:.0f} pixels wide, so it is printed small"
        advice = f"{round(place / 25.4 * MIN_DPI)} pixels or more fill its place; use the picture in its original size"
        yield edition.source_map.diagnostic("small-picture", message, path, help=advice, severity=Severity.WARNING)


def _places(edition: Edition, theme: Theme) -> Iterator[tuple[str, DataPath, float, float]]:
    """The names of the pictures, with their paths and the greatest widths and heights of their places in mm."""
    measures, box = theme.measures, edition.brief.fact_box
    if box is not None:
        yield str(box.picture or ""), ("fact_box", "picture"), FLAG_MM, FLAG_MM
        own = str(box.map.file or "") if box.map is not None else ""
        yield own, ("fact_box", "map"), measures.side or measures.text, MAP_HEIGHT_MM
    for path, figure in blocks_of(edition.brief, Figure):
        width = measures.full if figure.wide else measures.text
        yield str(figure.image), (*path, "image"), width, FIGURE_HEIGHT_MM
