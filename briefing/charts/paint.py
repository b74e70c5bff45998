"""The shades of a chart: as many steps of one colour as there are series, told apart in grey and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

__all__ = ["contrast", "rules", "shades"]

#: The least contrast of a shape against the paper (WCAG 2.2, 1.4.11), with a little to spare.
_LEAST = 3.1
#: Past this many filled steps two neighbours look alike: the others are drawn hollow.
_FILLED = 4
#: How many series the rules of the screen provide for.
_MOST = 8


def _parts(colour: str) -> tuple[int, int, int]:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _luminance(colour: str) -> float:
    linear = [p / 255 / 12.92 if p <= 10 else ((p / 255 + 0.055) / 1.055) ** 2.4 for p in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours #rrggbb, 1 to 21, as WCAG 2.2 defines it."""
    return _ratio(_luminance(one), _luminance(other))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _mix(one: str, other: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


@lru_cache(maxsize=64)
def _towards(colour: str, end: str, paper: str, wanted: float) -> str:
    """The colour moved towards another until its contrast on paper is as wanted, as near as 128 steps come."""
    ground = _luminance(paper)

    def off(mixed: str) -> tuple[bool, float]:
        found = _ratio(_luminance(mixed), ground)
        return found < _LEAST, abs(found - wanted)

    return min((_mix(colour, end, step / 128) for step in range(129)), key=off)


def shades(colours: Mapping[str, str], count: int) -> tuple[str, ...]:
    """``count`` colours, the strongest first, each with at least 3:1 on the paper.

    One series is set in the accent itself, two in the accent and a tint of it. For more the strongest leans towards the
    ink, so that the steps stay wide; past the fourth the steps come back, and :func:`hollow` tells the rounds apart.
    """
    accent, ink, paper = colours["accent"], colours["ink"], colours["paper"]
    full = contrast(accent, paper)
    if count == 1 or full < _LEAST:
        return (accent,) * count
    steps = min(count, _FILLED)
    top = full if steps == 2 else max(full, min(13.5, contrast(ink, paper)))
    wanted = [top * (_LEAST / top) ** (step / (steps - 1)) for step in range(steps)]
    filled = [_towards(accent, ink if aim > full else paper, paper, aim) for aim in wanted]
    return tuple(filled[number % steps] for number in range(count))


def hollow(number: int) -> bool:
    """Whether the series of that number, counted from 0, is drawn hollow."""
    return number // _FILLED % 2 == 1


def rules(colours: Mapping[str, str]) -> str:
    """CSS that sets every chart of a page in another set of colours: for ``@media (prefers-color-scheme: dark)``."""
    css = [
        f".chart-label,.chart-value{{fill:{colours['ink']}}}",
        f".chart-tick{{fill:{colours['muted']}}}",
        f".chart-axis,.chart-leader{{stroke:{colours['muted']}}}",
        f".chart-grid{{stroke:{colours['rule']}}}",
        ".chart-bar,.chart-key,.chart-marker{fill:currentColor}",
        ".chart-line{stroke:currentColor}",
        f".chart-hollow{{fill:{colours['paper']};stroke:currentColor}}",
    ]
    for count in range(1, _MOST + 1):
        for number, shade in enumerate(shades(colours, count)):
            css.append(f".series-of-{count} .series-{number + 1}{{color:{shade}}}")
    return "\n".join(css) + "\n"
