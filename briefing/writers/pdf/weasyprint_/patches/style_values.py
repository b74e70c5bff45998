"""A CSS property that no rule sets is answered with its initial value, or with that of the parent.

A brief asks for a property of a style twenty thousand times, and for most there is no rule. WeasyPrint goes through all
that CSS allows each time. Measured: 18 ms of 360 for three pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from .guard import replaced

__all__ = ["REASON", "REQUIRED", "TARGETS", "UPSTREAM", "apply"]

TARGETS = {"weasyprint.css:ComputedStyle.__missing__": "(self, key) #b318d8efc8ac"}
UPSTREAM = "Kozea/WeasyPrint#2808 (closed; not reported by itself yet)"
REASON = "a layout takes longer"
REQUIRED = False


@contextmanager
def apply() -> Iterator[None]:
    """Pages are laid out in this context with the short way."""
    with replaced({"weasyprint.css:ComputedStyle.__missing__": _short_way()}):
        yield


@cache
def _short_way() -> Callable[[Any, str], Any]:
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
