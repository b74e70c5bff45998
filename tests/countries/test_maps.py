"""Locator maps: every state can be seen and is named, and no name is where it could mislead."""

import hashlib
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageDraw

from briefing.assets.svg import measure
from briefing.countries.draw import draw_map, has_map
from briefing.countries.frame import frame_of
from briefing.countries.land import Sheet, land_of
from briefing.countries.palette import map_rules
from briefing.countries.request import MapMark
from briefing.theme.contrast import contrast
from tests.support.maps import ATLAS, CODES, STYLE, SVG, THEME, drawn, estimated, measured, request_for, words_of
from tests.support.project import ROOT
from tests.support.sweep import FACTOR, SEED, sweep

#: A fact box, and a figure in text width, in mm.
WIDE = {"width": 116.0, "height": 80.0}
#: Pixels to a pt in the test's own picture of the land.
ZOOM = 3


def shown(code, **options):
    """A map of one country that is not shared with other tests."""
    return draw_map(ATLAS, request_for(code, **options), STYLE)


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


@cache
def picture_of_land(code):
    """Each state's land as pixels of a number of its own, drawn by Pillow; and the codes by their numbers."""
    width, height = 46 * 72 / 25.4, 38 * 72 / 25.4
    sheet = Sheet(frame_of(ATLAS, [code], [], width / height, region=False), width, height)
    states = land_of(ATLAS, sheet, [code]).states
    picture = Image.new("L", (round(width * ZOOM), round(height * ZOOM)))
    pen = ImageDraw.Draw(picture)
    shapes = [(shape, number) for number, shapes in enumerate(states.values(), 1) for shape in shapes]
    # Small land is drawn last: it can be in a hole of large land.
    for shape, number in sorted(shapes, key=lambda pair: -pair[0].area):
        pen.polygon([(x * ZOOM, y * ZOOM) for x, y in shape.rings[0]], fill=number)
    return picture, ["", *states]


def foreign_share(words, picture, codes, own):
    """The share of a label's box that is on land of another state."""
    box = [round(edge * ZOOM) for edge in (words.left, words.top, words.right, words.bottom)]
    counts = picture.crop(box).histogram()
    foreign = sum(counts[number] for number in range(1, len(codes)) if codes[number] not in {own, ""})
    return foreign / max(1, sum(counts))


def on_plate(label, drawn_map):
    """Whether a label is on a plate of its map."""
    for plate in ET.fromstring(drawn_map.svg).iter(f"{SVG}rect"):
        if plate.get("class") == "map-plate":
            x, y, width, height = (int(plate.get(key)) / 10 for key in ("x", "y", "width", "height"))
            if (
                x - 1 < label.left
                and label.right < x + width + 1
                and y - 1 < label.top
                and label.bottom < y + height + 1
            ):
                return True
    return False


def lines_of(name):
    """A name as a map can have it: in one line, or in two."""
    parts = name.split()
    return {name, *(" ".join(part) for k in range(1, len(parts)) for part in (parts[:k], parts[k:]))}


def test_every_country_but_the_uninhabited_island_without_outline_has_a_map():
    assert len(CODES) == 249  # 248 of the 249 ISO codes, and Kosovo
    assert not has_map(ATLAS, "BV")
    assert all(has_map(ATLAS, code) for code in CODES)
    with pytest.raises(ValueError, match="BV"):
        shown("BV")
    assert shown("NO", also=("BV",)).left_out == ("Bouvet Island",)


def test_every_map_names_its_country_and_its_capital():
    missing = {code: drawn(code).left_out for code in CODES if drawn(code).left_out}
    assert missing == {}
    for code in CODES:
        words = words_of(drawn(code).svg, measured)
        assert {label.text for label in words if label.bold} & lines_of(drawn(code).own[0]), code
        for capital in drawn(code).capitals:
            assert {label.text for label in words} & lines_of(capital), code


def test_the_name_of_a_country_is_beside_it():
    """The nearest land, dot or ring in the accent is at most 14 pt away."""
    far = []
    for code in CODES:
        root = ET.fromstring(drawn(code).svg)
        own = root.findall(f"{SVG}path[@class='map-own']") + root.findall(f"{SVG}circle[@class='map-ring']")
        places = [
            (x / 10, y / 10)
            for element in own
            for x, y in (
                [(int(element.get("cx")), int(element.get("cy")))] if element.get("cx") else corners(element.get("d"))
            )
        ]
        names = [label for label in words_of(drawn(code).svg, measured) if label.bold]
        if not any(label.colour == "map-on-own" or label.gap(*place) < 14 for label in names for place in places):
            far.append(code)
    assert far == []


def corners(data):
    """The points of a path."""
    for subpath in data.split("M")[1:]:
        start, _, steps = subpath.partition("l" if "l" in subpath else "a")
        x, y = map(int, start.split())
        yield x, y
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)] if "l" in subpath else []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def test_no_label_is_over_the_edge_or_on_another():
    wrong = []
    for code in CODES:
        words = words_of(drawn(code).svg, measured)
        outside = [a for a in words if a.left < 0 or a.top < 0 or a.right > 130.4 or a.bottom > 107.7]
        wrong += [f"{code}: {label.text} is over the edge" for label in outside]
        wrong += [f"{code}: {a.text} is on {b.text}" for a, b in combinations(words, 2) if a.overlaps(b)]
    assert wrong == []


def test_no_name_is_on_the_land_of_another_state():
    wrong, checked = [], 0
    for code in CODES:
        picture, codes = picture_of_land(code)
        name = request_for(code).name
        for label in words_of(drawn(code).svg, measured):
            # Half of a name can be the whole of another: South Sudan.
            owners = [state for state in codes[1:] if label.text in lines_of(name(state))] if not label.bold else []
            if label.colour == "map-tick" or (not owners and on_plate(label, drawn(code))):
                continue
            checked += 1
            share = min(foreign_share(label, picture, codes, owner) for owner in owners or [code])
            if share > 0.02:
                wrong.append(f"{code}: {share:.0%} of {label.text} is on other land")
    assert checked > 1000
    assert wrong == []


def test_only_words_of_the_smallest_and_narrowest_countries_are_on_plates_on_other_land():
    shares = {}
    for code in CODES:
        picture, codes = picture_of_land(code)
        for label in words_of(drawn(code).svg, measured):
            if on_plate(label, drawn(code)):
                shares[code] = max(shares.get(code, 0), foreign_share(label, picture, codes, code))
    assert {code for code, share in shares.items() if share > 0.02} <= {
        "AD",
        "HK",
        "LA",
        "LI",
        "LU",
        "MD",
        "MW",
        "PK",
        "SE",
        "TG",
        "VN",
    }
    assert {code for code, share in shares.items() if share > 0.25} == {"AD", "LI", "LU", "MW"}


def test_a_label_in_the_accent_is_wholly_on_its_country():
    for code in CODES:
        picture, codes = picture_of_land(code)
        for label in words_of(drawn(code).svg, measured):
            if label.colour == "map-on-own":
                box = [round(edge * ZOOM) for edge in (label.left, label.top, label.right, label.bottom)]
                counts = picture.crop(box).histogram()
                assert counts[codes.index(code)] > 0.93 * sum(counts), (code, label.text)


def test_a_map_in_the_fact_box_is_small_and_passes_the_gate_for_pictures():
    for code in CODES:
        svg = drawn(code).svg.encode()
        assert len(svg) <= 25_000, code
        width, height, undrawn, _ = measure(f"{code}.svg", svg)
        assert (round(width * 25.4 / 96), round(height * 25.4 / 96)) == (46, 38)
        assert undrawn in {"", "direction"}, code  # the direction of the drawing, as charts have it


@pytest.mark.parametrize("code", ["AQ", "CA", "CL", "GL", "GR", "ID", "NO", "PH", "RU", "SJ", "US"])
def test_a_wide_map_has_at_most_40_kb(code):
    for size in (WIDE, {"width": 170.0, "height": 90.0}):
        assert len(drawn(code, **size).svg.encode()) <= 40_000


@sweep
def test_in_all_languages_and_sizes_no_label_is_over_the_edge_or_on_another():
    dice = random.Random(SEED)
    languages = ["ar", "de", "es", "fa", "fr", "he", "hi", "ja", "kk", "pt", "ru", "th", "tr", "uk", "vi", "zh"]
    for _ in range(16 * FACTOR):
        code, language = dice.choice(CODES), dice.choice(languages)
        width, height = dice.choice([(46.0, 38.0), (30.0, 26.0), (116.0, 80.0), (170.0, 90.0)])
        svg = drawn(code, language=language, width=width, height=height).svg
        words = words_of(svg, estimated)
        case = (code, language, width, height)
        assert len(svg.encode()) <= (25_000 if width < 80 else 40_000), case
        assert all(label.left >= 0 and label.right <= width * 72 / 25.4 for label in words), case
        assert all(label.top >= 0 and label.bottom <= height * 72 / 25.4 for label in words), case
        assert [(a.text, b.text) for a, b in combinations(words, 2) if a.overlaps(b)] == [], case


@sweep
def test_a_label_is_not_wider_in_the_font_than_was_allowed_for():
    dice = random.Random(SEED)
    languages = ["de", "en", "es", "fr", "kk", "pl", "pt", "ru", "tr", "uk"]
    for code, language in dice.sample([(c, lang) for c in CODES for lang in languages], min(40 * FACTOR, 2490)):
        name = request_for(code, language=language).name(code)
        for bold in (False, True):
            # A label has 0.75 pt of room on each side.
            assert measured(name, bold) <= estimated(name, bold) + 1.5 / 6.5, (name, language)


def test_words_from_right_to_left_have_their_direction():
    svg = drawn("JO", language="ar").svg
    labels = re.findall(r"<text[^>]*>[^<]+</text>", svg)
    assert any("الأردن" in label for label in labels)
    assert all('unicode-bidi="plaintext"' in label for label in labels if re.search("[؀-ۿ]", label))


def test_chinese_names_are_set():
    drawn_map = drawn("KZ", language="zh")
    assert "哈萨克斯坦" in texts(drawn_map.svg)
    assert "中国" in drawn_map.neighbours


def test_the_scale_has_the_unit_of_the_language():
    assert "100 km" in texts(drawn("EE").svg)
    assert "100 км" in texts(drawn("EE", language="ru").svg)


def test_the_words_for_screen_readers_are_those_on_the_map():
    drawn_map = drawn("NO")
    label = ET.fromstring(drawn_map.svg).get("aria-label")
    assert label.startswith("Norway; Oslo; ")
    assert {"Finland", "Russia"} <= set(drawn_map.neighbours)
    assert set(drawn_map.neighbours) == set(label.split("; ")[2].split(", "))
    assert {*drawn_map.neighbours} <= {*texts(drawn_map.svg), "Faroe Islands", "United Kingdom", "Svalbard & Jan Mayen"}
    described = draw_map(
        ATLAS, request_for("NO"), STYLE, lambda done: f"Map of {done.own[0]} & {len(done.neighbours)} more"
    )
    assert ET.fromstring(described.svg).get("aria-label") == f"Map of Norway & {len(drawn_map.neighbours)} more"


def test_names_and_capitals_can_be_given_by_the_brief():
    names = {"CG": "Republic of the Congo", "CD": "DR Congo"}
    given = shown("CG", name=lambda code: names.get(code, "?"), capitals={"CG": "Brazza"})
    assert "DR Congo" in given.neighbours
    assert given.capitals == ("Brazza",)
    assert shown("CG", capitals={}).capitals == ()
    assert "map-dot" not in shown("CG", capitals={}).svg


def test_several_countries_are_all_in_the_accent_and_named():
    both = draw_map(ATLAS, request_for("NO", "SE"), STYLE)
    assert both.own == ("Norway", "Sweden")
    assert both.capitals == ("Oslo", "Stockholm")
    assert {"Norway", "Sweden"} <= {label.text for label in words_of(both.svg, measured) if label.bold}
    assert "Norway" not in both.neighbours


def test_countries_on_opposite_sides_of_the_world_share_a_map():
    far = draw_map(ATLAS, request_for("NO", "NZ"), STYLE)
    assert far.own == ("Norway", "New Zealand")
    assert "map-scale" not in far.svg  # it has no one scale
    assert {"Norway", "New Zealand"} <= {
        " ".join(label.text for label in words_of(far.svg, measured) if label.bold)
    } | {label.text for label in words_of(far.svg, measured)}


def test_more_codes_have_a_tint_of_the_accent_and_are_on_the_map():
    plain, tinted = shown("NO"), shown("NO", also=("SJ",))
    assert "map-also" not in plain.svg
    assert "map-also" in tinted.svg
    assert tinted.own == ("Norway",)


def test_a_map_of_the_region_shows_more_states_and_no_capital():
    country, region = shown("MT"), shown("MT", show="region")
    assert len(region.neighbours) > len(country.neighbours)
    assert region.capitals == region.left_out == ()
    assert "Malta" in texts(region.svg)


def test_the_name_of_a_small_country_is_beside_its_ring_on_a_map_of_the_region():
    for code in ("LI", "SM", "VA", "XK"):
        region = shown(code, show="region")
        ring = ET.fromstring(region.svg).find(f"{SVG}circle[@class='map-ring']")
        name = next(label for label in words_of(region.svg, measured) if label.bold)
        assert name.gap(int(ring.get("cx")) / 10, int(ring.get("cy")) / 10) < 16, code


def test_a_mark_is_set_with_its_name_and_one_outside_the_map_is_reported():
    marks = (MapMark("Kharkiv", 49.99, 36.23), MapMark("Honolulu", 21.31, -157.86))
    marked = shown("UA", marks=marks)
    assert marked.marks == ("Kharkiv",)
    assert marked.left_out == ("Honolulu",)
    assert "Kharkiv" in texts(marked.svg)
    assert marked.svg.count("map-mark") == 1


def test_only_maps_with_a_disputed_line_have_dashes():
    expected = {"CY": "cyprus", "EH": "western-sahara", "XK": "kosovo", "SO": "somaliland"}
    for code, line in expected.items():
        assert line in drawn(code).dashed
        assert drawn(code).has_dashed_lines
        assert "stroke-dasharray" in drawn(code).svg
    for code in ("NO", "FR", "BR", "NZ"):
        assert drawn(code).dashed == ()
        assert "stroke-dasharray" not in drawn(code).svg


def test_an_organisation_chooses_which_disputed_lines_are_dashed():
    firm = shown("CY", dashed=frozenset())
    assert firm.dashed == ()
    assert "stroke-dasharray" not in firm.svg
    assert "map-border" in firm.svg
    assert shown("CY", dashed=frozenset({"cyprus"})).dashed == ("cyprus",)


def test_the_180th_meridian_does_not_cut_a_country():
    """Chukotka is to the right of Moscow, and Fiji's islands are beside each other."""
    for code in ("RU", "FJ"):
        width, height = 130.0, 108.0
        sheet = Sheet(frame_of(ATLAS, [code], [], width / height, region=False), width, height)
        west, east = (
            sheet.point(179.0, 66.0 if code == "RU" else -16.7),
            sheet.point(-179.0, 66.0 if code == "RU" else -16.7),
        )
        assert 0 < east[0] - west[0] < 40
        assert sheet.shows(west, 0)
        assert sheet.shows(east, 0)


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("US", {"Key West": (24.5, -81.8), "Attu": (52.9, 172.9), "Utqiagvik": (71.3, -156.8), "Maine": (44.8, -67.0)}),
        (
            "RU",
            {
                "Kaliningrad": (54.7, 20.5),
                "Uelen": (66.2, -169.8),
                "Kunashir": (44.0, 145.9),
                "Severnaya Zemlya": (80.0, 97.0),
            },
        ),
        ("KI", {"Tarawa": (1.4, 173.0), "Kiritimati": (1.9, -157.4)}),
        ("ID", {"Sabang": (5.9, 95.3), "Merauke": (-8.5, 140.4)}),
    ],
)
def test_wide_countries_are_shown_whole(code, places):
    width, height = 130.4, 107.7
    sheet = Sheet(frame_of(ATLAS, [code], [], width / height, region=False), width, height)
    assert [name for name, (lat, lon) in places.items() if not sheet.shows(sheet.point(lon, lat), 0)] == []


def test_the_css_for_dark_screens_has_a_rule_for_every_class():
    rules = set(re.findall(r"\.(map-[\w-]+)", map_rules(THEME.dark)))
    maps = [drawn(code).svg for code in CODES] + [shown("UA", also=("MD",), marks=(MapMark("Lviv", 49.8, 24.0),)).svg]
    used = {name for svg in maps for name in re.findall(r'class="(map-[\w-]+)"', svg)} - {"map-drawing"}
    assert used == rules


def test_borders_can_be_seen_in_a_very_light_theme():
    light = {**THEME.colours, "rule": "#f4f4f4"}
    svg = draw_map(ATLAS, request_for("CH"), replace(STYLE, colours=light)).svg
    border = ET.fromstring(svg).find(f".//{SVG}path[@class='map-border']").get("stroke")
    assert border != THEME.colours["paper"]
    assert contrast(THEME.colours["accent"], border) > 3


def test_the_same_request_gives_the_same_bytes_in_every_process():
    program = (
        "import hashlib; from tests.support.maps import drawn;"
        "print(hashlib.sha256(''.join(drawn(c).svg for c in ('NO', 'KI', 'CY', 'RU', 'LI', 'AG')).encode()).hexdigest())"
    )
    here = hashlib.sha256("".join(drawn(c).svg for c in ("NO", "KI", "CY", "RU", "LI", "AG")).encode()).hexdigest()
    for seed in ("1", "4711"):
        process = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert process.stdout.strip() == here
