"""SVG drawings as pixels, drawn by resvg, and the limits of small pictures."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.galley import Element
from briefing.theme import Theme

if TYPE_CHECKING:
    from briefing.assets.pictures import Picture

#: The resolution in print, in px per inch, and the tallest drawing in mm.
_DPI, _TALLEST_MM = 300, 250.0
#: The widest place of a picture in the stylesheets, in mm, by the style of its figure.
_PLACES = {"picture": 200.0, "logo": 200.0, "locator": 93.0, "flag": 22.0}


@lru_cache(maxsize=16)
def raster(markup: str, width: int, fonts: tuple[str, ...], sans: str, serif: str) -> bytes:
    """A drawing as PNG, ``width`` px wide, in these fonts. Cached, because many briefs have the same flag."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=markup,
            width=width,
            dpi=96,  # or lengths in mm and pt have no size
            skip_system_fonts=True,
            font_files=list(fonts),
            font_family=sans,
            sans_serif_family=sans,
            serif_family=serif,
        )
    )


def as_pixels(drawing: Picture, theme: Theme) -> bytes:
    """An SVG as a PNG for the full width of the page, in the fonts of the theme and of the scripts of its words."""
    faces, width, height = theme.faces, drawing.width, drawing.height
    files = [str(path) for face in faces.values() for path in face.files] if drawing.words else []
    if any(letter > "\u052f" for letter in drawing.words):
        files += [str(script.roman) for script in theme.scripts.values() if script.roman]
    inches = min(theme.measures.full, _TALLEST_MM * width / height) / 25.4
    sans, serif = faces["sans"].family, faces["serif"].family
    return raster(drawing.data.decode("utf-8-sig"), max(1, round(inches * _DPI)), tuple(files), sans, serif)


def limited(figure: Element) -> Element:
    """A figure whose small picture is printed at the lowest resolution or more."""
    image = figure.find("img")
    if image is None or float(image.get("data-widest") or 1e9) >= _PLACES.get(figure.style, 0.0):
        return figure
    widest = float(image.get("data-widest"))
    tallest = widest * float(image.get("height")) / float(image.get("width"))
    style = f"max-width:{widest:.1f}mm;max-height:{tallest:.1f}mm"
    return figure.having(*(image.having(style=style) if child is image else child for child in figure.children))
