"""Draw all maps on sheets, and the difficult ones in other sizes, languages and colours, for a person to look at."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import resvg_py
from PIL import Image

from briefing.countries.draw import draw_map
from briefing.countries.request import MapMark, MapRequest
from tests.support.maps import ATLAS, CODES, STYLE, THEME, request_for

GAP = 6
DIFFICULT = ["RU", "US", "FJ", "KI", "NZ", "FR", "NL", "NO", "DK", "PT", "ES", "CL", "ID", "PH", "MT", "SG", "NR", "VA", "SM", "LI", "AD", "GI", "PS", "IL", "CY", "KZ", "UZ", "AZ", "AO", "AF", "IN", "PK", "CN", "TW", "RS", "XK", "EH", "UA", "SD", "SS", "AQ", "GL"]  # fmt: skip
WIDE = {"width": 116.0, "height": 80.0}


def picture(request: MapRequest, width: int, *, dark: bool = False) -> Image.Image:
    style = replace(STYLE, colours=THEME.dark) if dark else STYLE
    files = [str(face.roman) for face in (THEME.faces["sans"], *THEME.scripts.values()) if face.roman]
    svg = draw_map(ATLAS, request, style).svg
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, font_files=files))))


def sheet(requests: Sequence[MapRequest], width: int, columns: int, *, dark: bool = False) -> Image.Image:
    """Maps side by side, all of one size."""
    pictures = [picture(request, width, dark=dark).convert("RGB") for request in requests]
    wide, high = width + GAP, max(drawn.height for drawn in pictures) + GAP
    paper = Image.new("RGB", (columns * wide + GAP, -(-len(pictures) // columns) * high + GAP), "#888")
    for number, drawn in enumerate(pictures):
        paper.paste(drawn, (number % columns * wide + GAP, number // columns * high + GAP))
    return paper


def write(folder: Path, docs: Path) -> None:
    """Large sheets in one folder, a small one of all maps in docs."""
    for start in range(0, len(CODES), 50):
        part = CODES[start : start + 50]
        sheet([request_for(code) for code in part], 380, 5).save(folder / f"maps-{part[0]}-{part[-1]}.png")
    sheet([request_for(code) for code in DIFFICULT], 380, 6).save(folder / "maps-difficult.png")
    sheet([request_for(code) for code in DIFFICULT], 380, 6, dark=True).save(folder / "maps-dark.png")
    sheet([request_for(code, **WIDE) for code in DIFFICULT], 640, 4).save(folder / "maps-wide.png")
    sheet([request_for(code, show="region") for code in DIFFICULT], 380, 6).save(folder / "maps-region.png")
    languages = ("ar", "fa", "he", "hi", "ja", "kk", "ru", "zh", "de", "es", "fr", "tr")
    requests = [request_for(code, language=language) for language in languages for code in ("JO", "KZ", "UA", "EE")]
    sheet(requests, 380, 4).save(folder / "maps-languages.png")
    others = [
        request_for("NO", "SE", **WIDE),
        request_for("NO", also=("SJ",), **WIDE),
        request_for("UA", marks=(MapMark("Kharkiv", 49.99, 36.23), MapMark("Odesa", 46.48, 30.73)), **WIDE),
        request_for("NO", "NZ", **WIDE),
        request_for("EE", "LV", "LT", **WIDE),
        request_for("MT", show="region", **WIDE),
    ]
    sheet(others, 640, 3).save(folder / "maps-others.png")
    sheet([request_for(code, width=30.0, height=26.0) for code in DIFFICULT], 250, 8).save(folder / "maps-masthead.png")
    small = sheet([request_for(code) for code in CODES], 100, 18)
    small.quantize(12).save(docs / "maps.png", optimize=True)
