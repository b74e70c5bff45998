"""The value of a CSS property that no rule sets is looked up in a table, or in the style of the parent.

A layout reads a property of a style twenty thousand times, and for most there is no rule. WeasyPrint checks all
possibilities of CSS each time. Measured: 18 ms of 360 for three pages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from .guard import replaced

TARGETS = {"weasyprint.css:ComputedStyle.__missing__": "(self, key) #b318d8efc8ac"}
UPSTREAM = "Kozea/WeasyPrint#2808 (closed; not reported by itself yet)"
REASON = "a layout takes longer"


def apply() -> AbstractContextManager[None]:
    """Look properties up in the table."""
    return replaced({"weasyprint.css:ComputedStyle.__missing__": _fast_lookup()})


@cache
def _fast_lookup() -> Callable[[Any, str], Any]:
    from weasyprint import css
    from weasyprint.css.functions import check_math

    special = {"float", "display", "position", "page"}
    plain = {key for key in css.INITIAL_VALUES if key not in special and not key.startswith("text_decoration_")}
    inherited = plain & css.INHERITED
    uninherited = {key: css.INITIAL_VALUES[key] for key in plain - inherited - set(css.INITIAL_NOT_COMPUTED)}
    initial = {key: value for key, value in uninherited.items() if not check_math(value)}
    logical = {
        direction: {key: name(block="ttb", inline=direction) for key, name in css.PHYSICAL_FUNCTIONS.items()}
        for direction in ("ltr", "rtl")
    }
    own = css.ComputedStyle.__missing__

    def missing(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        if key in cascaded or (key in css.PHYSICAL_FUNCTIONS and logical[self["direction"]][key] in cascaded):
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
