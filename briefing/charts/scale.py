"""The scale of an axis: round numbers as ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Scale(NamedTuple):
    """The ticks of an axis from ``low`` to ``high``, and the number of decimals that they need."""

    low: float
    high: float
    ticks: tuple[float, ...]
    digits: int

    def at(self, value: float) -> float:
        """The position of a value on the axis, from 0 at its beginning to 1 at its end."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Sequence[float], *, digits: int, from_zero: bool) -> Scale:
    """A scale of about five round steps (1, 2 or 5 times a power of ten) that includes all values.

    Columns begin at zero. Lines may begin higher if their values are close together, because changes would be hard to
    see. No step is finer than ``digits`` decimals.
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    far_from_zero = low < high and (high - low) < 0.4 * max(abs(low), abs(high))
    if from_zero or not far_from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    mantissa, power = _step(low, high, digits)
    # Ticks are multiples of the step and are parsed from decimals: 3 x 0.1 must be 0.3 and not 0.30000000000000004.
    step = float(f"{mantissa}e{power}")
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{count * mantissa}e{power}") for count in range(first, max(last, first + 1) + 1))
    return Scale(ticks[0], ticks[-1], ticks, max(0, -power))


def _step(low: float, high: float, digits: int) -> tuple[int, int]:
    """The round step (mantissa and power of ten) with which the number of steps from low to high is nearest to 4.5."""
    power = math.floor(math.log10(high - low))
    steps = [(mantissa, max(p, -digits)) for p in (power - 1, power) for mantissa in (1, 2, 5)]

    def distance(step: tuple[int, int]) -> float:
        size = float(f"{step[0]}e{step[1]}")
        return abs(math.ceil(high / size - 1e-9) - math.floor(low / size + 1e-9) - 4.5)

    return min(steps, key=distance)
