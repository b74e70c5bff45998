"""A quicker layout by WeasyPrint: short ways for what it does most often, and its own way for all the rest.

- Twenty thousand times a brief is asked for a property of a style, and most answers are the initial or the inherited
  value. The library goes through all that CSS allows each time.
- The height of an empty line is looked up by its style, written out as a string each time.
- Each stream of the file is compressed twice, once for the file and once for its digest.
- Where a line of text breaks is asked again for the same words in the same column: to find out how wide a cell has to
  be, in each trial of a brief that is fitted to its pages, and for all that an edit has left as it was. The answers are
  kept for the fonts that they were given with.

These are short ways through the inside of one version: with any other the library is left as it is.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Any

__all__ = ["LEVERS", "keep_lines", "quicken"]

#: The versions that the short ways were made for: of WeasyPrint, and of what it writes the file with.
VERSION, PYDYF = "70.0", "0.13.0"
#: Streams up to this size are remembered, in bytes.
LARGE = 200_000
#: The fonts of so many briefs have their lines kept, the last ones; and so many lines of each.
BRIEFS, LINES = 2, 20_000
_KEPT: dict[bytes, _Lines] = {}


class _Lines:
    """The lines that were set in some fonts: what was asked, with the number of the style, and what was found."""

    def __init__(self) -> None:
        self.styles: dict[tuple[Any, ...], int] = {}
        self.found: dict[tuple[Any, ...], tuple[Any, ...]] = {}


def quicken() -> None:
    """Put the short ways into WeasyPrint, which has been imported, once."""
    import weasyprint

    if weasyprint.VERSION == VERSION:
        for lever in LEVERS:
            lever()


def keep_lines(configuration: Any, fonts: bytes) -> None:
    """Let the layouts of a configuration use and keep the lines that were set with the same ``fonts`` (a digest)."""
    lines = _KEPT.pop(fonts, None)
    _KEPT[fonts] = lines if lines is not None and len(lines.found) < LINES else _Lines()
    while len(_KEPT) > BRIEFS:
        del _KEPT[next(iter(_KEPT))]
    configuration.kept_lines = _KEPT[fonts]


def _put_in_place_of(own: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Put a function of ours wherever the library has one of its own by that name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, own.__name__, None) is own:
            setattr(module, own.__name__, ours)


def _plain_values() -> None:
    """Answer for a property that no rule sets with its initial value, or with that of the parent."""
    from weasyprint import css
    from weasyprint.css.functions import check_math

    plain = {
        key: value
        for key, value in css.INITIAL_VALUES.items()
        if key not in {"float", "display", "position", "page"} and not key.startswith("text_decoration_")
    }
    initial = {
        key: value
        for key, value in plain.items()
        if key not in css.INHERITED and key not in css.INITIAL_NOT_COMPUTED and not check_math(value)
    }
    inherited = frozenset(key for key in plain if key in css.INHERITED)
    logical = {
        direction: {key: name(block="ttb", inline=direction) for key, name in css.PHYSICAL_FUNCTIONS.items()}
        for direction in ("ltr", "rtl")
    }
    physical = frozenset(css.PHYSICAL_FUNCTIONS)
    own = css.ComputedStyle.__missing__

    def missing(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        if key in cascaded or (key in physical and logical[self["direction"]][key] in cascaded):
            return own(self, key)
        if key in initial:
            value = self[key] = initial[key]
            return value
        if key in inherited and self.parent_style is not None:
            value = self.parent_style[key]
            if type(value) is not tuple and getattr(value, "type", None) != "function":
                self[key] = value
                return value
        return own(self, key)

    css.ComputedStyle.__missing__ = missing


#: What of a style the library asks for when it breaks a line.
ASKED_FOR = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size",
    "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian",
    "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "line_height", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip


def _kept_lines() -> None:
    """Answer where a line breaks with what was found for the same words, style and width in the same fonts."""
    from weasyprint.text import line_break

    own = line_break.split_first_line

    def split(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: Any = True,  # noqa: FBT002 - as the library calls it
        minimum: Any = False,  # noqa: FBT002
    ) -> tuple[Any, ...]:
        kept = getattr(style.font_config, "kept_lines", None)
        asked = (text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if kept is None:
            return own(*asked)  # type: ignore[no-any-return]
        try:
            number = style.kept_number
        except AttributeError:
            look = tuple(map(style.__getitem__, ASKED_FOR))
            try:
                number = style.kept_number = kept.styles.setdefault(look, len(kept.styles))
            except TypeError:  # a value that cannot be looked up by
                return own(*asked)  # type: ignore[no-any-return]
        key = (text, number, max_width, justification_spacing, is_line_start, minimum)
        known = kept.found.get(key)
        if known is None:
            known = kept.found[key] = own(*asked)
        # The layout of a line is taken up again when it is drawn, so each box has one of its own.
        return (copy(known[0]), *known[1:])

    _put_in_place_of(own, split)


def _kept_heights() -> None:
    """Work the height of an empty line out once for each style; a style that the library changes is a copy first."""
    from weasyprint.text import line_break

    own = line_break.strut

    def strut(style: Any) -> Any:
        try:
            return style.kept_height
        except AttributeError:
            found = style.kept_height = own(style)
            return found

    _put_in_place_of(own, strut)


@lru_cache(maxsize=64)
def _compressed(stream: bytes) -> bytes:
    return zlib.compress(stream, 9)


def _compressed_once() -> None:
    """Remember what streams come to, until the file is finished; fonts come again in the next one."""
    import pydyf

    own = pydyf.Stream.data.fget

    def data(self: Any) -> bytes:
        raw = b"\n".join(map(pydyf._to_bytes, self.stream)) if self.compress else b""  # noqa: SLF001
        if not self.compress or len(raw) > LARGE:
            return own(self)  # type: ignore[no-any-return]
        packed = _compressed(raw)
        extra = pydyf.Dictionary({**self.extra, "Filter": "/FlateDecode", "Length": len(packed)})
        return b"\n".join((extra.data, b"stream", packed, b"endstream"))

    if pydyf.VERSION == PYDYF:
        pydyf.Stream.data = property(data)


LEVERS: tuple[Callable[[], None], ...] = (_plain_values, _kept_heights, _kept_lines, _compressed_once)
