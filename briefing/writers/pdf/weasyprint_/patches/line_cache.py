"""Line breaks are cached, by text, style, width and fonts.

WeasyPrint breaks the same text again to calculate the width of a table cell, and in each layout of a brief that is
fitted to its pages. After an edit, most lines of a brief are unchanged. Measured: 60 ms of 360 for three pages.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from copy import copy
from typing import Any, NamedTuple

from .guard import replaced

TARGETS = {
    "weasyprint.text.line_break:split_first_line": (
        "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False) #39ad1016863c"
    )
}
UPSTREAM = "Kozea/WeasyPrint#578, Kozea/WeasyPrint#2808"
REASON = "a layout takes longer"
#: The modules that import the function.
MODULES = ("text.line_break", "layout.inline", "layout.preferred")
#: How many sets of fonts are kept, the last ones; and how many lines of each set.
FONT_SETS, LINES = 2, 20_000
#: The properties that WeasyPrint reads when it breaks a line.
PROPERTIES = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size",
    "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian",
    "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "line_height", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip


class _Lines(NamedTuple):
    """The lines in one set of fonts, by text, number of the style, and width."""

    styles: dict[tuple[Any, ...], int]
    found: dict[tuple[Any, ...], tuple[Any, ...]]


_cached: dict[bytes, _Lines] = {}


def use_lines(configuration: Any, fonts: bytes) -> None:
    """Give a font configuration the cached lines of the same ``fonts`` (a digest)."""
    lines = _cached.pop(fonts, None)
    _cached[fonts] = lines if lines is not None and len(lines.found) < LINES else _Lines({}, {})
    while len(_cached) > FONT_SETS:
        del _cached[next(iter(_cached))]
    configuration.cached_lines = _cached[fonts]


def apply() -> AbstractContextManager[None]:
    """Cache the lines."""
    from weasyprint.text import line_break

    own = line_break.split_first_line

    def split(text: str, style: Any, context: Any, *sizes: Any, **options: Any) -> Any:
        lines = getattr(style.font_config, "cached_lines", None)
        if lines is None:
            return own(text, style, context, *sizes, **options)
        try:
            number = style.line_style
        except AttributeError:
            values = tuple(map(style.__getitem__, PROPERTIES))
            try:
                number = style.line_style = lines.styles.setdefault(values, len(lines.styles))
            except TypeError:  # a value that is not hashable
                return own(text, style, context, *sizes, **options)
        key = (text, number, *sizes, *options.items())
        found = lines.found.get(key)
        if found is None:
            found = lines.found[key] = own(text, style, context, *sizes, **options)
        # WeasyPrint changes the layout of a line when it is drawn, so each box gets a copy.
        return (copy(found[0]), *found[1:])

    return replaced({f"weasyprint.{module}:split_first_line": split for module in MODULES})
