"""Draw a locator map as one SVG element, in the colours of a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from math import hypot
from typing import Literal
from unicodedata import bidirectional

from .atlas import Atlas
from .frame import frame_of
from .globe import globe_svg
from .labels import LEADING, Kind, Label, Labels, Words
from .land import Land, Shape, Sheet, land_of
from .own import Outlines, Overlay, OwnOutlines
from .palette import palette
from .projection import EARTH_KM, Point
from .raster import Raster, Rows
from .shapes import bounds, middle_of, path

#: CSS px in a pt.
_PX = 96 / 72
#: A country that is smaller, in pt, gets a ring round it.
_SMALL = 9.0
#: The lengths of the scale bar in km.
_LENGTHS = (2000, 1000, 500, 200, 100, 50, 20, 10)
#: Islands that the atlas lacks (lon, lat): without them hardly anything of these would be seen.
_ISLETS: Mapping[str, tuple[Point, ...]] = {
    "TF": ((77.55, -37.85), (50.2, -46.4)),
    "UM": (
        (-176.5, 0.5),
        (-160.0, -0.4),
        (-169.5, 16.7),
        (-162.2, 6.1),
        (-177.4, 28.2),
        (166.6, 19.3),
    ),
}
#: Scattered uninhabited islands, named only on maps of their own.
_UNNAMED = frozenset({"BV", "IO", "UM"})


@dataclass(frozen=True, slots=True)
class MapMark:
    """A place that a map of the brief names."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class MapRequest:
    """The content of a map. Width and height are in mm.

    ``of`` has the codes of the countries in the accent colour, ``also`` those in a tint of it. ``name`` gives the name
    of a state by its code, ``capitals`` the names of capitals by the codes of their states, and ``kilometres`` a
    distance, such as "100 km": all in the brief's language. ``dashed`` has the keys of the disputed lines that are
    dashed, or None for the atlas's own choice.
    """

    of: tuple[str, ...]
    name: Callable[[str], str]
    capitals: Mapping[str, str] = field(default_factory=dict)
    kilometres: Callable[[int], str] = "{} km".format
    show: Literal["country", "region"] = "country"
    also: tuple[str, ...] = ()
    marks: tuple[MapMark, ...] = ()
    own: OwnOutlines | None = None
    dashed: frozenset[str] | None = None
    width: float = 46.0
    height: float = 38.0


@dataclass(frozen=True, slots=True)
class MapStyle:
    """The theme's colours as #rrggbb, the font family, and the width of a text of 1 pt (text, semibold) in pt."""

    colours: Mapping[str, str]
    face: str
    text_width: Callable[[str, bool], float]


@dataclass(frozen=True, slots=True)
class Map:
    """A map, its size in mm, and its words, for its alternative text.

    ``dashed`` has the keys of its dashed lines. ``left_out`` has the names that were asked for and have no room.
    """

    svg: str
    width: float
    height: float
    own: tuple[str, ...]
    capitals: tuple[str, ...]
    marks: tuple[str, ...]
    neighbours: tuple[str, ...]
    dashed: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def has_dashed_lines(self) -> bool:
        """Whether the map shows a disputed line as such."""
        return bool(self.dashed)


@dataclass(frozen=True)
class _Scene:
    """What the parts of a map are drawn from. ``labels`` grows while they are."""

    request: MapRequest
    colours: Mapping[str, str]
    sheet: Sheet
    land: Land
    labels: Labels


def draw_map(atlas: Atlas, request: MapRequest, style: MapStyle, describe: Callable[[Map], str] | None = None) -> Map:
    """The map, with the same bytes for the same request. ``describe`` gives its alternative text.

    The SVG has no scripts, styles, ids or references. Its colours are attributes; on a dark screen the CSS of
    ``map_rules`` overrides them.
    """
    outlines: Outlines = Overlay(atlas, request.own) if request.own else atlas
    width, height = request.width * 72 / 25.4, request.height * 72 / 25.4
    is_region = request.show == "region"
    frame = frame_of(outlines, request.of, request.also, width / height, region=is_region)
    sheet = Sheet(frame, width, height)
    land = land_of(outlines, sheet, request.of)
    size = 6.0 if request.width < 36 else 6.5 if request.width < 80 else 8.0
    labels = Labels(Raster(width, height), size, style.text_width, frozenset(request.of))
    scene = _Scene(request, palette(style.colours), sheet, land, labels)
    for code, shapes in land.states.items():
        labels.raster.add_land(code, [ring for shape in shapes for ring in shape.rings])
    dashed = tuple(
        line.key
        for line in outlines.lines
        if line.key in land.disputed and (line.dashed if request.dashed is None else line.key in request.dashed)
    )
    parts = [_land_svg(scene), _lines_svg(scene, dashed)]
    rings: dict[str, tuple[Point, float]] = {}
    for code in request.of:
        svg, ring = _small_land(scene, outlines, code)
        parts.append(svg)
        if ring:
            rings[code] = ring
    if not is_region:
        parts += [_globe(scene, atlas), _scale(scene)]
    capitals: list[str] = []
    left_out: list[str] = []
    for code in request.of:
        svg, is_named = _own_names(scene, outlines, code, rings.get(code))
        parts.append(svg)
        if code in request.capitals:
            (capitals if is_named else left_out).append(request.capitals[code])
    marks: list[str] = []
    for mark in request.marks:
        svg = _mark(scene, mark)
        parts.append(svg)
        (marks if svg else left_out).append(mark.name)
    neighbours = [request.name(code) for code in _neighbours(scene)]
    own = tuple(map(request.name, request.of))
    drawn = Map(
        "",
        request.width,
        request.height,
        own,
        tuple(capitals),
        tuple(marks),
        tuple(neighbours),
        dashed,
        tuple(left_out),
    )
    text = describe(drawn) if describe else _description(drawn)
    return replace(drawn, svg=_svg(scene, style.face, text, "".join(parts)))


def _description(drawn: Map) -> str:
    """The names on a map: its own, those of capitals and marks, those of neighbours."""
    names = (", ".join(names) for names in (drawn.own, (*drawn.capitals, *drawn.marks), drawn.neighbours) if names)
    return "; ".join(names)


def _svg(scene: _Scene, face: str, text: str, parts: str) -> str:
    width, height, size = scene.sheet.width, scene.sheet.height, scene.labels.size
    family = escape(f"'{face}', sans-serif")
    box = f"0 0 {round(width * 10)} {round(height * 10)}"
    # The drawing sets its direction, because an inherited "rtl" would move the scale's number.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map-drawing" viewBox="{box}"'
        f' width="{width * _PX:.2f}" height="{height * _PX:.2f}" role="img" aria-label="{escape(text)}"'
        f' font-family="{family}" font-size="{round(size * 10)}" direction="ltr">{parts}{_labels_svg(scene)}</svg>'
    )


def _land_svg(scene: _Scene) -> str:
    """The sea, other land, the map's own countries and lakes. Labels keep away from lakes."""
    request, states, colours = scene.request, scene.land.states, scene.colours
    size = f'width="{round(scene.sheet.width * 10)}" height="{round(scene.sheet.height * 10)}"'
    parts = [f'<rect class="map-sea" {size} fill="{colours["sea"]}"/>']
    accented = {*request.of, *request.also}
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("land", (code for code in states if code not in accented)),
        ("also", request.also),
        ("own", request.of),
    )
    for name, codes in groups:
        rings = [ring for code in codes for shape in states.get(code, ()) for ring in shape.rings]
        if data := "".join(path(ring, closed=True) for ring in rings):
            fill = colours[name]
            parts.append(f'<path class="map-{name}" fill="{fill}" stroke="{fill}" stroke-width="2" d="{data}"/>')
    if lakes := "".join(path(lake, closed=True) for lake in scene.land.lakes):
        parts.append(f'<path class="map-sea" fill="{colours["sea"]}" d="{lakes}"/>')
        scene.labels.raster.take_cells(scene.labels.raster.cells(scene.land.lakes))
    return "".join(parts)


def _lines_svg(scene: _Scene, dashed: Sequence[str]) -> str:
    """Borders, and disputed lines: dashed, or as firm as borders."""
    disputed = scene.land.disputed
    firm = scene.land.borders + [run for key, runs in disputed.items() if key not in dashed for run in runs]
    loose = [run for key in dashed for run in disputed[key]]
    width = 5 if scene.request.width < 80 else 6
    parts = []
    for runs, dashes in ((firm, ""), (loose, ' stroke-dasharray="18 14"')):
        if data := "".join(path(run, closed=False) for run in runs):
            parts.append(
                f'<path class="map-border" fill="none" stroke="{scene.colours["border"]}" stroke-width="{width}"'
                f' stroke-linejoin="round"{dashes} d="{data}"/>'
            )
    return "".join(parts)


def _small_land(scene: _Scene, outlines: Outlines, code: str) -> tuple[str, tuple[Point, float] | None]:
    """Dots for islands that are too small to be seen, or a ring round a country that is; the ring's middle, radius."""
    sheet, own, raster = scene.sheet, scene.colours["own"], scene.labels.raster
    shapes = scene.land.states.get(code, [])
    layers = (outlines.layer(name).states.get(code, ()) for name in ("fine", "base"))
    pieces = max(layers, key=lambda pieces: sum(piece.km2 for piece in pieces))
    dots: list[Point] = []
    if max((shape.area for shape in shapes), default=0) < 120:
        tiny = [piece.lon_lat for piece in pieces[:80] if piece.radius * EARTH_KM * sheet.scale < 1.1]
        tiny += _ISLETS.get(code, ())
        places = {(round(x), round(y)) for x, y in (sheet.point(*place) for place in tiny) if sheet.shows((x, y), 2)}
        dots = sorted(places)
    parts = []
    if len(dots) > 1:
        discs = "".join(f"M{round(x * 10) - 11} {round(y * 10)}a11 11 0 1 0 22 0a11 11 0 1 0-22 0z" for x, y in dots)
        parts.append(f'<path class="map-own" fill="{own}" d="{discs}"/>')
        for x, y in dots:
            raster.take(x - 1.5, y - 1.5, x + 1.5, y + 1.5)
    visible = [point for shape in shapes for point in shape.rings[0] if sheet.shows(point, 0)]
    capital = outlines.capitals.get(code)
    if not visible and (dots or capital is None):
        visible = dots
    elif not visible and capital:
        visible = [sheet.point(capital.lon, capital.lat)]
    if not visible or len(dots) > 3:
        return "".join(parts), None
    left, top, right, bottom = bounds(visible)
    if max(right - left, bottom - top) >= _SMALL:
        return "".join(parts), None
    x, y = (left + right) / 2, (top + bottom) / 2
    radius = max(5.0, hypot(right - left, bottom - top) / 2 + 2.5)
    centre = f'cx="{round(x * 10)}" cy="{round(y * 10)}"'
    parts.append(
        f'<circle class="map-ring" {centre} r="{round(radius * 10)}" fill="none" stroke="{own}" stroke-width="11"/>'
    )
    if max(right - left, bottom - top) < 2.5:
        parts.append(f'<circle class="map-own" {centre} r="14" fill="{own}"/>')
    raster.take(x - radius, y - radius, x + radius, y + radius)
    return "".join(parts), ((x, y), radius)


def _globe(scene: _Scene, atlas: Atlas) -> str:
    """A small globe in the corner where it hides least, unless the map itself shows much of the world."""
    sheet, raster, request = scene.sheet, scene.labels.raster, scene.request
    visible = [point for code in request.of for shape in scene.land.states.get(code, ()) for point in shape.rings[0]]
    left, top, right, bottom = bounds(visible or [(0.0, 0.0)])
    is_tiny = max(right - left, bottom - top) < _SMALL
    is_alone = _count(raster.all_land) - sum(_count(raster.own(code)) for code in request.of) < 0.04 * _count(
        raster.everywhere()
    )
    if sheet.frame.half_height > (2500 if is_tiny or is_alone else 700):
        return ""
    radius = 0.145 * min(sheet.width, sheet.height)
    near, right_x, low = radius + 4, sheet.width - radius - 4, sheet.height - radius - 4
    corners = [(right_x, near), (near, near), (right_x, low), (near, low)]
    own = [raster.own(code) for code in request.of]
    points = [sheet.point(place.lon, place.lat) for code in request.of if (place := atlas.capitals.get(code))]

    def cost(corner: Point) -> float:
        x, y = corner
        box = (x - radius, y - radius, x + radius, y + radius)
        hidden = sum(raster.count(cells, *box) for cells in own) * 10 + raster.count(raster.taken, *box) / 4
        hides_capital = any(abs(px - x) < radius + 6 and abs(py - y) < radius + 6 for px, py in points)
        return (hidden + raster.count(raster.all_land, *box)) / radius**2 + 20 * hides_capital

    x, y = min(corners, key=cost)
    raster.take(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2)
    span = hypot(sheet.frame.half_width, sheet.frame.half_height)
    return globe_svg(atlas, (sheet.frame.lon, sheet.frame.lat), request.of, (x, y), radius, span, scene.colours)


def _scale(scene: _Scene) -> str:
    """A scale bar in a corner without own land, if there is one."""
    sheet, labels, raster = scene.sheet, scene.labels, scene.labels.raster
    far = next((km for km in _LENGTHS if km * sheet.scale < sheet.width * 0.22), _LENGTHS[-1])
    text, length = scene.request.kilometres(far), far * sheet.scale
    size = labels.size * 0.9
    wide, high = max(length, labels.text_width(text, False) * size), labels.size * LEADING
    corners = [(x, y) for y in (sheet.height - high - 5, 4.0) for x in (sheet.width - wide - 5, 5.0)]
    own = [raster.own(code) for code in scene.request.of]

    def cost(corner: Point) -> float:
        x, y = corner
        box = (x, y, x + wide, y + high)
        # The outermost 2 pt are always taken.
        taken = raster.count(raster.taken, x - 2, max(y, 3), x + wide + 2, y + high + 1)
        return taken * 10 + sum(raster.count(cells, *box) for cells in own)

    x, y = min(corners, key=cost)
    if cost((x, y)) > 2:
        return ""
    raster.take(x - 2, y - 1, x + wide + 2, y + high + 3)
    left, base, colour = x + (wide - length) / 2, y + high, scene.colours["tick"]
    bar = f"M{round(left * 10)} {round((base - 1) * 10)}v20h{round(length * 10)}v-20"
    return (
        f'<path class="map-scale" fill="none" stroke="{colour}" stroke-width="6" d="{bar}"/>'
        f'<text class="map-tick" x="{round((x + wide / 2) * 10)}" y="{round((base - 2.4) * 10)}" fill="{colour}"'
        f' text-anchor="middle" font-size="{round(size * 10)}"{_bidi(text)}>{escape(text, quote=False)}</text>'
    )


def _own_names(scene: _Scene, outlines: Outlines, code: str, ring: tuple[Point, float] | None) -> tuple[str, bool]:
    """Place the name of one of the map's own countries and that of its capital. Whether the capital is named."""
    labels, sheet = scene.labels, scene.sheet
    name, capital = scene.request.name(code), scene.request.capitals.get(code, "")
    is_region = scene.request.show == "region"
    if ring:
        lines = [Words(name, "own"), *([Words(capital, "capital")] if capital not in {"", name} else [])]
        if is_region or not labels.beside_point(code, [lines], ring[0], ring[1] + 1, far=60):
            labels.beside_point(code, [lines[:1]], ring[0], ring[1] + 1, far=60)
            return "", capital == name
        return "", True
    dot = ""
    is_named = False
    place = outlines.capitals.get(code)
    if capital and place and not is_region and sheet.shows(at := sheet.point(place.lon, place.lat), 4):
        dot = _dot(scene, at, "dot")
        kind: Kind = "own" if capital == name else "capital"
        is_named = labels.beside_point(code, labels.broken(capital, kind), at, 2.4)
    if not (is_named and capital == name):
        shapes = scene.land.states.get(code, [])
        middle = (
            middle_of(max(shapes, key=lambda shape: shape.area).rings[0])
            if shapes
            else (sheet.width / 2, sheet.height / 2)
        )
        if not (labels.on_land(code, name, "own", middle) or labels.beside_land(code, name, "own", middle)):
            labels.beside_point(code, labels.broken(name, "own"), middle, 2, far=60)
    return dot, is_named


def _mark(scene: _Scene, mark: MapMark) -> str:
    """A mark with its name; "" if it is outside the map or its name has no room."""
    point = scene.sheet.point(mark.lon, mark.lat)
    if not scene.sheet.shows(point, 4):
        return ""
    code = next((code for code in scene.request.of if scene.labels.raster.is_on(code, point)), "")
    if not scene.labels.beside_point(code, scene.labels.broken(mark.name, "mark"), point, 2.4, far=16):
        return ""
    return _dot(scene, point, "mark")


def _dot(scene: _Scene, point: Point, kind: str) -> str:
    x, y = point
    scene.labels.raster.take(x - 2, y - 2, x + 2, y + 2)
    fill, stroke = ("plate", "sign") if kind == "dot" else ("sign", "plate")
    return (
        f'<circle class="map-{kind}" cx="{round(x * 10)}" cy="{round(y * 10)}" r="{round(scene.labels.size * 2.6)}"'
        f' fill="{scene.colours[fill]}" stroke="{scene.colours[stroke]}" stroke-width="8"/>'
    )


def _neighbours(scene: _Scene) -> list[str]:
    """Place the names of other states, the largest on the map first, and return the codes of those with room."""
    sheet, labels = scene.sheet, scene.labels
    cells = {code: _count(rows) for code, rows in labels.raster.land.items()}
    named = []
    for code in sorted(cells, key=lambda code: (-cells[code], code)):
        if code in scene.request.of or code in _UNNAMED or not code:
            continue
        shape = max(scene.land.states[code], key=lambda shape: shape.area)
        middle = middle_of([(min(max(x, 0), sheet.width), min(max(y, 0), sheet.height)) for x, y in shape.rings[0]])
        name = scene.request.name(code)
        if labels.on_land(code, name, "name", middle) or (
            sheet.shows(middle, 3)
            and (60 if _is_cut(shape, sheet) else 2) <= cells[code] < 900
            and labels.beside_land(code, name, "name", middle)
        ):
            named.append(code)
    return named


def _is_cut(shape: Shape, sheet: Sheet) -> bool:
    """Whether the edge of the map cuts a shape."""
    left, top, right, bottom = bounds(shape.rings[0])
    return left < 0 or top < 0 or right > sheet.width or bottom > sheet.height


def _count(rows: Rows) -> int:
    return sum(row.bit_count() for row in rows)


def _labels_svg(scene: _Scene) -> str:
    """Plates, and all words, in groups by their colour and weight."""
    colours, labels = scene.colours, scene.labels
    parts = [
        f'<rect class="map-plate" x="{box.x * 10}" y="{box.y * 10}" width="{box.width * 10}" height="{box.height * 10}"'
        f' rx="12" fill="{colours["plate"]}" fill-opacity=".85"/>'
        for box in labels.plates
    ]
    groups: dict[tuple[str, bool], list[Label]] = {}
    for label in labels.placed:
        groups.setdefault(("on-own" if label.ground == "own" else "name", label.words.kind == "own"), []).append(label)
    for (colour, is_bold), group in groups.items():
        weight = ' font-weight="600"' if is_bold else ""
        parts.append(f'<g class="map-{colour}" fill="{colours[colour]}" text-anchor="middle"{weight}>')
        for words, x, y, *_ in group:
            text = escape(words.text, quote=False)
            parts.append(f'<text x="{round(x * 10)}" y="{round(y * 10)}"{_bidi(words.text)}>{text}</text>')
        parts.append("</g>")
    return "".join(parts)


def _bidi(text: str) -> str:
    """The attribute that gives a text in right-to-left letters their direction."""
    return ' unicode-bidi="plaintext"' if any(bidirectional(letter) in {"R", "AL"} for letter in text) else ""
