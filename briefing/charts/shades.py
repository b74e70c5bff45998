"""The colours of a chart: a shade of one colour for each series, distinct when printed in grey too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

#: The least contrast of a shape with the paper: 3 by WCAG 2.2, 1.4.11, and a margin.
_LEAST = 3.1
#: The most distinct filled shades; the next ones are drawn hollow, as many again.
_FILLED = 4
#: The most series that the CSS for screens has rules for.
_MOST = 8


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _luminance(colour: str) -> float:
    linear = [p / 255 / 12.92 if p <= 10 else ((p / 255 + 0.055) / 1.055) ** 2.4 for p in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours #rrggbb, from 1 to 21 (WCAG 2.2)."""
    return _ratio(_luminance(one), _luminance(other))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _mix(one: str, other: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


@lru_cache(maxsize=64)
def _towards(colour: str, goal: str, paper: str, target_contrast: float) -> str:
    """The mix of two colours, in steps of 1/128, whose contrast with the paper is nearest to the one wanted."""
    ground = _luminance(paper)

    def difference(mixed: str) -> tuple[bool, float]:
        found = _ratio(_luminance(mixed), ground)
        return found < _LEAST, abs(found - target_contrast)

    return min((_mix(colour, goal, step / 128) for step in range(129)), key=difference)


def shades(colours: Mapping[str, str], count: int) -> tuple[str, ...]:
    """``count`` colours, the strongest first, each with a contrast of at least 3:1 with the paper.

    One series has the accent colour, two have it and a tint of it. For more, the strongest is mixed with the ink, so
    that the steps stay wide. After the fourth the colours repeat, and :func:`hollow` distinguishes them.
    """
    accent, ink, paper = colours["accent"], colours["ink"], colours["paper"]
    accent_contrast = contrast(accent, paper)
    if count == 1 or accent_contrast < _LEAST:
        return (accent,) * count
    steps = min(count, _FILLED)
    strongest = accent_contrast if steps == 2 else max(accent_contrast, min(13.5, contrast(ink, paper)))
    target_contrast = [strongest * (_LEAST / strongest) ** (step / (steps - 1)) for step in range(steps)]
    filled = [_towards(accent, ink if target > accent_contrast else paper, paper, target) for target in target_contrast]
    return tuple(filled[number % steps] for number in range(count))


def hollow(number: int) -> bool:
    """Whether the series with this number, counted from 0, is drawn hollow."""
    return number // _FILLED % 2 == 1


def rules(colours: Mapping[str, str]) -> str:
    """CSS that gives all charts of a page other colours, for ``@media (prefers-color-scheme: dark)``."""
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
