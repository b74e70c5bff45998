"""The print stylesheet with its custom properties put in, since on paper none of them changes any more.

The page layout works out ``calc(3mm * var(--space))`` once for each box that the rule is for: a twentieth of its time.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["settled"]

_ROOT = re.compile(r":root\{([^{}]*)\}")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_PRODUCT = re.compile(r"calc\(\s*(-?[\d.]+)(mm|pt)\s*\*\s*([\d.]+)\s*\)")


@lru_cache(maxsize=16)
def settled(tokens: str, rules: str) -> str:
    """Both as one stylesheet, without ``var()`` and ``calc()`` where they are the same everywhere on the page.

    ``tokens`` define the properties on ``:root``, a later one in place of an earlier one. What the rules define anew,
    and what they name in any but the plainest way, is left to the layout.
    """
    declarations = [declaration.partition(":") for root in _ROOT.findall(tokens) for declaration in root.split(";")]
    again = set(_DEFINED.findall(rules))
    values = {name: value for name, _, value in declarations if name.startswith("--") and name not in again}
    css = _VARIABLE.sub(lambda found: values.get(found[1], found[0]), tokens + rules)
    return _PRODUCT.sub(lambda found: f"{round(float(found[1]) * float(found[3]), 5):g}{found[2]}", css)
