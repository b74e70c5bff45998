"""The flags: one for each country, as its state has it, and fit to be set."""

import csv
import io
import re
from pathlib import Path

import pypdfium2
import pytest
import resvg_py
from babel import Locale
from PIL import Image, ImageChops, ImageStat

from briefing.assets.svg import measure
from briefing.countries import flags
from briefing.countries.flags import Flag, flag
from briefing.writers.pdf.layout import make_fetcher
from briefing.writers.pdf.weasyprint_.startup import import_weasyprint

TABLE = Path(__file__).parents[2] / "docs" / "flags.csv"
#: Codes of CLDR that are not in ISO 3166-1, without XK and EU.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
#: Flags with something that the gate does not let into a PDF unseen: clips of copies, strokes and stops that show through.
COMPARED = {"AQ", "BR", "GS", "GT", "ZA"}


def colour(code: str, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place of a flag, in shares of its width and height."""
    found = flag(code)
    assert isinstance(found, Flag)
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=found.svg, width=300)))).convert("RGBA")
    return picture.getpixel((int(x * picture.width), int(y * picture.height)))


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_country_has_a_flag():
    countries = {str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))}
    assert set(flags.codes()) == countries - NOT_ISO
    assert len(flags.codes()) == 249 + len({"XK", "EU"})
    assert flag("XX") is None


def test_every_flag_passes_the_gate_for_pictures_and_can_be_drawn_by_all_engines():
    ids: set[str] = set()
    for code in flags.codes():
        found = flag(code)
        width, height, undrawn, words = measure(code, found.svg.encode())
        assert (width, height) == (pytest.approx(found.width, abs=1e-3), pytest.approx(found.height, abs=1e-3))
        assert words == ""
        assert bool(undrawn) == (code in COMPARED), code
        assert "<style" not in found.svg, code
        # A page can have several flags.
        own = re.findall(r'\bid="([^"]+)"', found.svg)
        assert all(name.startswith(f"flag-{code.lower()}") for name in own), code
        assert ids.isdisjoint(own)
        ids.update(own)
    assert ids


@pytest.mark.parametrize("code", sorted(COMPARED))
def test_the_pdf_has_the_same_drawing_where_the_gate_is_not_sure(code):
    found = flag(code)
    height = 200 * found.height / found.width
    page = f"<style>@page {{ size: 200px {height}px; margin: 0 }} body {{ margin: 0 }} img {{ display: block; width: 200px }}</style>"
    fetcher = make_fetcher({"picture:0": (found.svg.encode(), "image/svg+xml")})
    pdf = import_weasyprint().HTML(string=f'{page}<img src="picture:0">', url_fetcher=fetcher).write_pdf()
    printed = pypdfium2.PdfDocument(pdf)[0].render(scale=6).to_pil()  # hairlines are never thinner than a pixel
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=found.svg, width=1600, background="#ffffff"))))
    one, two = (
        image.convert("RGB").resize((100, round(height / 2)), Image.Resampling.LANCZOS) for image in (printed, drawn)
    )
    assert max(ImageStat.Stat(ImageChops.difference(one, two)).mean) < 2


@pytest.mark.parametrize(
    ("code", "height", "width"),
    [("CH", 1, 1), ("VA", 1, 1), ("QA", 11, 28), ("BE", 13, 15), ("DK", 28, 37), ("NO", 8, 11), ("US", 10, 19),
     ("GB", 1, 2), ("DE", 3, 5), ("FR", 2, 3), ("KZ", 1, 2), ("SY", 2, 3), ("KG", 3, 5), ("HN", 1, 2), ("GU", 22, 41)],
)  # fmt: skip
def test_a_flag_has_its_own_proportion(code, height, width):
    found = flag(code)
    assert found.height / found.width == pytest.approx(height / width, rel=0.003)


def test_nepal_has_an_outline_of_its_own_and_no_hairline():
    found = flag("NP")
    assert found.height > found.width
    assert not found.is_rectangle
    assert not found.has_light_edge
    assert colour("NP", 0.95, 0.05)[3] == 0
    assert [code for code in flags.codes() if not flag(code).is_rectangle] == ["NP"]


@pytest.mark.parametrize("code", ["JP", "PL", "FR", "RU", "QA", "IL", "CY"])
def test_a_flag_with_a_white_edge_gets_a_hairline(code):
    assert flag(code).has_light_edge


@pytest.mark.parametrize("code", ["DE", "UA", "BE", "SE", "KZ", "CN", "CH"])
def test_a_flag_without_a_white_edge_gets_none(code):
    assert not flag(code).has_light_edge


def test_syria_has_the_flag_of_2025():
    green, white, black = (colour("SY", 0.02, share) for share in (0.1, 0.5, 0.9))
    assert green[1] > max(green[0], green[2])
    assert white[:3] == (255, 255, 255)
    assert black[:3] == (0, 0, 0)
    for star in (0.25, 0.5, 0.75):
        red, _, blue, _ = colour("SY", star, 0.5)
        assert red > 180 > blue


def test_honduras_is_turquoise():
    assert colour("HN", 0.5, 0.1)[:3] == (0, 188, 228)
    assert colour("HN", 0.5, 0.5)[:3] == (0, 188, 228)


def test_the_rays_of_kyrgyzstan_are_straight():
    # The picture is the same when it is mirrored: waved rays would turn the other way.
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=flag("KG").svg, width=500)))).convert("RGB")
    ray = picture.crop((0, 0, 500, 95))
    left, right = ray.crop((0, 0, 250, 95)), ray.transpose(Image.Transpose.FLIP_LEFT_RIGHT).crop((0, 0, 250, 95))
    assert left.getextrema()[1][1] > 200, "no ray is in the part that is compared"
    assert max(ImageChops.difference(left, right).getextrema()[1]) < 40


def test_the_table_tells_of_each_flag_where_it_comes_from_and_who_has_checked_it():
    table = rows()
    assert [row["code"] for row in table] == sorted(flags.codes())
    for row in table:
        found = flag(row["code"])
        height, width = (float(number) for number in row["proportion"].split(":"))
        assert height / width == pytest.approx(found.height / found.width, rel=0.003)
        assert row["source"] in {"svg-country-flags 1.2.10", "redrawn"}
        assert row["checked"]
        assert float(row["rms"]) < 2
        assert int(row["bytes"]) == len(found.svg.encode())
        assert row["edge"] == ("hairline" if found.has_light_edge else "" if found.is_rectangle else "no rectangle")
    assert [row["code"] for row in table if row["source"] == "redrawn"] == ["HN", "KG", "SY"]
