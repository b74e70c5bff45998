"""Round numbers for axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Scale", "scale_of"]


@dataclass(frozen=True, slots=True)
class Scale:
    """The ticks of an axis, lowest first, and how many decimals they need."""

    ticks: tuple[float, ...]
    digits: int

    @property
    def low(self) -> float:
        """The lowest tick, where the axis begins."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """The highest tick, where the axis ends."""
        return self.ticks[-1]

    def at(self, value: float) -> float:
        """Where on the axis a value lies: 0 at its beginning, 1 at its end."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Sequence[float], *, digits: int, from_zero: bool) -> Scale:
    """A scale of about five round steps (1, 2 or 5 times a power of ten) that holds all values.

    Columns begin at zero. A line may begin higher where its values lie close together, or its movement would be lost.
    No step is finer than the ``digits`` of the numbers.
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    close = low < high and (high - low) < 0.4 * max(abs(low), abs(high))
    if from_zero or not close:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    mantissa, power = _step(low, high, digits)
    # Ticks are whole multiples of the step, read from their decimal: 3 x 0.1 must be 0.3 and not 0.30000000000000004.
    step = float(f"{mantissa}e{power}")
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{count * mantissa}e{power}") for count in range(first, max(last, first + 1) + 1))
    return Scale(ticks, max(0, -power))


def _step(low: float, high: float, digits: int) -> tuple[int, int]:
    """The round step, as a mantissa and a power of ten, that comes nearest to four or five steps from low to high."""
    power = math.floor(math.log10(high - low))
    steps = [(mantissa, max(p, -digits)) for p in (power - 1, power) for mantissa in (1, 2, 5)]

    def miss(step: tuple[int, int]) -> float:
        size = float(f"{step[0]}e{step[1]}")
        return abs(math.ceil(high / size - 1e-9) - math.floor(low / size + 1e-9) - 4.5)

    return min(steps, key=miss)
