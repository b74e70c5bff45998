"""The colours of a chart: a shade of one colour for each series, distinct when printed in grey too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from briefing.theme.contrast import contrast

#: The least contrast of a shape with the paper: 3 by WCAG 2.2, 1.4.11, and a margin.
_LEAST = 3.1
#: The most distinct filled shades; the next ones are drawn hollow, as many again.
_FILLED = 4
#: The most series that the CSS for screens has rules for.
_MOST = 8


@lru_cache(maxsize=64)
def _towards(colour: str, goal: str, paper: str, target_contrast: float) -> str:
    """The mix of two colours, in steps of 1/128, whose contrast with the paper is nearest to the one wanted."""
    parts = [(int(colour[at : at + 2], 16), int(goal[at : at + 2], 16)) for at in (1, 3, 5)]
    mixes = ("#" + "".join(f"{round(a + (b - a) * step / 128):02x}" for a, b in parts) for step in range(129))

    def difference(mixed: str) -> tuple[bool, float]:
        ratio = contrast(mixed, paper)
        return ratio < _LEAST, abs(ratio - target_contrast)

    return min(mixes, key=difference)


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
