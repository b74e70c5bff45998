"""Make ``flags.bin`` from SVG files, and the table of flags. ``briefing/countries/flags.py`` has the format.

SVGO gets as many decimals as give 1/4000 of a flag's width. Both drawings are then compared, and the next finer setting
is taken until they agree. The last setting changes ids only.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import struct
import subprocess
import zlib
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import resvg_py
from drawable import drawable, letters_as_paths
from PIL import Image, ImageChops, ImageStat

from briefing.assets.svg import measure
from briefing.countries.flags import unpack

WIDTH_PX = 360
#: Of 255: the difference at which no finer setting is tried, and the limit for a flag.
GOOD_RMS, MAX_RMS = 1.5, 2.0
#: Decimals beyond the first setting, and what SVGO may change: numbers, structure, or only ids.
SETTINGS = [(0, "numbers"), (1, "numbers"), (2, "numbers"), (3, "numbers"), (4, "structure"), (8, "ids")]
#: An edge pixel is light if each of its channels is: yellow is seen on white paper.
LIGHT_CHANNEL = 224
LIGHT_SHARE = 0.02
UNCHECKED = "to be checked by a person"
REDRAWN = {
    "SY": "flag of 2025: green, white, black, three red stars",
    "KG": "flag of December 2023: straight rays",
    "HN": "turquoise, as decreed in 2022",
}
#: Territories that share a flag with their state, or have a local one.
TERRITORIES = {"BL", "BQ", "BV", "GF", "GP", "HM", "MF", "NC", "PM", "RE", "SH", "SJ", "UM", "WF", "YT"}
#: Notes for the person who checks the table.
NOTES = {
    "AF": "flag of the republic of 2013; an organisation may prefer another",
    "BZ": "proportion: some sources say 2:3",
    "GU": "view box rewritten",
    "KH": "proportion: some sources say 2:3",
    "MQ": "flag of France; a regional flag exists since 2023",
    "OM": "proportion: recent sources say 4:7",
    **dict.fromkeys(
        ["BL", "MF", "RE", "GF", "GP", "YT", "WF", "PM", "NC", "BQ", "SJ", "BV", "HM", "UM"],
        "the state's flag or a local one",
    ),
    **dict.fromkeys(TERRITORIES, "the state's flag or a local one"),
    **REDRAWN,
}


class Made(NamedTuple):
    """A flag as it is shipped, and how it differs from its source."""

    code: str
    svg: str
    width: float
    height: float
    light_edge: bool
    rectangle: bool
    rms: float
    setting: str
    source: str


def draw(svg: str) -> Image.Image:
    """The picture of an SVG, with its transparency."""
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH_PX)))).convert("RGBA")


def on_grey(picture: Image.Image) -> Image.Image:
    """The picture on grey, so that what is missing differs from white and from black."""
    paper = Image.new("RGBA", picture.size, "#808080")
    return Image.alpha_composite(paper, picture).convert("RGB")


def rms(one: str, other: str) -> float:
    """How much two drawings differ, of 255."""
    first, second = on_grey(draw(one)), on_grey(draw(other))
    if first.size != second.size:
        return math.inf
    channels = ImageStat.Stat(ImageChops.difference(first, second)).rms
    return math.sqrt(sum(value * value for value in channels) / 3)


def sources(npm: Path, codes: list[str]) -> dict[str, tuple[str, str]]:
    """For each code the name of the source, and the SVG with a view box and without a size."""
    found = {}
    for code in codes:
        own = Path(__file__).parent / "flags" / f"{code.lower()}.svg"
        path = own if own.exists() else npm / "svg-country-flags/svg" / f"{code.lower()}.svg"
        svg = path.read_text("utf-8-sig")
        found[code] = ("redrawn" if own.exists() else "svg-country-flags 1.2.10", letters_as_paths(with_view_box(svg)))
    return found


def with_view_box(svg: str) -> str:
    """An SVG with a view box of a usual size that starts at 0, and without width and height."""
    start = re.search(r"<svg\b[^>]*>", svg)
    if start is None:
        raise ValueError("no svg element")
    tag = start[0]
    box = re.search(r'\bviewBox="([^"]+)"', tag)
    if box:
        x, y, width, height = (float(number) for number in re.split(r"[\s,]+", box[1].strip()))
    else:
        x = y = 0.0
        width, height, *_ = measure("flag", svg.encode())
    scale = 10.0 ** -max(0, math.floor(math.log10(width)) - 3)
    tag = re.sub(r'\s(?:viewBox|width|height)="[^"]*"', "", tag)[:-1]
    tag += f' viewBox="0 0 {width * scale:.10g} {height * scale:.10g}">'
    end = svg.rindex("</svg>")
    body = svg[start.end() : end]
    if scale != 1 or x or y:
        body = f'<g transform="scale({scale:g}) translate({-x:g} {-y:g})">{body}</g>'
    return f"{svg[: start.start()]}{tag}{body}</svg>"


def optimise(npm: Path, jobs: list[dict[str, object]]) -> list[str]:
    """The results of SVGO."""
    script = Path(__file__).with_name("optimise.mjs")
    done = subprocess.run(  # noqa: S603 - our own script
        ["node", str(script), str(npm.parent)],  # noqa: S607 - the node of the machine
        input=json.dumps(jobs),
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return [drawable(svg) for svg in json.loads(done.stdout)]


def make(npm: Path, codes: list[str]) -> list[Made]:
    """All flags, each optimised as far as its drawing stays the same."""
    originals = sources(npm, codes)
    first = {code: _decimals(svg) for code, (_, svg) in originals.items()}
    best: dict[str, tuple[str, float, str]] = {}
    for more, effort in SETTINGS:
        left = [code for code in codes if code not in best or (effort == "numbers" and best[code][1] >= GOOD_RMS)]
        settings = {code: {"precision": first[code] + more, "effort": effort} for code in left}
        jobs = [{"code": code, "svg": originals[code][1], **settings[code]} for code in left]
        for code, svg in zip(left, optimise(npm, jobs), strict=True):
            difference = rms(originals[code][1], svg)
            if difference < min(MAX_RMS, best.get(code, ("", math.inf))[1] * 0.8) and _passes(code, svg):
                best[code] = svg, difference, f"{first[code] + more}" if effort == "numbers" else effort
    if left := [code for code in codes if code not in best]:
        raise SystemExit(f"no setting keeps these flags as they are, or they do not pass the gate: {' '.join(left)}")
    made = []
    for code in codes:
        svg, difference, setting = best[code]
        width, height, *_ = measure(code, svg.encode())
        made.append(Made(code, svg, width, height, *_edges(draw(svg)), difference, setting, originals[code][0]))
    return made


def _decimals(svg: str) -> int:
    width = measure("flag", svg.encode())[0]
    return max(0, math.ceil(math.log10(4000 / width)))


def _passes(code: str, svg: str) -> bool:
    """Whether the picture can be set, and needs nothing that a page with several pictures would share."""
    *_, undrawn, words = measure(code, svg.encode())
    return not undrawn and not words and "<style" not in svg and "class=" not in svg


def _edges(picture: Image.Image) -> tuple[bool, bool]:
    """Whether a part of the edge is as light as paper, and whether the flag is a rectangle."""
    width, height = picture.size
    edge = [(x, y) for x in range(width) for y in (1, height - 2)]
    edge += [(x, y) for y in range(height) for x in (1, width - 2)]
    pixels = [picture.getpixel(place) for place in edge]
    rectangle = all(alpha > 127 for *_, alpha in pixels)
    light = sum(min(colour) >= LIGHT_CHANNEL for *colour, _ in pixels)
    return rectangle and light > LIGHT_SHARE * len(pixels), rectangle


def pack(flags: list[Made]) -> bytes:
    """The file of flags as in ``briefing/countries/flags.py``."""
    packed = [zlib.compress(flag.svg.encode(), 9) for flag in flags]
    index = {
        flag.code: [round(flag.width, 3), round(flag.height, 3), flag.light_edge, flag.rectangle, len(data)]
        for flag, data in zip(flags, packed, strict=True)
    }
    head = zlib.compress(json.dumps(index, separators=(",", ":")).encode(), 9)
    return struct.pack("<I", len(head)) + head + b"".join(packed)


def ratio(width: float, height: float) -> str:
    """A proportion as height:width in small numbers, as laws on flags state it."""
    value = Fraction(height / width)
    for limit in range(1, 200):
        near = value.limit_denominator(limit)
        if abs(near / value - 1) < 0.002:
            return f"{near.numerator}:{near.denominator}"
    return f"{height / width:.4f}"


def table(flags: list[Made], names: dict[str, str], old_table: Path, old_data: Path) -> str:
    """The table of flags. What a person has noted in the column "checked" stays while the flag is unchanged."""
    checked: dict[str, str] = {}
    if old_table.exists() and old_data.exists():
        old = unpack(old_data.read_bytes())
        with old_table.open(encoding="utf-8", newline="") as file:
            rows = {row["code"]: row["checked"] for row in csv.DictReader(file)}
        checked = {f.code: rows[f.code] for f in flags if f.code in rows and f.code in old and old[f.code].svg == f.svg}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name", "source", "proportion", "setting", "rms", "bytes", "edge", "checked", "note"])
    for flag in flags:
        edge = "hairline" if flag.light_edge else "" if flag.rectangle else "no rectangle"
        writer.writerow([
            flag.code, names[flag.code], flag.source, ratio(flag.width, flag.height), flag.setting, f"{flag.rms:.2f}",
            len(flag.svg.encode()), edge, checked.get(flag.code, UNCHECKED), NOTES.get(flag.code, ""),
        ])  # fmt: skip
    return out.getvalue()
