"""Outlines of an organisation's own: they replace those of the program, and a wrong file is refused at a place."""

import json
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from briefing.assets.files import FileRefused
from briefing.assets.geojson import MAX_POINTS, read_outlines
from briefing.countries.draw import draw_map
from tests.support.maps import ATLAS, STYLE, SVG, request_for

#: A coarse Cyprus, and a line across it.
CYPRUS = [[32.3, 35.0], [33.0, 34.6], [34.0, 35.0], [34.6, 35.7], [33.0, 35.35], [32.3, 35.0]]
LINE = [[32.6, 35.2], [33.4, 35.15], [34.0, 35.0]]


def feature(kind, coordinates, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features, indent=1):
    return json.dumps({"type": "FeatureCollection", "features": features}, indent=indent).encode()


def cyprus(own=None, **options):
    return draw_map(ATLAS, request_for("CY", own=own, **options), STYLE)


def test_an_outline_of_the_organisation_replaces_that_of_the_program():
    own = read_outlines("own.geojson", collection(feature("Polygon", [CYPRUS], iso="CY")), ATLAS)
    drawn = cyprus(own)
    assert drawn.own == ("Cyprus",)
    assert drawn.dashed == ()  # the dashed line of the program goes with its outline
    outline = ET.fromstring(drawn.svg).find(f"{SVG}path[@class='map-own']").get("d")
    assert len(re.findall(r"-?\d+", outline)) == 2 * 6  # five corners, the first of them again


def test_a_line_of_the_organisation_is_dashed():
    features = feature("Polygon", [CYPRUS], iso="CY"), feature("LineString", LINE, dashed=True)
    drawn = cyprus(read_outlines("own.geojson", collection(*features), ATLAS))
    assert drawn.has_dashed_lines
    assert drawn.svg.count("stroke-dasharray") == 1


def test_a_state_and_its_neighbour_can_be_one_file_with_many_pieces():
    turkey = [[[26.0, 36.5], [36.0, 36.5], [36.0, 41.0], [26.0, 41.0], [26.0, 36.5]]]
    own = read_outlines(
        "own.geojson",
        collection(feature("MultiPolygon", [[CYPRUS]], iso="CY"), feature("Polygon", turkey, iso="TR")),
        ATLAS,
    )
    drawn = draw_map(ATLAS, request_for("CY", "TR", own=own), STYLE)
    assert drawn.own == ("Cyprus", "Türkiye")


def test_a_hole_stays_a_hole_whatever_way_it_runs():
    """Lesotho inside South Africa, both drawn anticlockwise, which is wrong for a hole."""
    square = [[20.0, -34.0], [32.0, -34.0], [32.0, -24.0], [20.0, -24.0], [20.0, -34.0]]
    hole = [[26.0, -30.5], [29.0, -30.5], [29.0, -28.5], [26.0, -28.5], [26.0, -30.5]]
    own = read_outlines("own.geojson", collection(feature("Polygon", [square, hole], iso="ZA")), ATLAS)
    outer, inner = own.polygons[0].rings

    def area(ring):
        return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))

    assert area(outer) > 0 > area(inner)


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def refused(data):
    with pytest.raises(FileRefused) as caught:
        read_outlines("own.geojson", data, ATLAS)
    assert caught.value.code == "map-data"
    assert caught.value.advice
    return str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "place", "words"),
    [
        (feature("Polygon", [CYPRUS[:-1]], iso="CY"), "[33.0,35.35]]]", "this ring is open"),
        (feature("Polygon", [[[58.0, 5.0], [71.0, 30.0], [69.0, 20.0], [58.0, 5.0]]], iso="NO"), "[[[58.0,", "far from NO: longitude and latitude seem to be swapped"),
        (feature("Polygon", [[[-16.0, 178.0], [-17.0, 178.5], [-18.0, 177.5], [-16.0, 178.0]]], iso="FJ"), "[-16.0,178.0]", "the latitude 178 is beyond 90"),
        (feature("Polygon", [[*CYPRUS[:3], [3600000.0, 1.0], CYPRUS[0]]], iso="CY"), "[3600000.0", "the longitude 3.6e+06 is beyond 180"),
        (feature("Polygon", [CYPRUS]), '{"type":"Feature","properties":{},', "does not say which country it is"),
        (feature("Polygon", [CYPRUS], iso="Cyprus"), '{"type":"Feature","properties":{"iso":"Cyprus"}', "does not say which country it is"),
        (feature("LineString", LINE), '{"type":"Feature","properties":{},', "not marked as dashed"),
        (feature("Point", [33.4, 35.2], iso="CY"), '{"type":"Point"', "a map cannot draw a Point"),
        (feature("Polygon", CYPRUS, iso="CY"), "32.3", "this is no position"),
        (feature("Polygon", [], iso="CY"), "[]", "coordinates is a list; here is an empty list"),
        (feature("Polygon", "CYPRUS", iso="CY"), '"CYPRUS"', "coordinates is a list; here is a text"),
        (feature("Polygon", [[*CYPRUS[:3], ["32", "35"], CYPRUS[0]]], iso="CY"), '["32"', "this is no position"),
        (feature("Polygon", [[CYPRUS[0], CYPRUS[1], CYPRUS[0]]], iso="CY"), "[[32.3,", "fewer than 4 positions"),
        ({"type": "Feature", "properties": {"iso": "CY"}, "geometry": None}, '{"type":"Feature"', "this feature has no geometry"),
        ("Cyprus", '"Cyprus"', "this feature has no geometry"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_at_the_place(wrong, place, words):
    right = feature("Polygon", [CYPRUS], iso="CY", name='A "name" with [ and {')
    text = "\n".join(['{"type":"FeatureCollection","features":[', compact(right) + ",", compact(wrong), "]}"])
    message = refused(text.encode())
    assert words in message
    line, column = map(int, re.match(r"'own.geojson', line (\d+), column (\d+): ", message).groups())
    assert line == 3
    assert text.splitlines()[2][column - 1 :].startswith(place)


def test_a_file_without_features_is_refused():
    assert "features is a list of features; here is an empty list" in refused(collection())


def test_a_million_points_are_refused_in_reasonable_time():
    ring = [[10 + n % 7 / 100, 60 + n % 11 / 100] for n in range(MAX_POINTS + 10)]
    message = refused(collection(feature("Polygon", [[*ring, ring[0]]], iso="NO"), indent=None))
    assert f"more than {MAX_POINTS:,} points" in message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "is no JSON, at line 1, column 2"),
        (b'{"type": "FeatureCollection",\n "features": [,]}', "is no JSON, at line 2, column 15"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b'{"type": "Topology", "arcs": []}', "line 1, column 1: this is no GeoJSON of features"),
        (b"[1, 2, NaN]", "is no GeoJSON"),
        (b"[" * 100_000, "is no GeoJSON"),
        (b"", "is no JSON"),
    ],
)
def test_what_is_no_geojson_is_refused(data, words):
    assert words in refused(data)
