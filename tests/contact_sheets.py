"""Draw all flags and maps on sheets, for a person to look at: ``make contact-sheets``.

Large sheets go to output/contact-sheets, a small sheet of each to docs.
"""

from __future__ import annotations

import io
from pathlib import Path

import resvg_py
from PIL import Image, ImageDraw, ImageFont

from briefing.countries import flags
from tests import map_sheets

ROOT = Path(__file__).parents[1]
GAP = 6


def picture(svg: str, width: int) -> Image.Image:
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width)))).convert("RGBA")


def sheet(codes: list[str], width: int, columns: int) -> Image.Image:
    """Flags in their proportions, each on white with its code, and with the hairline that a page draws."""
    cell_w, cell_h = width + GAP, round(width * 0.85) + 14
    paper = Image.new("RGB", (columns * cell_w + GAP, -(-len(codes) // columns) * cell_h + GAP), "#fff")
    draw, font = ImageDraw.Draw(paper), ImageFont.load_default(10)
    for number, code in enumerate(codes):
        flag = flags.flag(code)
        if flag is None:
            raise SystemExit(f"no flag for {code}")
        small = picture(flag.svg, min(width, round(width * 0.85 * flag.width / flag.height)))
        x, y = number % columns * cell_w + GAP, number // columns * cell_h + GAP
        paper.paste(small, (x, y), small)
        if flag.has_light_edge:
            draw.rectangle((x - 1, y - 1, x + small.width, y + small.height), outline="#9fb1c2")
        draw.text((x, y + small.height + 1), code, fill="#1b2430", font=font)
    return paper


def main() -> None:
    codes = sorted(flags.codes())
    folder = ROOT / "output" / "contact-sheets"
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(codes), 50):
        part = codes[start : start + 50]
        sheet(part, 220, 8).save(folder / f"flags-{part[0]}-{part[-1]}.png")
    map_sheets.write(folder, ROOT / "docs")
    sheet(codes, 54, 18).quantize(64).save(ROOT / "docs" / "flags.png", optimize=True)


if __name__ == "__main__":
    main()
