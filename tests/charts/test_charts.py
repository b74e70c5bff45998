"""Charts: drawings with correct proportions and readable labels."""

import io
import itertools
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.charts import Numbers, draw, numbers_of, rules
from briefing.charts.scale import scale_of
from briefing.charts.shades import shades
from briefing.charts.text_width import SIZE, width, wrap
from briefing.model import Chart, InlineMarkdown, Number, PlainText, Series, validate
from briefing.theme.contrast import contrast

COLOURS = {
    "ink": "#1b2430",
    "muted": "#4a5866",
    "accent": "#1f4e79",
    "tint": "#eef3f7",
    "rule": "#9fb1c2",
    "paper": "#ffffff",
}
DARK = {**COLOURS, "ink": "#e6ebf0", "muted": "#b4c0cc", "accent": "#8fc1ee", "rule": "#4a5a6a", "paper": "#12181f"}
SVG = "{http://www.w3.org/2000/svg}"
YEARS = tuple(str(year) for year in range(1987, 2017))

EXPORTS = Numbers(
    "bar", "US$ billion", ("Italy", "China", "Russian Federation"), (("Exports", (19.0, 15.0, 9.5)),), digits=1
)
TRADE = Numbers(
    "column",
    "US$ billion",
    ("2013", "2014", "2015"),
    (("Exports of goods", (84.7, 79.5, 46.0)), ("Imports of goods", (48.8, 41.3, None))),
    digits=1,
)
GROWTH = Numbers("bar", "per cent", ("Kazakhstan", "Azerbaijan", "Belarus"), (("Growth", (1.0, -3.0, -2.5)),), digits=1)
BALANCE = replace(GROWTH, type="column")
FLOWS = Numbers(
    "line",
    "US$ billion",
    YEARS,
    (
        ("Exports of goods", tuple(20.0 + 2 * n for n in range(30))),
        ("Foreign direct investment, net inflows", tuple(None if n == 12 else 9.0 + n / 10 for n in range(30))),
        ("Remittances", tuple(9.0 + n / 11 for n in range(30))),
    ),
    digits=1,
)
GALLERY = {
    "bars": EXPORTS,
    "columns": TRADE,
    "bars on both sides of zero": GROWTH,
    "columns on both sides of zero": BALANCE,
    "three lines of thirty years": FLOWS,
    "thirty columns": Numbers("column", "tenge", YEARS, (("Rate", tuple(float(n * n) for n in range(30))),), 0),
    "thirty columns, their unit in the caption": Numbers(
        "column", "", YEARS, (("Rate", tuple(float(n * n) for n in range(30))),), 0
    ),
    "one time, three series": Numbers("line", "%", ("2015",), (("A", (7.0,)), ("B", (3.0,)), ("C", (2.9,))), 1),
    "a line that ends early": Numbers("line", "%", ("2013", "2014", "2015"), (("A", (2.0, 7.0, None)),), 0),
    "one category": Numbers("column", "cases", ("2015",), (("Cases", (7.0,)),), 0),
    "one point": Numbers("line", "cases", ("2015",), (("Cases", (7.0,)),), 0),
    "all nought": Numbers("line", "cases", ("2014", "2015"), (("Cases", (0.0, 0.0)),), 0),
    "all nought, standing": Numbers("column", "cases", ("2014", "2015"), (("Cases", (0.0, 0.0)),), 0),
    "nothing known": Numbers("bar", "", ("2014", "2015"), (("Cases", (None, None)),), 0),
    "identical": Numbers("line", "", ("2014", "2015", "2016"), (("A", (5.5, 5.5, 5.5)), ("B", (5.5, 5.5, 5.5))), 1),
    "huge": Numbers("column", "tenge", ("2014", "2015"), (("Budget", (123456789012345.0, 93456789012345.0)),), 0),
    "tiny": Numbers("line", "", ("2014", "2015"), (("Share", (0.0000001, 0.0000003)),), 7),
    "long names": Numbers(
        "column",
        "per cent of the gross domestic product at purchasing power parity",
        (
            "United Kingdom of Great Britain and Northern Ireland",
            "Donaudampfschifffahrtsgesellschaftskapitänswitwenkasse",
        ),
        (
            ("Share of the population with access to safely managed drinking water", (12.0, -40.0)),
            ("Other", (3.0, 4.0)),
        ),
        0,
    ),
    "names of lands under columns": Numbers(
        "column", "", ("Казахстан", "Российская Федерация", "Узбекистан"), (("Экспорт", (5.0, 4.0, 3.0)),), 0
    ),
    "seven series": Numbers(
        "bar", "%", ("North", "South"), tuple((f"Region {n}", (float(n), n / 2)) for n in range(1, 8)), 1
    ),
    "seven lines that meet": Numbers(
        "line", "%", ("2014", "2015"), tuple((f"Region {n}", (float(n), 4.0)) for n in range(1, 8)), 1
    ),
}
every_chart = pytest.mark.parametrize("numbers", GALLERY.values(), ids=GALLERY.keys())


def as_written(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace("-", "−")


def drawn(numbers: Numbers, **options: object) -> str:
    given = {
        "title": "Trade in goods",
        "description": "",
        "format_number": as_written,
        "direction": "ltr",
        "width": 116.0,
        "colours": COLOURS,
        "face": "Source Sans 3",
        "unit_shown": True,
    }
    return draw(numbers, **{**given, **options})


def root_of(numbers: Numbers, **options: object) -> ET.Element:
    return ET.fromstring(drawn(numbers, **options))


def groups(root: ET.Element, name: str) -> list[ET.Element]:
    return [group for group in root.iter(f"{SVG}g") if name in group.attrib["class"].split()]


def bars(root: ET.Element, series: int = 1) -> list[dict[str, float]]:
    """The bars of a series, in the order of its categories."""
    return [
        {name: float(rect.attrib[name]) for name in ("x", "y", "width", "height")}
        for group in groups(root, "chart-bar")
        if f"series-{series}" in group.attrib["class"].split()
        for rect in group
    ]


def axis(root: ET.Element) -> dict[str, float]:
    (group,) = groups(root, "chart-axis")
    return {name: float(value) for name, value in group[0].attrib.items()}


@dataclass(frozen=True)
class Box:
    """Where a line of text stands, by the estimated width of its words."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.1 and down > 0.1


def boxes(root: ET.Element) -> list[Box]:
    found = []
    for group in root.iter(f"{SVG}g"):
        for text in group.iter(f"{SVG}text"):
            words = text.text or ""
            wide = width(words, semibold=group.get("font-weight") == "600")
            x, y = float(text.attrib["x"]), float(text.attrib["y"])
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[group.attrib["text-anchor"]]
            # From the top of a capital's accent to the foot of a "g", without the air of the line.
            found.append(Box(words, left, left + wide, y - 0.72 * SIZE, y + 0.2 * SIZE))
    return found


def assert_readable(root: ET.Element) -> None:
    """All words stand inside the drawing, and none on another or on a bar."""
    _, _, wide, tall = map(float, root.attrib["viewBox"].split())
    words = boxes(root)
    assert words
    for box in words:
        assert box.left >= -0.1, box
        assert box.right <= wide + 0.1, box
        assert box.top >= -0.1, box
        assert box.bottom <= tall + 0.1, box
    for one, other in itertools.combinations(words, 2):
        assert not one.meets(other), (one, other)
    for rect in root.iter(f"{SVG}rect"):
        x, y, right, down = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        bar = Box("a bar", x, x + right, y, y + down)
        assert not [box for box in words if box.meets(bar)], bar


@every_chart
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("wide", [116.0, 170.0])
def test_chart_labels_are_neither_clipped_nor_overlapping(numbers: Numbers, direction: str, wide: float) -> None:
    assert_readable(root_of(numbers, direction=direction, width=wide))


_names = st.text(alphabet="abcdeimwABMW жшщгЖ-/1", min_size=1, max_size=40).map(str.strip).filter(bool)
_values = st.none() | st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 2)) | st.integers(-99, 99)


@st.composite
def any_numbers(make: st.DrawFn) -> Numbers:
    places, rows = make(st.integers(1, 14)), make(st.integers(1, 5))
    years = tuple(str(1990 + place) for place in range(places))
    categories = make(st.just(years) | st.lists(_names, min_size=places, max_size=places).map(tuple))
    series = tuple(
        (make(_names), tuple(make(st.lists(_values, min_size=places, max_size=places)))) for _ in range(rows)
    )
    return Numbers(
        make(st.sampled_from(["bar", "column", "line"])), make(_names), categories, series, make(st.integers(0, 2))
    )


@given(any_numbers(), st.sampled_from(["ltr", "rtl"]))
def test_chart_labels_are_readable_for_any_numbers(numbers: Numbers, direction: str) -> None:
    assert_readable(root_of(numbers, direction=direction))


@every_chart
def test_a_drawing_is_one_self_contained_svg_element(numbers: Numbers) -> None:
    text = drawn(numbers)
    assert text == drawn(numbers), "the same numbers give the same bytes"
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "g", "text", "rect", "line", "polyline", "polygon", "circle",
    }  # fmt: skip
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"id", "style", "href"}
    assert not re.search(r'[" ,](nan|-?inf)[" ,]', text)
    assert "url(" not in text


def test_chart_text_is_8_5_pt_at_column_width() -> None:
    root = root_of(EXPORTS, width=116.0)
    wide = float(root.attrib["viewBox"].split()[2])
    assert float(root.attrib["font-size"]) * (116.0 / 25.4 * 72) / wide == pytest.approx(8.5, abs=0.01)
    assert float(root.attrib["width"]) == pytest.approx(116.0 / 25.4 * 96, abs=0.01), "its own size, in CSS px"


def test_a_font_family_that_ends_in_a_digit_is_quoted() -> None:
    assert root_of(EXPORTS, face="Source Sans 3").attrib["font-family"].startswith("'Source Sans 3'")


def test_text_from_the_brief_is_escaped() -> None:
    root = root_of(replace(EXPORTS, categories=("A & B", "<c>", '"d"')), title='R&D <"x">')
    assert root.attrib["aria-label"].startswith('R&D <"x">')
    assert {"A & B", "<c>", '"d"'} <= {text.text for text in root.iter(f"{SVG}text")}


def test_the_aria_label_is_the_description_or_else_all_numbers() -> None:
    assert root_of(EXPORTS, description="Italy buys most.").attrib["aria-label"] == "Italy buys most."
    heard = root_of(TRADE).attrib["aria-label"]
    assert heard == (
        "Trade in goods (US$ billion). Exports of goods: 2013 84.7; 2014 79.5; 2015 46.0."
        " Imports of goods: 2013 48.8; 2014 41.3; 2015 –"
    )


def test_bar_lengths_are_proportional_and_bar_thickness_is_fixed() -> None:
    found = bars(root_of(EXPORTS))
    assert len(found) == 3
    unit = found[0]["width"] / 19.0
    assert [bar["width"] for bar in found] == pytest.approx([19.0 * unit, 15.0 * unit, 9.5 * unit], abs=0.02)
    assert [bar["height"] for bar in found] == pytest.approx([3.5 / 25.4 * 72] * 3, abs=0.01)
    assert found[1]["y"] - found[0]["y"] - found[0]["height"] == pytest.approx(1.6 / 25.4 * 72, abs=0.02)
    assert len({bar["x"] for bar in found}) == 1


def test_every_bar_shows_its_value_at_its_end_in_the_number_format_of_the_brief() -> None:
    root = root_of(EXPORTS, format_number=lambda value, digits: f"{value:.{digits}f}".replace(".", ","))
    ends = [bar["x"] + bar["width"] for bar in bars(root)]
    values = [box for box in boxes(root) if re.fullmatch(r"\d+,\d", box.text)]
    assert [value.text for value in values] == ["19,0", "15,0", "9,5"]
    assert [value.left - end for value, end in zip(values, ends, strict=True)] == pytest.approx([3.5] * 3, abs=0.02)


def test_columns_start_at_the_zero_line_and_have_proportional_heights() -> None:
    root = root_of(TRADE)
    exports, imports = bars(root, 1), bars(root, 2)
    zero = axis(root)["y1"]
    assert [bar["y"] + bar["height"] for bar in (*exports, *imports)] == pytest.approx([zero] * 5, abs=0.02)
    unit = exports[0]["height"] / 84.7
    assert [bar["height"] / unit for bar in exports] == pytest.approx([84.7, 79.5, 46.0], abs=0.05)
    assert len(imports) == 2, "a gap has no column"


def test_negative_bars_extend_left_and_negative_columns_down_from_the_zero_line() -> None:
    root = root_of(GROWTH)
    zero = axis(root)["x1"]
    assert axis(root)["x2"] == zero
    up, down, less = bars(root)
    assert up["x"] == pytest.approx(zero)
    assert down["x"] + down["width"] == pytest.approx(zero, abs=0.02)
    assert down["width"] / less["width"] == pytest.approx(3.0 / 2.5, abs=0.01)
    label = next(box for box in boxes(root) if box.text == "−3.0")
    assert label.right < down["x"], "the value stands at the bar's end"

    root = root_of(BALANCE)
    zero = axis(root)["y1"]
    up, down, _ = bars(root)
    assert up["y"] + up["height"] == pytest.approx(zero, abs=0.02)
    assert down["y"] == pytest.approx(zero)
    assert next(box for box in boxes(root) if box.text == "−3.0").top > zero
    assert next(box for box in boxes(root) if box.text == "Azerbaijan").top > down["y"] + down["height"]


def test_a_missing_value_is_shown_as_a_dash_and_not_as_zero() -> None:
    texts = [text.text for text in root_of(TRADE).iter(f"{SVG}text")]
    assert texts.count("–") == 1
    assert "0.0" not in texts


def test_a_gap_splits_a_line() -> None:
    root = root_of(FLOWS)
    strokes = {
        name: [line for group in groups(root, f"series-{name}") for line in group.iter(f"{SVG}polyline")]
        for name in (1, 2, 3)
    }
    assert [len(strokes[name]) for name in (1, 2, 3)] == [1, 2, 1]
    assert [len(line.attrib["points"].split()) for line in strokes[2]] == [12, 17]


def test_a_point_between_two_gaps_is_marked() -> None:
    lonely = replace(FLOWS, series=(("A", tuple(5.0 if place == 3 else None for place in range(30))),))
    assert len(list(root_of(lonely).iter(f"{SVG}circle"))) == 1


def test_lines_differ_by_dashes_and_markers_and_are_labelled_at_their_ends() -> None:
    root = root_of(FLOWS)
    dashes = {group.get("stroke-dasharray", "") for group in groups(root, "chart-line")}
    assert len(dashes) == 3
    assert {mark.tag for group in groups(root, "chart-marker") for mark in group} == {
        f"{SVG}circle",
        f"{SVG}rect",
        f"{SVG}polygon",
    }
    ends = {line.attrib["points"].split()[-1] for line in root.iter(f"{SVG}polyline")}
    plot = max(float(end.split(",")[0]) for end in ends)
    names = {box.text: box for box in boxes(root)}
    assert names["Exports of goods"].left > plot
    assert names["Remittances"].left > plot


@pytest.mark.parametrize(
    ("categories", "values"),
    [(("2015",), (7.0,)), (("2013", "2014", "2015"), (None, 6.0, None)), (("2013", "2014", "2015"), (2.0, 8.0, None))],
)
def test_a_single_line_shows_its_value_at_its_last_point(
    categories: tuple[str, ...], values: tuple[float | None, ...]
) -> None:
    root = root_of(Numbers("line", "cases", categories, (("Cases", values),), 0))
    assert not groups(root, "chart-leader")
    last = [value for value in values if value is not None][-1]
    (group,) = groups(root, "chart-value")
    (label,) = [box for box in boxes(root) if box.text == group[0].text == f"{last:.0f}" and box.left > 20]
    mark = list(root.iter(f"{SVG}circle"))[-1]
    x, y = float(mark.attrib["cx"]), float(mark.attrib["cy"])
    assert 2 < label.left - x < 8
    assert abs((label.top + label.bottom) / 2 - y) < 8


def test_points_of_a_single_date_are_close_to_their_labels() -> None:
    root = root_of(GALLERY["one time, three series"])
    leaders = [line for group in groups(root, "chart-leader") for line in group]
    assert all(abs(float(line.attrib["x2"]) - float(line.attrib["x1"])) < 12 for line in leaders)


def test_the_value_of_a_negative_column_keeps_its_distance_from_column_and_names() -> None:
    root = root_of(BALANCE)
    lowest = max(bars(root), key=lambda bar: bar["y"] + bar["height"])
    (label,) = [box for box in boxes(root) if box.text == "−3.0"]
    names = [box for box in boxes(root) if box.text in BALANCE.categories]
    assert label.bottom - 0.3 * SIZE - 0.66 * SIZE - (lowest["y"] + lowest["height"]) > 2.5
    assert all(name.top > label.bottom for name in names)


def test_a_long_year_axis_shows_only_multiples_of_five() -> None:
    shown = [text.text for text in root_of(FLOWS).iter(f"{SVG}text") if text.text in YEARS]
    assert len(shown) > 2
    assert all(int(year) % 5 == 0 for year in shown)


def test_columns_with_long_names_become_horizontal_bars_with_all_names() -> None:
    numbers = Numbers(
        "column", "", tuple(f"{name}land Democratic Republic" for name in "ABCDEFGHIJKLMNOP"), (("N", (1.0,) * 16),), 0
    )
    root = root_of(numbers)
    assert len([box for box in boxes(root) if "land" in box.text]) == 16
    assert axis(root)["x1"] == axis(root)["x2"], "the zero line of lying bars stands"


def test_several_series_have_a_legend_above_the_plot_in_their_order() -> None:
    root = root_of(TRADE)
    keys = groups(root, "chart-key")
    assert [key.attrib["class"].split()[-1] for key in keys] == ["series-1", "series-2"]
    assert max(float(key[0].attrib["y"]) for key in keys) < min(bar["y"] for bar in bars(root))
    assert not groups(root_of(EXPORTS), "chart-key"), "one series needs none"


def test_the_unit_is_shown_once_unless_the_caption_shows_it() -> None:
    assert [text.text for text in root_of(EXPORTS).iter(f"{SVG}text")].count("US$ billion") == 1
    assert "US$ billion" not in [text.text for text in root_of(EXPORTS, unit_shown=False).iter(f"{SVG}text")]


def test_a_right_to_left_chart_is_mirrored() -> None:
    left, right = root_of(GROWTH), root_of(GROWTH, direction="rtl")
    wide = float(left.attrib["viewBox"].split()[2])
    for one, other in zip(bars(left), bars(right), strict=True):
        assert wide - one["x"] - one["width"] == pytest.approx(other["x"], abs=0.02)
        assert one["y"] == other["y"]
    for one, other in zip(boxes(left), boxes(right), strict=True):
        assert one.text == other.text
        assert wide - one.right == pytest.approx(other.left, abs=0.02)
    assert right.attrib["direction"] == "ltr", "a page's own direction must not turn the anchors round again"


@pytest.mark.parametrize("colours", [COLOURS, DARK, {**COLOURS, "accent": "#8a1c1c"}], ids=["light", "dark", "red"])
@pytest.mark.parametrize("count", range(1, 9))
def test_chart_shades_contrast_with_the_paper_and_with_each_other(colours: dict[str, str], count: int) -> None:
    chosen = shades(colours, count)
    assert len(chosen) == count
    assert all(contrast(shade, colours["paper"]) >= 3.0 for shade in chosen)
    steps = [contrast(one, other) for one, other in itertools.pairwise(chosen[:4])]
    assert all(step >= 1.3 for step in steps), "readable in grey"
    assert all(contrast(colours[text], colours["paper"]) >= 4.5 for text in ("ink", "muted"))


def test_a_single_series_uses_the_accent_colour() -> None:
    assert shades(COLOURS, 1) == ("#1f4e79",)
    assert 'fill="#1f4e79"' in drawn(EXPORTS)


def test_bars_after_the_fourth_series_are_drawn_hollow() -> None:
    root = root_of(GALLERY["seven series"])
    hollow = [group for group in groups(root, "chart-hollow") if "chart-bar" in group.attrib["class"]]
    assert {group.attrib["class"].split()[-1] for group in hollow} == {"series-5", "series-6", "series-7"}
    assert {group.attrib["fill"] for group in hollow} == {"#ffffff"}


@every_chart
def test_the_dark_mode_rules_cover_every_class_of_a_chart(numbers: Numbers) -> None:
    css = rules(DARK)
    root = root_of(numbers)
    used = {name for group in root.iter(f"{SVG}g") for name in group.attrib["class"].split()}
    assert used
    assert [name for name in sorted(used) if not re.search(rf"\.{name}\b", css)] == []
    assert not any(colour in css for colour in (COLOURS["accent"], COLOURS["ink"]))


@pytest.mark.parametrize(
    ("values", "digits", "start", "ticks"),
    [
        ((0.0, 86.4), 1, "zero", (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)),
        ((0.0, 10.0), 0, "zero", (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)),
        ((-6.3, 5.8), 1, "zero", (-10.0, -5.0, 0.0, 5.0, 10.0)),
        ((456.0, 535.0), 0, "near", (440.0, 460.0, 480.0, 500.0, 520.0, 540.0)),
        ((0.0, 0.0), 0, "near", (0.0, 1.0)),
        ((3.0, 3.0), 0, "near", (0.0, 1.0, 2.0, 3.0)),
        ((0.1, 0.3), 1, "zero", (0.0, 0.1, 0.2, 0.3)),
        ((), 0, "zero", (0.0, 1.0)),
    ],
)
def test_ticks_are_round_numbers(values: tuple[float, ...], digits: int, start: str, ticks: tuple[float, ...]) -> None:
    assert scale_of(values, digits=digits, from_zero=start == "zero").ticks == ticks


@given(st.lists(st.floats(-1e14, 1e14, allow_nan=False), min_size=1, max_size=9), st.integers(0, 4))
def test_every_value_is_within_its_scale(values: list[float], digits: int) -> None:
    scale = scale_of([round(value, digits) for value in values], digits=digits, from_zero=False)
    assert 2 <= len(scale.ticks) <= 12
    assert all(-1e-6 <= scale.at(round(value, digits)) <= 1 + 1e-6 for value in values)


def test_estimated_text_widths_are_close_to_the_real_ones_and_not_below_them() -> None:
    """Measured against the face that the shipped themes set charts in."""
    from pathlib import Path

    import fontpkg_source_sans_3
    import uharfbuzz as hb

    font = hb.Font(
        hb.Face(hb.Blob.from_file_path(Path(fontpkg_source_sans_3.__path__[0], "files", "SourceSans3[wght].ttf")))
    )
    for weight in (400, 600):
        font.set_variations({"wght": weight})
        for words in (
            "Russian Federation",
            "Foreign direct investment, net inflows",
            "Российская Федерация",
            "Қазақстан Республикасы",
            "Türkiye",
            "1,234,567.8",
            "−12.5",
            "US$ billion",
            "WWF MMM",
        ):
            line = hb.Buffer()
            line.add_str(words)
            line.guess_segment_properties()
            # No kerning: the PDF engine sets the letters of a drawing one by one.
            hb.shape(font, line, {"kern": False})
            real = sum(glyph.x_advance for glyph in line.glyph_positions) / 1000 * SIZE
            assert real * 0.995 <= width(words, semibold=weight == 600) <= real * 1.2, (words, weight)


@given(st.text(alphabet="abc WMж-/–é\u0301中", max_size=60), st.floats(12, 120))
def test_wrapping_keeps_every_letter_and_fits_the_width(words: str, room: float) -> None:
    lines = wrap(words, room)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", words)
    assert all(width(line) <= room for line in lines)
    assert not any(unicodedata.combining(line[0]) for line in lines[1:] if line)


def test_chart_numbers_are_unchanged_by_the_json_round_trip() -> None:
    for numbers in GALLERY.values():
        assert Numbers.from_json(numbers.to_json()) == numbers
    assert TRADE.to_json() == (
        '{"type": "column", "unit": "US$ billion", "categories": ["2013", "2014", "2015"], "series": '
        '[{"name": "Exports of goods", "values": [84.7, 79.5, 46.0]}, '
        '{"name": "Imports of goods", "values": [48.8, 41.3, null]}], "digits": 1}'
    )


@pytest.mark.parametrize(
    "text", ["{}", "[]", "nonsense", '{"type": "pie", "unit": "", "categories": [], "series": [], "digits": 0}']
)
def test_invalid_chart_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Numbers.from_json(text)


def test_a_series_that_does_not_match_its_categories_is_refused() -> None:
    with pytest.raises(ValueError, match="'Exports' has 1 values for 2 categories"):
        Numbers("bar", "", ("2014", "2015"), (("Exports", (1.0,)),), 0)


def made(typed: dict[str, object]) -> Chart:
    chart, complaints = validate(Chart, typed)
    assert complaints == ()
    assert chart is not None
    return chart


def test_chart_numbers_keep_the_number_of_decimals_that_was_typed() -> None:
    chart = made(
        {
            "type": "line",
            "caption": "Trade",
            "unit": "US$ billion",
            "categories": ["2014", "2015"],
            "series": [{"name": "Exports", "values": ["79.50", "46"]}],
        }
    )
    assert numbers_of(chart) == Numbers("line", "US$ billion", ("2014", "2015"), (("Exports", (79.5, 46.0)),), 2)


def test_the_short_form_is_one_series_named_by_the_caption() -> None:
    chart = made(
        {"caption": "*Exports* of [goods](https://example.org) [@comtrade]", "data": {"Italy": "7.5", "China": "4"}}
    )
    assert numbers_of(chart) == Numbers("bar", "", ("Italy", "China"), (("Exports of goods", (7.5, 4.0)),), 1)


def test_gaps_are_kept_and_short_series_are_padded_with_gaps() -> None:
    rows = (Series(name="A", values=(Number.parse("1"), None)), Series(name="B", values=(Number.parse("2.5"),)))
    chart = Chart(caption=InlineMarkdown("C"), categories=(PlainText("x"), PlainText("y")), series=rows)
    assert numbers_of(chart).series == (("A", (1.0, None)), ("B", (2.5, None)))


def test_the_word_picture_of_a_chart_draws_its_labels_in_the_theme_font() -> None:
    """A family that the renderer cannot read leaves the words out, in silence."""
    from pathlib import Path

    import fontpkg_source_sans_3
    import resvg_py
    from PIL import Image

    face = str(Path(fontpkg_source_sans_3.__path__[0], "files", "SourceSans3[wght].ttf"))
    svg = drawn(EXPORTS)
    bare = re.sub(r"<text.*?</text>", "", svg)
    dark = []
    for one in (svg, bare):
        png = resvg_py.svg_to_bytes(svg_string=one, background="#ffffff", skip_system_fonts=True, font_files=[face])
        picture = Image.open(io.BytesIO(png)).convert("L")
        assert picture.width == pytest.approx(116 / 25.4 * 96, abs=1)
        dark.append(sum(picture.histogram()[:128]))
    assert dark[0] > dark[1] + 300


def in_grey(numbers: Numbers) -> Any:
    """The drawing as a grey printer gives it, three pixels to one of the screen."""
    import resvg_py
    from PIL import Image

    png = resvg_py.svg_to_bytes(svg_string=drawn(numbers), background="#ffffff", skip_system_fonts=True, zoom=3)
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("kind", ["bar", "column"])
@pytest.mark.parametrize("count", range(2, 8))
def test_neighbouring_series_are_distinguishable_in_greyscale(kind: str, count: int) -> None:
    series = tuple((f"Region {n}", (9.0, 5.0)) for n in range(count))
    numbers = Numbers(kind, "%", ("North", "South"), series, 0)
    root, picture = root_of(numbers), in_grey(numbers)
    scale = picture.width / float(root.attrib["viewBox"].split()[2])
    looks = []
    for number in range(1, count + 1):
        bar = bars(root, number)[0]
        across = [int((bar["x"] + step / 10) * scale) for step in range(int(bar["width"] * 10))]
        greys = [picture.getpixel((x, int((bar["y"] + bar["height"] / 2) * scale))) for x in across]
        looks.append((greys[len(greys) // 2], min(greys)))  # within, and the outline
    for (within, outline), (other_within, other_outline) in itertools.pairwise(looks):
        assert max(abs(within - other_within), abs(outline - other_outline)) >= 25, looks


@pytest.mark.parametrize("count", range(2, 8))
def test_lines_are_distinguishable_in_greyscale_by_dashes_and_markers(count: int) -> None:
    numbers = Numbers("line", "%", YEARS[:4], tuple((f"Region {n}", (1.0 + n, 2.0, 3.0, 4.0)) for n in range(count)), 0)
    root = root_of(numbers)
    looks = []
    for number in range(1, count + 1):
        (line,) = (g for g in groups(root, "chart-line") if f"series-{number}" in g.attrib["class"].split())
        marks = next(g for g in groups(root, "chart-marker") if f"series-{number}" in g.attrib["class"].split())
        looks.append((line.get("stroke-dasharray"), marks[0].tag, marks.get("fill") == COLOURS["paper"]))
    assert len(set(looks)) == count


def test_estimated_text_widths_are_sufficient_for_other_scripts() -> None:
    """Measured against the faces that the shipped themes lend."""
    import uharfbuzz as hb

    from briefing.theme.load import load_theme

    faces = load_theme("standard").scripts
    for script, words in {
        "Arab": "جمهورية كازاخستان",
        "Hebr": "ירושלים",
        "Geor": "თბილისი",
        "Armn": "Հայաստան",
        "Deva": "नई दिल्ली",
        "Beng": "বাংলাদেশ",
        "Taml": "சென்னை",
        "Mlym": "തിരുവനന്തപുരം",
        "Thai": "กรุงเทพมหานคร",
        "Khmr": "ភ្នំពេញ",
        "Mymr": "နေပြည်တော်",
        "Ethi": "አዲስ አበባ",
        "Jpan": "東京の会議",
        "Kore": "대한민국",
    }.items():
        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(faces[script].roman))))
        font.set_variations({"wght": 400})
        line = hb.Buffer()
        line.add_str(words)
        line.guess_segment_properties()
        hb.shape(font, line)
        assert all(glyph.codepoint for glyph in line.glyph_infos), words
        real = sum(glyph.x_advance for glyph in line.glyph_positions) / 1000 * SIZE
        assert real * 0.98 <= width(words) <= real * 1.8, (words, width(words) / real)
