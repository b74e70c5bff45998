"""Draw a locator map as one SVG element, in the colours of a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape
from math import dist

from .atlas import Atlas
from .frame import frame_of
from .labels import Label, Labels, Words
from .land import Shape, Sheet, land_of
from .own import Overlay, OwnOutlines
from .palette import palette
from .projection import Point
from .raster import Raster
from .request import Map, MapMark, MapRequest, MapStyle
from .shapes import bounds, middle_of, path
from .signs import Ring, Scene, dot, dots, globe_sign, ring, scale_bar, small_land
from .svg import Paint, tag, text

#: CSS px in a pt. Sizes are written in px without a unit, as those of charts.
_PX = 96 / 72
#: The size of the text in pt, up to a width of the map in mm.
_SIZES = ((36.0, 6.0), (80.0, 6.5))
_LARGE_SIZE = 8.0
#: The shortest steps of an outline in tenths of a point: the first with which land and lines have few enough bytes.
_STEPS = (4, 6, 9, 14, 22)
_MOST_BYTES, _MOST_BYTES_WIDE = 18_000, 26_000
#: Scattered uninhabited islands, named only on maps of their own.
_UNNAMED = frozenset({"", "BV", "IO", "UM"})
#: Land in pt²: the least with room for a name; and with a name beside it, the least, the least at the edge, the most.
_ROOM, _SEEN, _SEEN_AT_EDGE, _LARGE = 80, 2, 60, 3000


def has_map(atlas: Atlas, code: str, own: OwnOutlines | None = None) -> bool:
    """Whether there is an outline of a state: BV has none unless the organisation gives it."""
    known = code in atlas.layer("base").states or code in atlas.layer("fine").states
    return known or (own is not None and any(polygon.code == code for polygon in own.polygons))


def draw_map(atlas: Atlas, request: MapRequest, style: MapStyle, describe: Callable[[Map], str] | None = None) -> Map:
    """The map, with the same bytes for the same request. ``describe`` gives its alternative text.

    The SVG has no scripts, styles, ids or references. Its colours are attributes; on a dark screen the CSS of
    ``map_rules`` overrides them. Raises ValueError if there is an outline of none of the countries.
    """
    bare = [code for code in (*request.of, *request.also) if not has_map(atlas, code, request.own)]
    request = replace(
        request,
        of=tuple(code for code in request.of if code not in bare),
        also=tuple(code for code in request.also if code not in bare),
    )
    if not request.of:
        raise ValueError(f"there is no outline of {', '.join(bare)}")
    outlines = Overlay(atlas, request.own) if request.own else atlas
    width, height = request.width * 72 / 25.4, request.height * 72 / 25.4
    is_region = request.show == "region"
    sheet = Sheet(frame_of(outlines, request.of, request.also, width / height, region=is_region), width, height)
    land = land_of(outlines, sheet, request.of)
    size = next((size for most, size in _SIZES if request.width < most), _LARGE_SIZE)
    labels = Labels(Raster(width, height), size, style.text_width, frozenset(request.of))
    for code, shapes in land.states.items():
        labels.raster.add_land(code, [ring for shape in shapes for ring in shape.rings])
    labels.raster.take_cells(labels.raster.cells(land.lakes))
    scene = Scene(request, palette(style.colours), outlines, sheet, land, labels)
    dashed = tuple(
        line.key
        for line in outlines.lines
        if line.key in land.disputed and (line.dashed if request.dashed is None else line.key in request.dashed)
    )
    parts = [_outlines(scene, dashed)]
    rings = {}
    for code in request.of:
        islands = dots(scene, code)
        rings[code] = ring(scene, code, islands)
        parts.append(small_land(scene, islands, rings[code]))
    if not is_region:
        parts += [globe_sign(scene, atlas), scale_bar(scene)]
    capitals = [name for code in request.of if (name := _own_names(scene, code, rings[code], parts))]
    marks = [mark.name for mark in request.marks if _mark(scene, mark, parts)]
    wanted = (*map(request.name, bare), *([] if is_region else request.capitals.values()))
    wanted += tuple(mark.name for mark in request.marks)
    drawn = Map(
        svg="",
        width=request.width,
        height=request.height,
        own=tuple(map(request.name, request.of)),
        capitals=tuple(capitals),
        marks=tuple(marks),
        neighbours=tuple(map(request.name, _neighbours(scene))),
        dashed=dashed,
        left_out=tuple(name for name in wanted if name not in (*capitals, *marks)),
    )
    described = describe(drawn) if describe else _description(drawn)
    # The drawing sets its direction, because an inherited "rtl" would move the scale's number.
    svg = tag(
        "svg",
        "".join(parts) + _words(scene),
        xmlns="http://www.w3.org/2000/svg",
        class_="map-drawing",
        viewBox=f"0 0 {round(width * 10)} {round(height * 10)}",
        width=f"{width * _PX:.2f}",
        height=f"{height * _PX:.2f}",
        role="img",
        aria_label=escape(described),
        font_family=escape(f"'{style.face}', sans-serif"),
        font_size=size,
        direction="ltr",
    )
    return replace(drawn, svg=svg)


def _description(drawn: Map) -> str:
    """The names on a map: its own, those of capitals and marks, those of neighbours."""
    groups = (drawn.own, (*drawn.capitals, *drawn.marks), drawn.neighbours)
    return "; ".join(", ".join(names) for names in groups if names)


def _outlines(scene: Scene, dashed: Sequence[str]) -> str:
    """Land and lines, as finely as the map may be large."""
    most = _MOST_BYTES if scene.request.width < 80 else _MOST_BYTES_WIDE
    drawn = ""
    for least in _STEPS:
        drawn = _land(scene, least) + _lines(scene, dashed, least)
        if len(drawn) <= most:
            break
    return drawn


def _land(scene: Scene, least: int) -> str:
    """The sea, other land, the map's own countries, lakes."""
    request, states, sheet = scene.request, scene.land.states, scene.sheet
    accented = {*request.of, *request.also}
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("land", (code for code in states if code not in accented)),
        ("also", request.also),
        ("own", request.of),
    )
    sea = scene.colours["sea"]
    parts = [tag("rect", class_="map-sea", width=sheet.width, height=sheet.height, fill=sea)]
    for name, codes in groups:
        rings = [ring for code in codes for shape in states.get(code, ()) for ring in shape.rings]
        if data := _paths(rings, closed=True, least=least):
            colour = scene.colours[name]
            parts.append(tag("path", class_=f"map-{name}", fill=colour, stroke=colour, stroke_width=0.2, d=data))
    if lakes := _paths(scene.land.lakes, closed=True, least=least):
        parts.append(tag("path", class_="map-sea", fill=sea, d=lakes))
    return "".join(parts)


def _lines(scene: Scene, dashed: Sequence[str], least: int) -> str:
    """Borders, and disputed lines: dashed, or as firm as borders."""
    disputed = scene.land.disputed
    firm = scene.land.borders + [run for key, runs in disputed.items() if key not in dashed for run in runs]
    loose = [run for key in dashed for run in disputed[key]]
    paint = {"fill": "none", "stroke": scene.colours["border"], "stroke_linejoin": "round"}
    width = 0.5 if scene.request.width < 80 else 0.6
    parts = ""
    if data := _paths(firm, closed=False, least=least):
        parts += tag("path", class_="map-border", **paint, stroke_width=width, d=data)
    if data := _paths(loose, closed=False, least=least):
        parts += tag("path", class_="map-border", **paint, stroke_width=width, stroke_dasharray="18 14", d=data)
    return parts


def _paths(lines: Iterable[Sequence[Point]], *, closed: bool, least: int) -> str:
    return "".join(path(line, closed=closed, least=least) for line in lines)


def _own_names(scene: Scene, code: str, around: Ring | None, parts: list[str]) -> str:
    """Place the name of one of the map's own countries and that of its capital, and add the capital's sign to parts.

    The name of the capital if it has room, else "".
    """
    labels, sheet = scene.labels, scene.sheet
    name = scene.request.name(code)
    capital = scene.request.capitals.get(code, "") if scene.request.show == "country" else ""
    is_same = capital == name
    if around:
        lines = [Words(name, "own"), Words(capital, "capital")]
        choices = [lines, lines[:1]] if capital and not is_same else [lines[:1]]
        # Where many states are near, a name in the sea would be far from its own.
        off, far = around.radius + 1, 8 if scene.request.show == "region" else 20
        set_lines = next((some for some in choices if labels.beside_point(code, [some], around.middle, off, far)), [])
        return capital if len(set_lines) == 2 or is_same else ""
    place = scene.capital(code)
    is_named = False
    if capital and place and sheet.shows(place, 4):
        sign = dot(scene, place, "dot")
        is_named = labels.beside_point(code, labels.broken(capital, "own" if is_same else "capital"), place, 2.4)
        parts += [sign] if is_named else []
    if not (is_named and is_same):
        middle = _middle(scene, code)
        if not (labels.on_land(code, name, "own", middle) or labels.beside_land(code, name, "own", middle)):
            labels.beside_point(code, labels.broken(name, "own"), middle, 2, far=60)
    return capital if is_named else ""


def _middle(scene: Scene, code: str) -> Point:
    """The middle of the largest piece of a country, or its island that is nearest to the middle of the map."""
    centre = (scene.sheet.width / 2, scene.sheet.height / 2)
    if shapes := scene.land.states.get(code):
        return middle_of(max(shapes, key=lambda shape: shape.area).rings[0])
    return min(dots(scene, code), key=lambda point: dist(point, centre), default=centre)


def _mark(scene: Scene, mark: MapMark, parts: list[str]) -> bool:
    """Place the name of a mark, and add its sign to parts. False if it is outside the map or has no room."""
    point, labels = scene.sheet.point(mark.lon, mark.lat), scene.labels
    if not scene.sheet.shows(point, 4):
        return False
    code = next((code for code in scene.request.of if labels.raster.is_on(code, point)), "")
    sign = dot(scene, point, "mark")
    is_named = labels.beside_point(code, labels.broken(mark.name, "mark"), point, 2.4, far=16)
    parts += [sign] if is_named else []
    return is_named


def _neighbours(scene: Scene) -> list[str]:
    """Place the names of other states, the largest on the map first, and return the codes of those with room."""
    sheet, labels, raster = scene.sheet, scene.labels, scene.labels.raster
    cells = {code: raster.count(rows, 0, 0, raster.width, raster.height) for code, rows in raster.land.items()}
    named = []
    for code in sorted(cells, key=lambda code: (-cells[code], code)):
        if code in scene.request.of or code in _UNNAMED:
            continue
        shape = max(scene.land.states[code], key=lambda shape: shape.area)
        middle = middle_of([(min(max(x, 0), sheet.width), min(max(y, 0), sheet.height)) for x, y in shape.rings[0]])
        name, least = scene.request.name(code), _SEEN_AT_EDGE if _is_cut(shape, sheet) else _SEEN
        if (cells[code] > _ROOM and labels.on_land(code, name, "name", middle)) or (
            sheet.shows(middle, 3) and least <= cells[code] < _LARGE and labels.beside_land(code, name, "name", middle)
        ):
            named.append(code)
    return named


def _is_cut(shape: Shape, sheet: Sheet) -> bool:
    """Whether the edge of the map cuts a shape."""
    left, top, right, bottom = bounds(shape.rings[0])
    return left < 0 or top < 0 or right > sheet.width or bottom > sheet.height


def _words(scene: Scene) -> str:
    """Plates, and all words, in groups by their colour and weight."""
    colours, labels = scene.colours, scene.labels
    plate: Paint = {"rx": 1.2, "fill": colours["plate"], "fill_opacity": ".85"}
    parts = [
        tag("rect", class_="map-plate", x=x, y=y, width=width, height=height, **plate)
        for x, y, width, height in labels.plates
    ]
    groups: dict[tuple[str, bool], list[Label]] = {}
    for label in labels.placed:
        groups.setdefault(("on-own" if label.ground == "own" else "name", label.words.kind == "own"), []).append(label)
    for (colour, is_bold), group in groups.items():
        weight = {"font_weight": "600"} if is_bold else {}
        lines = "".join(text(words.text, x, y) for words, x, y, *_ in group)
        paint = {"fill": colours[colour], "text_anchor": "middle"}
        parts.append(tag("g", lines, class_=f"map-{colour}", **paint, **weight))
    return "".join(parts)
