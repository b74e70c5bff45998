"""Round axes, the widths of labels, and colours that can be told apart in grey. Lengths in pt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = ["contrast", "shades", "text_width", "ticks", "wrap"]

#: Average advance widths of Source Sans 3 in em, by kind of letter: near enough to place a label without loading a font.
_NARROW = frozenset("iljtfrI.,:;'’|!()[] \u00a0\u202f-–·")
_WIDE = frozenset("mwMWЖШЩЮФжшщюфмы@%—")


def text_width(text: str, size: float) -> float:
    """The estimated width of a text, a little on the safe side."""
    ems = (
        0.3 if c in _NARROW else 0.85 if c in _WIDE else 0.62 if c.isupper() else 1.0 if c >= "\u2e80" else 0.53
        for c in text
    )
    return sum(ems) * size


def wrap(text: str, width: float, size: float, lines: int = 3) -> list[str]:
    """Break a label at its spaces into lines of this width; the last line takes what is left."""
    out = [""]
    for word in text.split():
        longer = f"{out[-1]} {word}".strip()
        if out[-1] and text_width(longer, size) > width and len(out) < lines:
            out.append(word)
        else:
            out[-1] = longer
    return out


def ticks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """Round values from at or below ``low`` to at or above ``high``, in steps of 1, 2, 2.5 or 5 times a power of ten."""
    if high <= low:
        high = low + 1.0
    raw = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in (1.0, 2.0, 2.5, 5.0, 10.0) if s * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 12) for i in range(first, last + 1))


def shades(colours: Mapping[str, str], count: int) -> tuple[str, ...]:
    """A colour for each series: the accent, then lighter shades, each with at least 3:1 on paper (WCAG 2.2, 1.4.11)."""
    accent, paper, ink = colours["accent"], colours["paper"], colours["ink"]
    lighter = [_towards(accent, paper, target) for target in (3.1, 4.9)]
    row = [accent, lighter[0], _towards(ink, ink, 1.0), lighter[1], colours["marking"], colours["muted"]]
    return tuple(row[i % len(row)] for i in range(count))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb) as WCAG 2.2 defines it, 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _towards(colour: str, ground: str, target: float) -> str:
    """The colour mixed with its ground until just above the contrast that is wanted."""
    mixed = colour
    for step in range(0, 96, 2):
        nearer = _mix(colour, ground, step / 100)
        if contrast(nearer, ground) < target:
            break
        mixed = nearer
    return mixed


def _mix(one: str, other: str, share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_rgb(one), _rgb(other), strict=True))


def _rgb(colour: str) -> Sequence[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _rgb(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
