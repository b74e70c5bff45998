"""Replace custom properties in the print stylesheet by their values.

On paper they never change, and WeasyPrint computes ``calc(3mm * var(--space))`` anew for each box: 5 % of its time.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["settled"]

_ROOT = re.compile(r":root\{([^{}]*)\}")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_SUM = re.compile(r"(?<=\()\((-?[\d.]+)(mm|pt) ([+-]) ([\d.]+)\2\)")
_PRODUCT = re.compile(r"calc\(\s*(-?[\d.]+)(mm|pt)\s*\*\s*([\d.]+)\s*\)")


@lru_cache(maxsize=16)
def settled(tokens: str, rules: str) -> str:
    """The tokens and rules as one stylesheet, without ``var()`` and ``calc()`` that have one value on the whole page.

    ``tokens`` define the properties on ``:root``; later definitions override earlier ones. Properties that the rules
    redefine, and any but the simplest forms, are left to WeasyPrint.
    """
    declarations = [declaration.partition(":") for root in _ROOT.findall(tokens) for declaration in root.split(";")]
    redefined = set(_DEFINED.findall(rules))
    values = {name: value for name, _, value in declarations if name.startswith("--") and name not in redefined}
    css = _VARIABLE.sub(lambda found: values.get(found[1], found[0]), tokens + rules)
    css = _SUM.sub(lambda found: f"{float(found[1]) + float(found[3] + found[4]):g}{found[2]}", css)
    return _PRODUCT.sub(lambda found: f"{round(float(found[1]) * float(found[3]), 5):g}{found[2]}", css)
