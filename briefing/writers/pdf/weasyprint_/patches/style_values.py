"""The value of a CSS property that no rule sets is looked up in a table, or in the style of the parent.

A layout reads a property of a style twenty thousand times, and for most there is no rule. WeasyPrint checks all
possibilities of CSS each time. Measured: 18 ms of 360 for three pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from .guard import replaced

TARGETS = {"weasyprint.css:ComputedStyle.__missing__": "(self, key) #b318d8efc8ac"}
UPSTREAM = "Kozea/WeasyPrint#2808 (closed; not reported by itself yet)"
REASON = "a layout takes longer"


@contextmanager
def apply() -> Iterator[None]:
    """Look properties up in the table."""
    with replaced({"weasyprint.css:ComputedStyle.__missing__": _fast_lookup()}):
        yield


@cache
def _fast_lookup() -> Callable[[Any, str], Any]:
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

    return missing
