"""Read an organisation's own outlines from GeoJSON (RFC 7946), and say where a file is wrong.

A Polygon or MultiPolygon has the property ``iso``, the code of its state. A LineString or MultiLineString has the
property ``dashed: true``: it is a disputed line. Positions are longitude, latitude, in degrees (WGS 84).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from math import degrees
from typing import Any

from briefing.countries.atlas import Atlas
from briefing.countries.own import OwnOutlines, OwnPolygon
from briefing.countries.projection import Point, angle, vector

from .files import FileRefused

#: The largest file in bytes, and the most points in it.
MAX_BYTES = 8_000_000
MAX_POINTS = 200_000
#: How far a state's outline can be from the atlas's, in degrees, before it is checked for swapped axes.
_FAR = 15.0
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
#: Where a value is in the file: keys and indices from the top.
_Path = tuple[str | int, ...]


class _WrongError(Exception):
    """Something in the file is wrong at a path."""

    def __init__(self, path: _Path, message: str, advice: str) -> None:
        super().__init__(message)
        self.path, self.message, self.advice = path, message, advice


def read_outlines(name: str, data: bytes, atlas: Atlas) -> OwnOutlines:
    """The outlines in a GeoJSON file. Raises FileRefused with line and column of the first thing that is wrong."""
    try:
        text = data.decode("utf-8-sig")
        content = json.loads(text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise FileRefused("map-data", f"'{name}' is not UTF-8 text", "save it as GeoJSON in UTF-8") from None
    except json.JSONDecodeError as error:
        message = f"'{name}' is no JSON, at line {error.lineno}, column {error.colno}: {error.msg}"
        raise FileRefused("map-data", message, "export the file again as GeoJSON") from None
    except (RecursionError, ValueError):
        raise FileRefused("map-data", f"'{name}' is no GeoJSON", "export the file again as GeoJSON") from None
    try:
        return _Reader(atlas).outlines(content)
    except _WrongError as wrong:
        line, column = _place(text, wrong.path)
        message = f"'{name}', line {line}, column {column}: {wrong.message}"
        raise FileRefused("map-data", message, wrong.advice) from None


class _Reader:
    """Reads the features of one file, and counts their points."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas, self.points = atlas, 0

    def outlines(self, content: Any) -> OwnOutlines:
        if not isinstance(content, dict) or content.get("type") not in {"FeatureCollection", "Feature"}:
            raise _WrongError((), "this is no GeoJSON of features", "give a FeatureCollection")
        polygons: list[OwnPolygon] = []
        dashed: list[tuple[Point, ...]] = []
        is_single = content["type"] == "Feature"
        features = [content] if is_single else content.get("features")
        for index, feature in _items(features, ("features",), "features is a list of features"):
            path: _Path = () if is_single else ("features", index)
            if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
                raise _WrongError(path, "this feature has no geometry", "delete it, or draw it")
            properties, geometry = feature.get("properties") or {}, feature["geometry"]
            kind, at = geometry.get("type"), (*path, "geometry", "coordinates")
            coordinates = geometry.get("coordinates")
            parts = _items(coordinates, at, "coordinates is a list")
            if kind in {"Polygon", "MultiPolygon"}:
                code = self._code(properties, path)
                pieces = [((*at, n), piece) for n, piece in parts] if kind == "MultiPolygon" else [(at, coordinates)]
                for place, rings in pieces:
                    polygons.append(OwnPolygon(code, tuple(self._rings(rings, place))))
                    self._check_axes(polygons[-1], place)
            elif kind in {"LineString", "MultiLineString"}:
                if not isinstance(properties, dict) or properties.get("dashed") is not True:
                    advice = "write dashed: true among its properties; a firm border is the edge of a Polygon"
                    raise _WrongError(path, "this line is not marked as dashed", advice)
                lines = [((*at, n), line) for n, line in parts] if kind == "MultiLineString" else [(at, coordinates)]
                dashed += [self._line(line, place, 2) for place, line in lines]
            else:
                advice = "give Polygon and MultiPolygon for states, LineString for dashed lines"
                raise _WrongError((*path, "geometry"), f"a map cannot draw a {kind or 'geometry without type'}", advice)
        if not polygons and not dashed:
            raise _WrongError((), "the file has no outlines", "give at least one Polygon with the property iso")
        return OwnOutlines(tuple(polygons), tuple(dashed))

    def _code(self, properties: Any, path: _Path) -> str:
        code = properties.get("iso") if isinstance(properties, dict) else None
        if not isinstance(code, str) or not re.fullmatch("[A-Z]{2}", code):
            advice = 'write "iso": "NO" among its properties, with the code of the country'
            raise _WrongError(path, "this polygon does not say which country it is", advice)
        return code

    def _rings(self, rings: Any, path: _Path) -> Iterator[tuple[Point, ...]]:
        for index, ring in _items(rings, path, "a polygon is a list of rings"):
            place = (*path, index)
            line = self._line(ring, place, 4)
            if line[0] != line[-1]:
                raise _WrongError((*place, len(line) - 1), "this ring is open", "let it end where it begins")
            # The outline runs anticlockwise and holes clockwise, so that holes are drawn as such.
            area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(line))
            yield line[::-1] if (area < 0) == (index == 0) else line

    def _line(self, positions: Any, path: _Path, least: int) -> tuple[Point, ...]:
        points = []
        for index, position in _items(positions, path, "a line is a list of positions"):
            place = (*path, index)
            if not isinstance(position, list) or len(position) < 2 or not all(map(_is_number, position[:2])):
                raise _WrongError(place, "this is no position", "write [longitude, latitude]")
            lon, lat = float(position[0]), float(position[1])
            if abs(lat) > 90 or abs(lon) > 360:
                message = (
                    f"the latitude {lat:g} is beyond 90" if abs(lat) > 90 else f"the longitude {lon:g} is beyond 180"
                )
                raise _WrongError(place, message, "write the longitude first, in degrees: [10.75, 59.91] is Oslo")
            points.append((lon, lat))
        self.points += len(points)
        if self.points > MAX_POINTS:
            message = f"the file has more than {MAX_POINTS:,} points up to here"
            raise _WrongError(path, message, "simplify it: a map shows nothing smaller than a kilometre")
        if len(points) < least:
            raise _WrongError(path, f"this line has fewer than {least} positions", "draw it again, or delete it")
        return tuple(points)

    def _check_axes(self, polygon: OwnPolygon, path: _Path) -> None:
        """Refuse an outline that lies far from its state, but would not with longitude and latitude swapped."""
        pieces = self.atlas.layer("base").states.get(polygon.code) or self.atlas.layer("fine").states.get(
            polygon.code, ()
        )
        lon, lat = polygon.rings[0][0]

        def distance(x: float, y: float) -> float:
            return min((degrees(angle(vector(x, y), piece.middle) - piece.radius) for piece in pieces), default=0.0)

        if distance(lon, lat) > _FAR and abs(lon) <= 90 and distance(lat, lon) < 5:
            message = f"this outline is far from {polygon.code}: longitude and latitude seem to be swapped"
            raise _WrongError(path, message, "write the longitude first: [10.75, 59.91] is Oslo")


def _items(value: Any, path: _Path, expected: str) -> Iterator[tuple[int, Any]]:
    """The items of a list with their indices."""
    if not isinstance(value, list) or not value:
        raise _WrongError(path, f"{expected}; here is {_kind(value)}", "export the file again as GeoJSON")
    return enumerate(value)


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "an empty list"
    return {dict: "an object", str: "a text", type(None): "nothing"}.get(type(value), "a number")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _place(text: str, path: _Path) -> tuple[int, int]:
    """Line and column of the value at a path, or of the innermost list or object round it."""
    at = 0
    #: The index or key of the value that is read, in each list or object round it; None before a key.
    here: list[str | int | None] = []
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "]" | "}":
                here.pop()
            case ",":
                here[-1] = here[-1] + 1 if isinstance(here[-1], int) else None
            case ":":
                pass
            case key if here and here[-1] is None:
                here[-1] = json.loads(key)
            case value:
                if tuple(here) == path[: len(here)]:
                    at = token.start()
                    if len(here) == len(path):
                        break
                if value in "{[":
                    here.append(0 if value == "[" else None)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
