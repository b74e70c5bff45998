"""The signs on a map: rings and dots for what is too small to be seen, capitals and marks, the globe, the scale bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

from .atlas import Atlas
from .globe import globe_svg
from .labels import LEADING, Labels
from .land import Land, Sheet
from .own import Outlines
from .projection import EARTH_KM, Point
from .request import MapRequest
from .shapes import bounds
from .svg import Paint, disc, tag, text

#: A country that is smaller gets a ring round it, in pt.
_SMALL = 9.0
#: No dots are drawn for the islands of a country whose largest piece has this area, in pt².
_LARGE = 120.0
#: The lengths of the scale bar in km.
_LENGTHS = (2000, 1000, 500, 200, 100, 50, 20, 10)
#: The half height of a map, in km, up to which a globe helps; and where little other land is seen.
_GLOBE, _GLOBE_AT_SEA = 700.0, 2500.0
#: The half height in km up to which a map has one scale.
_ONE_SCALE = 4500.0
#: Islands that the atlas lacks (lon, lat): without them hardly anything of these would be seen.
_ISLETS: Mapping[str, tuple[Point, ...]] = {
    "TF": ((77.55, -37.85), (50.2, -46.4)),
    "UM": ((-176.5, 0.5), (-160.0, -0.4), (-169.5, 16.7), (-162.2, 6.1), (-177.4, 28.2), (166.6, 19.3)),
}


@dataclass(frozen=True)
class Scene:
    """What the parts of a map are drawn from. ``labels`` grows while they are."""

    request: MapRequest
    colours: Mapping[str, str]
    outlines: Outlines
    sheet: Sheet
    land: Land
    labels: Labels

    def capital(self, code: str) -> Point | None:
        """Where the capital of a state is on the map."""
        place = self.outlines.capitals.get(code)
        return self.sheet.point(place.lon, place.lat) if place else None


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring round a small country."""

    middle: Point
    radius: float


def dots(scene: Scene, code: str) -> list[Point]:
    """Where the islands of a small state are that are too small to be seen."""
    if any(shape.area > _LARGE for shape in scene.land.states.get(code, ())):
        return []
    layers = (scene.outlines.layer(name).states.get(code, ()) for name in ("fine", "base"))
    pieces = max(layers, key=lambda pieces: sum(piece.km2 for piece in pieces))
    places = [piece.lon_lat for piece in pieces[:80] if piece.radius * EARTH_KM * scene.sheet.scale < 1.1]
    points = (scene.sheet.point(*place) for place in (*places, *_ISLETS.get(code, ())))
    return sorted({(float(round(x)), float(round(y))) for x, y in points if scene.sheet.shows((x, y), 2)})


def ring(scene: Scene, code: str, islands: list[Point]) -> Ring | None:
    """The ring round a state that is too small to be seen, unless many dots show it."""
    shapes = scene.land.states.get(code, ())
    visible = [point for shape in shapes for point in shape.rings[0] if scene.sheet.shows(point, 0)] or islands
    if not visible and (capital := scene.capital(code)):
        visible = [capital]
    if not visible or len(islands) > 3:
        return None
    left, top, right, bottom = bounds(visible)
    if max(right - left, bottom - top) >= _SMALL:
        return None
    return Ring(((left + right) / 2, (top + bottom) / 2), max(5.0, hypot(right - left, bottom - top) / 2 + 2.5))


def small_land(scene: Scene, islands: list[Point], around: Ring | None) -> str:
    """Dots, and a ring. Labels keep away from them."""
    own, raster = scene.colours["own"], scene.labels.raster
    discs = islands if len(islands) > 1 else []
    parts = ""
    if around:
        (x, y), radius = around.middle, around.radius
        parts = tag("circle", class_="map-ring", cx=x, cy=y, r=radius, fill="none", stroke=own, stroke_width=1.1)
        if radius == 5 and not discs:
            discs = [around.middle]
        raster.take(x - radius, y - radius, x + radius, y + radius)
    for x, y in discs:
        raster.take(x - 1.5, y - 1.5, x + 1.5, y + 1.5)
    return parts + (tag("path", class_="map-own", fill=own, d="".join(map(disc, discs))) if discs else "")


def dot(scene: Scene, point: Point, kind: str) -> str:
    """The sign of a capital (dot) or of another place (mark)."""
    x, y = point
    scene.labels.raster.take(x - 2, y - 2, x + 2, y + 2)
    fill, stroke = ("plate", "sign") if kind == "dot" else ("sign", "plate")
    paint: Paint = {"fill": scene.colours[fill], "stroke": scene.colours[stroke], "stroke_width": 0.8}
    return tag("circle", class_=f"map-{kind}", cx=x, cy=y, r=scene.labels.size * 0.26, **paint)


def globe_sign(scene: Scene, atlas: Atlas) -> str:
    """A small globe in the corner where it hides least, unless the map itself shows much of the world."""
    sheet, raster, of = scene.sheet, scene.labels.raster, scene.request.of
    own = [raster.own(code) for code in of]
    visible = [point for code in of for shape in scene.land.states.get(code, ()) for point in shape.rings[0]]
    left, top, right, bottom = bounds(visible or [(0.0, 0.0)])
    whole = (0, 0, raster.width, raster.height)
    other_land = raster.count(raster.all_land, *whole) - sum(raster.count(cells, *whole) for cells in own)
    at_sea = max(right - left, bottom - top) < _SMALL or other_land < 0.04 * raster.width * raster.height
    if sheet.frame.half_height > (_GLOBE_AT_SEA if at_sea else _GLOBE):
        return ""
    radius = 0.145 * min(sheet.width, sheet.height)
    near, far, low = radius + 4, sheet.width - radius - 4, sheet.height - radius - 4
    capitals = [point for code in of if (point := scene.capital(code))]

    def cost(corner: Point) -> float:
        x, y = corner
        box = (x - radius, y - radius, x + radius, y + radius)
        hidden = sum(raster.count(cells, *box) for cells in own) * 10 + raster.count(raster.taken, *box) / 4
        hides_capital = any(max(abs(px - x), abs(py - y)) < radius + 6 for px, py in capitals)
        return (hidden + raster.count(raster.all_land, *box)) / radius**2 + 20 * hides_capital

    x, y = min([(far, near), (near, near), (far, low), (near, low)], key=cost)
    raster.take(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2)
    return globe_svg(atlas, sheet.frame, of, (x, y), radius, scene.colours)


def scale_bar(scene: Scene) -> str:
    """A scale bar in a corner without own land, if there is one. A map of half the world has many scales, so none."""
    sheet, raster = scene.sheet, scene.labels.raster
    if sheet.frame.half_height > _ONE_SCALE:
        return ""
    far = next((km for km in _LENGTHS if km * sheet.scale < sheet.width * 0.22), _LENGTHS[-1])
    words, length, size = scene.request.kilometres(far), far * sheet.scale, scene.labels.size * 0.9
    wide, high = max(length, scene.labels.text_width(words, False) * size), scene.labels.size * LEADING
    own = [raster.own(code) for code in scene.request.of]

    def cost(corner: Point) -> float:
        x, y = corner
        # The outermost 2 pt are always taken.
        taken = raster.count(raster.taken, x - 2, max(y, 3), x + wide + 2, y + high + 1)
        return taken * 10 + sum(raster.count(cells, x, y, x + wide, y + high) for cells in own)

    x, y = min(((x, y) for y in (sheet.height - high - 5, 4.0) for x in (sheet.width - wide - 5, 5.0)), key=cost)
    if cost((x, y)) > 2:
        return ""
    raster.take(x - 2, y - 1, x + wide + 2, y + high + 3)
    colour, base = scene.colours["tick"], y + high
    bar = f"M{round((x + (wide - length) / 2) * 10)} {round((base - 1) * 10)}v20h{round(length * 10)}v-20"
    paint = {"fill": colour, "text_anchor": "middle"}
    return tag("path", class_="map-scale", fill="none", stroke=colour, stroke_width=0.6, d=bar) + text(
        words, x + wide / 2, base - 2.4, class_="map-tick", font_size=size, **paint
    )
